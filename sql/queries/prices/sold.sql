-- One row a currency and day on which any of the products asked for was sold: pieces, amount before discounts,
-- discounts, landed cost of those whose cost is known (valid that day) and how many they are. With :into converted by
-- the rate of the day.
select
    l.ordered_on as day,
    coalesce(cast(:into as text), l.currency) as currency,
    sum(l.units) as units,
    sum(l.amount * coalesce(r.rate, 1)) as amount,
    sum(l.discount * coalesce(r.rate, 1)) as discount,
    coalesce(sum(l.landed_cost * coalesce(r.rate, 1)), 0) as cost,
    coalesce(sum(l.units) filter (where l.landed_cost is not null), 0) as costed_units,
    coalesce(sum((l.amount - l.discount) * coalesce(r.rate, 1)) filter (where l.landed_cost is not null), 0) as costed_amount
from ledger as l
left join exchange_rates as r
    on
        l.currency <> :into and l.currency = r.currency and r.into_currency = :into
        and l.ordered_on >= r.valid_from and l.ordered_on < r.valid_to
where
    l.entry = 'sale' and l.line_kind = 'product' and l.units > 0
    and l.product_key = any(cast(:products as text[]))
    and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
    and (cast(:start as date) is null or l.ordered_on >= :start)
    and (cast(:stop as date) is null or l.ordered_on < :stop)
    and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
    and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
    and (cast(:currency as text) is null or l.currency = :currency)
    and (cast(:into as text) is null or l.currency = :into or r.rate is not null)
group by l.ordered_on, coalesce(cast(:into as text), l.currency)
order by currency, day
