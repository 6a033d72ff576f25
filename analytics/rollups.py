"""Keep the summary tables true: the touched days of a store, computed anew from the ledger."""

from psycopg2.extensions import cursor as Cursor

from analytics import db


def refresh(cursor: Cursor, store: int, everything: bool = False) -> None:
    """Recompute the days in the temporary table `touched`, or all of a store's, inside the caller's transaction."""
    if everything:
        db.run(cursor, "rollups/analyze")  # the planner knows nothing yet of what was just loaded
    else:
        db.run(cursor, "rollups/is_most", store_id=store)
        everything = bool((cursor.fetchone() or (False,))[0])
    db.run(cursor, "rollups/clear_sales_daily", store_id=store, everything=everything)
    db.run(cursor, "rollups/fill_all" if everything else "rollups/fill_touched", store_id=store)
