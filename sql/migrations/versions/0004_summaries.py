"""Summaries at the grain of each question: products, categories, orders and customers, by day and month."""

from alembic import op

revision = "0004"
down_revision = "0003"

# A slice is what the filters choose by, in one small number; `clock` is that of sales_daily. A slice whose country or
# channel is null holds all of them: months of products are summed up that far, because there they shrink most.
# A value is a product, a category, a brand ('' where unknown), or the set of categories or brands in one order: their
# numbers with commas, so that orders with one of several can be counted once. Neither is ever deleted. A product's category
# and brand are kept as they were when it was summed up: when they change, its days have to be summed up again.
NUMBERS = """
create table slices (
    slice_no integer generated always as identity primary key,
    store_id integer not null references stores,
    clock text not null,
    currency text not null,
    channel text,
    country text,
    unique nulls not distinct (store_id, clock, currency, channel, country)
);

create table sold_values (
    value_no integer generated always as identity primary key,
    store_id integer not null references stores,
    dimension text not null check (dimension in ('product', 'category', 'vendor', 'categories', 'vendors')),
    value text collate "C" not null,
    category_no integer,
    vendor_no integer,
    unique (store_id, dimension, value)
);
"""

# Amounts, units and costs are in 1/10,000, as in sales_daily. Of goods only: what sold, what was taken back (a row under
# either clock) and discounts printed as lines of their own, which stand under `discount` with no amount.
SUMMARIES = """
create table sales_monthly (
    store_id integer not null,
    month date not null,
    clock text not null,
    currency text not null,
    channel text not null,
    country text not null,
    entry text not null,
    kind text not null,
    line_kind text not null,
    rows bigint not null,
    units numeric not null,
    amount bigint not null,
    discount bigint not null,
    covered bigint not null,
    cost bigint not null,
    primary key (store_id, month, clock, currency, channel, country, entry, kind, line_kind)
);

create table sales_products_daily (
    slice_no integer not null,
    day date not null,
    value_no integer not null,
    orders integer not null,
    units bigint not null,
    amount bigint not null,
    discount bigint not null,
    cost bigint
);
create index sales_products_daily_slice on sales_products_daily (slice_no, day);

create table sales_products_monthly (
    slice_no integer not null,
    month date not null,
    value_no integer not null,
    orders integer not null,
    units bigint not null,
    amount bigint not null,
    discount bigint not null,
    covered bigint not null,
    cost bigint not null
);
create index sales_products_monthly_slice on sales_products_monthly (slice_no, month);

create table sales_categories_daily (
    slice_no integer not null,
    day date not null,
    value_no integer not null,
    units bigint not null,
    amount bigint not null,
    discount bigint not null,
    covered bigint not null,
    cost bigint not null
);
create index sales_categories_daily_value on sales_categories_daily (value_no, slice_no, day);

create table sales_categories_monthly (
    slice_no integer not null,
    month date not null,
    value_no integer not null,
    units bigint not null,
    amount bigint not null,
    discount bigint not null,
    covered bigint not null,
    cost bigint not null
);
create index sales_categories_monthly_value on sales_categories_monthly (value_no, slice_no, month);

create table sales_orders (
    slice_no integer not null,
    day date not null,
    previous_day date,
    categories_no integer,
    vendors_no integer,
    customer uuid
);
create index sales_orders_slice on sales_orders (slice_no, day);
create index sales_orders_customer on sales_orders (customer, day);

create table sales_documents_daily (
    slice_no integer not null,
    day date not null,
    documents_total bigint not null,
    difference bigint not null,
    tax_inside bigint not null,
    taken_back_later bigint not null
);
create index sales_documents_daily_slice on sales_documents_daily (slice_no, day);

create table sales_customers_daily (
    store_id integer not null,
    currency text not null,
    day date not null,
    previous_day date,
    customers integer not null
);
create index sales_customers_daily_day on sales_customers_daily (store_id, day);
"""

# The days of lines, for the refresh of a day. Files go by date, so ranges of pages do, at no cost to an import.
DAYS = """
create index order_items_day on order_items using brin ((sold_at::date)) with (pages_per_range = 16);
create index reversals_day on reversals (store_id, (booked_at::date));
create index reversals_order_day on reversals (store_id, ordered_on);
"""


def upgrade() -> None:
    op.execute(NUMBERS)
    op.execute(SUMMARIES)
    op.execute(DAYS)
    op.execute("drop view sales_daily_computed")
