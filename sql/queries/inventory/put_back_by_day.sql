-- One row a day and product that came back to the shelf, was received or adjusted; a bundle that came back is its parts. What
-- came back is told by its order's channel, what was received by the location that its purchase order names. A count that tells
-- its own moves (Amazon's inventory ledger) goes before what Amazon's orders, and purchase orders to its location, say of the
-- same day; what it and other orders say came back on one day is the larger of both: they may be the same pieces.
with told as (
    select
        as_of,
        location,
        product_key,
        received,
        returned,
        adjusted
    from inventory_levels
    where
        store_id = :store_id and as_of >= :start and as_of < :stop
        and coalesce(received, returned, adjusted) is not null
),

moved as (
    select
        cast(r.booked_at as date) as day,
        a.product_key,
        r.units as restocked,
        0 as received,
        0 as back_by_count,
        0 as adjusted
    from reversals as r
    inner join orders as o on r.store_id = o.store_id and r.order_key = o.order_key
    inner join product_aliases as a on r.store_id = a.store_id and r.alias_id = a.alias_id
    where
        r.store_id = :store_id and r.is_restocked and r.units > 0 and r.line_kind = 'product' and o.is_counted
        and (cast(:channels as text[]) is null or o.channel = any(cast(:channels as text[])))
        and cast(r.booked_at as date) >= :start and cast(r.booked_at as date) < :stop
        and not exists (
            select 1
            from told as t
            inner join imports as i on i.import_id = o.import_id
            where
                t.returned is not null and i.format like 'amazon%'
                and t.as_of = cast(r.booked_at as date) and t.product_key = a.product_key
        )
    union all
    select
        r.received_on as day,
        coalesce(p.product_key, i.sku) as product_key,
        0 as restocked,
        r.units as received,
        0 as back_by_count,
        0 as adjusted
    from purchase_receipts as r
    inner join purchase_orders as o on r.store_id = o.store_id and r.order_no = o.order_no
    inner join purchase_order_items as i on r.store_id = i.store_id and r.order_no = i.order_no and r.line_no = i.line_no
    left join lateral (
        select known.product_key
        from products as known
        where known.store_id = i.store_id and known.sku = i.sku
        order by known.is_listed desc, known.product_key
        limit 1
    ) as p on true
    where
        r.store_id = :store_id and r.received_on >= :start and r.received_on < :stop
        and (cast(:locations as text[]) is null or o.location = any(cast(:locations as text[])))
        and not exists (
            select 1
            from told as t
            where
                t.received is not null and t.as_of = r.received_on and t.location = o.location
                and t.product_key = coalesce(p.product_key, i.sku)
        )
    union all
    select
        as_of as day,
        product_key,
        0 as restocked,
        coalesce(received, 0) as received,
        coalesce(returned, 0) as back_by_count,
        coalesce(adjusted, 0) as adjusted
    from told
    where
        (received <> 0 or returned <> 0 or adjusted <> 0)
        and (cast(:locations as text[]) is null or location = any(cast(:locations as text[])))
)

select
    m.day,
    coalesce(b.product_key, m.product_key) as product_key,
    cast(
        greatest(sum(m.restocked * coalesce(b.units, 1)), sum(m.back_by_count * coalesce(b.units, 1))) as double precision
    ) as restocked,
    cast(sum(m.received * coalesce(b.units, 1)) as double precision) as received,
    cast(sum(m.adjusted * coalesce(b.units, 1)) as double precision) as adjusted
from moved as m
left join bundle_parts as b on b.store_id = :store_id and m.product_key = b.bundle_key
group by m.day, coalesce(b.product_key, m.product_key)
order by m.day, product_key
