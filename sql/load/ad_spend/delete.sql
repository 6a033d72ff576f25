delete from ad_spend as f
using images_changed as c
where f.store_id = :store_id and c.kind = 'ad_spend' and f.spend_key = c.key
