-- One row a day and product of those asked for: what was sold of it and taken back, in the currency :into by the rate of the
-- day; what has no rate is left out.
with placed as (
    select
        case when :basis = 'refund_date' then booked_on else ordered_on end as day,
        ledger.*
    from ledger
    where
        line_kind in ('product', 'discount')
        and product_key = any(cast(:products as text[]))
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
)

select
    l.day,
    cast(:into as text) as currency,
    l.product_key,
    coalesce(sum(l.amount * coalesce(r.rate, 1)) filter (where l.line_kind = 'product' and l.entry = 'sale'), 0) as gross_sales,
    coalesce(sum(l.discount * coalesce(r.rate, 1)) filter (where l.line_kind = 'product' and l.entry = 'sale'), 0)
    - coalesce(
        sum(case l.entry when 'reversal' then -l.amount else l.amount - l.discount end * coalesce(r.rate, 1))
            filter (where l.line_kind = 'discount'),
        0
    ) as discounts,
    coalesce(sum(l.amount * coalesce(r.rate, 1)) filter (where l.line_kind = 'product' and l.entry = 'reversal'), 0) as reversals,
    coalesce(sum(l.units) filter (where l.line_kind = 'product' and l.entry = 'sale'), 0) as units,
    coalesce(sum(l.units) filter (where l.line_kind = 'product' and l.entry = 'reversal'), 0) as units_returned
from placed as l
left join products as p on l.store_id = p.store_id and l.product_key = p.product_key
left join exchange_rates as r
    on
        l.currency <> :into and l.currency = r.currency and r.into_currency = :into
        and l.day >= r.valid_from and l.day < r.valid_to
where
    (l.currency = :into or r.rate is not null)
    and (cast(:start as date) is null or l.day >= :start)
    and (cast(:stop as date) is null or l.day < :stop)
    and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
    and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
    and (cast(:categories as text[]) is null or p.category = any(cast(:categories as text[])))
    and (cast(:currency as text) is null or l.currency = :currency)
group by l.day, l.product_key
order by l.day, l.product_key
