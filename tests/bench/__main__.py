"""How long an import takes beside a bare COPY of the same file: python -m tests.bench import --file F [--json].

Both run here and now, on one server, so that the ratio means something on a machine that has other things to do.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import sql
from sqlalchemy.engine import URL, make_url

from analytics import db, embedded
from analytics.ingest.load import Options, load
from analytics.ingest.reader import TextTable, open_table


def main(arguments: list[str] | None = None) -> int:
    """Run one measurement and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    measures = parser.add_subparsers(dest="measure", required=True)
    loading = measures.add_parser("import", help="our import against a bare COPY into a table of text")
    loading.add_argument("--file", type=Path, required=True)
    loading.add_argument("--format")
    loading.add_argument("--repeat", type=int, default=3)
    loading.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    found = measure_import(given.file, given.format, given.repeat)
    if given.json:
        print(json.dumps(found))
        return 0
    print(f"{found['file']}: {found['rows']:,} rows, {found['bytes'] / 1e6:,.1f} MB, median of {found['repeat']}")
    print(
        f"bare COPY {found['copy_seconds']:.2f} s, import {found['import_seconds']:.2f} s: {found['ratio']:.2f} times"
    )
    return 0


def measure_import(file: Path, format_name: str | None, repeat: int) -> dict[str, Any]:
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


if __name__ == "__main__":
    sys.exit(main())
