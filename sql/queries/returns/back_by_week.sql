-- One row a currency, product and week of orders, numbered backwards from 0 before :stop: of how many order lines something came
-- back by now, and worth how much. What a return is, came_back.sql says. With :into each amount at the rate of its order's day,
-- and nothing where there is no rate.
with taken as (
    select
        l.store_id,
        l.sold_in,
        l.product_key,
        coalesce(cast(:into as text), l.currency) as currency,
        (cast(:stop as date) - 1 - l.ordered_on) / 7 as week,
        l.amount * case when cast(:into as text) is null or l.currency = :into then 1 else r.rate end as worth
    from ledger as l
    inner join orders as o on l.store_id = o.store_id and l.sold_in = o.order_key
    left join exchange_rates as r
        on
            l.currency <> :into and l.currency = r.currency and r.into_currency = :into
            and l.ordered_on >= r.valid_from and l.ordered_on < r.valid_to
    where
        l.entry = 'reversal' and l.line_kind = 'product' and l.kind = 'return' and l.product_key is not null
        and o.kind = 'order'
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and l.ordered_on >= :start and l.ordered_on < :stop
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or l.currency = :currency)
)

select
    currency,
    product_key,
    week,
    count(distinct row(store_id, sold_in)) as lines,
    coalesce(sum(worth), 0) as value
from taken
group by currency, product_key, week
order by currency, product_key, week
