update stores
set leaves_cancelled_out = :is_left_out, data_version = data_version + 1
where store_id = :store_id
returning data_version
