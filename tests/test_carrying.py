"""Backups and publishing: what arrives is what was sent, whole or not at all, and later only what changed."""

import io
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import psycopg2
import pytest
from sqlalchemy.engine import URL

from administering import administer
from analytics import actor, db, doctor, events, links, members, sales, stores, views
from analytics import undo as undoing
from analytics.__main__ import main
from analytics.actor import Actor
from analytics.carrying import backup, publish, tables
from analytics.errors import NotAllowed, Refused
from analytics.scope import Scope
from imported import take

ROOT = Path(__file__).resolve().parent.parent
HEADER = "order,date,sku,title,quantity,unit price,currency,channel,country,email\n"
# What stays with the host, or says on each side what was published.
APART = publish.HOSTS_OWN | publish.BY_ROW


def lines(path: Path, prefix: str, first: date, days: int) -> Path:
    """Three orders a day, of amounts and titles that are hard to write: cents of cents, tabs, quotes, no country."""
    rows = [
        f'{prefix}{day}-{n},{first + timedelta(days=day)} 23:30:00,SKU{n},"Mug\t""{n}"" \\N é",{n + 1},{n}.05,EUR,web,'
        f"{'DE' if n else ''},{prefix}{n}@example.com\n"
        for day in range(days)
        for n in range(3)
    ]
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


@contextmanager
def beside(server: URL, use: str) -> Iterator[str]:
    """An empty database on the same server, by its address."""
    name = f"storeledger_{use}_{os.getpid()}"
    administer(server, "create database {} template template0 encoding 'UTF8'", name)
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        db.forget()
        administer(server, "drop database {} with (force)", name)


@pytest.fixture
def host(server: URL) -> Iterator[str]:
    with beside(server, "host") as address:
        yield address


