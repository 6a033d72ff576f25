-- One row a series of a panel of a run, as the models said it before it was made to add up, and what it was made from.
select
    series_key,
    location_key,
    currency,
    kind,
    models,
    first_day,
    base,
    scale,
    fingerprint
from forecasts
where
    store_id = :store_id
    and run_id = :run_id
    and measure = :measure
    and level = :level
    and grain = :grain
