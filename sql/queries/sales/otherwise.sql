-- What a platform may count otherwise in the days of the scope, one row a currency and reason, with what it comes to in
-- every amount. Reasons: `cancelled` (what cancelled orders add, sold and taken back), `undated` (refunds that stand on the
-- day of their order because no file dates them), `cancelled_out` (cancelled orders of stores that leave them out, sold and
-- taken back), and `left_out` by status (orders that are not counted here).
with asked as (
    select
        store_id,
        order_key
    from orders
    where
        is_counted
        and cancelled_on is not null
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or ordered_on >= :start)
        and (cast(:stop as date) is null or ordered_on < :stop)
    union
    select
        r.store_id,
        r.order_key
    from reversals as r
    inner join orders as o on r.store_id = o.store_id and r.order_key = o.order_key
    where
        not r.is_superseded
        and (r.is_date_assumed or o.cancelled_on is not null)
        and (cast(:store_ids as integer[]) is null or r.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or r.booked_at >= :start)
        and (cast(:stop as date) is null or r.booked_at < :stop)
),

placed as (
    select
        o.order_name,
        o.cancelled_on is not null as is_cancelled,
        o.cancelled_on is not null and s.leaves_cancelled_out as is_cancelled_out,
        coalesce(r.is_date_assumed, false) as is_undated,
        l.*,
        case when :basis = 'refund_date' then l.booked_on else l.ordered_on end as day,
        case l.entry when 'reversal' then -l.amount else l.amount - l.discount end as net
    from asked as a
    inner join orders as o on a.store_id = o.store_id and a.order_key = o.order_key
    inner join stores as s on o.store_id = s.store_id
    cross join lateral (
        select * from entries as e where e.store_id = a.store_id and e.order_key = a.order_key order by e.entry offset 0
    ) as l
    left join reversals as r
        on
            l.entry = 'reversal' and l.store_id = r.store_id and l.order_key = r.order_key and l.line_no = r.part_no
            and not r.is_superseded
    where
        o.is_counted
        and (cast(:channels as text[]) is null or o.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or o.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or o.currency = :currency)
),

counted as (
    select
        e.currency,
        why.reason,
        null as status,
        e.order_name,
        case when e.entry = 'sale' and e.line_kind = 'product' then e.amount else 0 end as gross_sales,
        case
            when e.line_kind = 'discount' then -e.net
            when e.entry = 'sale' and e.line_kind = 'product' then e.discount
            else 0
        end as discounts,
        case when e.entry = 'reversal' and e.line_kind = 'product' then e.amount else 0 end as reversals,
        case when e.line_kind = 'shipping' then e.net else 0 end as shipping,
        case when e.line_kind = 'tax' then e.net else 0 end as tax,
        case when e.line_kind = 'duties' then e.net else 0 end as duties,
        case when e.line_kind = 'fee' then e.net else 0 end as fees,
        case when e.line_kind = 'tip' then e.net else 0 end as tips,
        case when e.line_kind = 'gift_card' then e.net else 0 end as gift_cards
    from placed as e
    inner join lateral (
        values
        ('cancelled', e.is_cancelled and not e.is_cancelled_out),
        ('undated', e.is_undated and not e.is_cancelled_out),
        ('cancelled_out', e.is_cancelled_out)
    ) as why (reason, holds) on why.holds
    where
        (cast(:start as date) is null or e.day >= :start)
        and (cast(:stop as date) is null or e.day < :stop)
),

left_out as (
    select
        o.currency,
        'left_out' as reason,
        coalesce(o.financial_status, '') as status,
        o.order_name,
        coalesce(sum(i.amount) filter (where i.kind = 'product'), 0) as gross_sales,
        coalesce(sum(i.discount) filter (where i.kind = 'product'), 0) as discounts,
        0 as reversals,
        o.shipping,
        o.tax,
        o.duties,
        0 as fees,
        coalesce(sum(i.amount - i.discount) filter (where i.kind = 'tip'), 0) as tips,
        coalesce(sum(i.amount - i.discount) filter (where i.kind = 'gift_card'), 0) as gift_cards
    from orders as o
    left join order_items as i on o.store_id = i.store_id and o.order_key = i.order_key
    where
        not o.is_counted
        and (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or o.ordered_on >= :start)
        and (cast(:stop as date) is null or o.ordered_on < :stop)
        and (cast(:channels as text[]) is null or o.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or o.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or o.currency = :currency)
    group by o.store_id, o.order_key
)

select
    currency,
    reason,
    status,
    count(distinct order_name) as orders,
    (array_agg(distinct order_name))[1:5] as order_names,
    sum(gross_sales) as gross_sales,
    sum(discounts) as discounts,
    sum(reversals) as reversals,
    sum(shipping) as shipping,
    sum(tax) as tax,
    sum(duties) as duties,
    sum(fees) as fees,
    sum(tips) as tips,
    sum(gift_cards) as gift_cards
from (
    select * from counted
    union all
    select * from left_out
) as both_sources
group by currency, reason, status
order by currency, reason, status
