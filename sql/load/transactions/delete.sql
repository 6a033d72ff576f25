delete from transactions as f
using images_changed as c
where f.store_id = :store_id and c.kind = 'transactions' and f.transaction_key = c.key
