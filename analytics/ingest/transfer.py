"""Between DuckDB and PostgreSQL: rows go over as CSV by COPY, a file at a time, so memory does not grow with the data."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import pandas as pd
from psycopg2.extensions import cursor as Cursor

from analytics import db
from analytics.ingest.stage import Staged


def give(duck: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    """Make a frame a table of DuckDB, replacing an older one."""
    duck.register("given", frame)
    duck.table("given").create(table) if not _has(duck, table) else duck.table("given").insert_into(table)
    duck.unregister("given")


def _has(duck: duckdb.DuckDBPyConnection, table: str) -> bool:
    return (table,) in duck.execute("show tables").fetchall()


def move(stage: Staged, cursor: Cursor, script: str, table: str, is_emptied: bool = False) -> int:
    """COPY what a DuckDB script selects into the columns of the same names of a table; gives the number of rows."""
    path = stage.folder / "transfer.csv"
    rows = stage.duck.sql(db.script(f"ingest/{script}.sql"))
    rows.write_csv(str(path), header=False)
    moved = db.copy_in(cursor, table, rows.columns, path, is_emptied)
    path.unlink()
    return moved


def take(cursor: Cursor, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY rows made in Python into the columns of a table."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    text.seek(0)
    db.copy_from(cursor, table, columns, text)


def value(cursor: Cursor) -> Any:
    """The only value of a one-row result."""
    row = cursor.fetchone()
    return row[0] if row else None


def row(duck: duckdb.DuckDBPyConnection, script: str) -> dict[str, Any]:
    """The only row of a DuckDB script, by column."""
    result = duck.execute(db.script(f"ingest/{script}.sql"))
    names = [column[0] for column in result.description]
    return dict(zip(names, result.fetchall()[0], strict=True))
