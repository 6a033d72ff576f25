-- Its lines and receipts go with an order.
delete from purchase_orders as f
using images_changed as c
where f.store_id = :store_id and c.kind = 'purchase_orders' and f.order_no = c.key
