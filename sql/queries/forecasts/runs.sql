-- One row a run, the newest first; a run that was made afterwards, as if then, is a backcast.
select
    r.store_id,
    s.name as store,
    r.run_id,
    r.as_of,
    r.status,
    r.progress,
    r.done_share,
    r.seen_version,
    r.read_version,
    r.started_at,
    r.finished_at,
    r.is_backcast,
    count(f.series_key) as series
from forecast_runs as r
inner join stores as s on r.store_id = s.store_id
left join forecasts as f on r.store_id = f.store_id and r.run_id = f.run_id
where cast(:store_ids as integer[]) is null or r.store_id = any(cast(:store_ids as integer[]))
group by r.store_id, r.run_id, s.name
order by r.store_id, r.as_of desc, r.run_id desc
