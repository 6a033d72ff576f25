"""Write a staged inventory export: each location on its day is one snapshot, replaced whole."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd
from psycopg2.extensions import cursor as Cursor

from analytics import db
from analytics.ingest import transfer
from analytics.ingest.counts import Counts
from analytics.ingest.stage import Staged

if TYPE_CHECKING:
    from analytics.ingest.load import Target


def prepare(stage: Staged, store: str) -> None:
    """Tell the conversion which SKUs name no single product; turn a column a location into a row a location."""
    with db.transaction() as cursor:
        db.run(cursor, "load/products/shared_skus", store=store)
        shared = pd.DataFrame(cursor.fetchall(), columns=["sku"], dtype="string")
    transfer.give(stage.duck, "shared_skus", shared)
    if "location" not in stage.recognised.columns:
        stage.duck.execute(db.script("ingest/shopify_inventory_wide.sql"))


def write(cursor: Cursor, stage: Staged, target: "Target", say: Callable[[float, str], None]) -> Counts:
    """Replace the snapshots of the file's locations on its day; gives the account of the rows."""
    counts = Counts(first_day=target.as_of, last_day=target.as_of)
    key = {"store_id": target.store, "as_of": target.as_of}
    db.run(cursor, "load/inventory/stage")
    transfer.move(stage, cursor, "out_levels", "levels_stage")
    db.run(cursor, "load/inventory/counts", **key)
    counts.add({state: int(rows) for state, rows, _ in cursor.fetchall()})
    if counts.written:
        db.run(cursor, "load/inventory/delete", **key)
        db.run(cursor, "load/inventory/write", import_id=target.import_id, **key)
    counts.notices.append(f"Counted as of {target.as_of:%d %b %Y}: the export itself does not say its day.")
    return counts
