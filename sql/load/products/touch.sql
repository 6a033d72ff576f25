-- Every day on which these products were sold or taken back.
insert into touched (day)
select distinct unnest(array[ordered_on, booked_on])
from ledger
where store_id = :store_id and product_key = any(cast(:product_keys as text[]))
on conflict do nothing
