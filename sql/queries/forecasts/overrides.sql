-- One row an override, also those that were taken back, the newest last.
select
    store_id,
    override_id,
    measure,
    level,
    series_key,
    location_key,
    currency,
    first_day,
    last_day,
    kind,
    value,
    reason,
    made_by,
    made_at,
    withdrawn_at
from forecast_overrides
where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
order by store_id, made_at, override_id
