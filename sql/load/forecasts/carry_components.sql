insert into forecast_components (
    store_id, run_id, measure, level, grain, series_key, currency, component, first_day, amounts
)
select
    c.store_id,
    cast(:run_id as integer) as run_id,
    c.measure,
    c.level,
    c.grain,
    c.series_key,
    c.currency,
    c.component,
    c.first_day,
    c.amounts
from forecast_components as c
inner join unnest(cast(:series_keys as text[]), cast(:currencies as text[])) as same (series_key, currency)
    on c.series_key = same.series_key and c.currency = same.currency
where
    c.store_id = :store_id
    and c.run_id = cast(:last_run as integer)
    and c.measure = :measure
    and c.level = :level
    and c.grain = :grain
