-- One row a series of a run, its steps in arrays.
select
    store_id,
    run_id,
    series_key,
    location_key,
    currency,
    kind,
    models,
    category,
    first_day,
    forecast,
    naive,
    scale
from forecasts
where
    store_id = :store_id
    and run_id = :run_id
    and measure = :measure
    and level = :level
    and grain = :grain
order by series_key, location_key, currency
