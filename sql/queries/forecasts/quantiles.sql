-- One row a kind of demand and step ahead: quantiles of errors, which times a series' scale are in its own units.
select
    kind,
    step,
    is_sum,
    errors
from forecast_quantiles
where
    store_id = :store_id
    and run_id = :run_id
    and measure = :measure
    and level = :level
    and grain = :grain
order by kind, is_sum, step
