"""What moved the stock of a count since the day before, where the count itself tells: Amazon's inventory ledger does."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.execute(
        "alter table inventory_levels add column received numeric, add column returned numeric, add column adjusted numeric"
    )
