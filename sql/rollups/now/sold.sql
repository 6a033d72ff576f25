-- The goods of the dated ledger, one row an entry. An order counts for a product where it was sold on the order's own day: an
-- exchange brings a line, not an order.
create temp view sold_now as
select
    slice_no,
    day,
    product_no,
    category_no,
    case when entry = 'sale' and line_kind = 'product' and is_placed then order_no end as order_no,
    case when line_kind = 'product' then units end as units,
    case when line_kind = 'product' then amount else 0 end as amount,
    case when line_kind = 'product' then discount when entry = 'reversal' then amount else discount - amount end as discount,
    case when line_kind = 'product' then cost end as cost
from dated_ledger
where line_kind in ('product', 'discount')
