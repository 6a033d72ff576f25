-- One row a run that is done: its day, and whether it was made afterwards.
select
    store_id,
    as_of,
    is_backcast
from forecast_runs
where
    status = 'done'
    and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
order by as_of
