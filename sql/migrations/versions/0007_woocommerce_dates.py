"""The days on which an order was paid and completed, where an export prints them: WooCommerce may count orders by either."""

from alembic import op

revision = "0007"
down_revision = "0006"

COLUMNS = """
alter table orders
    add column paid_on date,
    add column completed_on date;
"""

# A view keeps the columns that its table had when it was made, so it is made again.
COUNTED = """
create or replace view counted_orders with (security_invoker = true) as
select o.*
from orders as o
where
    o.is_counted
    and (
        o.cancelled_on is null
        or not o.store_id = any(array(select s.store_id from stores as s where s.leaves_cancelled_out))
    );
"""


def upgrade() -> None:
    op.execute(COLUMNS)
    op.execute(COUNTED)
