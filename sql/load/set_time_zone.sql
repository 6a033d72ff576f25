update stores
set time_zone = :time_zone
where store_id = :store_id
