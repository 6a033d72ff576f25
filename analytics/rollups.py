"""Keep the summary tables true: the touched days of a store, computed anew from the ledger.

What a summary must hold is the view of its name in sql/rollups/now, over the dated ledger: a refresh fills from there, and
the doctor compares with it.
"""

from datetime import date
from typing import Any

from psycopg2.extensions import cursor as Cursor

from analytics import db, periods
from analytics.profit import kept

BY_DAY = (
    "sales_daily", "sold", "sales_products_daily", "sales_categories_daily", "sales_orders", "sales_documents_daily",
    "sales_hours_daily", "sales_customers_daily", "sales_returns",
)  # fmt: skip
BY_PERIOD = ("sales_monthly", "sales_vendors_monthly", "products_change", "orders_change", "sales_goods_periods")


# Raised whenever what a summary holds is decided otherwise: the next start then sums up every store anew.
VERSION = "5"


def renew(cursor: Cursor) -> None:
    """Sum up every store anew if the summaries were made by another version of their definitions, or never."""
    db.run(cursor, "rollups/version")
    known = dict(cursor.fetchall())
    if known.get("summaries") == VERSION:
        return
    db.run(cursor, "rollups/stores")
    for (store,) in cursor.fetchall():
        db.lock(cursor, store)
        refresh(cursor, store, everything=True)
    db.run(cursor, "rollups/set_version", version=VERSION)


def refresh(cursor: Cursor, store: int, everything: bool = False) -> None:
    """Recompute the days in the temporary table `touched`, or all of a store's, inside the caller's transaction.

    Of contribution also those in `costs_touched`, the days on which costs of orders changed.
    """
    _refresh_sales(cursor, store, everything)
    kept.refresh(cursor, store, everything)


def _refresh_sales(cursor: Cursor, store: int, everything: bool) -> None:
    if everything:
        days: list[date] = []
    else:
        db.run(cursor, "rollups/touched", store_id=store)
        found, everything = cursor.fetchone() or (None, False)
        days = found or []
        if not days:
            return
    asked = _asked(store, days, everything)
    define(cursor, asked)
    is_first = everything and _are_taken(cursor)
    db.run(cursor, "rollups/drop_keys" if is_first else "rollups/clear", **asked)
    db.run(cursor, "rollups/fill", **asked)
    db.run(cursor, "rollups/fill_customers" if everything else "rollups/link_customers", **asked)
    db.run(cursor, "rollups/fill_months", **asked)
    db.run(cursor, "rollups/fill_periods" if everything else "rollups/change_periods", **asked)
    if is_first:
        db.run(cursor, "rollups/add_keys")
    db.run(cursor, "rollups/forget")
    db.run(cursor, "rollups/plan_as_usual")


def _are_taken(cursor: Cursor) -> bool:
    """Whether the summaries are all empty and nobody reads them: then they are this transaction's alone."""
    db.run(cursor, "rollups/take_if_empty")
    return cursor.fetchone() == (True,)


def differences(store: int) -> list[dict[str, Any]]:
    """What the summaries of a store hold that the ledger does not say, or do not hold that it says: `summary`, `side`
    ('kept' or 'computed') and the `row` as JSON."""
    asked = _asked(store, [], everything=True)
    with db.transaction(store) as cursor:
        define(cursor, asked)
        db.run(cursor, "rollups/differences", **asked)
        names = [column.name for column in cursor.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        db.run(cursor, "rollups/forget")
        return found + kept.differences(cursor, store)


def define(cursor: Cursor, asked: dict[str, Any]) -> None:
    """Make the dated ledger and the views that say what each summary must hold of it."""
    db.run(cursor, "rollups/plan", **asked)
    if asked["everything"]:
        db.run(cursor, "rollups/analyze")  # the planner may know nothing yet of what was just loaded
    for name in ("before", "number", "dated_ledger", "order_sets"):
        db.run(cursor, f"rollups/{name}", **asked)
    for name in (*BY_DAY, *BY_PERIOD):
        db.run(cursor, f"rollups/now/{name}", **asked)


def _asked(store: int, days: list[date], everything: bool) -> dict[str, Any]:
    months = sorted({periods.month_start(day) for day in days})
    return {
        "store_id": store,
        "everything": everything,
        "days": days,
        "months": months,
        "first_month": months[0] if months else None,
        "after_month": periods.month_start(months[-1], 1) if months else None,
    }
