"""Who may do what: asked of every function that writes, and of PostgreSQL itself."""

import ast
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import psycopg2.errors
import pytest
from sqlalchemy.engine import URL

import two_shops
from administering import administer
from analytics import (
    audit,
    channels,
    db,
    events,
    links,
    members,
    rights,
    sales,
    sample,
    settings,
    stores,
    targets,
    undo,
    views,
)
from analytics.actor import ACTIONS, NOBODY, OWNER, ROLES, Actor, acting
from analytics.ads import mapping as campaigns
from analytics.carrying import backup, publish
from analytics.errors import NotAllowed, Refused
from analytics.forecasts import job, keeping, marks, overrides, siblings
from analytics.ingest import mapping
from analytics.ingest.load import Options, load, rehearse
from analytics.ingest.preview import preview
from analytics.profit import cost_rules
from analytics.reports import digests
from analytics.reports.digests import Digest
from analytics.returns import settings as return_settings
from analytics.returns import words
from analytics.scope import Scope
from analytics.stock import channel_locations, edits, purchase_orders, workflow
from analytics.stock import settings as stock_settings
from imported import rows_of

ANALYTICS = Path(db.__file__).parent
MINE, THEIRS = 1, 2
HEADER = ("a", "b")
DAY = date(2026, 3, 2)

# Every function that writes, with the action it takes, as it is called here, with a file of order lines.
Write = Callable[[Path], Any]
MAIL = Digest("Mornings", two_shops.MINE, recipients=("pat@example.com",))
SAID = Options(store=two_shops.MINE, as_of=DAY)
ROWS = pd.DataFrame()
WRITERS: dict[str, tuple[str, Write]] = {
    "ads.mapping.save": ("edit", lambda file: campaigns.save(MINE, [])),
    "carrying.backup.restore": ("publish", lambda file: backup.restore(file)),
    "carrying.backup.write": ("publish", lambda file: backup.write(file)),
    "carrying.publish.publish": ("publish", lambda file: publish.publish()),
    "channels.save": ("edit", lambda file: channels.save(MINE, [])),
    "carrying.publish.last": ("publish", lambda file: publish.last()),
    "events.save": ("edit", lambda file: events.save(MINE, [], [])),
    "forecasts.job.run": ("edit", lambda file: job.run(999)),
    "forecasts.keeping.begin": ("edit", lambda file: keeping.begin(MINE, DAY, 1)),
    "forecasts.keeping.fail": ("edit", lambda file: keeping.fail(MINE, "over")),
    "forecasts.keeping.finish": ("edit", lambda file: keeping.finish(MINE, 1, [], ("", None))),
    "forecasts.keeping.tell": ("edit", lambda file: keeping.tell(MINE, 1, 0.5, "half")),
    "forecasts.marks.mark": ("edit", lambda file: marks.mark(MINE, {"first_day": DAY, "reason": "fair"})),
    "forecasts.marks.save": ("edit", lambda file: marks.save(MINE, [], [{"first_day": DAY, "reason": "fair"}])),
    "forecasts.marks.withdraw": ("edit", lambda file: marks.withdraw(MINE, 999)),
    "forecasts.overrides.save": ("edit", lambda file: overrides.save(MINE, {})),
    "forecasts.overrides.withdraw": ("edit", lambda file: overrides.withdraw(MINE, 999)),
    "forecasts.siblings.save": ("edit", lambda file: siblings.save(MINE, "none", None)),
    "ingest.load.load": ("import", lambda file: load(file, SAID)),
    "ingest.load.rehearse": ("import", lambda file: rehearse(file, SAID, lambda stage: None)),
    "ingest.mapping.forget": ("import", lambda file: mapping.forget(HEADER)),
    "ingest.mapping.save": ("import", lambda file: mapping.save(HEADER, mapping.Mapping("order_lines", {}))),
    "ingest.preview.preview": ("import", lambda file: preview(file, SAID)),
    "links.make": ("share", lambda file: links.make(MINE, "sales", "")),
    "links.revoke": ("share", lambda file: links.revoke(999)),
    "links.token_of": ("share", lambda file: links.token_of(1)),
    "members.remove": ("people", lambda file: members.remove("pat@example.com")),
    "members.save": ("people", lambda file: members.save("pat@example.com", "viewer")),
    "profit.cost_rules.add": ("edit", lambda file: cost_rules.add(MINE, {})),
    "profit.cost_rules.delete": ("edit", lambda file: cost_rules.delete(MINE, 999)),
    "profit.cost_rules.save": ("edit", lambda file: cost_rules.save(MINE, [], [])),
    "reports.digests.all_digests": ("settings", lambda file: digests.all_digests()),
    "reports.digests.delete": ("settings", lambda file: digests.delete("none")),
    "reports.digests.in_doubt": ("settings", lambda file: digests.in_doubt(MAIL, DAY)),
    "reports.digests.save": ("settings", lambda file: digests.save(MAIL)),
    "returns.settings.save": ("settings", lambda file: return_settings.save(MINE, return_settings.ReturnSettings())),
    "returns.words.save": ("edit", lambda file: words.save(MINE, [])),
    "sample.load": ("import", lambda file: sample.load()),
    "settings.save": ("settings", lambda file: settings.save(MINE, settings.Settings())),
    "stock.channel_locations.save": ("edit", lambda file: channel_locations.save(MINE, {})),
    "stock.edits.check": ("edit", lambda file: edits.check(MINE, "bundles", ROWS)),
    "stock.edits.save": ("edit", lambda file: edits.save(MINE, "bundles", ROWS)),
    "stock.purchase_orders.draft": ("edit", lambda file: purchase_orders.draft(MINE, "Clay pits", [])),
    "stock.settings.save": ("settings", lambda file: stock_settings.save(MINE, stock_settings.StockSettings())),
    "stock.workflow.cancel": ("edit", lambda file: workflow.cancel(MINE, "none")),
    "stock.workflow.close": ("edit", lambda file: workflow.close(MINE, "none")),
    "stock.workflow.draft": ("edit", lambda file: workflow.draft(MINE, "Clay pits", [])),
    "stock.workflow.receive": ("edit", lambda file: workflow.receive(MINE, "none", DAY, {})),
    "stock.workflow.rewrite": ("edit", lambda file: workflow.rewrite(MINE, "none", {}, ROWS)),
    "stock.workflow.send": ("edit", lambda file: workflow.send(MINE, "none", DAY)),
    "stores.leave_cancelled_out": ("settings", lambda file: stores.leave_cancelled_out(MINE, False)),
    "stores.move": ("settings", lambda file: stores.move(MINE, "UTC")),
    "targets.save": ("edit", lambda file: targets.save(MINE, [])),
    "undo.undo": ("import", lambda file: undo.undo(999)),
    "views.delete": ("save views", lambda file: views.delete("none")),
    "views.rename": ("save views", lambda file: views.rename("none", "other")),
    "views.save": ("save views", lambda file: views.save("A view", "sales", "days=1")),
}


