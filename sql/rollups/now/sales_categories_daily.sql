-- One row a slice, day and category. `orders` says in which of the slice's orders of the day goods of the category were sold, a
-- bit an order: so those with one of several categories can be counted once. An exchange brings a line, not an order.
create temp view sales_categories_daily_now as
with sold as (
    select
        slice_no,
        day,
        category_no,
        cast(coalesce(sum(units), 0) as bigint) as units,
        cast(sum(amount) as bigint) as amount,
        cast(sum(discount) as bigint) as discount,
        cast(coalesce(sum(amount - discount) filter (where cost is not null), 0) as bigint) as covered,
        cast(coalesce(sum(cost), 0) as bigint) as cost
    from sold_now
    group by slice_no, day, category_no
),

lines as (
    select
        slice_no, day, order_no, category_no
    from dated_ledger
    where entry = 'sale' and line_kind = 'product' and units > 0 and is_placed
    group by slice_no, day, order_no, category_no
),

numbered as (
    select
        slice_no,
        day,
        category_no,
        cast(dense_rank() over (partition by slice_no, day order by order_no) as integer) as place
    from lines
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
        o.category_no,
        bit_or(set_bit(n.bits, o.place - 1, 1)) as orders
    from numbered as o
    inner join nothing as n on o.slice_no = n.slice_no and o.day = n.day
    group by o.slice_no, o.day, o.category_no
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
