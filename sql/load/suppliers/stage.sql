create temp table suppliers_stage on commit drop as
select
    f.*,
    false as is_removed,
    0::bigint as rows
from suppliers as f
with no data
