create temp table bundles_stage on commit drop as
select
    f.*,
    false as is_removed,
    0::bigint as rows
from bundles as f
with no data
