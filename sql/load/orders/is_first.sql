select not exists (select 1 from orders where store_id = :store_id) as is_first
