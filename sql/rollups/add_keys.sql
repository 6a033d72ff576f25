alter table sales_daily
add primary key (store_id, day, clock, currency, channel, country, entry, kind, line_kind);
alter table sales_monthly
add primary key (store_id, month, clock, currency, channel, country, entry, kind, line_kind);
create index sales_products_daily_slice on sales_products_daily (slice_no, day);
create index sales_goods_periods_slice on sales_goods_periods (slice_no, period);
create index sales_categories_daily_value on sales_categories_daily (value_no, day);
create index sales_orders_slice on sales_orders (slice_no, day);
create index sales_documents_daily_slice on sales_documents_daily (slice_no, day);
create index sales_hours_daily_slice on sales_hours_daily (slice_no, day);
create index sales_customers_daily_day on sales_customers_daily (store_id, day);
create index sales_vendors_monthly_value on sales_vendors_monthly (value_no, month);
create index sales_returns_slice on sales_returns (slice_no, day)
