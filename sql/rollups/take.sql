-- The summaries for this transaction alone, at once or not at all: whoever reads one may be about to read what this
-- transaction holds already, and each would wait for the other.
savepoint before_taking;
lock table sales_daily, sales_monthly, sales_products_daily, sales_goods_periods, sales_categories_daily, sales_orders,
sales_documents_daily, sales_hours_daily, sales_customers_daily in access exclusive mode nowait;
release savepoint before_taking
