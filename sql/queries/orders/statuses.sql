-- The statuses that orders have, as the platforms print them: what ('payment' or 'sent') and value, sorted.
select distinct
    'payment' as what,
    coalesce(financial_status, 'unknown') as value
from orders
where cast(:store_id as integer) is null or store_id = :store_id
union
select distinct
    'sent' as what,
    coalesce(fulfillment_status, 'unknown') as value
from orders
where cast(:store_id as integer) is null or store_id = :store_id
order by what, value
