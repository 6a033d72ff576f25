select
    state,
    sum(rows) as rows,
    count(*) as products
from products_plan
group by state
