-- One row a product of a run: its weekly units to come, and what a scaled error is in units. Of products at one location, where
-- one is named.
select
    series_key as product_key,
    kind,
    first_day,
    forecast,
    scale
from forecasts
where
    store_id = :store_id
    and run_id = :run_id
    and measure = 'units'
    and level = case when :location = '' then 'product' else 'location' end
    and grain = 'week'
    and location_key = :location
