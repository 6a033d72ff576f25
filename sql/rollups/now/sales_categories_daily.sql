-- One row a slice, day and category. `orders` says in which of the slice's orders of the day goods of the category were sold, a
-- bit an order: so those with one of several categories can be counted once. An exchange brings a line, not an order.
create temp view sales_categories_daily_now as
with sold as (
    select
        slice_no,
        day,
        category_no,
        coalesce(whole_sum(units), 0) as units,
        whole_sum(amount) as amount,
        whole_sum(discount) as discount,
        coalesce(whole_sum(amount - discount) filter (where cost is not null), 0) as covered,
        coalesce(whole_sum(cost), 0) as cost
    from sold_now
    group by slice_no, day, category_no
),

numbered as (
    select
        slice_no,
        day,
        cast(string_to_array(categories, ',') as integer[]) as category_nos,
        cast(row_number() over (partition by slice_no, day order by order_no) as integer) as place
    from order_sets
    where categories is not null
),

nothing as (
    select
        slice_no,
        day,
        cast(repeat('0', max(place)) as bit varying) as bits
    from numbered
    group by slice_no, day
),

in_orders as (
    select
        o.slice_no,
        o.day,
        c.category_no,
        bit_or(set_bit(n.bits, o.place - 1, 1)) as orders
    from numbered as o
    inner join nothing as n on o.slice_no = n.slice_no and o.day = n.day
    cross join lateral unnest(o.category_nos) as c (category_no)
    group by o.slice_no, o.day, c.category_no
)

select
    s.slice_no,
    s.day,
    s.category_no as value_no,
    s.units,
    s.amount,
    s.discount,
    s.covered,
    s.cost,
    cast(o.orders as bit varying) as orders
from sold as s
left join in_orders as o on s.slice_no = o.slice_no and s.day = o.day and s.category_no = o.category_no
