"""What came in: the history of imports, the rows that were set aside, and how fresh each kind of data is."""

from datetime import date

import pandas as pd

from analytics import db


def history(store: int | None = None) -> pd.DataFrame:
    """One row an import, the newest first: what file, which format, what became of its rows; `stop` is exclusive."""
    return db.read("imports/history", store_id=store)


def rejects(import_id: int) -> pd.DataFrame:
    """The cells that could not be used: line (of the file), column_name, value, reason."""
    return db.read("imports/rejects", import_id=import_id)


def freshness(store: int | None = None) -> pd.DataFrame:
    """One row a kind of data: kind, through (its last day, None if there is none), days_old."""
    frame = db.read("imports/freshness", store_id=store)
    frame["days_old"] = pd.Series(
        [None if day is None or pd.isna(day) else (date.today() - day).days for day in frame["through"]], dtype=object
    )
    return frame
