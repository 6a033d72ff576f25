-- What was imported since the run began to read is not in it: then it is of the version it read.
update forecast_runs as r
set
    status = 'done',
    progress = :progress,
    done_share = 1,
    finished_at = now(),
    seen_version = case when s.data_version = r.read_version + 1 then s.data_version else r.read_version end
from stores as s
where r.store_id = :store_id and r.run_id = :run_id and s.store_id = r.store_id
