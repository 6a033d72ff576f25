select
    order_key,
    as_of,
    fingerprint
from orders_plan
where state = 'older'
