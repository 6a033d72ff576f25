-- Every day on which the touched products were sold or taken back. Without its size known, the join can take for ever.
analyze products_touched;
insert into touched (day)
select distinct unnest(array[l.ordered_on, l.booked_on])
from ledger as l
inner join products_touched as p on l.product_key = p.product_key
where l.store_id = :store_id
on conflict do nothing;
