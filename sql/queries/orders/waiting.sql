-- One row an order that waits to be sent at the end of the day asked for, wholly or in part, the oldest first. Its age runs
-- from the moment printed for it, in the shop's own time. Out are orders that are cancelled, void, given back whole or
-- without goods, and those that Amazon sends itself (FBA).
with waiting as (
    select
        o.*,
        waiting_state(o.financial_status, o.fulfillment_status) as state
    from orders as o
    where
        waiting_state(o.financial_status, o.fulfillment_status) is not null
        and o.is_counted
        and o.kind = 'order'
        and o.cancelled_on is null
        and coalesce(o.financial_status, '') not in ('refunded', 'voided', 'cancelled', 'failed')
        and not (o.fulfillment_status in ('unshipped', 'partiallyshipped', 'partially shipped') and o.tags ~ '^FBA(, business)?$')
        and o.ordered_on <= :day
        and (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
        and (cast(:channels as text[]) is null or o.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or o.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or o.currency = :currency)
),

valued as (
    select
        w.*,
        lines.sold_at,
        w.document_total - coalesce(back.amount, 0) as amount
    from waiting as w
    inner join lateral (
        select min(i.sold_at) as sold_at
        from order_items as i
        inner join product_aliases as a on i.store_id = a.store_id and i.alias_id = a.alias_id
        inner join products as p on a.store_id = p.store_id and a.product_key = p.product_key
        where
            i.store_id = w.store_id and i.order_key = w.order_key and i.kind = 'product' and i.units > 0
            and not p.is_gift_card
            and (cast(:categories as text[]) is null or p.category = any(cast(:categories as text[])))
    ) as lines on lines.sold_at is not null
    left join lateral (
        select sum(r.amount) as amount
        from reversals as r
        where r.store_id = w.store_id and r.order_key = w.order_key and not r.is_superseded
    ) as back on true
)

select
    s.name as store,
    v.store_id,
    v.order_key,
    v.order_name,
    v.ordered_on,
    v.sold_at,
    extract(epoch from cast(:day as date) + 1 - v.sold_at) / 3600 as hours_waiting,
    cast(:day as date) - v.ordered_on as days_waiting,
    v.state,
    coalesce(v.financial_status, 'paid') in (
        'paid', 'partially_paid', 'partially_refunded', 'authorized', 'processing', 'partial-shipped', 'partially-shipped'
    ) as is_paid,
    v.financial_status,
    v.fulfillment_status,
    v.amount,
    v.channel,
    v.country,
    v.currency,
    v.as_of
from valued as v
inner join stores as s on v.store_id = s.store_id
where v.amount > 0 or v.document_total = 0
order by v.sold_at, v.order_name, v.order_key
