-- The days, on both clocks, of the orders that are about to be replaced.
insert into touched (day)
select distinct d.day
from order_days as d
inner join orders_replaced as r on d.order_key = r.order_key
where d.store_id = :store_id
on conflict do nothing;
-- what they took back of other orders is settled anew there
insert into orders_touched (order_key)
select distinct r.original_order_key
from reversals as r
inner join orders_replaced as o on r.order_key = o.order_key
where r.store_id = :store_id and r.source = 'order' and r.original_order_key <> r.order_key
on conflict do nothing
