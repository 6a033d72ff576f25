-- One row a series of a run, its steps, their bounds and those of their sums in arrays; of one series key, or of all.
select
    store_id,
    run_id,
    series_key,
    location_key,
    currency,
    kind,
    models,
    first_day,
    forecast,
    naive,
    lo_80,
    hi_80,
    lo_95,
    hi_95,
    sum_lo_80,
    sum_hi_80,
    sum_lo_95,
    sum_hi_95
from forecasts
where
    store_id = :store_id
    and run_id = :run_id
    and measure = :measure
    and level = :level
    and grain = :grain
    and (cast(:series_key as text) is null or series_key = :series_key)
order by series_key, location_key, currency
