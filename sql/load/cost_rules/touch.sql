-- The days of the orders of which the rules say something else now.
insert into costs_touched (day)
select distinct o.ordered_on
from orders as o
inner join (
    select coalesce(b.order_key, e.order_key) as order_key
    from estimated_before as b
    full join (
        select
            order_key,
            cost_kind,
            amount
        from estimated_costs
        where store_id = :store_id
    ) as e on b.order_key = e.order_key and b.cost_kind = e.cost_kind
    where b.amount is distinct from e.amount
) as changed on o.order_key = changed.order_key
where o.store_id = :store_id
on conflict do nothing
