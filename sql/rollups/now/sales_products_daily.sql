-- One row a slice, day and product. The cost is null where none is known; it is known of all units of such a row or of none.
create temp view sales_products_daily_now as
with in_order as (
    select
        slice_no, day, product_no, order_no, units, amount, discount, cost
    from sold_now
    order by slice_no, day, product_no, order_no
)

select
    slice_no,
    day,
    product_no as value_no,
    cast(count(distinct order_no) as integer) as orders,
    coalesce(whole_sum(units), 0) as units,
    whole_sum(amount) as amount,
    nullif(whole_sum(discount), 0) as discount,
    whole_sum(cost) as cost
from in_order
group by slice_no, day, product_no
