insert into bundles (store_id, bundle_sku, component_sku, units)
select
    i.store_id,
    f.bundle_sku,
    f.component_sku,
    f.units
from images_changed as c
inner join import_images as i on i.store_id = :store_id and c.kind = i.kind and c.key = i.key and i.is_current
cross join lateral jsonb_populate_recordset(null::bundles, i.image) as f
where c.kind = 'bundles'
