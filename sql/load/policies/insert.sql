insert into replenishment_policies (
    store_id, class, sku, location, method, service_kind, service_level, cover_days, lead_time_days, sibling_sku
)
select
    i.store_id, f.class, f.sku, f.location, f.method, f.service_kind, f.service_level, f.cover_days,
    f.lead_time_days, f.sibling_sku
from images_changed as c
inner join import_images as i on i.store_id = :store_id and c.kind = i.kind and c.key = i.key and i.is_current
cross join lateral jsonb_populate_recordset(null::replenishment_policies, i.image) as f
where c.kind = 'policies'
