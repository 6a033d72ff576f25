"""Who may come in with which role, and what was done by whom."""

from alembic import op

revision = "0025"
down_revision = "0024"

# `store_ids` null: every store, later ones too. The audit log names no foreign key: it outlives what it tells of.
PEOPLE = """
create table members (
    email text primary key check (email = lower(btrim(email)) and email like '%_@_%'),
    role text not null check (role in ('viewer', 'analyst', 'owner')),
    store_ids integer[],
    added_by text not null,
    added_at timestamptz not null default now()
);

create table audit_log (
    entry_id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    actor text not null,
    role text not null,
    action text not null,
    subject text not null,
    store_id integer,
    details jsonb not null default '{}'
);
create index audit_log_by_time on audit_log (at);
"""


def upgrade() -> None:
    op.execute(PEOPLE)
