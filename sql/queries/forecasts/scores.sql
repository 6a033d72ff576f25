-- One row a panel, kind, model and step (0: all of them) of a run: how far it was off when it was held against the past.
select
    s.store_id,
    s.run_id,
    r.as_of,
    s.measure,
    s.level,
    s.grain,
    s.kind,
    s.model,
    s.step,
    s.series,
    s.wape,
    s.bias,
    s.coverage_80,
    s.coverage_95,
    s.weight
from forecast_scores as s
inner join forecast_runs as r on s.store_id = r.store_id and s.run_id = r.run_id
where s.store_id = :store_id and s.run_id = :run_id
order by s.measure, s.level, s.grain, s.kind, s.step, s.weight desc, s.model
