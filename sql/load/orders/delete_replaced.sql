with items as (
    delete from order_items as i
    using orders_replaced as r
    where i.store_id = :store_id and i.order_key = r.order_key
),

taken_back as (
    delete from reversals as v
    using orders_replaced as r
    where v.store_id = :store_id and v.order_key = r.order_key
)

delete from orders as o
using orders_replaced as r
where o.store_id = :store_id and o.order_key = r.order_key
