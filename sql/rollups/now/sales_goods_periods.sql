-- What has to be added to the periods of goods: to products by month and year over all channels, and by quarter and year of
-- each; to categories and brands by month of each slice.
create temp view sales_goods_periods_now as
with by_month as materialized (
    select
        a.*,
        c.month,
        cast(date_trunc('quarter', cast(c.month as timestamp)) as date) as quarter,
        cast(date_trunc('year', cast(c.month as timestamp)) as date) as year,
        c.value_no,
        c.category_no,
        c.vendor_no,
        c.orders,
        c.units,
        c.amount,
        c.discount,
        coalesce(c.uncovered_amount, 0) - coalesce(c.uncovered_discount, 0) as uncovered,
        c.cost
    from products_change as c
    inner join slices_above as a on c.slice_no = a.slice_no
),

of_products as (
    select
        case when grouping(month_no) = 0 then month_no when grouping(year_no) = 0 then year_no
            when grouping(channel_quarter_no) = 0 then channel_quarter_no else channel_year_no end as slice_no,
        case when grouping(month) = 0 then month when grouping(quarter) = 0 then quarter else year end as period,
        value_no,
        whole_sum(orders) as orders,
        whole_sum(units) as units,
        whole_sum(amount) as amount,
        whole_sum(discount) as discount,
        whole_sum(uncovered) as uncovered,
        whole_sum(cost) as cost
    from by_month
    group by
        grouping sets (
            (value_no, month_no, month), (value_no, year_no, year), (value_no, channel_quarter_no, quarter),
            (value_no, channel_year_no, year)
        )
),

of_groups as (
    select
        slice_no, month, category_no as value_no, 0 as orders, units, amount, discount, uncovered, cost
    from by_month
    union all
    select
        slice_no, month, vendor_no as value_no, 0 as orders, units, amount, discount, uncovered, cost
    from by_month
    union all
    select
        o.slice_no,
        o.month,
        member.value_no,
        o.orders,
        0 as units,
        0 as amount,
        null as discount,
        0 as uncovered,
        null as cost
    from orders_change as o
    inner join sold_values as v on o.set_no = v.value_no
    -- by case, because every other value is no list of numbers, and may be looked at before the join leaves it out
    cross join lateral unnest(
        cast(string_to_array(case when v.dimension in ('categories', 'vendors') then v.value end, ',') as integer[])
    ) as member (value_no)
),

periods as (
    select slice_no, period, value_no, orders, units, amount, discount, uncovered, cost
    from of_products
    union all
    select
        slice_no,
        month as period,
        value_no,
        whole_sum(orders) as orders,
        whole_sum(units) as units,
        whole_sum(amount) as amount,
        whole_sum(discount) as discount,
        whole_sum(uncovered) as uncovered,
        whole_sum(cost) as cost
    from of_groups
    group by slice_no, month, value_no
)

select
    slice_no,
    period,
    value_no,
    cast(orders as integer) as orders,
    units,
    amount,
    nullif(discount, 0) as discount,
    nullif(uncovered, 0) as uncovered,
    nullif(cost, 0) as cost
from periods
where orders <> 0 or units <> 0 or amount <> 0 or discount <> 0 or uncovered <> 0 or cost <> 0
