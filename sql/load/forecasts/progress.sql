update forecast_runs
set
    progress = :progress,
    done_share = :done_share
where store_id = :store_id and run_id = :run_id
