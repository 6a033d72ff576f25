"""Sums of whole numbers that are whole numbers."""

from alembic import op

revision = "0009"
down_revision = "0008"

# sum() of bigints counts in 128 bits and gives a numeric, to be made a bigint again: summing up takes up to twice the time and
# memory. This one counts in bigints; it raises an error rather than exceed them. Like sum() it skips what is unknown and is
# unknown where everything is.
WHOLE_SUM = "create aggregate whole_sum(bigint) (sfunc = int8pl, stype = bigint, combinefunc = int8pl, parallel = safe)"


def upgrade() -> None:
    op.execute(WHOLE_SUM)
