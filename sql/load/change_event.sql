update calendar_events
set
    starts_on = :starts_on,
    ends_on = :ends_on,
    kind = :kind,
    title = :title,
    note = :note
where store_id = :store_id and event_id = :event_id
