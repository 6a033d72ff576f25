-- One row a series and component of a run, its amounts in an array from the first day on.
select
    store_id,
    run_id,
    series_key,
    currency,
    component,
    first_day,
    amounts
from forecast_components
where
    store_id = :store_id
    and run_id = :run_id
    and measure = :measure
    and level = :level
    and grain = :grain
order by series_key, currency, component
