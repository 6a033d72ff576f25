-- Adds to the periods of goods by what their touched days have changed; a row of which nothing is left goes.
create temp table moved on commit drop as
select slice_no, period, value_no, orders, units, amount, discount, uncovered, cost
from sales_goods_periods_now;
analyze moved;
with places as materialized (
    select distinct slice_no, period
    from moved
),

kept as materialized (
    select p.ctid as place, p.slice_no, p.period, p.value_no
    from places as l
    inner join sales_goods_periods as p on l.slice_no = p.slice_no and l.period = p.period
),

changed as (
    update sales_goods_periods as p
    set
        orders = p.orders + m.orders,
        units = p.units + m.units,
        amount = p.amount + m.amount,
        discount = nullif(coalesce(p.discount, 0) + coalesce(m.discount, 0), 0),
        uncovered = nullif(coalesce(p.uncovered, 0) + coalesce(m.uncovered, 0), 0),
        cost = nullif(coalesce(p.cost, 0) + coalesce(m.cost, 0), 0)
    from kept as k
    inner join moved as m on k.slice_no = m.slice_no and k.period = m.period and k.value_no = m.value_no
    where p.ctid = k.place
    returning p.slice_no, p.period, p.value_no
)

insert into sales_goods_periods (slice_no, period, value_no, orders, units, amount, discount, uncovered, cost)
select m.slice_no, m.period, m.value_no, m.orders, m.units, m.amount, m.discount, m.uncovered, m.cost
from moved as m
left join changed as c on m.slice_no = c.slice_no and m.period = c.period and m.value_no = c.value_no
where c.slice_no is null
order by m.slice_no, m.period;
with places as materialized (
    select distinct slice_no, period
    from moved
)

delete from sales_goods_periods as p
using places as l
where
    p.slice_no = l.slice_no and p.period = l.period
    and p.orders = 0 and p.units = 0 and p.amount = 0 and p.discount is null and p.uncovered is null and p.cost is null;
drop table moved
