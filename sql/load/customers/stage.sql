create temp table customers_stage on commit drop as
select
    f.*,
    0::bigint as rows
from customers as f
with no data
