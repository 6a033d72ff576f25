"""What becomes of a purchase order: drafted from rows, edited, sent, received in parts, closed or cancelled. Each step is an import."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import actor
from analytics.errors import Refused
from analytics.scope import Scope
from analytics.stock import edits, purchase_orders, suppliers

HEAD = (
    "supplier", "status", "ordered_on", "expected_on", "location", "currency", "freight", "duty", "deposit", "deposit_due_on",
    "balance_due_on", "note",
)  # fmt: skip
ONCE = ("freight", "duty", "deposit", "deposit_due_on", "balance_due_on", "note")
LINE = ("sku", "units", "unit_cost", "expected_on")
Row = dict[str, Any]


def draft(store: int, supplier: str, rows: Iterable[Mapping[str, Any]], by: str | None = None) -> str:
    """Make a draft for a supplier and give its number. `rows` have sku and units, and may have unit_cost, expected_on, location
    and currency; without a unit cost the supplier's terms say it.

    Raises Refused without rows, for two locations or currencies, or for a row that cannot be used.
    """
    actor.require("edit")
    wanted = [dict(row) for row in rows]
    if not wanted:
        raise Refused("A purchase order needs at least one product. Choose what to order first.")
    known = _terms(store)
    for row in wanted:
        terms = known.get((supplier, row["sku"]), {})
        if row.get("unit_cost") is None:
            row["unit_cost"] = terms.get("unit_cost")
        row["currency"] = row.get("currency") or terms.get("terms_currency")
    numbers = list(purchase_orders.orders(Scope(store=store))["order_no"])
    number = purchase_orders.next_number(numbers, edits.today(store))
    table = [{"order": number, "supplier": supplier, "status": "draft"} | row for row in wanted]
    edits.save(store, "purchase_orders", pd.DataFrame(table, dtype=object), by)
    return number


def rewrite(store: int, order_no: str, head: Mapping[str, Any], lines: pd.DataFrame, by: str | None = None) -> None:
    """Replace what an order says of itself (HEAD) and its lines (LINE, and line_no of those that are known, which keep what
    came of them).

    Raises Refused for an order that does not exist, for a line taken out of which something came, or for what cannot be.
    """
    actor.require("edit")
    edits.save(store, "purchase_orders", rows_of(store, order_no, head, lines), by)


def rows_of(store: int, order_no: str, head: Mapping[str, Any], lines: pd.DataFrame) -> pd.DataFrame:
    """The rows of the format for an order with this head and these lines, as `rewrite` saves them."""
    now, known, came = purchase_orders.one(Scope(store=store), order_no)
    if now.empty:
        raise Refused(f"There is no purchase order {order_no}.")
    kept = {*lines["line_no"]}
    lost = known[known["line_no"].isin(came["line_no"]) & ~known["line_no"].isin(kept)]
    if len(lost):
        raise Refused(f"Something of {lost['sku'].iloc[0]} came already, so it cannot be taken out of {order_no}.")
    said = {**now.iloc[0][list(HEAD)].to_dict(), **head}
    # a line that was expected with the whole order moves with it
    old, new = now["expected_on"].iloc[0], said["expected_on"]
    told = lines.assign(expected_on=[new if _first(day, old) == old else day for day in lines["expected_on"]])
    return _table(order_no, said, told, came, {})


def send(store: int, order_no: str, on: date, by: str | None = None) -> None:
    """Say that a draft was sent on a day. Raises Refused if it was sent before."""
    actor.require("edit")
    _move(store, order_no, {"draft"}, lambda row: {"status": "sent", "ordered_on": on}, by)


def close(store: int, order_no: str, by: str | None = None) -> None:
    """Say that nothing more is to come. Raises Refused unless the order was sent."""
    actor.require("edit")
    _move(store, order_no, {"sent"}, lambda row: {"status": "closed"}, by)


def cancel(store: int, order_no: str, by: str | None = None) -> None:
    """Say that nothing of an order is to come. Raises Refused if it is closed, or something of it came: then it is closed."""
    actor.require("edit")
    if len(purchase_orders.one(Scope(store=store), order_no)[2]):
        raise Refused(f"Something of {order_no} came already, so it cannot be cancelled. Close it instead.")
    _move(store, order_no, {"draft", "sent"}, lambda row: {"status": "cancelled"}, by)


def receive(store: int, order_no: str, on: date, units: Mapping[int, Decimal], by: str | None = None) -> None:
    """Add what came on a day: units by line number. What came before stays.

    Raises Refused unless the order was sent, if nothing came, or if more came than was ordered.
    """
    actor.require("edit")
    now, lines, came = _existing(store, order_no, {"sent"})
    arrived = {line: count for line, count in units.items() if count}
    if not arrived:
        raise Refused("Nothing was received: say how many pieces of at least one line came.")
    more = [{"line_no": line, "received_on": on, "units": count} for line, count in arrived.items()]
    both = pd.concat([came[["line_no", "received_on", "units"]], pd.DataFrame(more, dtype=object)])
    summed = both.groupby(["line_no", "received_on"], as_index=False)["units"].sum()
    edits.save(store, "purchase_orders", _table(order_no, now, lines, summed, {}), by)


def _existing(store: int, order_no: str, allowed: set[str]) -> tuple[Row, pd.DataFrame, pd.DataFrame]:
    now, lines, came = purchase_orders.one(Scope(store=store), order_no)
    if now.empty:
        raise Refused(f"There is no purchase order {order_no}.")
    status = now["status"].iloc[0]
    if status not in allowed:
        raise Refused(f"{order_no} is {status}, so this cannot be done: it has to be {' or '.join(sorted(allowed))}.")
    return {str(name): value for name, value in now.iloc[0].items()}, lines, came


def _move(store: int, order_no: str, allowed: set[str], said: Callable[[Row], Row], by: str | None) -> None:
    now, lines, came = _existing(store, order_no, allowed)
    edits.save(store, "purchase_orders", _table(order_no, now, lines, came, said(now)), by)


def _table(order_no: str, now: Row, lines: pd.DataFrame, came: pd.DataFrame, said: Row) -> pd.DataFrame:
    table: list[Row] = []
    for line in lines.to_dict("records"):
        row = {"order": order_no} | {name: now[name] for name in HEAD} | {name: line[name] for name in LINE} | said
        if table:
            row |= dict.fromkeys(ONCE)
        table += _with_receipts(row, came[came["line_no"] == line["line_no"]])
    return pd.DataFrame(table, dtype=object)


def _with_receipts(row: Row, came: pd.DataFrame) -> list[Row]:
    """The row of a line, and one more for each further day on which some of it came."""
    received = [
        {"received_units": each["units"], "received_on": each["received_on"]} for each in came.to_dict("records")
    ]
    first, *more = received or [{}]
    return [row | first, *(row | dict.fromkeys(ONCE) | {"units": None} | each for each in more)]


def _terms(store: int) -> dict[tuple[str, str], Row]:
    """What the suppliers' own terms say of a product now, by supplier and SKU."""
    found = suppliers.given(Scope(store=store))
    current: dict[tuple[str, str], Row] = {}
    for row in found.to_dict("records"):
        if row["valid_from"] <= edits.today(store):
            current.setdefault(
                (row["supplier"], row["sku"]), {"unit_cost": row["unit_cost"], "terms_currency": row["currency"]}
            )
    return current


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None and not pd.isna(value)), None)
