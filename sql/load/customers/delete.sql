delete from customers as f
using images_changed as c
where f.store_id = :store_id and c.kind = 'customers' and f.customer_key = c.key
