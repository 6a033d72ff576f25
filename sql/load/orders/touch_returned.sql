insert into touched (day)
select distinct unnest(array[l.ordered_on, l.booked_on])
from ledger as l
inner join orders_withdrawn as w on l.order_key = w.order_key
where l.store_id = :store_id and w.state = 'returned'
on conflict do nothing
