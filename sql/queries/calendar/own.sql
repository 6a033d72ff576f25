-- One row an event that somebody entered, of those that touch the days asked for.
select
    event_id,
    starts_on,
    ends_on,
    kind,
    title,
    note
from calendar_events
where
    (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    and (cast(:start as date) is null or ends_on >= :start)
    and (cast(:stop as date) is null or starts_on < :stop)
order by starts_on, event_id
