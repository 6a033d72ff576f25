-- One row a target: a month, a metric and a currency of a store, with what is wanted.
select
    store_id,
    month,
    metric,
    currency,
    amount
from targets
where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
order by month, metric, currency
