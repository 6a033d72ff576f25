"""What a returned parcel costs a store, as far as no file says it; what was never set is not known."""

from alembic import op

revision = "0012"
down_revision = "0011"

SETTINGS = """
create table return_settings (
    store_id integer primary key references stores,
    outbound_label numeric check (outbound_label >= 0),
    return_label numeric check (return_label >= 0),
    handling numeric check (handling >= 0),
    written_off_share numeric check (written_off_share between 0 and 1)
)
"""


def upgrade() -> None:
    op.execute(SETTINGS)
