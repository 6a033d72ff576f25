create temp table ad_spend_stage on commit drop as
select
    f.*,
    0::bigint as rows
from ad_spend as f
with no data
