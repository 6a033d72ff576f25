-- The days, on both clocks, of the orders that are about to be replaced.
insert into touched (day)
select distinct d.day
from order_days as d
inner join orders_replaced as r on d.order_key = r.order_key
where d.store_id = :store_id
on conflict do nothing
