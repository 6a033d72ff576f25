-- One row an order of that key or name: what its document says.
select
    o.store_id,
    s.name as store,
    o.order_key,
    o.order_name,
    o.kind,
    o.is_counted,
    o.ordered_at,
    o.ordered_on,
    s.time_zone,
    o.currency,
    o.channel,
    o.platform_channel,
    o.country,
    o.region,
    o.customer_key,
    o.financial_status,
    o.fulfillment_status,
    waiting_state(o.financial_status, o.fulfillment_status) as waiting,
    o.cancelled_on,
    o.paid_on,
    o.completed_on,
    o.discount_codes,
    o.tags,
    o.prices_include_tax,
    o.shipping,
    o.tax,
    o.duties,
    o.document_total,
    o.refunded,
    o.difference,
    o.unreconciled,
    o.as_of,
    m.file,
    m.format
from orders as o
inner join stores as s on o.store_id = s.store_id
left join imports as m on o.import_id = m.import_id
where
    (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
    and (o.order_key = :order_key or o.order_name = :order_key)
order by o.order_key = :order_key desc, o.ordered_on desc, o.store_id asc
