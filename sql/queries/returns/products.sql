-- One row a currency and product, by the order's day: what came back of it. `lines_returned` are the orders in which something
-- of it did; units are null where no file says how many. `value_unclear` is what refunds of unknown kind took back of it.
with taken as (
    select
        l.ordered_on as day,
        l.store_id,
        l.sold_in,
        l.product_key,
        l.currency,
        l.kind = 'return' and o.kind = 'order' as is_known,
        l.units,
        l.amount
    from ledger as l
    left join orders as o on l.store_id = o.store_id and l.sold_in = o.order_key
    where
        l.entry = 'reversal' and l.line_kind = 'product' and l.kind in ('return', 'unknown') and l.product_key is not null
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
        t.*,
        coalesce(cast(:into as text), t.currency) as shown_in,
        t.amount * coalesce(r.rate, 1) as worth
    from taken as t
    left join exchange_rates as r
        on
            t.currency <> :into and t.currency = r.currency and r.into_currency = :into
            and t.day >= r.valid_from and t.day < r.valid_to
    where cast(:into as text) is null or t.currency = :into or r.rate is not null
)

select
    shown_in as currency,
    product_key,
    count(distinct row(store_id, sold_in)) filter (where is_known) as lines_returned,
    trim_scale(sum(units) filter (where is_known)) as units_returned,
    coalesce(sum(worth) filter (where is_known), 0) as value_returned,
    coalesce(sum(worth) filter (where is_known and units is not null), 0) as value_with_units,
    coalesce(sum(worth) filter (where not is_known), 0) as value_unclear
from converted
group by shown_in, product_key
order by currency, product_key
