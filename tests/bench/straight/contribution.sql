-- Net sales and what the goods cost by a dimension, straight from the ledger: the part of contribution that needs no fees.
select
    $value as value,
    currency,
    coalesce(sum(case entry when 'sale' then amount - discount else -amount end), 0) as net_sales,
    coalesce(sum(cost) filter (where entry = 'sale'), 0) as landed_cost
from ledger
where $where and line_kind = 'product'
group by 1, 2
