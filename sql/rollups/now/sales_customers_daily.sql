-- How many orders of known customers a day brings, by the day of the same customer's order before: those of a range whose
-- order before lies before its start are its distinct customers.
create temp view sales_customers_daily_now as
select
    s.store_id,
    s.currency,
    o.day,
    o.previous_day,
    cast(count(*) as integer) as customers
from sales_orders as o
inner join slices as s on o.slice_no = s.slice_no
where s.store_id = :store_id and o.customer is not null
group by s.store_id, s.currency, o.day, o.previous_day
