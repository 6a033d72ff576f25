create temp table transactions_stage on commit drop as
select
    f.*,
    0::bigint as rows
from transactions as f
with no data
