-- One row a panel of a run: what its models had learnt, and for which week.
select
    measure,
    level,
    grain,
    learnt_for,
    cast(learnt as text) as learnt
from forecast_learnt
where store_id = :store_id and run_id = :run_id
