-- The months of sales_products_daily, over all countries of a channel and over all channels.
create temp view sales_products_monthly_now as
with by_channel as (
    select
        c.slice_no,
        a.slice_no as all_slice_no,
        cast(date_trunc('month', d.day) as date) as month,
        d.value_no,
        cast(sum(d.orders) as bigint) as orders,
        cast(sum(d.units) as bigint) as units,
        cast(sum(d.amount) as bigint) as amount,
        cast(sum(d.discount) as bigint) as discount,
        cast(sum(case when d.cost is not null then d.amount - d.discount else 0 end) as bigint) as covered,
        cast(sum(coalesce(d.cost, 0)) as bigint) as cost
    from sales_products_daily as d
    inner join slices as s on d.slice_no = s.slice_no
    inner join slices as c
        on
            s.store_id = c.store_id and s.clock = c.clock and s.currency = c.currency and s.channel = c.channel
            and c.country is null
    inner join slices as a
        on s.store_id = a.store_id and s.clock = a.clock and s.currency = a.currency and a.channel is null and a.country is null
    where
        s.store_id = :store_id
        and (
        cast(:everything as boolean)
        or (d.day >= cast(:first_month as date) and d.day < cast(:after_month as date)
            and cast(date_trunc('month', d.day) as date) = any(cast(:months as date[])))
    )
    group by c.slice_no, a.slice_no, cast(date_trunc('month', d.day) as date), d.value_no
),

levels as (
    select slice_no, month, value_no, orders, units, amount, discount, covered, cost
    from by_channel
    union all
    select
        all_slice_no as slice_no,
        month,
        value_no,
        sum(orders) as orders,
        sum(units) as units,
        sum(amount) as amount,
        sum(discount) as discount,
        sum(covered) as covered,
        sum(cost) as cost
    from by_channel
    group by all_slice_no, month, value_no
)

select
    slice_no,
    month,
    value_no,
    cast(orders as integer) as orders,
    cast(units as bigint) as units,
    cast(amount as bigint) as amount,
    cast(discount as bigint) as discount,
    cast(covered as bigint) as covered,
    cast(cost as bigint) as cost
from levels
