-- What goods sold and what was taken back of them by product, category or brand, straight from the ledger.
select
    $value as value,
    currency,
    coalesce(sum(amount) filter (where entry = 'sale'), 0) as gross_sales,
    coalesce(sum(discount) filter (where entry = 'sale'), 0) as discounts,
    coalesce(sum(amount) filter (where entry = 'reversal'), 0) as reversals,
    coalesce(sum(units) filter (where entry = 'sale'), 0) as units,
    coalesce(sum(units) filter (where entry = 'reversal'), 0) as units_returned,
    count(distinct case when entry = 'sale' then order_key end) as orders,
    coalesce(sum(cost) filter (where entry = 'sale'), 0) as cost_of_goods_sold
from ledger
where $where and line_kind = 'product'
group by 1, 2
