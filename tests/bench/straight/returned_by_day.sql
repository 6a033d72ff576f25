-- Orders and how many of them came back by day of the order, straight from the ledger.
select
    currency,
    cast(ordered_on as text) as day,
    $orders as sold,
    count(distinct order_key) filter (where entry = 'reversal' and kind = 'return') as returned
from ledger
where $where and (line_kind = 'product' or (entry = 'charge' and line_kind = 'order'))
group by 1, 2
