-- Empty summaries are filled without keys and log; the keys are built once they are filled.
truncate sales_daily, sales_monthly, sales_products_daily, sales_goods_periods, sales_categories_daily, sales_orders,
sales_documents_daily, sales_hours_daily, sales_customers_daily, sales_vendors_monthly, sales_returns;
alter table sales_daily drop constraint sales_daily_pkey;
alter table sales_monthly drop constraint sales_monthly_pkey;
drop index sales_products_daily_slice, sales_goods_periods_slice, sales_categories_daily_value, sales_orders_slice,
sales_documents_daily_slice, sales_hours_daily_slice, sales_customers_daily_day,
sales_vendors_monthly_value, sales_returns_slice
