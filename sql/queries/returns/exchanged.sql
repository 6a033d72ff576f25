-- One row an exchanged order, day and product: what came back of it (is_new false), and what was sold for it instead: lines of
-- the order that are younger than it, of the day on which something of it came back. An exchange counts
-- with what came back, on the scope's clock.
with asked as materialized (
    select distinct
        l.store_id,
        l.sold_in
    from ledger as l
    where
        l.entry = 'reversal' and l.line_kind = 'product' and l.kind = 'return' and l.product_key is not null
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (:basis = 'refund_date' or cast(:start as date) is null or l.ordered_on >= :start)
        and (:basis = 'refund_date' or cast(:stop as date) is null or l.ordered_on < :stop)
        and (:basis = 'order_date' or cast(:start as date) is null or l.booked_on >= :start)
        and (:basis = 'order_date' or cast(:stop as date) is null or l.booked_on < :stop)
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or l.currency = :currency)
),

-- The lines of these orders by index, and what came back of them, as in returns/costs.
entries_of as (
    select l.*
    from ledger as l
    where
        l.entry = 'sale' and l.ordered_on > l.placed_on and l.line_kind = 'product' and l.product_key is not null
        and l.store_id = any(array(select a.store_id from asked as a))
        and l.sold_in = any(array(select a.sold_in from asked as a))
    union all
    select l.*
    from ledger as l
    where
        l.entry = 'reversal' and l.kind = 'return' and l.line_kind = 'product' and l.product_key is not null
        and ((l.store_id, l.sold_in) in (select a.store_id, a.sold_in from asked as a)) is true
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (:basis = 'refund_date' or cast(:start as date) is null or l.ordered_on >= :start)
        and (cast(:stop as date) is null or l.ordered_on < :stop)
),

moved as (
    select
        l.store_id,
        l.sold_in,
        l.booked_on,
        l.entry = 'sale' as is_new,
        l.product_key,
        l.currency,
        l.units,
        l.amount - l.discount as amount,
        case when :basis = 'refund_date' then l.booked_on else l.placed_on end as day,
        bool_or(l.entry = 'sale') over of_day as has_new,
        bool_or(
            l.entry = 'reversal'
            and (cast(:categories as text[]) is null or coalesce(l.category, '') = any(cast(:categories as text[])))
            and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
            and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        ) over of_day as is_asked
    from entries_of as l
    window of_day as (partition by l.store_id, l.sold_in, l.booked_on)
)

select
    m.store_id,
    m.sold_in,
    m.booked_on as exchanged_on,
    coalesce(cast(:into as text), m.currency) as currency,
    m.is_new,
    m.product_key,
    trim_scale(sum(m.units)) as units,
    sum(m.amount * coalesce(r.rate, 1)) as amount
from moved as m
left join exchange_rates as r
    on
        m.currency <> :into and m.currency = r.currency and r.into_currency = :into
        and m.day >= r.valid_from and m.day < r.valid_to
where
    m.has_new and m.is_asked and (cast(:into as text) is null or m.currency = :into or r.rate is not null)
    and (cast(:start as date) is null or m.day >= :start)
    and (cast(:stop as date) is null or m.day < :stop)
group by m.store_id, m.sold_in, m.booked_on, m.currency, m.is_new, m.product_key
order by m.store_id, m.sold_in, m.booked_on, m.is_new, m.product_key
