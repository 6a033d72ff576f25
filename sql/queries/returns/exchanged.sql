-- One row an exchanged order, day and product: what came back of it (is_new false), and what was sold for it instead, in lines of
-- the order that are younger than it. An exchange counts on the day of its order or on its own, by the clock.
with new_lines as (
    select
        l.store_id,
        l.sold_in,
        l.ordered_on as exchanged_on
    from ledger as l
    where
        l.entry = 'sale' and l.line_kind = 'product' and l.ordered_on > l.placed_on
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (:basis = 'refund_date' or cast(:start as date) is null or l.placed_on >= :start)
        and (:basis = 'refund_date' or cast(:stop as date) is null or l.placed_on < :stop)
        and (:basis = 'order_date' or cast(:start as date) is null or l.ordered_on >= :start)
        and (:basis = 'order_date' or cast(:stop as date) is null or l.ordered_on < :stop)
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or l.currency = :currency)
    group by l.store_id, l.sold_in, l.ordered_on
),

exchanged as (
    select
        n.store_id,
        n.sold_in,
        n.exchanged_on,
        l.entry = 'sale' as is_new,
        l.product_key,
        l.category,
        l.currency,
        case when :basis = 'refund_date' then n.exchanged_on else l.placed_on end as day,
        l.units,
        l.amount - l.discount as amount,
        bool_or(
            l.entry = 'reversal'
            and (cast(:categories as text[]) is null or coalesce(l.category, '') = any(cast(:categories as text[])))
        ) over of_day as is_asked
    from new_lines as n
    inner join ledger as l on n.store_id = l.store_id and n.sold_in = l.sold_in and n.exchanged_on = l.booked_on
    where
        l.line_kind = 'product' and l.product_key is not null
        and (l.entry = 'sale' or (l.entry = 'reversal' and l.kind = 'return'))
    window of_day as (partition by n.store_id, n.sold_in, n.exchanged_on)
)

select
    e.store_id,
    e.sold_in,
    e.exchanged_on,
    coalesce(cast(:into as text), e.currency) as currency,
    e.is_new,
    e.product_key,
    min(p.title) as title,
    trim_scale(sum(e.units)) as units,
    sum(e.amount * coalesce(r.rate, 1)) as amount
from exchanged as e
left join products as p on e.store_id = p.store_id and e.product_key = p.product_key
left join exchange_rates as r
    on
        e.currency <> :into and e.currency = r.currency and r.into_currency = :into
        and e.day >= r.valid_from and e.day < r.valid_to
where e.is_asked and (cast(:into as text) is null or e.currency = :into or r.rate is not null)
group by e.store_id, e.sold_in, e.exchanged_on, e.currency, e.is_new, e.product_key
order by e.store_id, e.sold_in, e.exchanged_on, e.is_new, e.product_key
