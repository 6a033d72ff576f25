-- One row a line of a purchase order and day on which some of it came, the newest first.
with known as (
    select distinct on (store_id, sku)
        store_id,
        sku,
        product_key,
        title
    from products
    where sku is not null and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    order by store_id asc, sku asc, is_listed desc, product_key asc
)

select
    o.store_id,
    o.order_no,
    r.line_no,
    o.supplier,
    i.sku,
    coalesce(p.product_key, i.sku) as product_key,
    coalesce(p.title, i.sku) as title,
    o.location,
    o.ordered_on,
    coalesce(i.expected_on, o.expected_on) as expected_on,
    r.received_on,
    r.units,
    i.unit_cost,
    o.currency,
    r.received_on - o.ordered_on as lead_time_days,
    case
        when coalesce(i.expected_on, o.expected_on) is not null
            then greatest(r.received_on - coalesce(i.expected_on, o.expected_on), 0)
    end as days_late
from purchase_receipts as r
inner join purchase_order_items as i on r.store_id = i.store_id and r.order_no = i.order_no and r.line_no = i.line_no
inner join purchase_orders as o on r.store_id = o.store_id and r.order_no = o.order_no
left join known as p on i.store_id = p.store_id and i.sku = p.sku
where
    (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
    and (cast(:currency as text) is null or o.currency = :currency)
    and r.received_on <= cast(:day as date)
order by r.received_on desc, o.order_no desc, r.line_no asc
