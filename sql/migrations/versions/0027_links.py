"""Links that open one view and nothing else; the key that signs them stands in settings."""

from alembic import op

revision = "0027"
down_revision = "0026"

# `query` is what the view is asked, without its store: that is the link's own, whatever the store is called by then.
LINKS = """
create table share_links (
    link_id integer generated always as identity primary key,
    store_id integer not null references stores,
    page text not null,
    query text not null,
    hides_amounts boolean not null,
    made_by text not null,
    made_at timestamptz not null default now(),
    expires_at timestamptz not null check (expires_at > made_at),
    revoked_at timestamptz,
    opens integer not null default 0,
    last_opened_at timestamptz
);
"""


def upgrade() -> None:
    op.execute(LINKS)
