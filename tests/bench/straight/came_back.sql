-- What came back of the orders of the scope by day or product, straight from the ledger.
select
    currency,
    $value as value,
    count(distinct order_key) as orders_with_return,
    sum(units) as units_returned,
    sum(amount) as value_returned
from ledger
where $where and entry = 'reversal' and kind = 'return' and line_kind = 'product'
group by 1, 2
