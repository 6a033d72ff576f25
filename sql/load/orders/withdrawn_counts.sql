select
    count(*) filter (where state = 'removed') as removed,
    count(*) filter (where state = 'returned') as returned
from orders_withdrawn
