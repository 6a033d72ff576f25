-- One row a store: its newest run that was not made afterwards, the newest that is done, by which version of the models
-- (null where it has no series), and whether one is at work now.
with newest as (
    select distinct on (store_id) *
    from forecast_runs
    where not is_backcast
    order by store_id, run_id desc
),

done as (
    select distinct on (store_id) *
    from forecast_runs
    where not is_backcast and status = 'done'
    order by store_id, as_of desc, run_id desc
),

working as (
    select distinct objid
    from pg_locks
    where
        locktype = 'advisory'
        and classid = cast(cast(:lock as integer) as oid)
        and objsubid = 2
        and granted
        and database = (select oid from pg_database where datname = current_database())
),

-- a run made afterwards is at work, too
afterwards as (
    select distinct on (store_id) *
    from forecast_runs
    where is_backcast and status = 'running'
    order by store_id, run_id desc
)

select
    s.store_id,
    s.name,
    s.data_version,
    n.run_id,
    n.status,
    n.read_version,
    w.objid is not null as is_working,
    d.run_id as done_run,
    d.as_of,
    d.seen_version,
    d.finished_at,
    (
        select min(cast(l.learnt ->> 'version' as integer))
        from forecast_learnt as l
        where l.store_id = d.store_id and l.run_id = d.run_id
    ) as made_by,
    coalesce(n.started_at > now() - interval '1 hour', false) as is_recent,
    coalesce(a.progress, n.progress) as progress,
    coalesce(a.done_share, n.done_share) as done_share,
    coalesce(a.started_at, n.started_at) as started_at
from stores as s
left join newest as n on s.store_id = n.store_id
left join done as d on s.store_id = d.store_id
left join working as w on cast(s.store_id as text) = cast(w.objid as text)
left join afterwards as a on s.store_id = a.store_id
where cast(:store_ids as integer[]) is null or s.store_id = any(cast(:store_ids as integer[]))
order by s.store_id
