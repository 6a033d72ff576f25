"""Products summed up by periods of several lengths, brands beside categories, and summaries that take less room."""

from alembic import op

revision = "0006"
down_revision = "0005"

# How long the periods of a slice are: those of all channels or of all countries are summed up by longer ones only.
SLICES = """
delete from slices where channel is null or country is null;
alter table slices add column grain text not null default 'day' check (grain in ('day', 'month', 'quarter', 'year'));
alter table slices drop constraint slices_store_id_clock_currency_channel_country_key;
alter table slices
    add constraint slices_all unique nulls not distinct (store_id, clock, currency, channel, country, grain);
"""

# Goods by longer periods than days: products in slices of all channels by month and year, in those of one channel by quarter
# and year; categories and brands in slices of one country by month. What is not there takes no room: a discount, a cost and
# an uncovered amount of 0 are null. `uncovered` is what sold at unknown cost.
GOODS = """
drop table sales_products_monthly, sales_categories_monthly;
create table sales_goods_periods (
    slice_no integer not null,
    period date not null,
    value_no integer not null,
    orders integer not null,
    units bigint not null,
    amount bigint not null,
    discount bigint,
    uncovered bigint,
    cost bigint
);
create index sales_goods_periods_slice on sales_goods_periods (slice_no, period);

alter table sales_products_daily alter column discount drop not null;
"""

# An index of equal keys takes a third of one that tells every row apart.
INDEXES = """
drop index sales_categories_daily_value;
create index sales_categories_daily_value on sales_categories_daily (value_no, day);
drop index sales_orders_customer;
create index sales_orders_customer on sales_orders (customer);
"""


# They are all made anew by what this program says that they hold.
ALL = """
truncate sales_daily, sales_monthly, sales_products_daily, sales_categories_daily, sales_orders,
    sales_documents_daily, sales_customers_daily
"""


def upgrade() -> None:
    op.execute(SLICES)
    op.execute(GOODS)
    op.execute(INDEXES)
    op.execute(ALL)
