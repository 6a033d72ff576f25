create temp table orders_stage on commit drop as
select
    o.*,
    0::bigint as rows
from orders as o
with no data
