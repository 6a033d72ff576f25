"""Which product a new one is expected to sell like, as somebody said."""

from alembic import op

revision = "0028"
down_revision = "0027"

# One sibling a product; neither need be in the catalogue (yet), so that an undone import leaves what was said.
SIBLINGS = """
create table product_siblings (
    store_id integer not null references stores,
    product_key text collate "C" not null,
    sibling_key text collate "C" not null check (sibling_key <> product_key),
    named_by text,
    named_at timestamptz not null default now(),
    primary key (store_id, product_key)
);
"""


def upgrade() -> None:
    op.execute(SIBLINGS)
