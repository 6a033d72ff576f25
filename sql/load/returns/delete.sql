delete from returns as f
using images_changed as c
where f.store_id = :store_id and c.kind = 'returns' and f.return_key = c.key
