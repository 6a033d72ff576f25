-- One row a line of a purchase order, with what of it came through `day` and what is still to come: only an order that was
-- sent has something to come. Freight and duty of the order are spread over its lines by value; where a line's cost is not
-- known, nobody knows its share.
with received as (
    select
        store_id,
        order_no,
        line_no,
        sum(units) as units,
        min(received_on) as first_received_on,
        max(received_on) as last_received_on
    from purchase_receipts
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and received_on <= cast(:day as date)
    group by store_id, order_no, line_no
),

goods as (
    select
        store_id,
        order_no,
        case when bool_and(unit_cost is not null) then sum(units * unit_cost) end as value
    from purchase_order_items
    where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
    group by store_id, order_no
),

known as (
    select distinct on (store_id, sku)
        store_id,
        sku,
        product_key,
        title,
        category
    from products
    where sku is not null and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    order by store_id asc, sku asc, is_listed desc, product_key asc
)

select
    o.store_id,
    o.order_no,
    i.line_no,
    o.supplier,
    o.status,
    o.ordered_on,
    coalesce(i.expected_on, o.expected_on) as expected_on,
    o.location,
    i.sku,
    coalesce(p.product_key, i.sku) as product_key,
    coalesce(p.title, i.sku) as title,
    i.units,
    i.unit_cost,
    o.currency,
    coalesce(r.units, 0) as received_units,
    case when o.status = 'sent' then greatest(i.units - coalesce(r.units, 0), 0) else 0 end as open_units,
    i.units * i.unit_cost as value,
    round(i.unit_cost * (1 + (o.freight + o.duty) / nullif(g.value, 0)), 6) as landed_unit_cost,
    r.first_received_on,
    r.last_received_on
from purchase_orders as o
inner join purchase_order_items as i on o.store_id = i.store_id and o.order_no = i.order_no
inner join goods as g on o.store_id = g.store_id and o.order_no = g.order_no
left join received as r on i.store_id = r.store_id and i.order_no = r.order_no and i.line_no = r.line_no
left join known as p on i.store_id = p.store_id and i.sku = p.sku
where
    (cast(:currency as text) is null or o.currency = :currency)
    and (cast(:categories as text[]) is null or p.category = any(cast(:categories as text[])))
order by o.ordered_on desc nulls first, o.order_no desc, i.line_no asc
