-- All of a store's customers by day.
delete from sales_customers_daily
where store_id = :store_id;
insert into sales_customers_daily (store_id, currency, day, previous_day, customers)
select store_id, currency, day, previous_day, customers
from sales_customers_daily_now;
