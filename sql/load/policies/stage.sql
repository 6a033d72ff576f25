create temp table policies_stage on commit drop as
select
    f.*,
    false as is_removed,
    0::bigint as rows
from replenishment_policies as f
with no data
