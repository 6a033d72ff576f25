"""Take an import back: what it brought goes, what it had overwritten returns, as if it had never been there."""

from typing import Any

from psycopg2.extensions import cursor as Cursor

from analytics import actor, audit, db
from analytics.errors import Refused
from analytics.ingest import ad_levels, consequences, images, orders
from analytics.ingest.formats import brings


def undo(import_id: int) -> dict[str, Any]:
    """Undo one import, whichever came after it, in one transaction.

    Gives import_id, store, file, format, status 'undone', `removed` (facts that are gone) and `returned` (facts that are
    again as another import has them). Raises Refused if there is no such import or it is undone already.
    """
    actor.require("import")
    db.migrate()
    with db.transaction() as cursor:
        store_id = _find(cursor, import_id)["store_id"]
        db.lock(cursor, store_id)
        found = _find(cursor, import_id)  # again: another undo may have been faster
        images.begin(cursor)
        removed, returned = images.withdraw(cursor, store_id, import_id)
        orders_removed, orders_returned = orders.withdraw(cursor, store_id, import_id)
        if brings(found["format"]) == "ad_spend":
            ad_levels.settle(cursor, store_id)
        consequences.follow(cursor, store_id)
        db.run(cursor, "load/finish_undo", store_id=store_id, import_id=import_id)
        audit.record(cursor, "undo", found["file"], store_id, import_id=import_id, format=found["format"])
    return {
        "import_id": import_id,
        "store": found["store"],
        "file": found["file"],
        "format": found["format"],
        "status": "undone",
        "removed": removed + orders_removed,
        "returned": returned + orders_returned,
    }


def _find(cursor: Cursor, import_id: int) -> dict[str, Any]:
    db.run(cursor, "load/find_import", import_id=import_id)
    names = [column.name for column in cursor.description or ()]
    found = dict(zip(names, cursor.fetchone() or (), strict=False))
    if not found or not actor.current().sees(found["store_id"]):
        raise Refused(f"There is no import {import_id}. `python -m analytics imports` lists them.")
    if found["undone_at"]:
        raise Refused(f"Import {import_id} ({found['file']}) was undone already, on {found['undone_at']:%d %b %Y}.")
    return found
