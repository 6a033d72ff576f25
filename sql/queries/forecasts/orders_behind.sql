-- One row a product and day of those named in pairs: how many orders asked for it, and the largest of them. What a bundle holds
-- counts as asked for.
with wanted as (
    select
        product_key,
        day
    from unnest(cast(:products as text[]), cast(:days as date[])) as p (product_key, day)
),

sold_as as (
    select
        w.product_key,
        w.day,
        w.product_key as sold_key,
        1 as pieces
    from wanted as w
    union all
    select
        w.product_key,
        w.day,
        b.bundle_key as sold_key,
        b.units as pieces
    from wanted as w
    inner join bundle_parts as b on b.store_id = :store_id and w.product_key = b.product_key
),

orders_of as (
    select
        s.product_key,
        s.day,
        l.order_key,
        sum(l.units * s.pieces) as units
    from sold_as as s
    inner join ledger as l
        on
            l.store_id = :store_id and l.entry = 'sale' and l.line_kind = 'product' and l.units > 0
            and s.sold_key = l.product_key and s.day = l.ordered_on
    group by s.product_key, s.day, l.order_key
),

largest as (
    select distinct on (product_key, day)
        product_key,
        day,
        order_key,
        units
    from orders_of
    order by product_key, day, units desc, order_key
)

select
    g.product_key,
    g.day,
    c.orders,
    g.units as largest_order,
    o.order_name
from largest as g
inner join (
    select
        product_key,
        day,
        count(*) as orders
    from orders_of
    group by product_key, day
) as c on g.product_key = c.product_key and g.day = c.day
left join orders as o on o.store_id = :store_id and g.order_key = o.order_key
order by g.product_key, g.day
