select
    state,
    sum(rows) as rows,
    count(*) as orders
from orders_plan
group by state
