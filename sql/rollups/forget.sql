-- The views of one refresh: the next one, of another store or other days, makes its own.
drop view sales_monthly_now, sales_vendors_monthly_now, sales_goods_periods_now, orders_change, products_change;
drop view sales_customers_daily_now, sales_documents_daily_now, sales_hours_daily_now, sales_returns_now;
drop view sales_orders_now, sales_categories_daily_now, sales_products_daily_now, sold_now, sales_daily_now;
drop table dated_ledger, order_sets, numbered_aliases, timeless, slices_above, products_before, orders_before;
drop table if exists days_of_customers
