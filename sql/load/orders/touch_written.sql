-- The days, on both clocks, of the orders that this import has just written.
insert into touched (day)
select distinct unnest(array[l.ordered_on, l.booked_on])
from ledger as l
inner join orders_plan as p on l.order_key = p.order_key
where l.store_id = :store_id and p.state in ('loaded', 'updated', 'reread')
on conflict do nothing
