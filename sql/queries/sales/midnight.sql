-- What happened within 14 hours of the first and of the last midnight of the scope, one row a currency, edge (`start` or
-- `stop`) and hour (0: the hour after midnight, -1: the one before): what another time zone would move into the days or out
-- of them. What has a day and no hour does not move. A reversal happens with its order or by itself, as the clock says.
with edges as (
    select
        edge,
        cast(day as date) as day
    from (values ('start', cast(:start as date)), ('stop', cast(:stop as date))) as both_ends (edge, day)
    where day is not null
),

near as (
    select
        o.store_id,
        o.order_key
    from edges as e
    inner join orders as o on o.ordered_on >= e.day - 1 and o.ordered_on <= e.day
    where cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[]))
    union
    select
        r.store_id,
        r.order_key
    from edges as e
    inner join reversals as r on r.booked_at >= e.day - 1 and r.booked_at < e.day + 1
    where not r.is_superseded and (cast(:store_ids as integer[]) is null or r.store_id = any(cast(:store_ids as integer[])))
),

placed as (
    select
        o.store_id,
        o.order_key,
        coalesce(min(i.sold_at), cast(o.ordered_on as timestamp)) as placed_at
    from near as n
    inner join orders as o on n.store_id = o.store_id and n.order_key = o.order_key
    left join order_items as i on o.store_id = i.store_id and o.order_key = i.order_key
    where
        o.is_counted
        and (cast(:channels as text[]) is null or o.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or o.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or o.currency = :currency)
    group by o.store_id, o.order_key
),

entries as (
    select
        l.*,
        case when :basis = 'refund_date' then l.booked_on else l.ordered_on end as day,
        case
            when l.entry = 'sale' then i.sold_at
            when l.entry = 'reversal' and :basis = 'refund_date' and not r.is_date_assumed then r.booked_at
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
    x.currency,
    e.edge,
    cast(floor(extract(epoch from x.happens_at - cast(e.day as timestamp)) / 3600) as integer) as hour,
    coalesce(sum(x.amount) filter (where x.entry = 'sale' and x.line_kind = 'product'), 0) as gross_sales,
    coalesce(sum(x.discount) filter (where x.entry = 'sale' and x.line_kind = 'product'), 0)
    - coalesce(sum(x.net) filter (where x.line_kind = 'discount'), 0) as discounts,
    coalesce(sum(x.amount) filter (where x.entry = 'reversal' and x.line_kind = 'product'), 0) as reversals,
    coalesce(sum(x.net) filter (where x.line_kind = 'shipping'), 0) as shipping,
    coalesce(sum(x.net) filter (where x.line_kind = 'tax'), 0) as tax,
    coalesce(sum(x.net) filter (where x.line_kind = 'duties'), 0) as duties,
    coalesce(sum(x.net) filter (where x.line_kind = 'fee'), 0) as fees,
    coalesce(sum(x.net) filter (where x.line_kind = 'tip'), 0) as tips,
    coalesce(sum(x.net) filter (where x.line_kind = 'gift_card'), 0) as gift_cards
from edges as e
inner join entries as x
    on
        x.happens_at >= e.day - interval '14 hours'
        and x.happens_at < e.day + interval '14 hours'
        and cast(x.happens_at as date) = x.day
        and x.happens_at <> cast(x.day as timestamp)
group by x.currency, e.edge, hour
order by x.currency, e.edge, hour
