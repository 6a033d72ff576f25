insert into orders_touched (order_key)
select order_key
from orders_withdrawn
where state = 'returned'
on conflict do nothing
