"""Write a staged inventory export: each location on its day is one snapshot, replaced whole."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from psycopg2.extensions import cursor as Cursor

from analytics import db
from analytics.ingest import consequences, images, transfer
from analytics.ingest.counts import Counts
from analytics.ingest.stage import Staged

if TYPE_CHECKING:
    from analytics.ingest.load import Target


def prepare(stage: Staged, store: str) -> None:
    """Turn a column a location into a row a location."""
    known = stage.recognised
    if known.format.rest and "location" not in known.columns:
        stage.duck.execute(db.script("ingest/shopify_inventory_wide.sql"))


def write(cursor: Cursor, stage: Staged, target: "Target", say: Callable[[float, str], None]) -> Counts:
    """Replace the snapshots of the file's locations on their days; gives the account of the rows."""
    about = transfer.row(stage.duck, "about_levels")
    counts = Counts(first_day=about["first_day"] or target.as_of, last_day=about["last_day"] or target.as_of)
    db.run(cursor, "load/inventory/stage")
    transfer.move(stage, cursor, "out_levels", "levels_stage")
    db.run(cursor, "load/inventory/counts", store_id=target.store)
    counts.add({state: int(rows) for state, rows, _ in cursor.fetchall()})
    if not target.is_rehearsal:
        db.run(cursor, "load/inventory/images")
        images.compare(cursor, target.store)
        images.write(cursor, target.store, target.import_id)
        consequences.follow(cursor, target.store)
    if not about["first_day"]:
        counts.notices.append(
            f"Counted as of {target.as_of:%d %b %Y}, {target.as_of_words}: the export itself does not say its day."
        )
    return counts
