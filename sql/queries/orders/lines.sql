-- One row a line of an order, as printed: without tax, `net` after discount; `cost` at the day of the sale where it is known.
select
    i.line_no,
    a.sku,
    a.title,
    a.product_key,
    p.title as product,
    case when p.is_gift_card and i.kind = 'product' then 'gift_card' else i.kind end as kind,
    i.sold_at,
    i.units,
    i.unit_price,
    i.amount,
    i.discount,
    i.amount - i.discount as net,
    c.unit_cost * i.units as cost
from order_items as i
inner join orders as o on i.store_id = o.store_id and i.order_key = o.order_key
inner join product_aliases as a on i.store_id = a.store_id and i.alias_id = a.alias_id
inner join products as p on a.store_id = p.store_id and a.product_key = p.product_key
left join product_costs as c
    on
        a.store_id = c.store_id and a.product_key = c.product_key and o.currency = c.currency
        and cast(i.sold_at as date) >= c.covers_from and cast(i.sold_at as date) < c.covers_to
where i.store_id = :store_id and i.order_key = :order_key
order by i.line_no
