-- The statuses that orders have, as the platforms print them: what ('payment' or 'sent') and value, sorted.
select distinct
    'payment' as what,
    coalesce(financial_status, 'unknown') as value
from orders
where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
union
select distinct
    'sent' as what,
    coalesce(fulfillment_status, 'unknown') as value
from orders
where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
order by what, value
