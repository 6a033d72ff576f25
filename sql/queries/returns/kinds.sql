-- One row a currency and kind of reversal: what was taken back of goods on the scope's clock, in how many orders, and as far as
-- files say it, in how many units (null: no file does) and worth how much. With :into each amount at the rate of its day.
with taken as (
    select
        case when :basis = 'refund_date' then l.booked_on else l.ordered_on end as day,
        l.store_id,
        l.sold_in,
        l.currency,
        l.kind,
        l.units,
        l.amount
    from ledger as l
    where
        l.entry = 'reversal' and l.line_kind = 'product'
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (:basis = 'refund_date' or cast(:start as date) is null or l.ordered_on >= :start)
        and (:basis = 'refund_date' or cast(:stop as date) is null or l.ordered_on < :stop)
        and (:basis = 'order_date' or cast(:start as date) is null or l.booked_on >= :start)
        and (:basis = 'order_date' or cast(:stop as date) is null or l.booked_on < :stop)
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
    kind,
    sum(worth) as amount,
    count(distinct row(store_id, sold_in)) as orders,
    trim_scale(sum(units)) as units,
    coalesce(sum(worth) filter (where units is not null), 0) as amount_with_units
from converted
group by shown_in, kind
order by currency, amount desc, kind
