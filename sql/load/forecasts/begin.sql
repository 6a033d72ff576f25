insert into forecast_runs (store_id, as_of, status, progress, is_backcast, read_version)
values (:store_id, :as_of, 'running', 'reading what was sold', :is_backcast, :read_version)
returning run_id
