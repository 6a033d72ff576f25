-- One row a currency: how much of what came back, or may have (returns and refunds of unknown kind, on the scope's clock), files
-- know the kind, the order's line, the pieces, the reason, the day and the money of.
with taken as (
    select
        case when :basis = 'refund_date' then l.booked_on else l.ordered_on end as day,
        l.currency,
        l.amount,
        l.kind = 'return' as has_kind,
        l.kind = 'return' and l.product_key is not null and o.kind = 'order' as has_line,
        l.units is not null as has_units,
        r.reason is not null as has_reason,
        not r.is_date_assumed as has_day,
        coalesce(r.inferred_from <> 'order_line_value', true) as has_money
    from ledger as l
    inner join reversals as r
        on l.store_id = r.store_id and l.order_key = r.order_key and l.line_no = r.part_no and not r.is_superseded
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
    sum(worth) as taken_back,
    coalesce(sum(worth) filter (where has_kind), 0) as kind,
    coalesce(sum(worth) filter (where has_line), 0) as line,
    coalesce(sum(worth) filter (where has_units), 0) as units,
    coalesce(sum(worth) filter (where has_reason), 0) as reason,
    coalesce(sum(worth) filter (where has_day), 0) as day,
    coalesce(sum(worth) filter (where has_money), 0) as money
from converted
group by shown_in
order by currency
