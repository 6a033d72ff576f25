-- The sums of the scope by a dimension, straight from the ledger.
select
    $value as value,
    currency,
    coalesce(sum(amount) filter (where entry = 'sale' and line_kind = 'product'), 0) as gross_sales,
    coalesce(sum(discount) filter (where entry = 'sale' and line_kind = 'product'), 0) as discounts,
    coalesce(sum(amount) filter (where entry = 'reversal' and line_kind = 'product'), 0) as reversals,
    coalesce(sum(amount) filter (where line_kind = 'shipping'), 0) as shipping,
    coalesce(sum(units) filter (where entry = 'sale' and line_kind = 'product'), 0) as units,
    $orders as orders,
    coalesce(sum(cost) filter (where entry = 'sale' and line_kind = 'product'), 0) as cost_of_goods_sold
from ledger
where $where
group by 1, 2
