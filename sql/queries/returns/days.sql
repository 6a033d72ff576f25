-- One row a currency: after how many days goods came back, over the orders of the scope. An order counts once a day on which
-- something of it was taken back; what has no day of its own (is_date_assumed) tells nothing.
with refunds as (
    select distinct
        coalesce(cast(:into as text), l.currency) as currency,
        l.store_id,
        l.sold_in,
        l.ordered_on,
        l.booked_on
    from ledger as l
    inner join orders as o on l.store_id = o.store_id and l.sold_in = o.order_key
    inner join reversals as r
        on l.store_id = r.store_id and l.order_key = r.order_key and l.line_no = r.part_no and not r.is_superseded
    where
        l.entry = 'reversal' and l.line_kind = 'product' and l.kind = 'return' and l.product_key is not null
        and o.kind = 'order' and not r.is_date_assumed
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or l.ordered_on >= :start)
        and (cast(:stop as date) is null or l.ordered_on < :stop)
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:categories as text[]) is null or coalesce(l.category, '') = any(cast(:categories as text[])))
        and (cast(:currency as text) is null or l.currency = :currency)
)

select
    currency,
    count(*) as refunds,
    percentile_disc(0.5) within group (order by booked_on - ordered_on) as days_to_return_median,
    percentile_disc(0.9) within group (order by booked_on - ordered_on) as days_to_return_p90
from refunds
group by currency
order by currency
