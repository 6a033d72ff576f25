-- One row a currency, day and kind of cost: what was charged for no order that counts, or in another currency than its order.
select
    coalesce(cast(:into as text), f.currency) as currency,
    f.day,
    f.cost_kind,
    sum(f.amount * coalesce(r.rate, 1)) * 0.0001 as amount
from contribution_fees_daily as f
left join exchange_rates as r
    on
        f.currency <> :into and f.currency = r.currency and r.into_currency = :into
        and f.day >= r.valid_from and f.day < r.valid_to
where
    (cast(:store_ids as integer[]) is null or f.store_id = any(cast(:store_ids as integer[])))
    and (cast(:start as date) is null or f.day >= :start)
    and (cast(:stop as date) is null or f.day < :stop)
    and (cast(:currency as text) is null or f.currency = :currency)
    and (cast(:into as text) is null or f.currency = :into or r.rate is not null)
group by 1, 2, 3
order by 1, 2, 3
