-- One row a currency, store, day and product: what was sold of it on the days of the scope, whichever clock it asks for; `cost`
-- and `covered` (what was sold of it) as far as the cost is known. With :into each amount at the rate of its day.
with placed as (
    select
        l.store_id,
        l.ordered_on,
        l.product_key,
        p.sku,
        p.title,
        p.category,
        l.currency,
        l.units,
        l.amount - l.discount as amount,
        l.cost
    from ledger as l
    inner join products as p on l.store_id = p.store_id and l.product_key = p.product_key
    where
        l.entry = 'sale' and l.line_kind = 'product' and l.product_key is not null
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or l.ordered_on >= :start)
        and (cast(:stop as date) is null or l.ordered_on < :stop)
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:categories as text[]) is null or coalesce(l.category, '') = any(cast(:categories as text[])))
        and (cast(:currency as text) is null or l.currency = :currency)
),

converted as (
    select
        d.*,
        coalesce(cast(:into as text), d.currency) as shown_in,
        coalesce(x.rate, 1) as rate
    from placed as d
    left join exchange_rates as x
        on
            d.currency <> :into and d.currency = x.currency and x.into_currency = :into
            and d.ordered_on >= x.valid_from and d.ordered_on < x.valid_to
    where cast(:into as text) is null or d.currency = :into or x.rate is not null
)

select
    shown_in as currency,
    store_id,
    ordered_on as day,
    product_key,
    max(sku) as sku,
    coalesce(max(title), product_key) as title,
    coalesce(max(category), '') as category,
    sum(units) as units,
    sum(amount * rate) as value,
    coalesce(sum(amount * rate) filter (where cost is not null), 0) as covered,
    coalesce(sum(cost * rate), 0) as cost
from converted
group by shown_in, store_id, ordered_on, product_key
having sum(amount * rate) > 0
order by currency, day, store_id, product_key