class Reached(Exception):
    """Says that a function was let through, before it does what takes long."""


@pytest.fixture(scope="module")
def shops(second_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with two shops in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", second_database)
        two_shops.bring(tmp_path_factory.mktemp("two"))
    return second_database


@pytest.fixture(autouse=True)
def both(shops: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", shops)


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    file = tmp_path / "lines.csv"
    file.write_text("Order,Date,SKU,Title,Quantity,Price,Currency\nX1,2026-03-01,CLAY-1,Clay mug,1,20.00,EUR\n")
    return file


def is_allowed(write: Callable[[], Any]) -> bool:
    """Whether whoever acts is let through by their role; what else is wrong with what they want does not matter."""
    try:
        write()
    except NotAllowed as refused:
        # before the database would have said so
        return "takes the role of" not in str(refused)
    except (Refused, Reached):
        return True
    return True


@pytest.mark.parametrize("role", ROLES)
def test_a_function_that_writes_asks_for_its_role(role: str, lines: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reach(*_: Any) -> list[Path]:
        raise Reached

    monkeypatch.setattr(sample, "generate", reach)
    who = Actor("kim@example.com", role, () if role == "nobody" else (MINE,) if role == "link" else None)
    wrong = []
    with acting(who):
        for name, (action, write) in WRITERS.items():
            least = ACTIONS[action][0]
            may = ROLES.index(role) >= ROLES.index(least)
            if is_allowed(lambda write=write: write(lines)) != may:  # type: ignore[misc]
                wrong.append(f"{name} as {role}")
    assert wrong == []


# In PostgreSQL: a statement for each action, past every function of ours.
STATEMENTS = {
    "read": "select 1 / (select count(*) from stores where store_id = 1)::integer",
    "save views": "insert into saved_views (name, page, query, saved_by) values (gen_random_uuid(), 'p', 'q', 'kim@example.com')",
    "import": "insert into imports (store_id, file, sha256, format, as_of) values (1, 'f', gen_random_uuid(), 'x', now())",
    "edit": "update calendar_events set title = 'x' where store_id = 1",
    "share": "update share_links set revoked_at = now() where store_id = 1",
    "settings": "update stores set week_start = 8 - week_start where store_id = 1",
    "people": "insert into members (email, role, added_by) values ('a@b.example', 'viewer', 'x')",
    "publish": "insert into settings values ('published', 'x')",
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", [each for each in ACTIONS if each != "browse"])
def test_postgresql_refuses_what_a_role_may_not_do(role: str, action: str) -> None:
    class Enough(Exception):
        """Rolls back."""

    may = ROLES.index(role) >= ROLES.index(ACTIONS[action][0])
    # whoever may not read finds no store to divide by
    expected = Enough if may else psycopg2.errors.DivisionByZero if action == "read" else NotAllowed
    for seen in ((MINE,), None):
        with (
            acting(Actor("kim@example.com", role, seen)),
            pytest.raises((Enough, NotAllowed, psycopg2.Error)) as raised,
        ):
            with db.transaction() as cursor:
                cursor.execute(STATEMENTS[action])
                raise Enough
        assert raised.type is expected, seen


@pytest.mark.parametrize("role", ["analyst", "owner"])
def test_whoever_has_one_store_writes_in_no_other(role: str, lines: Path) -> None:
    (theirs,) = rows_of("select min(import_id) from imports where store_id = 2")[0]
    before = rows_of("select data_version from stores order by store_id")
    with acting(Actor("kim@example.com", role, (MINE,))):
        for write in (
            lambda: targets.save(THEIRS, []),
            lambda: channels.save(THEIRS, []),
            lambda: stores.move(THEIRS, "UTC"),
        ):
            with pytest.raises(NotAllowed):
                write()
        with pytest.raises(NotAllowed, match=r"not among those of kim"), db.transaction(THEIRS):
            pass
        for name in (two_shops.THEIRS, "A new one"):
            with pytest.raises(NotAllowed, match=r"is not among the stores of kim@example\.com"):
                load(lines, Options(store=name, as_of=DAY))
        with pytest.raises(Refused, match=f"There is no import {theirs}"):
            undo.undo(theirs)
        for statement in ("update stores set data_version = 0", "delete from targets", "update imports set file = ''"):
            with pytest.raises(NotAllowed, match=r"not among those of kim"), db.transaction() as cursor:
                cursor.execute(statement)
    assert rows_of("select data_version from stores order by store_id") == before


def test_pages_read_as_a_role_that_owns_nothing_also_at_this_machine() -> None:
    asking = "select current_user, row_security_active('orders'), current_setting('transaction_read_only')"
    for who, reader in ((OWNER, rights.READER_OF_ALL), (Actor("link 1", "link", (MINE,)), rights.READER)):
        with acting(who), db._reading() as connection:
            assert tuple(connection.exec_driver_sql(asking).one()) == (reader, True, "on")
            for secret in (
                "select value from settings where name not like 'counted_on/%%'",
                "select email from members",
            ):
                assert (who is OWNER and "members" in secret) or connection.exec_driver_sql(secret).all() == []
    with db.transaction() as cursor:
        cursor.execute("set local role storeledger_reader")
        cursor.execute(
            "select (select count(*) from orders), (select count(*) from stores), (select count(*) from slices)"
        )
        assert cursor.fetchone() == (0, 0, 0)


def test_every_table_is_guarded_and_no_view_looks_past_it() -> None:
    unguarded = rows_of("""
        select c.relname from pg_class as c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not (
            c.relrowsecurity and exists (
                select from pg_policy as p where p.polrelid = c.oid and p.polroles = array['storeledger_reader'::regrole::oid]
                    and p.polcmd = 'r' and pg_get_expr(p.polqual, c.oid) <> 'true'
            )
        )
    """)
    assert unguarded == []
    looks_past = rows_of("""
        select relname from pg_class
        where relnamespace = 'public'::regnamespace
            and (relkind in ('m', 'f') or relkind = 'v' and not coalesce(reloptions, '{}') @> '{security_invoker=true}')
    """)
    assert looks_past == []


def test_the_log_is_only_added_to_and_tells_who_did_what(lines: Path) -> None:
    kim = Actor("kim@example.com", "analyst", None)
    with acting(kim):
        account = load(lines, Options(store=two_shops.MINE, as_of=DAY))
        undo.undo(account["import_id"])
        targets.save(MINE, [])
    told = rows_of("select actor, role, action, subject, store_id from audit_log order by entry_id desc limit 3")
    assert told == [
        ("kim@example.com", "analyst", "edit", "targets", MINE),
        ("kim@example.com", "analyst", "undo", "lines.csv", MINE),
        ("kim@example.com", "analyst", "import", "lines.csv", MINE),
    ]
    assert rows_of("select imported_by from imports order by import_id desc limit 1") == [("kim@example.com",)]
    for statement in ("delete from audit_log", "update audit_log set actor = 'x'", "truncate audit_log"):
        with pytest.raises(NotAllowed, match=r"only added to"), db.transaction() as cursor:
            cursor.execute(statement)
    with acting(Actor("zoe@example.com", "viewer", (MINE,))):
        with db.transaction() as cursor:
            audit.record(cursor, "signed in", "zoe@example.com")
        with pytest.raises(NotAllowed), db.transaction() as cursor:
            db.run(
                cursor,
                "load/audit/record",
                actor="kim@example.com",
                role="owner",
                action="a",
                subject="s",
                store_id=1,
                details="{}",
            )


def test_a_saved_view_is_its_makers_and_not_shown_to_whoever_sees_other_stores() -> None:
    kim, zoe = Actor("kim@example.com", "viewer", None), Actor("zoe@example.com", "viewer", (THEIRS,))
    with acting(kim):
        views.save("Clay at Easter", "sales", "store=1")
    with acting(zoe):
        views.save("Zebras", "sales", "store=2")
        assert list(views.saved()["name"]) == ["Zebras"]
        with pytest.raises(Refused, match="somebody else saved"):
            views.save("Clay at Easter", "sales", "store=2")
        with pytest.raises(Refused, match="There is no view"):
            views.delete("Clay at Easter")
    with acting(kim):
        assert {"Clay at Easter", "Zebras"} <= set(views.saved()["name"])
        with pytest.raises(Refused, match="There is no view"):
            views.rename("Zebras", "Stripes")
    views.delete("Zebras")
    views.delete("Clay at Easter")


# A person of whom nobody made the roles: a database's owner who is no administrator of the server.
def test_a_database_whose_owner_may_not_make_roles_says_what_to_run(
    server: URL, monkeypatch: pytest.MonkeyPatch, lines: Path
) -> None:
    name = f"storeledger_owner_{os.getpid()}"
    administer(server, "create role {} login password 'x'", name)
    administer(server, "create database {} owner {}", name, name)
    try:
        address = server.set(username=name, password="x", database=name).render_as_string(hide_password=False)
        monkeypatch.setenv("DATABASE_URL", address)
        with pytest.raises(
            Refused, match=f'grant storeledger_reader, storeledger_reader_of_all to "{name}"'
        ) as refused:
            db.migrate()
        administer(server, str(refused.value).splitlines()[-1])
        load(lines, Options(store="Mine", as_of=DAY))
        assert list(stores.all_stores()["name"]) == ["Mine"] and len(sales.daily(Scope(1))) == 1
        with acting(NOBODY):
            assert stores.all_stores().empty
    finally:
        db.forget()
        administer(server, "drop database {} with (force)", name)
        administer(server, "drop role {}", name)


# Functions that open a transaction for another reason than to write what somebody wants, with that reason.
OTHERWISE = {
    "daily.run": "asks for its role, and mails: tested with its mails",
    "doctor.check": "compares in tables of its own",
    "ingest.orders.prepare": "reads, within an import",
    "links.opened": "counts for whoever comes in",
    "reports.digests.begin": "asks for its role, and needs a digest: tested with its mails",
    "reports.digests.end": "the same",
    "rollups.differences": "compares in tables of its own",
    "sign_ins.enter": "notes who came in",
    "sign_ins.sign_out": "ends one's own",
}


def test_every_function_that_leads_to_writing_is_known() -> None:
    assert _writers() == set(WRITERS) | set(OTHERWISE)


def _writers() -> set[str]:
    """The public functions of analytics that open a transaction, or call one that does."""
    calls = {name: found for path in sorted(ANALYTICS.rglob("*.py")) for name, found in _calls(path).items()}
    known = {name for name, found in calls.items() if "db.transaction" in found}
    while more := {name for name, found in calls.items() if found & known} - known:
        known |= more
    own = {name for name in known if not name.rpartition(".")[2].startswith("_")}
    return {name for name in own if not name.startswith(("commands.", "__main__.", "watch."))}  # the machine's owner


def _calls(path: Path) -> dict[str, set[str]]:
    """What each function of a module names of other modules or of its own, by full names without “analytics.”."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    module = ".".join(path.relative_to(ANALYTICS).with_suffix("").parts).removesuffix(".__init__")
    functions = [each for each in tree.body if isinstance(each, ast.FunctionDef)]
    names = {each.name: f"{module}.{each.name}" for each in functions}
    for each in ast.walk(tree):
        if isinstance(each, ast.ImportFrom) and (each.module or "").startswith("analytics"):
            above = (each.module or "").removeprefix("analytics").removeprefix(".")
            names |= {one.asname or one.name: f"{above}.{one.name}".removeprefix(".") for one in each.names}
    found = {}
    for each in functions:
        used = {names[node.id] for node in ast.walk(each) if isinstance(node, ast.Name) and node.id in names}
        used |= {
            f"{names[node.value.id]}.{node.attr}"
            for node in ast.walk(each)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names
        }
        found[f"{module}.{each.name}"] = used - {f"{module}.{each.name}"}
    return found
