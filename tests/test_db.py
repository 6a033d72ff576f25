"""The one way into PostgreSQL: addresses, reading, writing under the store's lock, loading and migrating."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import psycopg2.errors
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from analytics import db
from analytics.errors import DatabaseUnavailable, Refused

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def sql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A sql/ directory of the test's own."""
    (tmp_path / "queries").mkdir()
    monkeypatch.setattr(db, "SQL", tmp_path)
    forget_statements()
    yield tmp_path
    forget_statements()


def forget_statements() -> None:
    db.statement.cache_clear()
    db._for_psycopg2.cache_clear()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2", "postgresql+asyncpg"])
def test_every_way_to_write_a_postgresql_address_is_understood(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f" {scheme}://anna:p%40ss@db.example:5433/shop?sslmode=require ")
    assert db.url() == "postgresql+psycopg2://anna:p%40ss@db.example:5433/shop?sslmode=require"


@pytest.mark.parametrize("given", ["mysql://anna:hidden@db/shop", "hidden", "postgresql://anna:hidden@db:port/shop"])
def test_another_address_is_refused_without_repeating_the_password(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", given)
    with pytest.raises(Refused, match=r"DATABASE_URL is not a PostgreSQL address. Write it as") as refused:
        db.url()
    assert "hidden" not in str(refused.value)


def test_a_server_that_is_not_there_is_named_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://anna:hidden@127.0.0.1:1/shop")
    with pytest.raises(DatabaseUnavailable, match=r"cannot be reached: .*DATABASE_URL is right") as unavailable:
        db.migrate()
    assert "hidden" not in str(unavailable.value)
    with pytest.raises(DatabaseUnavailable), db.transaction():
        pass


def test_every_session_has_our_settings(database: str) -> None:
    names = ("TimeZone", "application_name", "jit", "work_mem")
    with db.engine().connect() as connection:
        found = [connection.execute(text("select current_setting(:name)"), {"name": name}).scalar() for name in names]
    assert found == ["UTC", "storeledger", "off", "64MB"]


def test_read_gives_exact_decimals_dates_and_none(database: str, sql: Path) -> None:
    (sql / "queries" / "values.sql").write_text("""
        select * from (values
            (1, 1, 0.10, date '2026-03-01', 'a', 1.5::float8, true),
            (2, null, 12345678901234567.89, null, null, 2.5, false)
        ) as t (whole, gap, money, day, name, share, is_open) where whole <= cast(:top as integer) order by whole
    """)
    frame = db.read("values", top=2)
    assert list(frame["money"]) == [Decimal("0.10"), Decimal("12345678901234567.89")]
    assert list(frame["day"]) == [date(2026, 3, 1), None] and type(frame["day"][0]) is date
    assert frame["gap"][0] == 1 and type(frame["gap"][0]) is int and frame["gap"][1] is None
    assert list(frame["name"]) == ["a", None]
    assert [str(kind) for kind in frame.dtypes[["whole", "share", "is_open"]]] == ["int64", "float64", "bool"]
    empty = db.read("values", top=0)
    assert len(empty) == 0 and list(empty.columns) == list(frame.columns)


def test_read_takes_lists_and_none_as_parameters(database: str, sql: Path) -> None:
    (sql / "queries" / "filter.sql").write_text("""
        select n from generate_series(1, 4) n
        where (cast(:some as integer[]) is null or n = any(cast(:some as integer[])))
    """)
    assert list(db.read("filter", some=[2, 3])["n"]) == [2, 3]
    assert list(db.read("filter", some=None)["n"]) == [1, 2, 3, 4]


def test_read_cannot_write_and_the_pool_can_afterwards(database: str, sql: Path) -> None:
    execute("create table kept (value integer)")
    (sql / "queries" / "write.sql").write_text("insert into kept values (1) returning value")
    with pytest.raises(DBAPIError, match=r"read-only transaction"):
        db.read("write")
    execute("insert into kept values (2)")
    assert execute("select value from kept") == [(2,)]


@pytest.mark.parametrize("name", ["sales/nothing", "../migrations/env", "/etc/passwd"])
def test_a_query_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(Refused, match=r"There is no query named"):
        db.read(name)


def test_run_converts_parameters_and_nothing_else(database: str, sql: Path) -> None:
    (sql / "odd.sql").write_text("""
        -- a comment with :value and 100 %
        /* another :value
        */
        select :value, 'at 12:30 %, it''s :value' as "a :value", $$ :value $$, '7'::int, (array[1,2,3])[1:2],
            5 % 3, cast(:items as text[]), 'a' like '%', :value || '''s'
    """)
    for run_by in ("transaction", "read"):
        odd = "a'; drop table x; --\n %s :items"
        expected = (odd, "at 12:30 %, it's :value", " :value ", 7, [1, 2], 2, ["x", "%s"], True, odd + "'s")
        if run_by == "transaction":
            with db.transaction() as cursor:
                db.run(cursor, "odd", value=odd, items=["x", "%s"], more=1)
                assert cursor.fetchall() == [expected]
        else:
            with db.engine().connect() as connection:
                query = text(db.statement("odd.sql"))
                assert tuple(connection.execute(query, {"value": odd, "items": ["x", "%s"]}).one()) == expected


def test_run_without_parameters_keeps_its_per_cent_signs(database: str, sql: Path) -> None:
    (sql / "plain.sql").write_text("select 7 % 4, '100 %'")
    with db.transaction() as cursor:
        db.run(cursor, "plain")
        assert cursor.fetchall() == [(3, "100 %")]


def test_run_names_the_parameter_that_is_missing(database: str, sql: Path) -> None:
    (sql / "needs.sql").write_text("select :first, :second")
    with db.transaction() as cursor, pytest.raises(ValueError, match=r"needs\.sql needs the parameters second"):
        db.run(cursor, "needs", first=1)


def test_a_value_in_a_comment_cannot_leave_it(database: str, sql: Path) -> None:
    execute("create table precious (value integer)")
    (sql / "comment.sql").write_text("select 1 -- as asked by :who\n")
    with db.transaction() as cursor:
        db.run(cursor, "comment", who="x\n; drop table precious; --")
    assert execute("select count(*) from precious") == [(0,)]


def test_a_transaction_commits_whole_or_not_at_all(database: str) -> None:
    execute("create table kept (value integer)")
    with pytest.raises(ZeroDivisionError), db.transaction(1) as cursor:
        cursor.execute("insert into kept values (1)")
        raise ZeroDivisionError
    with pytest.raises(psycopg2.errors.UndefinedTable), db.transaction(1) as cursor:
        cursor.execute("insert into kept values (2)")
        cursor.execute("insert into nowhere values (2)")
    assert execute("select value from kept") == []
    assert db.engine().pool.checkedout() == 0  # type: ignore[attr-defined]


def test_writers_of_one_store_take_turns_and_other_stores_do_not_wait(database: str) -> None:
    order: list[str] = []

    def write(store: int) -> None:
        with db.transaction(store):
            order.append(f"store {store}")

    with db.transaction(1):
        same, other = threading.Thread(target=write, args=(1,)), threading.Thread(target=write, args=(2,))
        same.start()
        time.sleep(0.3)
        other.start()
        other.join(5)
        order.append("the first writer is done")
    same.join(5)
    assert order == ["store 2", "the first writer is done", "store 1"]


def test_copy_in_loads_a_file_and_an_empty_field_is_null(database: str, tmp_path: Path) -> None:
    execute('create schema "odd schema"; create table "odd schema"."t""x" (a text, "b c" numeric, d date)')
    file = tmp_path / "rows.csv"
    file.write_text('Größe,1.10,2026-01-02\n"","",\n"two\nlines",,\n'.replace('"","",', '"",,'), encoding="utf-8")
    with db.transaction() as cursor:
        assert db.copy_in(cursor, 'odd schema.t"x', ["a", "b c", "d"], file) == 3
        cursor.execute('select * from "odd schema"."t""x"')
        assert cursor.fetchall() == [
            ("Größe", Decimal("1.10"), date(2026, 1, 2)),
            ("", None, None),
            ("two\nlines", None, None),
        ]


def test_a_connection_that_was_cut_is_replaced_by_the_pool(database: str) -> None:
    execute("select 1")
    cut_all_but_one()
    assert execute("select 1") == [(1,)]


def test_a_connection_cut_during_a_transaction_is_named_and_the_next_one_works(database: str) -> None:
    with pytest.raises(DatabaseUnavailable, match=r"(being restarted|cannot be reached).*[Tt]ry again"):
        with db.transaction(1) as cursor:
            cut_all_but_one()
            cursor.execute("select 1")
    assert execute("select 1") == [(1,)]


def cut_all_but_one() -> None:
    connection = psycopg2.connect(db.url().replace("+psycopg2", ""))
    connection.cursor().execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
        "where datname = current_database() and pid <> pg_backend_pid()"
    )
    connection.close()


