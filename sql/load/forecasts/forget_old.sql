-- What stays: the newest run that is done, the last one of each calendar week of the last 30, the newest that failed, and
-- what is at work.
with last_day as (
    select max(as_of) as as_of
    from forecast_runs
    where store_id = :store_id
),

of_weeks as (
    select distinct on (r.is_backcast, date_trunc('week', r.as_of)) r.run_id
    from forecast_runs as r
    cross join last_day as d
    where r.store_id = :store_id and r.status = 'done' and r.as_of > d.as_of - 7 * 30
    order by r.is_backcast, date_trunc('week', r.as_of), r.as_of desc, r.run_id desc
),

newest as (
    select distinct on (status) run_id
    from forecast_runs
    where store_id = :store_id and not is_backcast
    order by status, run_id desc
)

delete from forecast_runs as r
where
    r.store_id = :store_id
    and r.status <> 'running'
    and not exists (select 1 from of_weeks as w where w.run_id = r.run_id)
    and not exists (select 1 from newest as n where n.run_id = r.run_id)
