"""Importing a file in a test, with the account of its rows always checked, and reading back what it brought."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg2

from analytics import db, imports, sales
from analytics.ingest.load import Options, load
from analytics.scope import Scope

AS_OF = date(2024, 6, 30)
COUNTS = ("loaded", "updated", "unchanged", "duplicate", "rejected", "ignored")
Reject = tuple[int, str, str | None, str]


def take(path: Path, **said: Any) -> dict[str, Any]:
    """Import a file and give its account, whose counts always add up to its rows."""
    account = load(path, Options(**({"store": "Shop", "as_of": AS_OF} | said)))
    assert account["rows"] == sum(account[name] for name in COUNTS)
    return account


def counts(account: dict[str, Any]) -> dict[str, int]:
    """The counts of an account that are not 0, rows first."""
    return {name: account[name] for name in ("rows", *COUNTS) if account[name]}


def rejects(account: dict[str, Any]) -> list[Reject]:
    """What was set aside: line, column, value, reason."""
    frame = imports.rejects(account["import_id"])
    return [tuple(None if value is None else value for value in row) for row in frame.itertuples(index=False)]


def totals(currency: str | None = None) -> dict[str, Decimal]:
    """The figures of everything in the database, of one currency where there are several."""
    frame = sales.summary(Scope(currency=currency))
    assert len(frame) == 1
    return frame.iloc[0].to_dict()


def money(*names: str) -> list[str]:
    """Figures as text to the cent, so that a test reads like a receipt."""
    found = totals()
    return [f"{found[name]:.2f}" for name in names]


def unreconciled() -> list[tuple[str, str, Decimal]]:
    """Orders that do not follow from their own amounts: name, reason, difference."""
    frame = sales.unreconciled(Scope())
    return list(frame[["order_name", "reason", "difference"]].itertuples(index=False, name=None))


def everything(address: str) -> str:
    """Every table of the database as one text."""
    with psycopg2.connect(address.replace("+psycopg2", "")) as connection, connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        names = [row[0] for row in cursor.fetchall()]
        parts = []
        for name in names:
            cursor.execute(f"select coalesce(string_agg(t::text, chr(10)), '') from \"{name}\" as t")  # noqa: S608
            parts.append(cursor.fetchone()[0])
    connection.close()
    return "\n".join(parts)


def rows_of(query: str, **params: Any) -> list[tuple[Any, ...]]:
    """What a test asks the database itself."""
    with db.transaction() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall()


def table(path: Path, columns: list[str], rows: list[dict[str, str]], **how: str) -> Path:
    """A file of those columns and rows; `delimiter`, `encoding` and `lines` (the line end) say how it is written."""
    end = how.get("lines", "\n")
    with path.open("w", encoding=how.get("encoding", "utf-8"), newline="") as file:
        writer = csv.DictWriter(
            file, columns, restval="", delimiter=how.get("delimiter", ","), lineterminator=end, extrasaction="ignore"
        )
        writer.writeheader()
        writer.writerows(rows)
    return path
