delete from suppliers as f
using images_changed as c
where f.store_id = :store_id and c.kind = 'suppliers' and f.supplier_key = c.key
