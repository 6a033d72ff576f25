update demand_marks
set withdrawn_at = now()
where store_id = :store_id and mark_id = :mark_id and withdrawn_at is null
returning mark_id
