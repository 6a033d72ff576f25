"""Between DuckDB and PostgreSQL: rows go over as CSV by COPY, so memory does not grow with the data."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from psycopg2.extensions import cursor as Cursor

from analytics import db
from analytics.ingest.stage import Staged

# Where an open pipe has a name that DuckDB can write to; Windows has none.
PIPES = Path("/dev/fd")


def give(duck: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    """Make a frame a table of DuckDB, replacing an older one."""
    duck.register("given", frame)
    duck.table("given").create(table) if not _has(duck, table) else duck.table("given").insert_into(table)
    duck.unregister("given")


def _has(duck: duckdb.DuckDBPyConnection, table: str) -> bool:
    return (table,) in duck.execute("show tables").fetchall()


def move(stage: Staged, cursor: Cursor, script: str, table: str, is_emptied: bool = False) -> int:
    """COPY what a DuckDB script selects into the columns of the same names of a table; gives the number of rows."""
    rows = stage.duck.sql(db.script(f"ingest/{script}.sql"))
    if PIPES.is_dir():
        return _flow(cursor, rows, table, is_emptied)
    path = stage.folder / "transfer.csv"
    rows.write_csv(str(path), header=False)
    moved = db.copy_in(cursor, table, rows.columns, path, is_emptied)
    path.unlink()
    return moved


def _flow(cursor: Cursor, rows: duckdb.DuckDBPyRelation, table: str, is_emptied: bool) -> int:
    """The same without a file between: while DuckDB still makes rows, PostgreSQL takes those that are made."""
    columns = rows.columns  # asked for now, as DuckDB answers nothing else while it writes
    reading, writing = os.pipe()
    with ThreadPoolExecutor(1) as beside:
        written = beside.submit(_write, rows, writing)
        with os.fdopen(reading, "rb", buffering=1 << 20) as text:
            moved = db.copy_from(cursor, table, columns, text, is_emptied)
        # what broke off in DuckDB ended the COPY like a whole file; raised here, it takes the transaction with it
        written.result()
    return moved


def _write(rows: duckdb.DuckDBPyRelation, writing: int) -> None:
    try:
        rows.write_csv(str(PIPES / str(writing)), header=False)
    finally:
        os.close(writing)


def fetch(stage: Staged, cursor: Cursor, script: str, columns: Sequence[str], **params: Any) -> None:
    """Make what a COPY in sql/load gives the table of DuckDB of the script's name, all text; a million rows are no burden."""
    table = script.rpartition("/")[2]
    path = stage.folder / f"{table}.csv"
    db.copy_out(cursor, f"load/{script}", path, **params)
    read = {"path": str(path), "columns": dict.fromkeys(columns, "VARCHAR")}
    stage.duck.sql(db.script("ingest/fetched.sql"), params=read).create(table)
    path.unlink()


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
