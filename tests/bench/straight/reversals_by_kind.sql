-- What was taken back of goods by kind, straight from the ledger.
select
    currency,
    kind,
    sum(amount) as amount,
    count(distinct order_key) as orders,
    sum(units) as units
from ledger
where $where and entry = 'reversal' and line_kind = 'product'
group by currency, kind
