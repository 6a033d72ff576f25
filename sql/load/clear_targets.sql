delete from targets
where store_id = :store_id
