"""What was taken back of goods, in small numbers, under both clocks; days of refunds whose order comes in a later file."""

from alembic import op

revision = "0014"
down_revision = "0013"

# A row an entry: what came back is a small part of what was sold, and how many orders that is adds up over nothing. Orders are
# numbered as in the dated ledger, kinds as sql/rollups/now/sales_returns.sql says, because texts are slow to sort by. `days` is
# how long it took, unknown where the day of the refund is only assumed.
RETURNS = """
create table sales_returns (
    slice_no integer not null,
    day date not null,
    value_no integer not null,
    days smallint,
    kind_no smallint not null,
    is_known boolean not null,
    order_no bigint not null,
    units bigint,
    amount bigint not null
);
create index sales_returns_slice on sales_returns (slice_no, day);
"""

# Whether an order is known decides whether what came back of it counts in a rate. It may come in a later file than the refund.
DAYS = """
create or replace view order_days with (security_invoker = true) as
select store_id, order_key, ordered_on as day
from orders
union all
select store_id, order_key, sold_at::date as day
from order_items
union all
select store_id, order_key, ordered_on as day
from reversals
union all
select store_id, order_key, booked_at::date as day
from reversals
union all
select r.store_id, r.original_order_key, d.day
from reversals as r
cross join lateral (values (r.ordered_on), (r.booked_at::date)) as d (day)
where r.original_order_key <> r.order_key;
"""

# They are all made anew by what this program says that they hold.
ALL = """
truncate sales_daily, sales_monthly, sales_products_daily, sales_goods_periods, sales_categories_daily, sales_orders,
    sales_documents_daily, sales_hours_daily, sales_customers_daily, sales_vendors_monthly
"""


def upgrade() -> None:
    op.execute(RETURNS)
    op.execute(DAYS)
    op.execute(ALL)
