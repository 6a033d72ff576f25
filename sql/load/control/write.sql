insert into control_totals (store_id, source, day, metric, currency, amount, as_of, import_id)
select
    :store_id, :source, day, metric, currency, amount, :as_of, :import_id
from totals_stage
on conflict (store_id, source, day, metric, currency) do update
set
    amount = excluded.amount, as_of = excluded.as_of, import_id = excluded.import_id
where control_totals.as_of <= excluded.as_of and control_totals.amount <> excluded.amount
