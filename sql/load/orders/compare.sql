-- What becomes of each order of the file: new, changed, the same, read differently now that the file around it is another
-- (a fingerprint is what the file says / what was made of it), or older than what is known.
create temp table orders_plan on commit drop as
with newest as (
    select
        key,
        max(as_of) as as_of
    from import_images
    where store_id = :store_id and kind = 'orders'
    group by key
)

select
    s.order_key,
    s.rows,
    s.as_of,
    s.fingerprint,
    case
        when o.order_key is null then 'loaded'
        when o.fingerprint = s.fingerprint then 'unchanged'
        when greatest(o.as_of, n.as_of) > s.as_of then 'older'
        when split_part(o.fingerprint, '/', 1) = split_part(s.fingerprint, '/', 1) then 'reread'
        else 'updated'
    end as state
from orders_stage as s
left join orders as o on o.store_id = :store_id and s.order_key = o.order_key
left join newest as n on s.order_key = n.key;
-- what joins it later would otherwise compare each with each
analyze orders_plan (order_key, state);
