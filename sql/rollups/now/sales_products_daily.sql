-- One row a slice, day and product. The cost is null where none is known; it is known of all units of such a row or of none.
create temp view sales_products_daily_now as
with by_order as (
    select
        slice_no,
        day,
        product_key,
        bool_or(is_sale and is_first) as is_order,
        sum(units) as units,
        sum(amount) as amount,
        sum(discount) as discount,
        sum(cost) as cost
    from sold_now
    group by slice_no, day, product_key, order_key
)

select
    b.slice_no,
    b.day,
    v.value_no,
    cast(count(*) filter (where b.is_order) as integer) as orders,
    cast(coalesce(sum(b.units), 0) * 10000 as bigint) as units,
    cast(sum(b.amount) * 10000 as bigint) as amount,
    cast(sum(b.discount) * 10000 as bigint) as discount,
    cast(sum(b.cost) * 10000 as bigint) as cost
from by_order as b
inner join sold_values as v
    on v.store_id = :store_id and v.dimension = 'product' and coalesce(b.product_key, '') = v.value
group by b.slice_no, b.day, v.value_no
