-- At most one row: the newest run of forecasts that knew no order after a day.
select
    run_id,
    as_of
from forecast_runs
where
    store_id = :store_id
    and status = 'done'
    and as_of <= :last_day
order by as_of desc, run_id desc
limit 1
