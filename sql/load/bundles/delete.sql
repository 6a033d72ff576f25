delete from bundles as f
using images_changed as c
where f.store_id = :store_id and c.kind = 'bundles' and f.bundle_sku = c.key
