"""Mappings of unknown files, and the cells of rows set aside."""

from alembic import op

revision = "0002mappings"
down_revision = "0001"


def upgrade() -> None:
    op.execute("""
create table import_mappings (
    signature text primary key,
    format text not null,
    columns jsonb not null,
    answers jsonb not null default '{}',
    created_at timestamptz not null default now()
)
""")
    op.execute("alter table import_rejects add column record jsonb")


def downgrade() -> None:
    op.execute("alter table import_rejects drop column record")
    op.execute("drop table import_mappings")
