"""Settle what was given back for the touched orders, from all files that tell of it (see settle.py for the rules)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from psycopg2.extensions import cursor as Cursor

from analytics import db
from analytics.ingest import transfer
from analytics.ingest.given_back import CENT, Order, Part, Refund, Return
from analytics.ingest.returned import told_once
from analytics.ingest.settle import settled, with_documents

# Where one refund stands in several files, the first of these tells of it.
SOURCES = ("shopify_transactions", "amazon_settlement", "amazon_transactions", "shopify_payments")
# The parts of a cancelled order that no refund gave back (see shopify_refunds.sql).
REST = 2_000_000
UNITS = dict.fromkeys(("JPY", "KRW", "VND", "CLP", "ISK", "XAF", "XOF", "XPF", "PYG", "UGX", "RWF"), Decimal(1))
UNITS |= dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), Decimal("0.001"))
COLUMNS = (
    "order_key",
    "part_no",
    "alias_id",
    "kind",
    "line_kind",
    "booked_at",
    "ordered_on",
    "original_order_key",
    "units",
    "unit_price",
    "amount",
    "is_restocked",
    "inferred_from",
    "is_date_assumed",
    "reason",
    "condition",
)


def settle(cursor: Cursor, store: int) -> None:
    """Settle the orders in the temporary table `orders_touched` and mark their days as touched."""
    db.run(cursor, "load/settle/is_needed")
    if not transfer.value(cursor):
        return
    db.run(cursor, "load/settle/relatives", store_id=store)
    db.run(cursor, "load/settle/clear", store_id=store)
    db.run(cursor, "load/settle/orders", store_id=store)
    names = [column.name for column in cursor.description or ()]
    found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    db.run(cursor, "load/settle/stage")
    transfer.take(cursor, "settled_stage", COLUMNS, (row for known in found for row in _rows(known)))
    db.run(cursor, "load/settle/write", store_id=store)


def _rows(known: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of one order for the database; none where its own say stands."""
    names = ("lines", "own", "money", "returned", "documents", "undone")
    lines, own, money, returned, documents, undone = (_list(known[name]) for name in names)
    if not money and not returned and not (own and documents):
        return
    order = Order(
        known["document_total"],
        known["cancelled_on"] is not None,
        _sold(known, lines),
        # what other documents take back of it, too: a cancelled invoice, a refund at the till
        tuple(_own(row) for row in [*own, *undone] if row["part_no"] < REST),
        tuple(_own(row) for row in own if row["part_no"] >= REST),
        _refunds(money),
        tuple(told_once(_return(row, lines, own + undone) for row in returned)),
        UNITS.get(known["currency"], CENT),
    )
    if documents:
        order = with_documents(order, tuple(_document(row) for row in documents))
    parts = settled(order)
    # told as the order's own now, or not at all
    silent = {(row["order_key"], 0) for row in documents} | {(row["order_key"], row["part_no"]) for row in undone}
    silent |= {(known["order_key"], 0)} if not parts else set()
    yield from ((*part, *(None for _ in COLUMNS[2:])) for part in sorted(silent))
    for number, part in enumerate(parts, 1):
        yield (
            known["order_key"],
            number,
            part.alias_id,
            part.kind,
            part.line_kind,
            part.at,
            known["ordered_on"],
            known["order_key"],
            part.units,
            part.unit_price,
            part.amount,
            part.is_restocked,
            part.inferred_from,
            part.is_date_assumed,
            part.reason,
            part.condition,
        )


def _list(text: str | None) -> list[dict[str, Any]]:
    return json.loads(text, parse_float=Decimal) if text else []


def _sold(known: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Part, ...]:
    goods = [Part("product", Decimal(line["value"]), alias_id=line["alias_id"]) for line in lines]
    charges = [Part(name, known[name]) for name in ("shipping", "tax", "duties")]
    return tuple(part for part in goods + charges if part.amount)


def _own(row: dict[str, Any]) -> Part:
    names = ("line_kind", "kind", "alias_id", "is_restocked", "inferred_from", "is_date_assumed")
    return Part(
        at=datetime.fromisoformat(row["booked_at"]),
        amount=Decimal(row["amount"]),
        units=_decimal(row["units"]),
        unit_price=_decimal(row["unit_price"]),
        **{name: row[name] for name in names},
    )


def _document(row: dict[str, Any]) -> Part:
    return Part(
        "product",
        Decimal(row["amount"]),
        row["kind"],
        datetime.fromisoformat(row["at"]),
        row["alias_id"],
        _decimal(row["units"]),
        _decimal(row["unit_price"]),
    )


def _refunds(money: list[dict[str, Any]]) -> tuple[Refund, ...]:
    """What the best source tells, and what another tells beyond it: where it has just the same amounts and more."""
    told: list[Refund] = []
    for source in sorted({row["source"] for row in money}, key=_rank):
        beyond = list(_of_source(money, source))
        matched = 0
        for refund in told:
            same = next((other for other in beyond if (other.amount, other.kind) == (refund.amount, refund.kind)), None)
            if same:
                beyond.remove(same)
                matched += 1
        if matched == len(told):
            told += beyond
    return tuple(told)


def _rank(source: str) -> tuple[int, str]:
    return (SOURCES.index(source) if source in SOURCES else len(SOURCES), source)


def _of_source(money: list[dict[str, Any]], source: str) -> Iterator[Refund]:
    sums: dict[tuple[datetime, str], Decimal] = {}
    for row in money:
        if row["source"] == source:  # a settlement writes goods, tax and shipping of one refund as rows of their own
            moment = datetime.fromisoformat(row["at"]), str(row["kind"])
            sums[moment] = sums.get(moment, Decimal()) + Decimal(row["amount"])
    return (Refund(at, amount, kind) for (at, kind), amount in sums.items() if amount > 0)


def _return(row: dict[str, Any], lines: list[dict[str, Any]], own: list[dict[str, Any]]) -> Return:
    """A row of a returns file beside the order's line that it means: that SKU, else that title, else the only line.

    A document that only takes back sold no lines: there it is a line that it took back.
    """
    line = _named(row, lines) or (lines[0] if len(lines) == 1 else None)
    part = Part("product", Decimal())
    if line:
        units = Decimal(line["units"])
        price = Decimal(line["value"]) / units if units else Decimal()
        part = replace(part, amount=price, alias_id=line["alias_id"], unit_price=Decimal(line["unit_price"]))
    elif back := _named(row, own):
        part = replace(part, alias_id=back["alias_id"])
    names = ("kind", "reason", "condition", "is_restocked", "source")
    return Return(
        datetime.fromisoformat(row["at"]),
        line=part,
        units=_decimal(row["units"]),
        amount=_decimal(row["amount"]),
        **{name: row[name] for name in names},
    )


def _named(row: dict[str, Any], lines: list[dict[str, Any]]) -> dict[str, Any] | None:
    same = [line for line in lines if row["sku"] and line["sku"] == row["sku"]]
    same = same or [line for line in lines if row["title"] and line["title"] == row["title"]]
    return same[0] if same else None


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)
