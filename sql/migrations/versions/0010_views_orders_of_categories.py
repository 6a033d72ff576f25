"""Orders of categories as bits, brands by day in rows of a month, hours by country; everything summed up anew."""

from alembic import op

revision = "0010"
down_revision = "0009"

# Of one slice and day all bits have the same length: a place is an order.
ORDERS = "alter table sales_categories_daily add column orders bit varying"

# Net sales of a brand by day, those of a month in one row: in rows of their own they would take three times as much room.
VENDORS = """
create table sales_vendors_monthly (
    slice_no integer not null,
    month date not null,
    value_no integer not null,
    days smallint[] not null,
    nets bigint[] not null
);
create index sales_vendors_monthly_value on sales_vendors_monthly (value_no, month);
"""

# They are all made anew by what this program says that they hold.
ALL = """
truncate sales_daily, sales_monthly, sales_products_daily, sales_goods_periods, sales_categories_daily, sales_orders,
    sales_documents_daily, sales_hours_daily, sales_customers_daily
"""


def upgrade() -> None:
    op.execute(ORDERS)
    op.execute(VENDORS)
    op.execute(ALL)
