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
-- a provider may print the order without the # that the shop puts before it
where store_id = :store_id and order_name in (:name, ltrim(:name, '#'))
order by happened_at, transaction_key
