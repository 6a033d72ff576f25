create temp table discount_codes_stage on commit drop as
select
    f.*,
    0::bigint as rows
from discount_codes as f
with no data
