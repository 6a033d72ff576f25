delete from channel_locations
where store_id = :store_id
