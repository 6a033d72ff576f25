-- One row a slice, day and product. The cost is null where none is known; it is known of all units of such a row or of none.
create temp view sales_products_daily_now as
with by_order as (
    select
        slice_no,
        day,
        product_no,
        cast(order_key is not null as integer) as orders,
        cast(sum(units) as bigint) as units,
        cast(sum(amount) as bigint) as amount,
        cast(sum(discount) as bigint) as discount,
        cast(sum(cost) as bigint) as cost
    from sold_now
    group by slice_no, day, product_no, order_key
)

select
    slice_no,
    day,
    product_no as value_no,
    cast(sum(orders) as integer) as orders,
    cast(coalesce(sum(units), 0) as bigint) as units,
    cast(sum(amount) as bigint) as amount,
    cast(sum(discount) as bigint) as discount,
    cast(sum(cost) as bigint) as cost
from by_order
group by slice_no, day, product_no
