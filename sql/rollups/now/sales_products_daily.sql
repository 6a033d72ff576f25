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
    cast(coalesce(sum(units), 0) as bigint) as units,
    cast(sum(amount) as bigint) as amount,
    cast(nullif(sum(discount), 0) as bigint) as discount,
    cast(sum(cost) as bigint) as cost
from in_order
group by slice_no, day, product_no
