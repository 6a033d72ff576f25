delete from calendar_events
where store_id = :store_id and event_id = :event_id
