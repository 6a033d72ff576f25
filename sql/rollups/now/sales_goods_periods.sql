-- What has to be added to the periods of goods: to products by month and year over all channels, and by quarter and year of
-- each; to categories and brands by month of each slice.
create temp view sales_goods_periods_now as
with by_month as (
    select
        month_no,
        year_no,
        month,
        value_no,
        sum(orders) as orders,
        cast(sum(units) as bigint) as units,
        cast(sum(amount) as bigint) as amount,
        cast(sum(discount) as bigint) as discount,
        cast(sum(uncovered) as bigint) as uncovered,
        cast(sum(cost) as bigint) as cost
    from products_change
    group by month_no, year_no, month, value_no
),

by_quarter as (
    select
        channel_quarter_no,
        channel_year_no,
        quarter,
        value_no,
        sum(orders) as orders,
        cast(sum(units) as bigint) as units,
        cast(sum(amount) as bigint) as amount,
        cast(sum(discount) as bigint) as discount,
        cast(sum(uncovered) as bigint) as uncovered,
        cast(sum(cost) as bigint) as cost
    from products_change
    group by channel_quarter_no, channel_year_no, quarter, value_no
),

by_year as (
    select year_no as slice_no, date_trunc('year', month) as period, value_no, orders, units, amount, discount, uncovered, cost
    from by_month
    union all
    select
        channel_year_no as slice_no, date_trunc('year', quarter) as period, value_no, orders, units, amount, discount, uncovered,
        cost
    from by_quarter
),

of_groups as (
    select
        slice_no,
        month,
        case grouping(category_no) when 0 then category_no else vendor_no end as value_no,
        0 as orders,
        cast(sum(units) as bigint) as units,
        cast(sum(amount) as bigint) as amount,
        cast(sum(discount) as bigint) as discount,
        cast(sum(uncovered) as bigint) as uncovered,
        cast(sum(cost) as bigint) as cost
    from products_change
    group by grouping sets ((slice_no, month, category_no), (slice_no, month, vendor_no))
    union all
    select
        o.slice_no,
        date_trunc('month', cast(o.day as timestamp)) as month,
        member.value_no,
        sum(o.orders) as orders,
        0 as units,
        0 as amount,
        null as discount,
        null as uncovered,
        null as cost
    from orders_change as o
    inner join sold_values as v on o.set_no = v.value_no
    cross join lateral unnest(cast(string_to_array(v.value, ',') as integer[])) as member (value_no)
    group by o.slice_no, month, member.value_no
),

periods as (
    select month_no as slice_no, month as period, value_no, orders, units, amount, discount, uncovered, cost
    from by_month
    union all
    select channel_quarter_no as slice_no, quarter as period, value_no, orders, units, amount, discount, uncovered, cost
    from by_quarter
    union all
    select
        slice_no,
        period,
        value_no,
        sum(orders) as orders,
        cast(sum(units) as bigint) as units,
        cast(sum(amount) as bigint) as amount,
        cast(sum(discount) as bigint) as discount,
        cast(sum(uncovered) as bigint) as uncovered,
        cast(sum(cost) as bigint) as cost
    from by_year
    group by slice_no, period, value_no
    union all
    select
        slice_no,
        month as period,
        value_no,
        sum(orders) as orders,
        cast(sum(units) as bigint) as units,
        cast(sum(amount) as bigint) as amount,
        cast(sum(discount) as bigint) as discount,
        cast(sum(uncovered) as bigint) as uncovered,
        cast(sum(cost) as bigint) as cost
    from of_groups
    group by slice_no, month, value_no
)

select
    slice_no,
    cast(period as date) as period,
    value_no,
    cast(orders as integer) as orders,
    units,
    amount,
    nullif(discount, 0) as discount,
    nullif(uncovered, 0) as uncovered,
    nullif(cost, 0) as cost
from periods
where orders <> 0 or units <> 0 or amount <> 0 or discount <> 0 or uncovered <> 0 or cost <> 0
