-- The periods of goods of all days, anew.
delete from sales_goods_periods
where slice_no in (select slice_no from slices where store_id = :store_id);
insert into sales_goods_periods (slice_no, period, value_no, orders, units, amount, discount, uncovered, cost)
select slice_no, period, value_no, orders, units, amount, discount, uncovered, cost
from sales_goods_periods_now
order by slice_no, period
