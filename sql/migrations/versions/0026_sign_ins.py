"""Which sign-ins there are, when each was last used, and who has signed out."""

from alembic import op

revision = "0026"
down_revision = "0025"

# A ticket is the fingerprint of one answer of the identity provider: nobody can make a cookie of it. A stranger's ticket is
# kept, too, not admitted, so that being turned away is told once. `signed_out` also ends what was never seen here.
SIGN_INS = """
create table sign_ins (
    ticket text primary key,
    email text not null,
    issued_at timestamptz not null,
    seen_at timestamptz not null default now(),
    is_admitted boolean not null,
    ended_at timestamptz
);
create index sign_ins_by_email on sign_ins (email);

create table signed_out (
    email text primary key,
    at timestamptz not null default now()
);
"""


def upgrade() -> None:
    op.execute(SIGN_INS)
