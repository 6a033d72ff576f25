"""What came in: the history of imports, the rows that were set aside, and how fresh each kind of data is."""

import csv
import io
import re
from datetime import date, timedelta
from functools import cache
from pathlib import PurePath
from typing import Any

import pandas as pd

from analytics import db, periods, stores, wording
from analytics.errors import Refused
from analytics.ingest import headers
from analytics.ingest.formats import all_formats
from analytics.scope import Stores, chosen

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
    "bundles": "bundles",
    "purchase_orders": "purchase orders",
    "policies": "replenishment policies",
    "ad_spend": "ad spend",
    "control": "control totals",
    "rates": "exchange rates",
}


# the script of conversions that read times in UTC
IN_UTC = "amazon_macros"
STATUSES = ("loaded", "unchanged", "undone")
# After so many days a kind of data is called old; what changes seldom may stand for a month.
FRESH_FOR = {"orders": 2, "inventory": 7, "transactions": 7, "returns": 7, "control totals": 7, "ad spend": 7}
SELDOM = 30
# These tell how things stood on a day; the others reach from one day to another.
SNAPSHOTS = (
    "inventory",
    "products",
    "customers",
    "costs",
    "suppliers",
    "discounts",
    "bundles",
    "replenishment policies",
)


@cache
def kinds() -> dict[str, str]:
    """The kind of data, in words, that each format brings, by the format's name."""
    return {known.name: KINDS.get(known.facts, known.facts) for known in all_formats()}


def formats_of(kind: str) -> list[str]:
    """The names of the formats that bring a kind of data."""
    return [name for name, brings in kinds().items() if brings == kind]


# a spreadsheet runs text that starts with one of these, unless it is a number
RUN = re.compile(r"[=+@\t\r\n-](?!\s*[\d.,'\s]*\d[.,]?\s*$)")
EXPLAINED = (headers.LINE, headers.COLUMN, headers.VALUE, headers.REASON, headers.WRITTEN)


def history(store: Stores = ()) -> pd.DataFrame:
    """One row an import, the newest first: what file, which format and kind, what became of its rows; `stop` is exclusive."""
    frame = db.read("imports/history", store_ids=list(chosen(store)) or None)
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


def cut_by_zone(store: Stores) -> list[str]:
    """The files of a store whose times are printed in UTC, by name: an import cuts their days by the store's time zone."""
    past = history(store)
    in_utc = [known.name for known in all_formats() if IN_UTC in known.scripts]
    return sorted(set(past.loc[past["format"].isin(in_utc) & (past["status"] == "loaded"), "file"]))


def rejects(import_id: int) -> pd.DataFrame:
    """The cells that could not be used: line (of the file), column_name, value, reason."""
    return db.read("imports/rejects", import_id=import_id)


def rejected_file(import_id: int) -> bytes:
    """A CSV file of the rows that an import set aside, to be mended and imported again.

    Its columns are the file's own, those with personal data left out and e-mail addresses as their code, then line, column,
    value and reason. What is replaced as a whole stands in it as a whole, such as all lines of an order. Raises Refused if
    there is no such import or if it set nothing aside.
    """
    rejected_name(import_id)
    rows = db.read("imports/rejected", import_id=import_id).to_dict("records")
    if not rows:
        raise Refused(f"Import {import_id} set no row aside, so there is nothing to mend.")
    return _to_mend(rows)


def rejected_name(import_id: int) -> str:
    """What to call that file: it starts with the day the import spoke of, as which it is imported again.

    Raises Refused if there is no such import.
    """
    about = db.read("imports/about", import_id=import_id)
    if about.empty:
        raise Refused(f"There is no import {import_id}. The history lists them.")
    stem = PurePath(about.at[0, "file"]).name.partition(".")[0]
    return f"{about.at[0, 'as_of']}_set_aside_{stem}.csv"


def _to_mend(rows: list[dict[str, Any]]) -> bytes:
    first: dict[str, Any] = next((row["record"] for row in rows if row["record"]), {"cells": [], "delimiter": ","})
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=first["delimiter"], lineterminator="\r\n")
    writer.writerow([*(header for header, _ in first["cells"]), *EXPLAINED])
    blank = {"cells": [(header, "") for header, _ in first["cells"]], "written": ""}
    for row in rows:
        record = row["record"] or blank
        cells = [harmless(value) for _, value in record["cells"]]
        said = [row["line"], *(harmless(row[name] or "") for name in ("columns", "values", "reasons"))]
        writer.writerow([*cells, *said, record["written"]])
    return file.getvalue().encode("utf-8-sig")


def harmless(value: str) -> str:
    """Text with an apostrophe in front where a spreadsheet would run it; a number stays as it is."""
    return f"'{value}" if RUN.match(value) else value


def freshness(store: Stores = ()) -> pd.DataFrame:
    """One row a store and kind of data: store, kind, through (its last day, None if there is none), days_old.

    A snapshot goes through the day it speaks of. Days are counted to today in the store's own time zone.
    """
    shops = stores.among(store)
    through: dict[tuple[str, str], date] = {}
    for row in db.read("imports/freshness", store_ids=list(chosen(store)) or None).to_dict("records"):
        key = (row["store"], kinds().get(row["format"], row["format"]))
        through[key] = max(row["through"], through.get(key, row["through"]))
    rows = [
        _fresh(shop, kind, through.get((shop["name"], kind)))
        for shop in shops.astype(object).where(shops.notna(), None).to_dict("records")
        for kind in KINDS.values()
    ]
    return pd.DataFrame(rows, columns=["store", "kind", "through", "days_old"], dtype=object)


def _fresh(shop: dict[Any, Any], kind: str, through: date | None) -> dict[str, Any]:
    today = periods.yesterday(shop["time_zone"]) + timedelta(days=1)
    old = None if through is None else (today - through).days
    return {"store": shop["name"], "kind": kind, "through": through, "days_old": old}


def in_words(fresh: pd.DataFrame) -> str:
    """How far the data reach, from `freshness`: “orders and transactions through 20 Nov; inventory 12 days old”; empty without data.

    Of several stores the newest speaks for a kind, and those whose data are old are named.
    """
    said: dict[str, list[str]] = {}
    for kind in KINDS.values():
        rows = fresh[(fresh["kind"] == kind) & fresh["through"].notna()].to_dict("records")
        if not rows:
            continue
        first = min(rows, key=lambda row: row["days_old"])
        behind = [f"{row['store']} {_age(row)}" for row in rows if _is_old(row) and row["through"] != first["through"]]
        age = f"{_age(first)} ({', '.join(behind)})" if behind else _age(first)
        said.setdefault(age, []).append(kind)
    return "; ".join(f"{wording.listed(kinds)} {age}" for age, kinds in said.items())


def _is_old(row: dict[Any, Any]) -> bool:
    return bool(row["days_old"] > FRESH_FOR.get(row["kind"], SELDOM))


def _age(row: dict[Any, Any]) -> str:
    if _is_old(row):
        return wording.count(int(row["days_old"]), "day") + " old"
    day = row["through"]
    return f"{'of' if row['kind'] in SNAPSHOTS else 'through'} {day.day} {day:%b}"
