-- What becomes of each order of the file: new, changed, the same, or older than what is known.
create temp table orders_plan on commit drop as
select
    s.order_key,
    s.rows,
    case
        when o.order_key is null then 'loaded'
        when o.fingerprint = s.fingerprint then 'unchanged'
        when o.as_of > s.as_of then 'older'
        else 'updated'
    end as state
from orders_stage as s
left join orders as o on o.store_id = :store_id and s.order_key = o.order_key
