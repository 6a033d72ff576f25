"""Which products campaigns are for, as somebody said."""

from alembic import op

revision = "0020"
down_revision = "0019"

# Every saying is a row and none is changed: the newest of a campaign counts, and a null kind gives what its name says back.
SAYINGS = """
create table campaign_products (
    change_no bigint generated always as identity primary key,
    store_id integer not null references stores,
    platform text not null,
    campaign text collate "C" not null,
    kind text check (kind in ('product', 'category', 'none')),
    value text,
    said_by text,
    said_at timestamptz not null default now(),
    check ((value is null) = (kind is null or kind = 'none'))
);
create index campaign_products_newest on campaign_products (store_id, platform, campaign, change_no desc);
"""


def upgrade() -> None:
    op.execute(SAYINGS)
