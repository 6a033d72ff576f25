with replaced as (
    select order_key
    from orders_plan
    where state = 'updated'
),

items as (
    delete from order_items as i
    using replaced as r
    where i.store_id = :store_id and i.order_key = r.order_key
),

taken_back as (
    delete from reversals as v
    using replaced as r
    where v.store_id = :store_id and v.order_key = r.order_key
)

delete from orders as o
using replaced as r
where o.store_id = :store_id and o.order_key = r.order_key
