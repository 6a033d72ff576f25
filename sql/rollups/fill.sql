-- Fills the summaries by day with what the dated ledger says; rows of one slice lie together, in the order of days.
insert into sales_daily (
    store_id, day, clock, currency, channel, country, entry, kind, line_kind, rows, units, amount, discount, covered, cost
)
select
    :store_id, day, clock, currency, channel, country, entry, kind, line_kind, rows, units, amount, discount, covered, cost
from sales_daily_now;
insert into sales_products_daily (slice_no, day, value_no, orders, units, amount, discount, cost)
select slice_no, day, value_no, orders, units, amount, discount, cost
from sales_products_daily_now
order by slice_no, day;
insert into sales_categories_daily (slice_no, day, value_no, units, amount, discount, covered, cost, orders)
select slice_no, day, value_no, units, amount, discount, covered, cost, orders
from sales_categories_daily_now
order by value_no, slice_no, day;
insert into sales_orders (slice_no, day, previous_day, categories_no, vendors_no, customer)
select slice_no, day, previous_day, categories_no, vendors_no, customer
from sales_orders_now
order by slice_no, day;
insert into sales_documents_daily (slice_no, day, documents_total, difference, tax_inside, taken_back_later)
select slice_no, day, documents_total, difference, tax_inside, taken_back_later
from sales_documents_daily_now;
insert into sales_hours_daily (slice_no, day, hour, orders, units, net)
select slice_no, day, hour, orders, units, net
from sales_hours_daily_now
order by slice_no, day;
insert into sales_returns (slice_no, day, value_no, days, kind_no, is_known, order_no, units, amount)
select slice_no, day, value_no, days, kind_no, is_known, order_no, units, amount
from sales_returns_now
order by slice_no, day
