-- One row a series of a run, its steps in arrays, and the bounds of the sum of the first so many of them.
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
    scale,
    sum_lo_80[:number] as lo_80,
    sum_hi_80[:number] as hi_80,
    sum_lo_95[:number] as lo_95,
    sum_hi_95[:number] as hi_95
from forecasts
where
    store_id = :store_id
    and run_id = :run_id
    and measure = :measure
    and level = :level
    and grain = :grain
order by series_key, location_key, currency
