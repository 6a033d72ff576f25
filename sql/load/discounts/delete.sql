delete from discount_codes as f
using images_changed as c
where f.store_id = :store_id and c.kind = 'discounts' and f.code = c.key
