"""Write a staged platform report: its totals are kept beside ours, never taken for facts."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from psycopg2.extensions import cursor as Cursor

from analytics import db
from analytics.ingest import images, transfer
from analytics.ingest.counts import Counts
from analytics.ingest.stage import Staged

if TYPE_CHECKING:
    from analytics.ingest.load import Target


def prepare(stage: Staged, store: str) -> None:
    """A report needs nothing from the database to be read."""


def write(cursor: Cursor, stage: Staged, target: "Target", say: Callable[[float, str], None]) -> Counts:
    """Upsert the report's totals per day and metric; gives the account of the rows."""
    counts = Counts()
    db.run(cursor, "load/control/stage")
    transfer.move(stage, cursor, "out_totals", "totals_stage")
    db.run(cursor, "load/control/images", source=stage.recognised.format.name, as_of=target.as_of)
    images.compare(cursor, target.store)
    db.run(cursor, "load/control/counts")
    counts.add({state: int(rows) for state, rows, _ in cursor.fetchall()})
    if not target.is_rehearsal:
        images.write(cursor, target.store, target.import_id)
    about = transfer.row(stage.duck, "about_totals")
    counts.first_day, counts.last_day, counts.currency = about["first_day"], about["last_day"], about["currency"]
    return counts
