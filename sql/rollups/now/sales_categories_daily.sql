-- One row a slice, day and category.
create temp view sales_categories_daily_now as
select
    slice_no,
    day,
    category_no as value_no,
    cast(coalesce(sum(units), 0) as bigint) as units,
    cast(sum(amount) as bigint) as amount,
    cast(sum(discount) as bigint) as discount,
    cast(coalesce(sum(amount - discount) filter (where cost is not null), 0) as bigint) as covered,
    cast(coalesce(sum(cost), 0) as bigint) as cost
from sold_now
group by slice_no, day, category_no
