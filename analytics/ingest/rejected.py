"""Rows set aside: each cell at fault with its reason, and beside it what it takes to mend the row and import it again.

What is replaced as a whole (an order's lines, a location's stock) is kept as a whole, so that mended rows never come back
without the rows they belong to. Personal columns are not kept; an e-mail address is kept as its code.
"""

import json
import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
from duckdb import CaseExpression, ColumnExpression, ConstantExpression
from psycopg2.extensions import cursor as Cursor

from analytics import db, people
from analytics.ingest import headers
from analytics.ingest.formats import Format
from analytics.ingest.masking import masked
from analytics.ingest.recognise import Recognised
from analytics.ingest.stage import Staged, records_of

BATCH = 5_000
LONGEST_VALUE = 200
COLUMNS = ("lines", "columns", "values", "reasons", "records")
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
NUMERIC_DAY = re.compile(r"\s*\d{1,2}[./-]\d{1,2}[./-]")
# columns that say who bought or where they live, by the words in our own names for them
PEOPLE = ("customer", "buyer")
# headers whose cells name a person: what stands there is not kept elsewhere in a row that may have slipped
NAMES = re.compile(r"\b(name|street|address\s?\d?|phone|notes?|buyer|customer)\b")
# In what people write about returns anything may stand, and a row may have slipped; only these columns are codes.
WRITTEN = ("returns",)
CODES = ("order", "order_id", "order_item_id", "sku", "asin", "return_id", "rma_id", "license_plate_number")
NEVER_KEPT = ("first_name", "last_name", "phone", "street", "address", "zip", "postcode", "company")

# by the facts a format brings, what our columns that name their unit of replacement are called
UNITS = {
    "orders": ("order", "order_id", "number", "name", "transaction"),
    "inventory": ("location",),
    "products": ("handle",),
    "purchase_orders": ("order",),
}

Row = tuple[int, str, str | None, str, str | None]


def write(cursor: Cursor, stage: Staged, import_id: int) -> None:
    """Keep what was set aside of a converted file under its import."""
    batch: list[Row] = []
    for row in _rows(stage):
        batch.append(row)
        if len(batch) == BATCH:
            _add(cursor, import_id, batch)
            batch = []
    if batch:
        _add(cursor, import_id, batch)


def _add(cursor: Cursor, import_id: int, batch: list[Row]) -> None:
    values = dict(zip(COLUMNS, (list(column) for column in zip(*batch, strict=True)), strict=True))
    db.run(cursor, "load/add_rejects", import_id=import_id, **values)


def _rows(stage: Staged) -> Iterator[Row]:
    for line, reason in stage.unreadable:
        yield line, "", None, reason, None
    together = _together(stage)
    if not len(together):
        return
    key, places = people.hash_key(), _kept(stage.recognised)
    at_fault = groupby(_bad_cells(stage), key=itemgetter(0))
    record, faults = next(at_fault, (0, iter(())))
    for number, line, cells in records_of(stage, together):
        if number != record:
            yield line, "", None, "", _content(stage, cells, places, key)
            continue
        content = _content(stage, _without_names(stage.recognised, cells), places, key)
        for at, (_, column, value, reason) in enumerate(faults):
            told = masked(value) if stage.recognised.format.facts in WRITTEN else value
            yield line, label(stage.recognised, column), shown(told), reason, None if at else content
        record, faults = next(at_fault, (0, iter(())))


def _bad_cells(stage: Staged) -> Iterator[tuple[int, str, str | None, str]]:
    found = stage.duck.execute(db.script("ingest/bad_cells.sql"))
    while rows := found.fetchmany(BATCH):
        yield from rows


def _together(stage: Staged) -> Any:
    """The numbers, rising, of the records set aside and of those that are replaced together with them."""
    unit: duckdb.Expression = ConstantExpression(None).cast("VARCHAR")
    if name := unit_column(stage.recognised.format):
        unit = ColumnExpression(name)
        if stage.recognised.format.facts == "inventory":
            # a stock list without locations is one location
            unit = CaseExpression(unit.isnull(), ConstantExpression("")).otherwise(unit)
    source = stage.duck.table("source")
    source.select(ColumnExpression("record"), unit.alias("unit")).create_view("units", replace=True)
    return stage.duck.execute(db.script("ingest/together.sql")).fetchnumpy()["record"]


def unit_column(known: Format) -> str | None:
    """The column whose equal values are one unit of replacement; None where each row is a fact of its own."""
    return next((name for name in UNITS.get(known.facts, ()) if name in known.columns), None)


def _kept(known: Recognised) -> list[tuple[int, str, str]]:
    """Place in the row, our name and the file's own name of each column that is kept."""
    named = zip(known.columns, headers.labels(known.header), strict=True)
    return [
        (at, ours, theirs)
        for at, (ours, theirs) in enumerate(named)
        if ours and not headers.is_ours(theirs) and not any(word in ours for word in NEVER_KEPT)
    ]


def _content(stage: Staged, cells: list[str], places: list[tuple[int, str, str]], key: str) -> str:
    """The kept cells of a record as JSON, and how the file they come from is written."""
    is_written = stage.recognised.format.facts in WRITTEN
    kept = []
    for at, ours, theirs in places:
        cell = cells[at] if at < len(cells) else ""
        cell = masked(cell) or "" if is_written and ours not in CODES else cell
        kept.append((ours, theirs, _without_people(ours, cell, key)))
    dates = [value for ours, _, value in kept if ours in stage.recognised.format.dates]
    written = ["decimal comma" if stage.evidence.decimal_comma else "decimal point"]
    if any(NUMERIC_DAY.match(value) for value in dates):
        written.append("day first" if stage.evidence.day_first else "month first")
    return json.dumps(
        {
            "cells": [(theirs, value) for _, theirs, value in kept],
            "delimiter": stage.table.delimiter,
            "written": ", ".join(written),
        },
        ensure_ascii=False,
    )


def _without_names(known: Recognised, cells: list[str]) -> list[str]:
    """The cells of a row at fault: what its own columns for people hold is blotted out where it stands elsewhere."""
    of_people = [
        cell.strip()
        for cell, head, ours in zip(cells, known.header, known.columns, strict=False)
        if ours is None and NAMES.search(headers.plain(head))
    ]
    names = {cell for cell in of_people if len(cell) > 3 and not cell.isdigit()}
    return ["(personal)" if cell.strip() in names else cell for cell in cells]


def _without_people(ours: str, value: str, key: str) -> str:
    if not value.strip():
        return ""
    is_person = "email" in ours or (ours in PEOPLE and ("@" in value or not re.search("[0-9]", value)))
    # PostgreSQL keeps no NUL
    return people.hashed(value, key) if is_person else ADDRESS.sub("(e-mail)", value).replace("\0", "")


def shown(value: str | None) -> str | None:
    """A cell at fault as it may be kept: an address in a column that should hold a number is still an address."""
    return ADDRESS.sub("(e-mail)", value)[:LONGEST_VALUE] if value else value


def target(known: Format, column: str) -> str | None:
    """Our column that a conversion's own name for it means."""
    words = headers.plain(column.replace("_", " "))
    for ours, theirs in known.columns.items():
        if words in (ours.replace("_", " "), *(headers.plain(name) for name in theirs)):
            return ours
    return None


def label(known: Recognised, column: str) -> str:
    """The name of a column at fault: in a mapped file its own, which the reader of the message can find there."""
    ours = target(known.format, column) if known.mapping else None
    return dict(known.mapping.columns).get(ours or "", column) if known.mapping else column
