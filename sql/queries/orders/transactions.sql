-- One row a payment, fee or refund that names the order, by time.
select
    happened_at,
    kind,
    what,
    gateway,
    status,
    amount,
    fee,
    net,
    currency,
    paid_out_on,
    source
from transactions
where store_id = :store_id and order_name = :name
order by happened_at, transaction_key