VERSION = """
from alembic import op
revision, down_revision = "0001", None
def upgrade():
    op.execute("create table migrated (value integer); insert into migrated values (1); select pg_sleep(0.5)")
"""
ENV = """
from alembic import context
context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
"""
MIGRATE = "import sys; from pathlib import Path; from analytics import db; db.SQL = Path(sys.argv[1]); db.migrate()"


def migrations(sql: Path, version: str = VERSION) -> None:
    (sql / "migrations" / "versions").mkdir(parents=True, exist_ok=True)
    (sql / "migrations" / "env.py").write_text(ENV)
    (sql / "migrations" / "versions" / "0001_first.py").write_text(version)


@pytest.fixture
def bare(database: str) -> str:
    """A database without tables, whatever the program's own migrations made."""
    execute("drop schema public cascade; create schema public")
    return database


def test_two_processes_at_once_migrate_once(bare: str, sql: Path) -> None:
    migrations(sql)
    command = [sys.executable, "-c", MIGRATE, str(sql)]
    processes = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [("", 0), ("", 0)]
    assert execute("select * from migrated") == [(1,)]


def test_a_migration_that_fails_leaves_nothing(bare: str, sql: Path) -> None:
    migrations(sql, VERSION.replace("select pg_sleep(0.5)", "select 1 / 0"))
    with pytest.raises(DBAPIError, match=r"division by zero"):
        db.migrate()
    assert execute("select to_regclass('migrated'), to_regclass('alembic_version')") == [(None, None)]


def test_a_schema_newer_than_the_program_is_refused(bare: str, sql: Path) -> None:
    migrations(sql)
    db.migrate()
    execute("update alembic_version set version_num = '9999'")
    with pytest.raises(Refused, match=r"made by a newer Storeledger.*Update the program"):
        db.migrate()


def test_a_server_older_than_15_is_refused(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "OLDEST_SERVER", 99)
    with pytest.raises(Refused, match=r"is PostgreSQL \d\d; Storeledger needs 99 or newer"):
        db.migrate()


def execute(statement: str) -> list[tuple[object, ...]]:
    with db.transaction() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []
