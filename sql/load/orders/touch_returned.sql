insert into touched (day)
select distinct d.day
from order_days as d
inner join orders_withdrawn as w on d.order_key = w.order_key
where d.store_id = :store_id and w.state = 'returned'
on conflict do nothing
