-- By what the days of products differ from what they were before, with the slices and periods that they are summed up to; of
-- all days, what they are.
create temp view products_change as
with days as (
    select
        d.slice_no, d.day, d.value_no, v.category_no, v.vendor_no, d.orders, d.units, d.amount, d.discount, d.cost, 1 as sign
    from sales_products_daily as d
    inner join sold_values as v on d.value_no = v.value_no
    where
        d.slice_no in (select s.slice_no from slices_above as s)
        and (cast(:everything as boolean) or d.day = any(cast(:days as date[])))
    union all
    select
        slice_no, day, value_no, category_no, vendor_no, orders, units, amount, discount, cost, -1 as sign
    from products_before
)

select
    d.slice_no,
    a.month_no,
    a.year_no,
    a.channel_quarter_no,
    a.channel_year_no,
    date_trunc('month', cast(d.day as timestamp)) as month,
    date_trunc('quarter', cast(d.day as timestamp)) as quarter,
    d.value_no,
    d.category_no,
    d.vendor_no,
    d.sign * d.orders as orders,
    d.sign * d.units as units,
    d.sign * d.amount as amount,
    d.sign * d.discount as discount,
    case when d.cost is null then d.sign * (d.amount - coalesce(d.discount, 0)) end as uncovered,
    d.sign * d.cost as cost
from days as d
inner join slices_above as a on d.slice_no = a.slice_no
