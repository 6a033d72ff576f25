-- One row a currency and day of the scope's clock, or product (:by), and one for all of them together (is_total): what came back.
-- Returned is what a file calls a return or a refund that is exactly that, of a line of an order that is known; units are null
-- where no file says how many. Beside it what names no such line, and refunds of which nobody knows what they were for.
with taken as (
    select
        case when :basis = 'refund_date' then l.booked_on else l.ordered_on end as day,
        l.store_id,
        l.sold_in,
        case when :by = 'product' then l.product_key end as product_key,
        l.currency,
        l.kind,
        l.units,
        l.amount,
        l.kind = 'return' and l.product_key is not null and o.kind = 'order' as is_known
    from ledger as l
    left join orders as o on l.store_id = o.store_id and l.sold_in = o.order_key
    where
        l.entry = 'reversal' and l.line_kind = 'product' and l.kind in ('return', 'unknown')
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
        t.amount * coalesce(r.rate, 1) as worth,
        case when :by = 'day' then t.day end as told_of
    from taken as t
    left join exchange_rates as r
        on
            t.currency <> :into and t.currency = r.currency and r.into_currency = :into
            and t.day >= r.valid_from and t.day < r.valid_to
    where cast(:into as text) is null or t.currency = :into or r.rate is not null
)

select
    shown_in as currency,
    told_of as day,
    product_key,
    grouping(told_of) = 1 as is_total,
    count(distinct row(store_id, sold_in)) filter (where is_known) as orders_with_return,
    trim_scale(sum(units) filter (where is_known)) as units_returned,
    coalesce(sum(worth) filter (where is_known), 0) as value_returned,
    coalesce(sum(worth) filter (where is_known and units is not null), 0) as value_with_units,
    coalesce(sum(worth) filter (where kind = 'return' and not is_known), 0) as value_without_lines,
    coalesce(sum(worth) filter (where kind = 'unknown'), 0) as value_of_unknown_kind
from converted
group by grouping sets ((shown_in, told_of, product_key), (shown_in))
order by currency, day, product_key
