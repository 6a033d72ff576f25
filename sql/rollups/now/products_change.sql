-- By what the months of products differ from what they were before, one row a slice, month and product; of all days, what they
-- are. The month is written as that of the first day; what products were before keeps the category and brand it had.
create temp view products_change as
with days as (
    select
        d.slice_no, d.day, d.value_no, v.category_no, v.vendor_no, d.orders, d.units, d.amount, d.discount, d.cost
    from sales_products_daily as d
    inner join sold_values as v on d.value_no = v.value_no
    where
        d.slice_no in (select s.slice_no from slices_above as s)
        and (cast(:everything as boolean) or d.day = any(cast(:days as date[])))
    union all
    select
        slice_no, day, value_no, category_no, vendor_no, -orders, -units, -amount, -discount, -cost
    from products_before
)

select
    slice_no,
    cast(date_trunc('month', cast(day as timestamp)) as date) as month,
    value_no,
    category_no,
    vendor_no,
    sum(orders) as orders,
    whole_sum(units) as units,
    whole_sum(amount) as amount,
    whole_sum(discount) as discount,
    whole_sum(amount) filter (where cost is null) as uncovered_amount,
    whole_sum(discount) filter (where cost is null) as uncovered_discount,
    whole_sum(cost) as cost
from days
group by slice_no, month, value_no, category_no, vendor_no
