create temp table bundles_stage on commit drop as
select
    f.*,
    0::bigint as rows
from bundles as f
with no data
