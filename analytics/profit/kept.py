"""Keep the summaries of contribution true: what is left of each order's sales, computed anew where facts of it were touched.

A store that is told of no cost at all has none, and pays nothing at an import.
"""

from typing import Any

from psycopg2.extensions import cursor as Cursor

from analytics import db

PARTS = ("before", "lines", "costs", "now")


def refresh(cursor: Cursor, store: int, everything: bool = False) -> None:
    """Sum up the contribution of the days in the temporary tables `touched` and `costs_touched`, or of all of a store's.

    Everything is summed up anew where the store is told of its first cost, of carriage for the first time, or no more. An edit
    of what holds for all orders, such as rules, asks for everything.
    """
    told = _told(cursor, store)
    if not told["has_any"]:
        if told["is_kept"]:
            db.run(cursor, "rollups/contribution/empty", store_id=store)
        return
    everything = everything or not told["is_kept"] or told["has_carriage"] != told["had_carriage"]
    asked = _asked(store, told, everything)
    db.run(cursor, "rollups/contribution/days", **asked)
    is_most, is_any = cursor.fetchone() or (False, False)
    if is_any:
        asked["everything"] = is_most
        _define(cursor, asked)
        db.run(cursor, "rollups/contribution/clear", **asked)
        db.run(cursor, "rollups/contribution/fill", **asked)
        _forget(cursor)
    db.run(cursor, "rollups/contribution/remember", **asked)
    db.run(cursor, "rollups/contribution/forget_days")


def differences(cursor: Cursor, store: int) -> list[dict[str, Any]]:
    """What the summaries hold that the facts do not say, or do not hold that they say; as rollups.differences."""
    told = _told(cursor, store)
    asked = _asked(store, told, everything=True)
    db.run(cursor, "rollups/contribution/days", **asked)
    _define(cursor, asked)
    db.run(cursor, "rollups/contribution/differences", **asked)
    names = [column.name for column in cursor.description or ()]
    found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    _forget(cursor)
    db.run(cursor, "rollups/contribution/forget_days")
    # what it is not told of is not kept, and all of it would be missing
    return found if told["has_any"] else [row for row in found if row["side"] == "kept"]


def _define(cursor: Cursor, asked: dict[str, Any]) -> None:
    """Make the tables and views that say what the summaries must hold."""
    db.run(cursor, "rollups/plan", **asked)
    for part in PARTS:
        db.run(cursor, f"rollups/contribution/{part}", **asked)


def _forget(cursor: Cursor) -> None:
    db.run(cursor, "rollups/contribution/forget")
    db.run(cursor, "rollups/plan_as_usual")


def _told(cursor: Cursor, store: int) -> dict[str, Any]:
    db.run(cursor, "rollups/contribution/told", store_id=store)
    names = [column.name for column in cursor.description or ()]
    return dict(zip(names, cursor.fetchone() or (), strict=True))


def _asked(store: int, told: dict[str, Any], everything: bool) -> dict[str, Any]:
    flags = {name: told[name] for name in ("has_selling", "has_sending", "has_carriage")}
    return {"store_id": store, "everything": everything, **flags}
