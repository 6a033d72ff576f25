-- The first and the last day on which each product was sold, straight from the ledger.
select
    product_key as value,
    cast(min(ordered_on) as text) as first_day,
    cast(max(ordered_on) as text) as last_day,
    1 as products
from ledger
where $where and entry = 'sale' and line_kind = 'product' and units > 0
group by product_key
