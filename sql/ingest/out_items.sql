-- The lines of the orders to be written, each under the number of its product's name.
select
    getvariable('store_id') as store_id,
    i.order_key,
    i.line_no,
    a.alias_id,
    i.kind,
    i.sold_at,
    i.units,
    i.unit_price,
    i.amount,
    i.discount
from items_new as i
inner join aliases as a
    on i.sku = a.sku and i.title = a.title and coalesce(i.vendor, '') = a.vendor and coalesce(i.category, '') = a.category
where getvariable('writes_all') or i.order_key in (select order_key from to_write)
