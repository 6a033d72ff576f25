"""Our import, a bare COPY and pandas on the same file and server."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import psycopg2
from psycopg2 import sql
from sqlalchemy.engine import URL, make_url

from analytics import db, embedded
from analytics.ingest.load import Options, load
from analytics.ingest.reader import TextTable, open_table
from tests.bench import orders_export

PANDAS_SAMPLE = 20_000  # rows: more would take minutes and say the same


def of_file(file: Path, format_name: str | None, repeat: int) -> dict[str, Any]:
    """Median seconds of the COPY and of the import, each time into a new database, and the median of their ratios."""
    copies, imports, rows = [], [], 0
    with own_server() as server, tempfile.TemporaryDirectory() as work:
        table = open_table(file, Path(work))
        size = table.path.stat().st_size
        for number in range(repeat):
            with own_database(server, f"storeledger_bench_{os.getpid()}_{number}"):
                db.migrate()
                copies.append(copy_seconds(table))
                started = time.perf_counter()
                rows = load(file, Options(store="Bench", format=format_name, currency="EUR"))["rows"]
                imports.append(time.perf_counter() - started)
    return {
        "file": file.name,
        "bytes": size,
        "rows": rows,
        "repeat": repeat,
        "copy_seconds": round(statistics.median(copies), 3),
        "import_seconds": round(statistics.median(imports), 3),
        "ratio": round(statistics.median(ours / bare for ours, bare in zip(imports, copies, strict=True)), 3),
    }


def of_rows(rows: int) -> dict[str, Any]:
    """Seconds of the COPY, of our first and of an overlapping import and of pandas, and the peak memory of an import.

    Each import runs in a process of its own, so that neither this one nor the other counts in its memory.
    """
    with own_server() as server, tempfile.TemporaryDirectory(prefix="storeledger-bench-") as made:
        first, later = Path(made, "orders_2026-01-01.csv"), Path(made, "orders_2026-02-01.csv")
        rows = orders_export.write(first, rows)
        orders_export.write(later, rows, is_later=True)
        with own_database(server, f"storeledger_bench_{os.getpid()}"):
            db.migrate()
            bare = copy_seconds(open_table(first, Path(made)))
            with db.transaction() as cursor:
                cursor.execute("drop table bare")
            by_pandas = pandas_seconds(first, rows)
            ours, overlap = import_apart(first), import_apart(later)
    return {
        "rows": rows,
        "ours_seconds": round(ours["seconds"], 3),
        "overlap_seconds": round(overlap["seconds"], 3),
        "copy_seconds": round(bare, 3),
        "pandas_seconds": round(by_pandas, 3),
        "peak_memory_mb": round(max(ours["peak_memory_mb"], overlap["peak_memory_mb"]), 1),
        "ours_to_copy": round(ours["seconds"] / bare, 3),
        "overlap_to_copy": round(overlap["seconds"] / bare, 3),
        "pandas_to_ours": round(by_pandas / ours["seconds"], 3),
    }


def import_apart(file: Path) -> dict[str, float]:
    """Seconds of an import in a process of its own, from the first byte to the commit, and that process's peak memory."""
    command = [sys.executable, "-m", "tests.bench.apart", str(file)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    found: dict[str, float] = json.loads(done.stdout)
    return found


def copy_seconds(table: TextTable) -> float:
    """Seconds of a COPY of the text into a new table of text columns, with its commit."""
    width = len(table.head[0])
    columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(f"c{number}")) for number in range(width))
    statement = sql.SQL("copy bare from stdin (format csv, header, delimiter {}, encoding 'utf8')").format(
        sql.Literal(table.delimiter)
    )
    with db.transaction() as cursor:
        cursor.execute(sql.SQL("create table bare ({})").format(columns))
    started = time.perf_counter()
    with db.transaction() as cursor, table.path.open("rb") as text:
        cursor.copy_expert(statement, text, size=1 << 16)
    return time.perf_counter() - started


def pandas_seconds(file: Path, rows: int) -> float:
    """What pandas' read_csv and to_sql would take for so many rows, by what they take for the first of them."""
    started = time.perf_counter()
    frame = pd.read_csv(file, nrows=PANDAS_SAMPLE)
    frame.to_sql("by_pandas", db.engine(), index=False)
    taken = time.perf_counter() - started
    with db.transaction() as cursor:
        cursor.execute("drop table by_pandas")
    return taken * rows / len(frame)


@contextmanager
def own_server() -> Iterator[URL]:
    """The server in DATABASE_URL, else an embedded one that is gone afterwards."""
    if os.environ.get("DATABASE_URL"):
        yield make_url(db.url())
        return
    home = Path(tempfile.mkdtemp(prefix="storeledger-bench-"))
    os.environ["ANALYTICS_HOME"] = str(home)
    try:
        yield make_url(embedded.start())
    finally:
        embedded.stop()
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def own_database(server: URL, name: str) -> Iterator[None]:
    """A new database, which analytics uses meanwhile."""
    before = os.environ.get("DATABASE_URL")
    administer(server, sql.SQL("create database {}").format(sql.Identifier(name)))
    os.environ["DATABASE_URL"] = server.set(database=name).render_as_string(hide_password=False)
    try:
        yield
    finally:
        db.forget()
        os.environ.pop("DATABASE_URL")
        if before:
            os.environ["DATABASE_URL"] = before
        administer(server, sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def administer(server: URL, statement: sql.Composed) -> None:
    """Run a statement outside any transaction, as creating a database wants it."""
    connection = psycopg2.connect(server.set(drivername="postgresql").render_as_string(hide_password=False))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()
