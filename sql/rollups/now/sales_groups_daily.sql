-- One row a slice, day and category or brand.
create temp view sales_groups_daily_now as
with grouped as (
    select
        'category' as dimension,
        category as value,
        is_first_of_category as is_first,
        slice_no, day, order_key, is_sale, units, amount, discount, cost
    from sold_now
    union all
    select
        'vendor' as dimension,
        vendor as value,
        is_first_of_vendor as is_first,
        slice_no, day, order_key, is_sale, units, amount, discount, cost
    from sold_now
),

by_order as (
    select
        slice_no,
        day,
        dimension,
        value,
        bool_or(is_sale and is_first) as is_order,
        sum(units) as units,
        sum(amount) as amount,
        sum(discount) as discount,
        sum(amount - discount) filter (where cost is not null) as covered,
        sum(cost) as cost
    from grouped
    group by slice_no, day, dimension, value, order_key
)

select
    b.slice_no,
    b.day,
    v.value_no,
    cast(count(*) filter (where b.is_order) as integer) as orders,
    cast(coalesce(sum(b.units), 0) * 10000 as bigint) as units,
    cast(sum(b.amount) * 10000 as bigint) as amount,
    cast(sum(b.discount) * 10000 as bigint) as discount,
    cast(coalesce(sum(b.covered), 0) * 10000 as bigint) as covered,
    cast(coalesce(sum(b.cost), 0) * 10000 as bigint) as cost
from by_order as b
inner join sold_values as v
    on v.store_id = :store_id and b.dimension = v.dimension and coalesce(b.value, '') = v.value
group by b.slice_no, b.day, v.value_no
