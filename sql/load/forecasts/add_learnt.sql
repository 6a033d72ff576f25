insert into forecast_learnt (store_id, run_id, measure, level, grain, learnt_for, learnt)
values (:store_id, :run_id, :measure, :level, :grain, :learnt_for, cast(:learnt as jsonb))
