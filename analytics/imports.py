"""What came in: the history of imports, the rows that were set aside, and how fresh each kind of data is."""

from datetime import date, timedelta
from functools import cache
from typing import Any

import pandas as pd

from analytics import db, periods, stores
from analytics.ingest.formats import all_formats

# The kinds of data by what a format brings, in the order in which they are named.
KINDS = {
    "orders": "orders",
    "inventory": "inventory",
    "products": "products",
    "transactions": "transactions",
    "returns": "returns",
    "customers": "customers",
    "costs": "costs",
    "suppliers": "suppliers",
    "discounts": "discounts",
    "control": "control totals",
}


@cache
def kinds() -> dict[str, str]:
    """The kind of data, in words, that each format brings, by the format's name."""
    return {known.name: KINDS.get(known.facts, known.facts) for known in all_formats()}


def formats_of(kind: str) -> list[str]:
    """The names of the formats that bring a kind of data."""
    return [name for name, brings in kinds().items() if brings == kind]


def history(store: int | None = None) -> pd.DataFrame:
    """One row an import, the newest first: what file, which format, what became of its rows; `stop` is exclusive."""
    return db.read("imports/history", store_id=store)


def rejects(import_id: int) -> pd.DataFrame:
    """The cells that could not be used: line (of the file), column_name, value, reason."""
    return db.read("imports/rejects", import_id=import_id)


def freshness(store: int | None = None) -> pd.DataFrame:
    """One row a store and kind of data: store, kind, through (its last day, None if there is none), days_old.

    A snapshot goes through the day it speaks of. Days are counted to today in the store's own time zone.
    """
    known = stores.all_stores()
    chosen = known if store is None else known[known["store_id"] == store]
    through: dict[tuple[str, str], date] = {}
    for row in db.read("imports/freshness", store_id=store).to_dict("records"):
        key = (row["store"], kinds().get(row["format"], row["format"]))
        through[key] = max(row["through"], through.get(key, row["through"]))
    rows = [
        _fresh(shop, kind, through.get((shop["name"], kind)))
        for shop in chosen.astype(object).where(chosen.notna(), None).to_dict("records")
        for kind in KINDS.values()
    ]
    return pd.DataFrame(rows, columns=["store", "kind", "through", "days_old"], dtype=object)


def _fresh(shop: dict[Any, Any], kind: str, through: date | None) -> dict[str, Any]:
    today = periods.yesterday(shop["time_zone"]) + timedelta(days=1)
    old = None if through is None else (today - through).days
    return {"store": shop["name"], "kind": kind, "through": through, "days_old": old}
