insert into orders (
    store_id, order_key, order_name, kind, is_counted, ordered_at, ordered_on, currency, channel, country, region, customer_key,
    financial_status, fulfillment_status, cancelled_on, discount_codes, tags, prices_include_tax, shipping, tax, duties,
    document_total, refunded, difference, unreconciled, paid_on, completed_on, payment_method, as_of, fingerprint,
    import_id
)
select
    :store_id, s.order_key, s.order_name, s.kind, s.is_counted, s.ordered_at, s.ordered_on, s.currency, s.channel, s.country,
    s.region, s.customer_key, s.financial_status, s.fulfillment_status, s.cancelled_on, s.discount_codes, s.tags,
    s.prices_include_tax, s.shipping, s.tax, s.duties, s.document_total, s.refunded, s.difference, s.unreconciled,
    s.paid_on, s.completed_on, s.payment_method, s.as_of, s.fingerprint, :import_id
from orders_stage as s
inner join orders_plan as p on s.order_key = p.order_key
where p.state in ('loaded', 'updated', 'reread')
