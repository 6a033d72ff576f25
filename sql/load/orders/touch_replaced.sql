-- The days, on both clocks, of the orders that are about to be replaced.
insert into touched (day)
select distinct unnest(array[l.ordered_on, l.booked_on])
from ledger as l
inner join orders_replaced as r on l.order_key = r.order_key
where l.store_id = :store_id
on conflict do nothing
