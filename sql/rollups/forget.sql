-- The views of one refresh: the next one, of another store or other days, makes its own.
drop view sales_categories_monthly_now, sales_products_monthly_now, sales_monthly_now, sales_customers_daily_now;
drop view sales_documents_daily_now;
drop view sales_orders_now, sales_categories_daily_now, sales_products_daily_now, sold_now, sales_daily_now;
drop table dated_ledger, order_sets;
drop table if exists customers_touched, days_of_customers
