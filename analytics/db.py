"""The one way into PostgreSQL: where it is, reading by query name, writing under the store's lock, and migrating."""

import os
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, cast

import numpy as np
import pandas as pd
from psycopg2 import sql as identifiers
from psycopg2.extensions import cursor as Cursor
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.dialects.postgresql import psycopg2 as dialects
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from analytics import actor, embedded, failures, rights, schema
from analytics.errors import Refused

SQL = Path(__file__).resolve().parent.parent / "sql"
OLDEST_SERVER = 15
# Advisory locks share one number space with every program on the server: the first key says whose lock it is.
STORE_LOCK = 0x53744C67
MIGRATION_LOCK = 0x53744C68
FORECAST_LOCK = 0x53744C69
DAILY_LOCK = 0x53744C6A
PUBLISH_LOCK = 0x53744C6B

# An external server keeps its own configuration, so what matters to our queries is set in each session.
SESSION = {"application_name": "storeledger", "timezone": "UTC", "datestyle": "ISO, YMD"}
SESSION_ELSEWHERE = {name: embedded.SETTINGS[name][0] for name in ("jit", "work_mem")}
# What is carried to another server takes as long as it takes, and a lost laptop does not hold its locks for hours.
SESSION_FAR = {"statement_timeout": "0", "idle_in_transaction_session_timeout": "0"} | {
    f"tcp_keepalives_{name}": value for name, value in (("idle", "30"), ("interval", "10"), ("count", "3"))
}


@dataclass(frozen=True)
class Asked:
    """A query that was read: its name, its values, and the columns it gave."""

    name: str
    params: Mapping[str, Any]
    columns: tuple[str, ...]


# Where the queries that are read are noted down, if somebody wants to know which they are.
LISTENING: ContextVar[list[Asked] | None] = ContextVar("listening", default=None)

# What pandas keeps as it is; to look at such a column value by value would only take time.
AS_THEY_ARE = (str, Decimal, date, list, dict, type(None))
LARGEST = 2**63 - 1

_engines: dict[str, Engine] = {}
_opening = threading.Lock()

# What a parameter cannot stand in: comments, quoted text and names, dollar-quoted bodies.
NOT_CODE = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|(\$\w*\$).*?\1", re.DOTALL)


def url(say: Callable[[str], None] | None = None) -> str:
    """The database's SQLAlchemy address: DATABASE_URL if set, else the embedded server, started if it is not running.

    Raises Refused if DATABASE_URL is not a PostgreSQL address or the embedded server cannot be used.
    """
    given = os.environ.get("DATABASE_URL", "").strip()
    return _normal(given) if given else embedded.start(say=say)


def _normal(given: str) -> str:
    try:
        address = make_url(given)
    except (ArgumentError, ValueError):
        address = URL.create("unreadable")
    if address.drivername.partition("+")[0] not in ("postgres", "postgresql"):
        # The value itself is not repeated: it may hold a password.
        raise Refused(
            "DATABASE_URL is not a PostgreSQL address. Write it as postgresql://user:password@host:5432/database, "
            "or remove it to use the database on this machine."
        )
    return address.set(drivername="postgresql+psycopg2").render_as_string(hide_password=False)


def engine(say: Callable[[str], None] | None = None) -> Engine:
    """The connection pool for `url()`, one per address; a connection lost to a restarted server is replaced."""
    address, is_elsewhere = url(say), bool(os.environ.get("DATABASE_URL", "").strip())
    with _opening:
        if address not in _engines:
            _engines[address] = _open(address, SESSION | (SESSION_ELSEWHERE if is_elsewhere else {}))
        return _engines[address]


def engine_at(at: str | None, say: Callable[[str], None] | None = None) -> Engine:
    """The connection pool of another database `at` an address; without one that of `url()`.

    Raises Refused if it is not a PostgreSQL address.
    """
    if at is None:
        return engine(say)
    address = _normal(at)
    with _opening:
        if address not in _engines:
            _engines[address] = _open(address, SESSION | SESSION_ELSEWHERE | SESSION_FAR)
        return _engines[address]


def _open(address: str, settings: dict[str, str]) -> Engine:
    # pool_pre_ping: a server that was restarted is met with a new connection, not with an error
    made = create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": 10})

    @event.listens_for(made, "connect")
    def configure(connection: Any, _record: Any) -> None:
        # set_config, not the `options` of the connection, which a connection pooler refuses
        with connection.cursor() as cursor:
            for name, value in settings.items():
                cursor.execute("select set_config(%s, %s, false)", (name, value))
        connection.commit()

    return made


def is_embedded() -> bool:
    """Whether the database is the one on this machine, not one in DATABASE_URL."""
    return not os.environ.get("DATABASE_URL", "").strip()


