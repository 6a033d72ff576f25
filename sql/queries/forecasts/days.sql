-- One row a run that is done, the latest day first: its day, and whether it was made afterwards.
select
    store_id,
    run_id,
    as_of,
    is_backcast,
    finished_at
from forecast_runs
where
    status = 'done'
    and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
order by as_of desc, is_backcast, run_id desc
