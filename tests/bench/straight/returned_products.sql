-- What was sold and what came back of the same orders by product, straight from the ledger.
select
    currency,
    product_key as value,
    count(distinct order_key) filter (where entry = 'sale') as lines_sold,
    count(distinct order_key) filter (where entry = 'reversal' and kind = 'return') as lines_returned,
    coalesce(sum(units) filter (where entry = 'sale'), 0) as units_sold,
    coalesce(sum(units) filter (where entry = 'reversal' and kind = 'return'), 0) as units_returned,
    coalesce(sum(amount - discount) filter (where entry = 'sale'), 0) as value_sold,
    coalesce(sum(amount) filter (where entry = 'reversal' and kind = 'return'), 0) as value_returned
from ledger
where $where and line_kind = 'product'
group by currency, product_key
