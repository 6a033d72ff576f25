-- One row a store and product that came on a purchase order before the scope's end: the last day on which some of it came.
select
    p.store_id,
    p.product_key,
    max(r.received_on) as received_on
from purchase_receipts as r
inner join purchase_order_items as i on r.store_id = i.store_id and r.order_no = i.order_no and r.line_no = i.line_no
inner join products as p on i.store_id = p.store_id and i.sku = p.sku
where
    (cast(:store_ids as integer[]) is null or r.store_id = any(cast(:store_ids as integer[])))
    and (cast(:stop as date) is null or r.received_on < :stop)
group by p.store_id, p.product_key
order by p.store_id, p.product_key
