-- One row an order: paid, counted, and not sent (or sent in part) two whole days after it was placed, the oldest first.
-- Older than 90 days is not waiting any more but was never marked. Formats that do not say what was sent stay out.
select
    order_name,
    ordered_on,
    cast(:day as date) - ordered_on as days_waiting,
    fulfillment_status,
    channel,
    country,
    currency,
    document_total as amount
from orders
where
    (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    and (cast(:currency as text) is null or currency = :currency)
    and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
    and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
    and is_counted
    and kind = 'order'
    and cancelled_on is null
    and financial_status in ('paid', 'partially_paid', 'partially_refunded')
    and fulfillment_status in ('unfulfilled', 'partial')
    and ordered_on <= cast(:day as date) - 2
    and ordered_on > cast(:day as date) - 90
order by ordered_on, order_name
