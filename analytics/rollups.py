"""Keep the summary tables true: the touched days of a store, computed anew from the ledger.

What a summary must hold is the view of its name in sql/rollups/now, over the dated ledger: a refresh fills from there, and
the doctor compares with it.
"""

from datetime import date, timedelta
from typing import Any

from psycopg2.extensions import cursor as Cursor

from analytics import db

BY_DAY = ("sales_daily", "sold", "sales_products_daily", "sales_groups_daily", "sales_orders", "sales_customers_daily")
BY_MONTH = ("sales_monthly", "sales_products_monthly", "sales_groups_monthly")


def refresh(cursor: Cursor, store: int, everything: bool = False) -> None:
    """Recompute the days in the temporary table `touched`, or all of a store's, inside the caller's transaction."""
    if everything:
        db.run(cursor, "rollups/analyze")  # the planner knows nothing yet of what was just loaded
        days: list[date] = []
    else:
        db.run(cursor, "rollups/touched", store_id=store)
        found, everything = cursor.fetchone() or (None, False)
        days = found or []
        if not days:
            return
    asked = _asked(store, days, everything)
    define(cursor, asked)
    db.run(cursor, "rollups/clear", **asked)
    db.run(cursor, "rollups/fill", **asked)
    db.run(cursor, "rollups/fill_customers" if everything else "rollups/link_customers", **asked)
    db.run(cursor, "rollups/fill_months", **asked)
    db.run(cursor, "rollups/forget")


def define(cursor: Cursor, asked: dict[str, Any]) -> None:
    """Make the dated ledger and the views that say what each summary must hold of it."""
    db.run(cursor, "rollups/dated_ledger", **asked)
    db.run(cursor, "rollups/number", **asked)
    db.run(cursor, "rollups/order_categories", **asked)
    db.run(cursor, "rollups/number_sets", **asked)
    for name in (*BY_DAY, *BY_MONTH):
        db.run(cursor, f"rollups/now/{name}", **asked)


def _asked(store: int, days: list[date], everything: bool) -> dict[str, Any]:
    months = sorted({day.replace(day=1) for day in days})
    return {
        "store_id": store,
        "everything": everything,
        "days": days,
        "months": months,
        "first_month": months[0] if months else None,
        "after_month": (months[-1].replace(day=28) + timedelta(days=4)).replace(day=1) if months else None,
    }
