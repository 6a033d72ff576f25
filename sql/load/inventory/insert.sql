-- The product that was counted is found by `relink`.
insert into inventory_levels (
    store_id, as_of, location, level_key, handle_key, product_key, sku, title, on_hand, committed, unavailable, available,
    incoming, received, returned, adjusted
)
select
    i.store_id, f.as_of, f.location, f.level_key, f.handle_key, f.level_key as product_key, f.sku,
    f.title, f.on_hand, f.committed,
    f.unavailable, f.available, f.incoming, f.received, f.returned, f.adjusted
from images_changed as c
inner join import_images as i on i.store_id = :store_id and c.kind = i.kind and c.key = i.key and i.is_current
cross join lateral jsonb_populate_recordset(null::inventory_levels, i.image) as f
where c.kind = 'inventory'
