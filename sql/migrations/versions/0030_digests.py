"""Digests: what is mailed to whom and how often, and what became of each mail."""

from alembic import op

revision = "0030"
down_revision = "0029"

# No column is called store_id: readers of a store see nothing of these tables, which hold addresses. A mail that was begun and
# of which nobody knows whether it left stays “sending”.
DIGESTS = """
create table digests (
    digest_id integer generated always as identity primary key,
    name text not null unique,
    of_store integer not null references stores,
    every text not null check (every in ('day', 'week', 'month')),
    has_pdf boolean not null,
    results text[] not null,
    made_by text not null,
    made_at timestamptz not null default now()
);

create table digest_recipients (
    digest_id integer not null references digests on delete cascade,
    email text not null,
    is_paused boolean not null default false,
    primary key (digest_id, email)
);

create table digest_mails (
    digest_id integer not null references digests on delete cascade,
    period date not null,
    email text not null,
    status text not null check (status in ('sending', 'sent', 'failed')),
    said text,
    tried_at timestamptz not null default now(),
    primary key (digest_id, period, email)
);
"""


def upgrade() -> None:
    op.execute(DIGESTS)
    op.execute("call protect_stores()")
