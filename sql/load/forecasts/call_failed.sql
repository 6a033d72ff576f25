-- Whoever holds the lock of forecasts knows that no other run is at work: those that say so were ended from outside.
update forecast_runs
set
    status = 'failed',
    progress = :why,
    finished_at = now()
where store_id = :store_id and status = 'running'
