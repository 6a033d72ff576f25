-- The days, on both clocks, of the orders that this import has just written.
insert into touched (day)
select distinct d.day
from order_days as d
inner join orders_plan as p on d.order_key = p.order_key
where d.store_id = :store_id and p.state in ('loaded', 'updated', 'reread')
on conflict do nothing
