create temp table returns_stage on commit drop as
select
    f.*,
    0::bigint as rows
from returns as f
with no data
