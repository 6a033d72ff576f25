create temp table transactions_stage on commit drop as
select
    f.*,
    0::bigint as rows
from transactions as f
with no data;
-- told from the others when they are written
alter table transactions_stage drop column cost_kind, drop column is_at_refund
