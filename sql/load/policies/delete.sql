delete from replenishment_policies as f
using images_changed as c
where f.store_id = :store_id and c.kind = 'policies' and concat_ws('|', f.class, f.sku, f.location) = c.key
