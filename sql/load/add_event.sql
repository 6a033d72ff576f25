insert into calendar_events (store_id, starts_on, ends_on, kind, title, note)
values (:store_id, :starts_on, :ends_on, :kind, :title, :note)
