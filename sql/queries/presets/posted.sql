-- What was posted in the days, one row a currency, source and kind: the money of payments and settlements by posted date.
select
    currency,
    source,
    kind,
    sum(amount) as amount,
    coalesce(sum(fee), 0) as fee
from transactions
where
    (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    and kind <> 'payout'
    and (cast(:start as date) is null or happened_at >= :start)
    and (cast(:stop as date) is null or happened_at < :stop)
    and (cast(:currency as text) is null or currency = :currency)
group by currency, source, kind
order by currency, source, kind
