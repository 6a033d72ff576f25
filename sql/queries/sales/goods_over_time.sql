-- One row a currency, category or vendor of the list ('' for none) and day: net sales of goods; with :into converted by the
-- rate of the day, what has none left out.
with placed as (
    select
        case when :basis = 'refund_date' then l.booked_on else l.ordered_on end as day,
        case l.entry when 'reversal' then -l.amount else l.amount - l.discount end as net,
        coalesce(case :dimension when 'category' then p.category else p.vendor end, '') as value,
        l.currency
    from ledger as l
    left join products as p on l.store_id = p.store_id and l.product_key = p.product_key
    where
        l.line_kind in ('product', 'discount')
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:categories as text[]) is null or p.category = any(cast(:categories as text[])))
        and (cast(:currency as text) is null or l.currency = :currency)
)

select
    l.value,
    coalesce(cast(:into as text), l.currency) as currency,
    l.day,
    sum(l.net * coalesce(r.rate, 1)) as net_sales
from placed as l
left join exchange_rates as r
    on
        l.currency <> :into and l.currency = r.currency and r.into_currency = :into
        and l.day >= r.valid_from and l.day < r.valid_to
where
    l.value = any(cast(:values as text[]))
    and (cast(:into as text) is null or l.currency = :into or r.rate is not null)
    and (cast(:start as date) is null or l.day >= :start)
    and (cast(:stop as date) is null or l.day < :stop)
group by l.value, coalesce(cast(:into as text), l.currency), l.day
order by currency, value, day
