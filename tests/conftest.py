"""One PostgreSQL server a worker, and for every test a database that is as new."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy.engine import URL, make_url

import emptying
from administering import administer
from analytics import db, embedded

# Random cases cost time with a real database: few in every run, many with --hypothesis-profile=thorough.
settings.register_profile("quick", max_examples=12, derandomize=True, database=None, deadline=None)
settings.register_profile("thorough", max_examples=200, database=None, deadline=None)
settings.load_profile("quick")


# Files that take long, or wait long for another process, the longest first: last, one of them would keep a worker busy
# while the others have nothing left to do.
BEGIN_WITH = (
    "browser/test_main_job", "browser/test_people", "test_embedded", "test_known_answers", "test_two_stores",
    "browser/test_mapping_page",
    "test_concurrency", "browser/test_back_and_links", "browser/test_past", "test_undo", "test_import_shopify", "test_ledger", "test_watch",
    "test_import_woocommerce", "test_import_amazon_orders", "test_generic_formats", "test_agreement", "test_reader_fuzz",
    "test_sample_truths", "test_import_shopify_damaged", "test_import_amazon_money", "test_sample", "test_torture",
)  # fmt: skip


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: while a test waits for its server or a browser, another runs."""
    return (os.cpu_count() or 1) + 1


def pytest_addoption(parser: pytest.Parser) -> None:
    """What a second run against another server can leave out."""
    parser.addoption("--only-database", action="store_true", help="run only the tests that use the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest, and leave out what no database can change."""
    items.sort(key=_turn)
    if config.getoption("--only-database"):
        rest = [item for item in items if "server" not in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=rest)
        items[:] = [item for item in items if item not in rest]


def _turn(item: pytest.Item) -> int:
    name = item.path.relative_to(Path(__file__).parent).with_suffix("").as_posix()
    return BEGIN_WITH.index(name) if name in BEGIN_WITH else len(BEGIN_WITH)


@pytest.fixture(scope="session")
def server() -> Iterator[URL]:
    """The server's address: DATABASE_URL if set, else an embedded server of this run's own."""
    # not below pytest's own temporary directory, which is private to the user who runs the tests
    home = Path(tempfile.mkdtemp(prefix="storeledger-tests-"))
    os.environ["ANALYTICS_HOME"] = str(home)
    os.environ["ANALYTICS_BACKGROUND"] = "off"  # no page starts a process of its own
    if os.environ.get("DATABASE_URL"):
        yield make_url(db.url())
        shutil.rmtree(home, ignore_errors=True)
        return
    address = make_url(embedded.start())
    # What these databases hold need not survive anything.
    for each in ("fsync", "full_page_writes", "synchronous_commit"):
        administer(address, f"alter system set {each} = off")
    administer(address, "select pg_reload_conf()")
    yield address
    db.forget()
    embedded.stop()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def template(server: URL) -> Iterator[str]:
    """The name of a migrated, empty database, from which the others are copied."""
    name = f"storeledger_template_{os.getpid()}"
    administer(server, "create database {}", name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", _address(server, name))
        db.migrate()
        emptying.remember(name)
        db.forget()
    yield name
    for each in (name, *(f"storeledger_{use}_{os.getpid()}" for use in ("test", "shared", "second"))):
        administer(server, "drop database if exists {} with (force)", each)


@pytest.fixture
def database(server: URL, template: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a fresh, migrated database that analytics.db uses for the length of one test."""
    with _ready(server, template, "test") as address:
        monkeypatch.setenv("DATABASE_URL", address)
        yield address


@pytest.fixture(scope="module")
def shared_database(server: URL, template: str) -> Iterator[str]:
    """The address of a migrated database that the tests of a module use one after the other, through `emptied`."""
    with _ready(server, template, "shared") as address:
        yield address


@pytest.fixture(scope="module")
def second_database(server: URL, template: str) -> Iterator[str]:
    """The address of another one, for a module whose tests read of two shops, or read of one beside using `emptied`."""
    with _ready(server, template, "second") as address:
        yield address


@pytest.fixture
def emptied(shared_database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same as `database` for tests that only import and read: connections stay, and the tables are not looked at."""
    monkeypatch.setenv("DATABASE_URL", shared_database)
    with db.transaction() as cursor:
        emptying.empty(cursor)
    return shared_database


@contextmanager
def _ready(server: URL, template: str, use: str) -> Iterator[str]:
    """A database like the template: to make a copy takes thirty times as long as to empty one that is there."""
    name = f"storeledger_{use}_{os.getpid()}"
    address = _address(server, name)
    db.forget()
    if not emptying.is_as_new(address, template):
        administer(server, "drop database if exists {} with (force)", name)
        administer(server, "create database {} template {} strategy file_copy", name, template)
        emptying.begun[0] += 1
    yield address
    db.forget()


def _address(server: URL, database: str) -> str:
    return server.set(database=database).render_as_string(hide_password=False)
