"""Days that forecasts are not to learn from, as somebody marked them: of a product or of the whole shop, each with its reason.

Nothing of a mark is ever changed: what is taken back gets a time, and stays in the list."""

from datetime import date
from typing import Any

import pandas as pd
from psycopg2.extensions import cursor as Cursor

from analytics import actor, audit, db, stores
from analytics.errors import Refused
from analytics.scope import Scope

COLUMNS = (
    "store_id", "mark_id", "product_key", "sku", "title", "first_day", "last_day", "reason", "marked_by", "marked_at", "withdrawn_at",
)  # fmt: skip
EDITED = ("product_key", "first_day", "last_day", "reason")
LONGEST_REASON, LONGEST_DAYS = 300, 366
Row = dict[str, Any]


def of(scope: Scope) -> pd.DataFrame:
    """One row a mark that touches the days, the latest days first, also those taken back (withdrawn_at): COLUMNS. product_key is
    None where the whole shop is meant."""
    asked = {name: scope.params()[name] for name in ("store_ids", "start", "stop")}
    return db.read("forecasts/marks", **asked)


def standing(scope: Scope) -> pd.DataFrame:
    """Those of them that nobody took back."""
    found = of(scope)
    return found[found["withdrawn_at"].isna()].reset_index(drop=True)


def mark(store: int, row: Row) -> int:
    """Mark days; the number that the mark gets.

    `row` has first_day, last_day (both included; the first one alone without it), reason, product_key or sku (the whole shop without
    either) and marked_by. The store's data version rises, so that forecasts are made anew. Raises Refused naming what is
    missing or wrong."""
    actor.require("edit")
    told = _checked(store, row)
    with db.transaction(store) as cursor:
        number = _add(cursor, store, told)
        db.run(cursor, "load/raise_version", store_id=store, currency=None)
        audit.record(cursor, "edit", "days not to learn from", store, marked=number)
    return number


def withdraw(store: int, mark_id: int) -> None:
    """Take a mark back: its days are learnt from again as they were sold. Raises Refused if there is none."""
    actor.require("edit")
    with db.transaction(store) as cursor:
        _withdraw(cursor, store, mark_id)
        db.run(cursor, "load/raise_version", store_id=store, currency=None)
        audit.record(cursor, "edit", "days not to learn from", store, taken_back=mark_id)


def save(store: int, known: list[int], rows: list[Row], by: str | None = None) -> int:
    """Keep the marks of a store as they were edited, in one transaction; how many were made or taken back.

    `known` are the mark_ids that stood in the table: those missing from `rows` are taken back, those changed are taken back and made
    anew, and a row without one is new. Raises Refused naming the row; then nothing is changed."""
    actor.require("edit")
    before = {row["mark_id"]: row for row in standing(Scope(store)).to_dict("records")}
    fresh, kept = [], set()
    for at, row in enumerate(rows, start=1):
        number = row.get("mark_id")
        told = _checked(store, row | {"marked_by": by}, f"Row {at}: ")
        if number in before and all(told[name] == before[number][name] for name in EDITED):
            kept.add(number)
        else:
            fresh.append(told)
    gone = [number for number in known if number in before and number not in kept]
    if not fresh and not gone:
        return 0
    with db.transaction(store) as cursor:
        for number in gone:
            _withdraw(cursor, store, number)
        for told in fresh:
            _add(cursor, store, told)
        db.run(cursor, "load/raise_version", store_id=store, currency=None)
        audit.record(cursor, "edit", "days not to learn from", store, marked=len(fresh), taken_back=len(gone))
    return len(fresh) + len(gone)


def _add(cursor: Cursor, store: int, told: Row) -> int:
    db.run(cursor, "load/forecasts/add_mark", store_id=store, **told)
    number = cursor.fetchone()
    return int(number[0]) if number else 0


def _withdraw(cursor: Cursor, store: int, mark_id: int) -> None:
    db.run(cursor, "load/forecasts/withdraw_mark", store_id=store, mark_id=mark_id)
    if cursor.fetchone() is None:
        raise Refused(f"There is no mark number {mark_id} of this store, or it was taken back before.")


def _checked(store: int, row: Row, where: str = "") -> Row:
    given = {name: None if pd.isna(row.get(name)) else row[name] for name in (*EDITED, "sku", "marked_by")}
    first = given["first_day"]
    if first is None:
        raise Refused(f"{where}Which day is not to be learnt from? Give its first day.")
    last = given["last_day"] or first
    if last < first:
        raise Refused(f"{where}The days end on {last}, before they begin on {first}.")
    if (last - first).days >= LONGEST_DAYS:
        raise Refused(
            f"{where}At most {LONGEST_DAYS} days can be marked at once; more would leave nothing to learn from."
        )
    _check_days(store, first, last, where)
    reason = str(given["reason"] or "").strip()
    if not reason:
        raise Refused(f"{where}Write why: later somebody will ask what was special about these days.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"{where}A reason has at most {LONGEST_REASON} letters.")
    product = _product(store, given["product_key"] or given["sku"], where)
    by = given["marked_by"]
    return {"product_key": product, "first_day": first, "last_day": last, "reason": reason, "marked_by": by}


def _check_days(store: int, first: date, last: date, where: str) -> None:
    known = stores.among(store)
    if known.empty or not known["first_day"].iloc[0]:
        raise Refused(f"{where}This store has no orders yet, so no day of it can be marked.")
    begin, end = known["first_day"].iloc[0], known["last_day"].iloc[0]
    if last < begin or first > end:
        raise Refused(f"{where}There are orders from {begin} to {end}; {first} to {last} lies outside.")


def _product(store: int, said: str | None, where: str) -> str | None:
    """The key of the product that is called so, by its key or its SKU; None for the whole shop."""
    if said is None or not str(said).strip():
        return None
    named = db.read("inventory/named_products", store_id=store)
    wanted = str(said).strip()
    for column in ("product_key", "sku"):
        found = named.loc[named[column] == wanted, "product_key"]
        if len(found):
            return str(found.iloc[0])
    raise Refused(
        f"{where}There is no product “{wanted}” in this store. Write its SKU, or leave it empty for the whole shop."
    )
