-- What stays: the newest run that is done, the last one of each calendar week of the last 30, the newest that failed, and
-- what is at work.
delete from forecast_runs as r
where
    r.store_id = :store_id
    and r.status <> 'running'
    and r.run_id not in (
        select distinct on (status, is_backcast, date_trunc('week', as_of)) run_id
        from forecast_runs
        where store_id = :store_id and status = 'done' and as_of > (select max(as_of) from forecast_runs where store_id = :store_id) - 7 * 30
        order by status, is_backcast, date_trunc('week', as_of), as_of desc, run_id desc
    )
    and r.run_id not in (
        select distinct on (status) run_id
        from forecast_runs
        where store_id = :store_id and not is_backcast
        order by status, run_id desc
    )
