-- Orders as PostgreSQL takes them. The fingerprint is what the file says of an order / what was made of its reversals, since
-- that may depend on the file around it; a file that knows when an order was last changed says so itself (as_of).
select
    o.order_key,
    o.order_name,
    o.kind,
    o.is_counted,
    o.ordered_at,
    o.ordered_on,
    o.currency,
    o.channel,
    o.country,
    o.region,
    o.customer_key,
    o.financial_status,
    o.fulfillment_status,
    o.cancelled_on,
    o.paid_on,
    o.completed_on,
    o.payment_method,
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
    o.fingerprint || coalesce('/' || p.read_as, '') as fingerprint,
    o.rows,
    coalesce(o.as_of, getvariable('as_of')) as as_of
from (
    select * from orders_new
    union all by name
    select
        cast(null as date) as paid_on,
        cast(null as date) as completed_on,
        cast(null as varchar) as payment_method
    where false
) as o
left join print_of_reversals as p on o.order_key = p.order_key
