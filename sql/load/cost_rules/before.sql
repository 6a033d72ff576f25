-- What the rules said of each order before they are changed.
create temp table estimated_before on commit drop as
select
    order_key,
    cost_kind,
    amount
from estimated_costs
where store_id = :store_id
