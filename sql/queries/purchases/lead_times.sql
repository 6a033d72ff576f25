-- Lead times of what came through `day`, from the day of the order: one row a supplier ('' as product: of all that it sent, a
-- delivery counting once however many lines it held) and one a supplier and product.
with deliveries as (
    select distinct
        o.store_id,
        o.supplier,
        o.order_no,
        i.sku,
        r.received_on,
        r.received_on - o.ordered_on as days
    from purchase_receipts as r
    inner join purchase_orders as o on r.store_id = o.store_id and r.order_no = o.order_no
    inner join purchase_order_items as i on r.store_id = i.store_id and r.order_no = i.order_no and r.line_no = i.line_no
    where
        (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
        and r.received_on <= cast(:day as date) and o.ordered_on is not null
),

observed as (
    select distinct
        store_id,
        supplier,
        '' as sku,
        order_no,
        received_on,
        days
    from deliveries
    union all
    select
        store_id,
        supplier,
        sku,
        order_no,
        received_on,
        days
    from deliveries
)

select
    store_id,
    supplier,
    sku,
    count(*) as receipts,
    round(avg(days), 3) as lead_time_days,
    round(coalesce(stddev_samp(days), 0), 3) as lead_time_deviation
from observed
group by store_id, supplier, sku
order by store_id, supplier, sku
