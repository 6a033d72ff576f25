"""The days on which something happened to an order, looked up by order."""

from alembic import op

revision = "0008"
down_revision = "0007"

# Each branch is one table, so that the days of a few orders are found by their keys; the ledger, whose branches are joins,
# would be read whole for them. What does not count in the ledger is in it too: a day summed up in vain stays the same.
ORDER_DAYS = """
create view order_days with (security_invoker = true) as
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
from reversals;
"""


def upgrade() -> None:
    op.execute(ORDER_DAYS)
