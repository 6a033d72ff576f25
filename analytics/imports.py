"""What came in: the history of imports, the rows that were set aside, and how fresh each kind of data is."""

from datetime import date, timedelta
from functools import cache
from typing import Any

import pandas as pd

from analytics import db, periods, stores, wording
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


STATUSES = ("loaded", "unchanged", "undone")
# After so many days a kind of data is called old; what changes seldom may stand for a month.
FRESH_FOR = {"orders": 2, "inventory": 7, "transactions": 7, "returns": 7, "control totals": 7}
SELDOM = 30
# These tell how things stood on a day; the others reach from one day to another.
SNAPSHOTS = ("inventory", "products", "customers", "costs", "suppliers", "discounts")


@cache
def kinds() -> dict[str, str]:
    """The kind of data, in words, that each format brings, by the format's name."""
    return {known.name: KINDS.get(known.facts, known.facts) for known in all_formats()}


def formats_of(kind: str) -> list[str]:
    """The names of the formats that bring a kind of data."""
    return [name for name, brings in kinds().items() if brings == kind]


def history(store: int | None = None) -> pd.DataFrame:
    """One row an import, the newest first: what file, which format and kind, what became of its rows; `stop` is exclusive."""
    frame = db.read("imports/history", store_id=store)
    return frame.assign(kind=[kinds().get(name, name) for name in frame["format"]])


def coverage(past: pd.DataFrame) -> pd.DataFrame:
    """The days that each import of `history` holds, one row an import, by kind of data and then by first day.

    Columns: kind, file, start, stop (exclusive), rows, is_valid (not undone). An import without days is left out.
    """
    has_days = past["start"].notna() & past["stop"].notna()
    rows = past[has_days].assign(is_valid=past["status"] != "undone")
    order = {kind: at for at, kind in enumerate(KINDS.values())}
    rows = rows.assign(place=[order.get(kind, len(order)) for kind in rows["kind"]])
    rows = rows.sort_values(["place", "start", "import_id"], kind="stable")
    return rows[["kind", "file", "start", "stop", "rows", "is_valid"]].reset_index(drop=True)


def gaps(covered: pd.DataFrame, kind: str = "orders") -> list[tuple[date, date]]:
    """The days between the first and the last of a kind that no import of `coverage` holds: first day, stop (exclusive)."""
    rows = covered[(covered["kind"] == kind) & covered["is_valid"].astype(bool)]
    found: list[tuple[date, date]] = []
    reached: date | None = None
    for start, stop in sorted(zip(rows["start"], rows["stop"], strict=True)):
        if reached is not None and start > reached:
            found.append((reached, start))
        reached = stop if reached is None else max(reached, stop)
    return found


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


def in_words(fresh: pd.DataFrame) -> str:
    """How far the data reach, from `freshness`: “orders through 20 Nov; inventory 12 days old”; empty without data.

    Of several stores the newest speaks for a kind, and those whose data are old are named.
    """
    said = []
    for kind in KINDS.values():
        rows = fresh[(fresh["kind"] == kind) & fresh["through"].notna()].to_dict("records")
        if not rows:
            continue
        first = min(rows, key=lambda row: row["days_old"])
        sentence = f"{kind} {_age(first)}"
        behind = [f"{row['store']} {_age(row)}" for row in rows if _is_old(row) and row["through"] != first["through"]]
        said.append(f"{sentence} ({', '.join(behind)})" if behind else sentence)
    return "; ".join(said)


def _is_old(row: dict[Any, Any]) -> bool:
    return bool(row["days_old"] > FRESH_FOR.get(row["kind"], SELDOM))


def _age(row: dict[Any, Any]) -> str:
    if _is_old(row):
        return wording.count(int(row["days_old"]), "day") + " old"
    day = row["through"]
    return f"{'of' if row['kind'] in SNAPSHOTS else 'through'} {day.day} {day:%b}"
