-- The goods of the dated ledger, one row an entry. An order counts for a product where it was sold on the order's own day: an
-- exchange brings a line, not an order.
create temp view sold_now as
select
    slice_no,
    day,
    product_no,
    category_no,
    case when is_sold then order_no end as order_no,
    case when is_product then units end as units,
    case when is_product then amount else 0 end as amount,
    case when is_product then discount when entry = 'reversal' then amount else discount - amount end as discount,
    case when is_product then cost end as cost
from dated_ledger
where is_product or line_kind = 'discount'
