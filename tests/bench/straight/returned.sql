-- What was sold and what came back of the same orders, straight from the ledger.
select
    currency,
    $orders as orders,
    count(distinct order_key) filter (where entry = 'reversal' and kind = 'return') as orders_with_return,
    coalesce(sum(units) filter (where entry = 'sale'), 0) as units_sold,
    coalesce(sum(units) filter (where entry = 'reversal' and kind = 'return'), 0) as units_returned,
    coalesce(sum(amount - discount) filter (where entry = 'sale'), 0) as value_sold,
    coalesce(sum(amount) filter (where entry = 'reversal' and kind = 'return'), 0) as value_returned
from ledger
where $where and (line_kind = 'product' or (entry = 'charge' and line_kind = 'order'))
group by currency
