-- One row a slice, day and category.
create temp view sales_categories_daily_now as
select
    slice_no,
    day,
    category_no as value_no,
    coalesce(whole_sum(units), 0) as units,
    whole_sum(amount) as amount,
    whole_sum(discount) as discount,
    coalesce(whole_sum(amount - discount) filter (where cost is not null), 0) as covered,
    coalesce(whole_sum(cost), 0) as cost
from sold_now
group by slice_no, day, category_no
