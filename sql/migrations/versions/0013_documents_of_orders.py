"""The way from an order to the documents that take back lines of it."""

from alembic import op

revision = "0013"
down_revision = "0012"

# Where a refund stands in the order's own rows, it is found by the order's key.
INDEX = """
create index reversals_original on reversals (store_id, original_order_key) where original_order_key <> order_key
"""


def upgrade() -> None:
    op.execute(INDEX)
