-- The ledger entries of one store near a day, on either clock, one row an entry: when it happened by the shop's clock, and
-- what it adds to every amount that a platform's report prints. Charges happen when the order was placed, and so do
-- refunds without a date.
with near as (
    select order_key
    from orders
    where store_id = :store_id and ordered_on >= :start and ordered_on < :stop
    union
    select order_key
    from reversals
    where store_id = :store_id and booked_at >= :start and booked_at < :stop and not is_superseded
),

placed as (
    select
        o.store_id,
        o.order_key,
        o.order_name,
        o.financial_status,
        o.cancelled_on,
        coalesce(min(i.sold_at), cast(o.ordered_on as timestamp)) as placed_at
    from near as n
    inner join orders as o on o.store_id = :store_id and n.order_key = o.order_key
    left join order_items as i on o.store_id = i.store_id and o.order_key = i.order_key
    where cast(:currency as text) is null or o.currency = :currency
    group by o.store_id, o.order_key
),

-- the offset keeps the ledger inside, where each of its parts is reached by its key
entries as (
    select
        p.order_name,
        p.cancelled_on,
        p.placed_at,
        l.*,
        coalesce(r.is_date_assumed, false) as is_undated,
        case l.entry
            when 'sale' then i.sold_at
            when 'reversal' then case when r.is_date_assumed then p.placed_at else r.booked_at end
            else p.placed_at
        end as happens_at,
        case l.entry when 'reversal' then -l.amount else l.amount - l.discount end as net
    from placed as p
    cross join lateral (
        select * from ledger as e where e.store_id = p.store_id and e.order_key = p.order_key order by e.entry offset 0
    ) as l
    left join order_items as i
        on l.entry = 'sale' and l.store_id = i.store_id and l.order_key = i.order_key and l.line_no = i.line_no
    left join reversals as r
        on
            l.entry = 'reversal' and l.store_id = r.store_id and l.order_key = r.order_key and l.line_no = r.part_no
            and not r.is_superseded
)

select
    order_key,
    order_name,
    entry,
    kind,
    ordered_on,
    booked_on,
    happens_at as happened_at,
    cancelled_on,
    is_undated,
    case when entry = 'charge' and line_kind in ('order', 'zero_order') then 1 else 0 end as orders,
    case when entry = 'sale' and line_kind = 'product' then amount else 0 end as gross_sales,
    case
        when line_kind = 'discount' then -net
        when entry = 'sale' and line_kind = 'product' then discount
        else 0
    end as discounts,
    case when entry = 'reversal' and line_kind = 'product' then amount else 0 end as reversals,
    case when line_kind = 'shipping' then net else 0 end as shipping,
    case when line_kind = 'tax' then net else 0 end as tax,
    case when line_kind = 'duties' then net else 0 end as duties,
    case when line_kind = 'fee' then net else 0 end as fees
from entries
order by happens_at, order_name, entry desc, line_no