@pytest.fixture
def shop(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Two stores, a link, a saved view and an event."""
    monkeypatch.setenv("ANALYTICS_HASH_KEY", "a key for tests")
    take(lines(tmp_path / "a.csv", "A", date(2026, 2, 20), 20), time_zone="Europe/Berlin")
    take(lines(tmp_path / "b.csv", "B", date(2026, 3, 1), 3), store="Second", time_zone="America/New_York")
    links.make(1, "sales", "days=2026-02-20&days=2026-03-01")
    views.save("Mornings", "sales", "store=Shop")
    events.save(1, [], [{"starts_on": date(2026, 3, 1), "title": "Fair", "kind": "note"}])
    return database


def held(at: str | None = None) -> dict[str, tables.Sums]:
    """Every table's sums, of this database or of one at an address."""
    with db.migrating(at=at) as connection, connection.connection.cursor() as cursor:
        return {table.name: tables.sums(cursor, table) for table in tables.listed(cursor)}


def carried(found: dict[str, tables.Sums]) -> dict[str, tables.Sums]:
    return {name: sums for name, sums in found.items() if name not in APART}


def asked(at: str, query: str) -> list[tuple[object, ...]]:
    with psycopg2.connect(at.replace("+psycopg2", "")) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        found = cursor.fetchall() if cursor.description else []
    connection.close()
    return found


def test_a_backup_comes_back_as_it_was(shop: str, host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, before, totals = tmp_path / "shop.backup", held(), sales.daily(Scope(currency="EUR"))
    told = backup.write(file)
    assert told["rows"] == sum(rows for sums in before.values() for rows, _ in sums.values())
    assert file.stat().st_mode & 0o077 == 0 and [each.name for each in tmp_path.glob(".shop*")] == []
    with pytest.raises(Refused, match="is there already"):
        backup.write(file)
    monkeypatch.setenv("DATABASE_URL", host)
    back = backup.restore(file)
    assert (
        back["stores"] == ["Second", "Shop"]
        and back["hash_key_fingerprint"] == told["hash_key_fingerprint"] is not None
    )
    after = held()
    for name, found in before.items():
        # a version rises with a restore, and the log tells of it
        assert name in ("stores", "audit_log") or after[name] == found, name
    assert sales.daily(Scope(currency="EUR")).equals(totals)
    assert doctor.check(verify=True)["differences"] == []
    # numbers go on behind those that were given
    assert take(lines(tmp_path / "c.csv", "C", date(2026, 3, 20), 1))["import_id"] == 3


def test_a_first_import_during_a_backup_is_in_it_whole_or_not_at_all(database: str, tmp_path: Path) -> None:
    file = lines(tmp_path / "a.csv", "A", date(2026, 2, 20), 20)
    importing = Thread(target=take, args=(file,))

    def meanwhile(share: float, what: str) -> None:
        if what == "customers":  # some tables are written, most are not
            importing.start()
            importing.join(2)

    backup.write(tmp_path / "shop.backup", meanwhile)
    importing.join()
    with zipfile.ZipFile(tmp_path / "shop.backup") as archive:
        told = {table["name"]: table["rows"] for table in json.loads(archive.read(backup.MANIFEST))["tables"]}
    assert told["stores"] == told["orders"] == told["order_items"] == told["sales_daily"] == 0


def test_a_restore_asks_before_it_loses_anything(shop: str, tmp_path: Path) -> None:
    file = tmp_path / "shop.backup"
    backup.write(file)
    take(lines(tmp_path / "c.csv", "C", date(2026, 3, 20), 1))
    before, version = held(), stores.all_stores()["data_version"].max()
    with pytest.raises(Refused, match=r"holds a shop already \(Second, Shop\).*--replace"):
        backup.restore(file)
    assert held() == before
    backup.restore(file, is_replacing=True)
    assert len(asked(os.environ["DATABASE_URL"], "select 1 from imports")) == 2
    # the log still tells of what was replaced
    assert len(asked(os.environ["DATABASE_URL"], "select 1 from audit_log where action = 'import'")) == 3
    # whoever has kept what was read before the restore reads anew
    assert stores.all_stores()["data_version"].min() > version


def test_a_backup_of_an_older_program_is_brought_up_to_date(
    shop: str, host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.migrating(at=host) as connection:
        db.bring_up(connection, "0024")
    asked(host, "insert into stores (name, currency, time_zone) values ('Old', 'EUR', 'UTC')")
    monkeypatch.setenv("DATABASE_URL", host)
    monkeypatch.setattr("analytics.audit.record", lambda *_, **__: None)  # that program had no log
    backup.write(tmp_path / "old.backup")
    monkeypatch.setenv("DATABASE_URL", shop)
    backup.restore(tmp_path / "old.backup", is_replacing=True)
    db.migrate()
    assert list(stores.all_stores()["name"]) == ["Old"]


def damaged(content: bytes, file: Path) -> Iterator[tuple[str, bytes]]:
    """What can become of a backup, by what is said of it."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
        start = archive.getinfo("orders.tsv").header_offset + 80
    yield "no whole zip file", content[:-2000]
    yield "orders (cannot be read|is not as)", content[:start] + bytes([content[start] ^ 1]) + content[start + 1 :]
    yield "no whole zip file", b"orders"
    yield "no backup", zipped({"orders.tsv": b""})
    manifest = json.loads(parts["manifest.json"])
    less = b"".join(parts["orders.tsv"].splitlines(keepends=True)[1:])
    yield "orders is not as it was written", zipped({**parts, "orders.tsv": less})
    for name, value, said in (("kind", "another", "no backup"), ("shape", 2, "newer"), ("schema", "9999", "newer")):
        yield said, zipped({**parts, "manifest.json": json.dumps(manifest | {name: value}).encode()})


def zipped(parts: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return whole.getvalue()


def test_a_damaged_backup_changes_nothing(shop: str, tmp_path: Path) -> None:
    file = tmp_path / "shop.backup"
    backup.write(file)
    before = held()
    for said, content in list(damaged(file.read_bytes(), file)):
        file.write_bytes(content)
        with pytest.raises(Refused, match=said):
            backup.restore(file, is_replacing=True)
        assert held() == before, said


def test_publishing_sends_all_of_it_once_and_then_what_changed(shop: str, host: str, tmp_path: Path) -> None:
    first = publish.publish(host)
    assert carried(held()) == carried(held(host))
    assert first["rows"] > 100 and "orders" in first["tables"]
    with db.transaction() as cursor:  # a daily run is no reason not to publish, another publish is
        assert tables.value(cursor, "load/try_lock", lock=db.DAILY_LOCK)
        again = publish.publish(host)
        assert tables.value(cursor, "load/try_lock", lock=db.PUBLISH_LOCK)
        with pytest.raises(Refused, match="published right now"):
            publish.publish(host)
    assert (again["tables"], again["rows"], again["bytes"]) == ([], 0, 0)
    take(lines(tmp_path / "c.csv", "C", date(2026, 3, 20), 1))
    more = publish.publish(host)
    assert carried(held()) == carried(held(host))
    assert "orders" in more["tables"] and "targets" not in more["tables"]
    sent = asked(host, "select count(*) from orders")[0][0]
    assert more["rows"] < first["rows"] / 2, (more, first, sent)
    last = publish.last()
    assert last is not None and last["rows"] == more["rows"]


def test_random_changes_between_publishes_all_arrive(shop: str, host: str, tmp_path: Path) -> None:
    chance, done = random.Random(7), [1]
    for turn in range(5):
        kind = chance.choice(["import", "undo", "event"]) if turn else "undo"
        if kind == "undo" and done:
            undoing.undo(done.pop())
        elif kind == "event":
            known = [int(each) for each in events.own(Scope(store=1))["event_id"]]
            events.save(1, known, [{"starts_on": date(2026, 3, 1 + turn), "title": f"Fair {turn}", "kind": "note"}])
        else:
            file = lines(tmp_path / f"{turn}.csv", chance.choice("AC"), date(2026, 3, 1 + turn), 4)
            done.append(take(file, as_of=date(2026, 6, 1 + turn))["import_id"])
        publish.publish(host)
        assert carried(held()) == carried(held(host)), (turn, kind)


def test_what_is_the_host_s_own_stays_there(shop: str, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    publish.publish(host)
    monkeypatch.setenv("DATABASE_URL", host)
    members.save("ann@example.com", "viewer", None)
    asked(
        host,
        "update share_links set opens = 4; insert into saved_views (name, page, query, saved_by) values ('Mine', 'x', '', 'ann')",
    )
    monkeypatch.setenv("DATABASE_URL", shop)
    publish.publish(host)
    assert asked(host, "select email, role from members") == [("ann@example.com", "viewer")]
    assert asked(host, "select link_id, opens, page from share_links") == [(1, 4, "sales")]
    assert sorted(asked(host, "select name from saved_views")) == [("Mine",), ("Mornings",)]
    token = links.make(1, "products", "")
    publish.publish(host)
    monkeypatch.setenv("DATABASE_URL", host)
    assert links.opened(token).page == "products"
    links.revoke(1)
    monkeypatch.setenv("DATABASE_URL", shop)
    publish.publish(host)
    assert asked(host, "select count(*) from share_links where revoked_at is not null") == [(1,)]


def test_links_of_the_host_and_of_the_laptop_are_never_taken_for_each_other(
    shop: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish.publish(host)
    monkeypatch.setenv("DATABASE_URL", host)
    first = links.make(1, "stock", "")
    monkeypatch.setenv("DATABASE_URL", shop)
    token = links.make(1, "products", "")
    assert publish.publish(host)["links_left"] == 0
    monkeypatch.setenv("DATABASE_URL", host)
    second = links.make(1, "hours", "")  # its number is none that was given before
    assert [links.opened(each).page for each in (first, token, second)] == ["stock", "products", "hours"]


def test_another_machine_is_reached_over_tls_unless_the_address_says_otherwise() -> None:
    assert publish.target("postgresql://u:p@db.example/x") == "postgresql://u:p@db.example/x?sslmode=require"
    for as_it_is in ("postgresql://u:p@localhost/x", "postgresql://u:p@db.example/x?sslmode=verify-full", "mysql:x"):
        assert publish.target(as_it_is) == as_it_is


@pytest.mark.parametrize(
    "address", ["postgresql://u:SECRET@h/d", "postgresql://u@h/d?password=SECRET&sslmode=require", "nonsense SECRET"]
)
def test_an_address_is_shown_without_its_password(address: str) -> None:
    assert "SECRET" not in publish.masked(address)


def test_another_s_host_and_a_changed_one_are_refused(
    shop: str, host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refused, match="the database that the shop stands in already"):
        publish.publish(shop)
    publish.publish(host)
    before = held(host)
    monkeypatch.setenv("DATABASE_URL", host)
    take(lines(tmp_path / "x.csv", "X", date(2026, 5, 1), 1))
    changed = held(host)
    monkeypatch.setenv("DATABASE_URL", shop)
    with pytest.raises(Refused, match="Shop was changed at the host"):
        publish.publish(host)
    assert held(host) == changed != before
    publish.publish(host, is_replacing=True)
    assert carried(held()) == carried(held(host))
    asked(shop, "update settings set value = 'another' where name = 'shop_id'")
    with pytest.raises(Refused, match="not published from here"):
        publish.publish(host)


def test_a_publish_or_restore_that_is_killed_leaves_what_was_there(shop: str, host: str, tmp_path: Path) -> None:
    publish.publish(host)
    take(lines(tmp_path / "c.csv", "C", date(2026, 1, 1), 90))
    file = tmp_path / "shop.backup"
    backup.write(file)
    before = held(host)
    commands = {"publish": (["publish", "--to", host], shop), "restore": (["restore", str(file), "--replace"], host)}
    for arguments, address in commands.values():
        process = subprocess.Popen(
            [sys.executable, "-m", "analytics", *arguments],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": address},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        # in the middle of it: the transaction has begun, and is not committed
        working = "select count(*) from pg_stat_activity where datname = current_database() and backend_xid is not null"
        until = time.monotonic() + 60
        while asked(host, working) == [(0,)]:
            assert process.poll() is None and time.monotonic() < until
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert held(host) == before
    publish.publish(host)
    assert carried(held()) == carried(held(host))


def test_the_command_line_carries_and_says_what_it_did(
    shop: str, host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "shop.backup"
    assert main(["backup", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["file"] == str(file)
    assert main(["publish", "--to", host, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] > 0
    assert main(["restore", str(file)]) == 2
    assert "--replace" in capsys.readouterr().err
    assert main(["publish", "--to", "mysql://user:hidden@elsewhere/x"]) == 2
    assert "hidden" not in capsys.readouterr().err
    monkeypatch.delenv(publish.TO, raising=False)
    assert main(["publish"]) == 2
    assert "ANALYTICS_PUBLISH_TO" in capsys.readouterr().err
    monkeypatch.setenv("DATABASE_URL", host)
    assert main(["restore", str(file), "--replace"]) == 0
    assert "Second, Shop" in capsys.readouterr().out


def test_only_an_owner_carries(database: str, tmp_path: Path) -> None:
    for role in actor.ROLES[:-1]:
        with actor.acting(Actor("ann@example.com", role)):
            for carry in (
                lambda: backup.write(tmp_path / "x"),
                lambda: backup.restore(tmp_path / "x"),
                publish.publish,
            ):
                with pytest.raises(NotAllowed):
                    carry()
