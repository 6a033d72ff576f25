delete from channel_rules
where store_id = :store_id
