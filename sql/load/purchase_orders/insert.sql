insert into purchase_orders
select f.*
from images_changed as c
inner join import_images as i on i.store_id = :store_id and c.kind = i.kind and c.key = i.key and i.is_current
cross join lateral
    jsonb_populate_record(null::purchase_orders, i.image || jsonb_build_object('store_id', i.store_id)) as f
where c.kind = 'purchase_orders';
insert into purchase_order_items (store_id, order_no, line_no, sku, units, unit_cost, expected_on)
select
    i.store_id,
    i.key as order_no,
    f.line_no,
    f.sku,
    f.units,
    f.unit_cost,
    f.expected_on
from images_changed as c
inner join import_images as i on i.store_id = :store_id and c.kind = i.kind and c.key = i.key and i.is_current
cross join lateral jsonb_populate_recordset(null::purchase_order_items, i.image -> 'items') as f
where c.kind = 'purchase_orders';
insert into purchase_receipts (store_id, order_no, line_no, received_on, units)
select
    i.store_id,
    i.key as order_no,
    f.line_no,
    f.received_on,
    f.units
from images_changed as c
inner join import_images as i on i.store_id = :store_id and c.kind = i.kind and c.key = i.key and i.is_current
cross join lateral jsonb_populate_recordset(null::purchase_receipts, i.image -> 'receipts') as f
where c.kind = 'purchase_orders';
