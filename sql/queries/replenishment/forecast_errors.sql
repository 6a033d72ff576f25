-- One row a kind of demand and number of weeks ahead: quantiles of the scaled errors of the sum of those weeks.
select
    kind,
    step,
    errors
from forecast_quantiles
where
    store_id = :store_id
    and run_id = :run_id
    and measure = 'units'
    and level = case when :location = '' then 'product' else 'location' end
    and grain = 'week'
    and is_sum
order by kind, step