def forget() -> None:
    """Close the pooled connections of every address; the next call opens new ones where the environment says."""
    with _opening:
        while _engines:
            _engines.popitem()[1].dispose()


def migrate(say: Callable[[str], None] | None = None) -> None:
    """Bring the database to the newest schema; of two processes at once, one migrates and the other waits for it.

    Raises Refused for a server older than PostgreSQL 15 or a schema newer than this program, DatabaseUnavailable if
    there is no connection.
    """
    with migrating(say) as connection:
        bring_up(connection)


@contextmanager
def migrating(say: Callable[[str], None] | None = None, at: str | None = None) -> Iterator[Connection]:
    """One transaction under the migrations' lock, committed at the end, on the database or on another `at` an address."""
    # whoever asks for it: it is the program's own doing
    with actor.acting(actor.OWNER), failures.in_words(), engine_at(at, say).begin() as connection:
        _refuse_old_server(connection)
        rights.make(connection)
        # Held until the commit, which is also the migration's own: all of it happens, or nothing does.
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
        yield connection


def bring_up(connection: Connection, to: str = "head") -> None:
    """Make the schema's migrations that are not made yet, in the transaction of `migrating`; summaries follow the newest."""
    schema.upgrade(connection, SQL / "migrations", to)
    if to == "head":
        _renew_summaries(connection)


def _renew_summaries(connection: Connection) -> None:
    from analytics import rollups  # it reads and writes through this module

    if not (SQL / "rollups").is_dir():
        return
    with cast(Any, connection.connection).cursor() as cursor:
        rollups.renew(cursor)


def _refuse_old_server(connection: Connection) -> None:
    number = int(connection.exec_driver_sql("show server_version_num").scalar_one())
    if number < OLDEST_SERVER * 10_000:
        raise Refused(
            f"The server in DATABASE_URL is PostgreSQL {number // 10_000}; Storeledger needs {OLDEST_SERVER} or newer. "
            "Upgrade the server, or remove DATABASE_URL to use the database on this machine."
        )


def read(name: str, /, **params: Any) -> pd.DataFrame:
    """The rows of sql/queries/<name>.sql, run read-only, of the stores that whoever acts may see.

    Numeric stays Decimal, dates are datetime.date, what is unknown is None; whole numbers are int64 where none is
    missing; no rows give an empty frame with the query's columns. Raises Refused if there is no such query,
    DatabaseUnavailable if there is no connection.
    """
    query = text(statement(f"queries/{name}.sql"))
    with _reading() as connection:
        result = connection.execute(query, params)
        # the driver's own rows: nothing here asks for them by name
        columns, rows = list(result.keys()), result.cursor.fetchall()
    if (heard := LISTENING.get()) is not None:
        heard.append(Asked(name, params, tuple(columns)))
    return _frame(columns, rows)


def read_in_parts(name: str, /, size: int, **params: Any) -> Iterator[pd.DataFrame]:
    """The same rows, at most `size` of them at a time, so that however many there are, few are in memory."""
    query = text(statement(f"queries/{name}.sql"))
    with _reading() as connection:
        result = connection.execution_options(stream_results=True).execute(query, params)
        columns = list(result.keys())
        for rows in result.partitions(size):
            yield _frame(columns, rows)


@contextmanager
def _reading() -> Iterator[Connection]:
    """A connection in a read-only transaction that sees what whoever acts may see."""
    with failures.in_words(), engine().connect().execution_options(postgresql_readonly=True) as connection:
        connection.exec_driver_sql(*rights.reading())
        yield connection


def with_values(asked: Asked) -> str:
    """The code of a query with its values written into it, as it was sent."""
    query, names = _for_psycopg2(f"queries/{asked.name}.sql")
    with _reading() as connection, cast(Any, connection.connection).cursor() as cursor:
        return cursor.mogrify(query, {name: asked.params[name] for name in names}).decode().strip()


def _frame(columns: list[str], rows: Sequence[Any]) -> pd.DataFrame:
    # Object first: left to itself, pandas turns whole numbers with one missing into floating point.
    if not rows:
        return pd.DataFrame(columns=columns, dtype=object)
    return pd.DataFrame(dict(zip(columns, map(_column, zip(*rows, strict=True)), strict=True)), copy=False)


def _column(values: tuple[Any, ...]) -> "pd.Series[Any]":
    # One kind of numbers or times, and none missing, has a type of its own. Arrays are filled here, because pandas would look
    # at every value first.
    kinds = set(map(type, values))
    if kinds == {int} and min(values) >= -LARGEST and max(values) <= LARGEST:
        return pd.Series(np.fromiter(values, dtype=np.int64, count=len(values)))
    if len(kinds) == 1 and kinds.isdisjoint(AS_THEY_ARE):
        return pd.Series(values)
    return pd.Series(np.fromiter(values, dtype=object, count=len(values)), dtype=object)


