update imports
set
    rows = :rows, loaded = :loaded, updated = :updated, unchanged = :unchanged, duplicate = :duplicate, rejected = :rejected,
    ignored = :ignored, first_day = :first_day, last_day = :last_day, currency = coalesce(:currency, currency),
    notices = :notices, prints_times = :prints_times, finished_at = clock_timestamp()
where import_id = :import_id