@lru_cache
def script(path: str) -> str:
    """The text of a file under sql/ as it stands, for DuckDB."""
    return (SQL / path).read_text(encoding="utf-8")


@lru_cache
def statement(path: str) -> str:
    """The SQL in a file under sql/, without its comments. Raises Refused if there is no such file."""
    file = (SQL / path).resolve()
    if not file.is_relative_to(SQL) or not file.is_file():
        raise Refused(f"There is no query named {path.removeprefix('queries/').removesuffix('.sql')!r}.")
    return NOT_CODE.sub(_only_code, file.read_text(encoding="utf-8"))


def _only_code(found: re.Match[str]) -> str:
    # Values are written into the text by psycopg2. In a comment a value with a line break would leave the comment and
    # run, so comments go; in a literal a colon is only a colon.
    piece = found.group()
    return " " if piece.startswith(("--", "/*")) else re.sub(r"(?<!\\):(?=\w)", r"\:", piece)


@contextmanager
def transaction(store_id: int | None = None, is_snapshot: bool = False) -> Iterator[Cursor]:
    """A psycopg2 cursor in one transaction, committed at the end and rolled back on an error.

    With a store it first waits for the store's write lock, which is held to the end: writers of one store take turns. A
    snapshot sees all the time what there was at its beginning.
    Raises NotAllowed if whoever acts may not do this or not in this store, DatabaseUnavailable if the connection fails or is
    lost, or the disk is full.
    """
    with failures.in_words():
        connection = engine().raw_connection()
        try:
            cursor = cast(Cursor, connection.cursor())
            if is_snapshot:
                cursor.execute("set transaction isolation level repeatable read")
            rights.take(cursor)
            if store_id is not None:
                lock(cursor, store_id)
            yield cursor
            connection.commit()
        finally:
            if connection.dbapi_connection is None or connection.dbapi_connection.closed:
                connection.invalidate()  # lost: there is nothing to roll back, and the pool should not try
            connection.close()  # the pool rolls back what was not committed


def lock(cursor: Cursor, store_id: int) -> None:
    """Wait for the store's write lock, which this transaction then holds to its end. Raises NotAllowed if whoever acts may not
    see that store."""
    rights.check_store(store_id)
    cursor.execute("select pg_advisory_xact_lock(%s, %s)", (STORE_LOCK, store_id))


def run(cursor: Cursor, name: str, /, **params: Any) -> None:
    """Execute sql/<name>.sql with its :named parameters; lists are arrays. Raises ValueError naming what is missing."""
    query, names = _for_psycopg2(f"{name}.sql")
    missing = [each for each in names if each not in params]
    if missing:
        raise ValueError(f"sql/{name}.sql needs the parameters {', '.join(missing)}.")
    cursor.execute(query, params)  # a mapping even if it is empty: without one %% would stay doubled


@lru_cache
def _for_psycopg2(path: str) -> tuple[str, tuple[str, ...]]:
    compiled = text(statement(path)).compile(dialect=dialects.dialect())
    return str(compiled), tuple(compiled.params)


def copy_in(cursor: Cursor, table: str, columns: Sequence[str], path: str | Path, is_emptied: bool = False) -> int:
    """Load a UTF-8 CSV file without header into a table's columns by COPY; an empty unquoted field is null.

    Into a table that this transaction has truncated (`is_emptied`) rows go as if long committed, so that nothing has to
    look at them twice. Returns the number of rows.
    """
    with Path(path).open("rb") as file:
        return copy_from(cursor, table, columns, file, is_emptied)


def copy_from(cursor: Cursor, table: str, columns: Sequence[str], file: IO[Any], is_emptied: bool = False) -> int:
    """The same from an open file."""
    query = identifiers.SQL("copy {} ({}) from stdin (format csv, null '', encoding 'utf8', freeze {})").format(
        identifiers.Identifier(*table.split(".")),
        identifiers.SQL(", ").join(identifiers.Identifier(column) for column in columns),
        identifiers.SQL("on" if is_emptied else "off"),
    )
    cursor.copy_expert(query, file, size=1 << 16)
    return cursor.rowcount


def copy_out(cursor: Cursor, name: str, path: Path, /, **params: Any) -> None:
    """Write what sql/<name>.sql, a COPY to the client, gives to a file, however much it is."""
    query, _ = _for_psycopg2(f"{name}.sql")
    with path.open("wb") as file:
        cursor.copy_expert(cursor.mogrify(query, params).decode(), file)
