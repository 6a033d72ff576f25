"""Publishing: the laptop's shop copied to the database that others look at, and later only what has changed.

Both databases sum up their rows by table and day; days that differ are sent, in one transaction of the other database, and summed
up again there before it is committed. What belongs to the host alone stays: its people, their sign-ins, its audit log.
"""

import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from psycopg2.extensions import cursor as Cursor
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from analytics import actor, audit, db
from analytics.carrying import tables
from analytics.carrying.backup import Progress
from analytics.carrying.tables import Sums, Table
from analytics.errors import Refused

TO = "ANALYTICS_PUBLISH_TO"
# Settings: whose shops a host has, and what was published last (not carried: each database has its own).
SHOP, PUBLISHED = "shop_id", "published"
# Digests go out from where they were set up: carried along they would be sent twice.
HOSTS_OWN = frozenset(
    {"members", "sign_ins", "signed_out", "audit_log", "digests", "digest_recipients", "digest_mails"}
)
LOCAL = ("localhost", "127.0.0.1", "::1")
# What is shown of what stands behind an address's question mark.
SHOWN = ("host", "port", "sslmode")
# Links made at the host are numbered from here on: a link sent from the laptop never opens one of them instead.
HOSTS_LINKS = 1_000_000_000
BY_ROW = frozenset({"settings", "share_links", "saved_views"})


def target(to: str | None) -> str:
    """The address to publish to: the one given, else ANALYTICS_PUBLISH_TO. Raises Refused if there is none."""
    address = (to or os.environ.get(TO, "")).strip()
    if not address:
        raise Refused(
            f"Say where to: --to postgresql://user:password@host:5432/database, or set {TO}. README, “Host it”, says how to get one."
        )
    return _encrypted(address)


def _encrypted(address: str) -> str:
    """The address, over TLS unless it is this machine's or says otherwise: the driver would send in the clear where it must."""
    try:
        read = make_url(address)
    except (ArgumentError, ValueError):
        return address  # whoever opens it says what is wrong with it
    if (read.host or "localhost") in LOCAL or {"sslmode", "host"} & set(read.query):
        return address
    return read.update_query_dict({"sslmode": "require"}).render_as_string(hide_password=False)


def masked(address: str) -> str:
    """An address as it may be shown: without its password, which may also stand behind the question mark."""
    try:
        read = make_url(address)
    except (ArgumentError, ValueError):
        return "an address that cannot be read"
    return read.set(query={name: read.query[name] for name in SHOWN if name in read.query}).render_as_string(
        hide_password=True
    )


def last() -> dict[str, Any] | None:
    """What was published last from here: to (masked), at, rows, bytes; None before the first time.

    Raises NotAllowed to whoever is no owner.
    """
    actor.require("publish")
    with db.transaction() as cursor:
        found = tables.value(cursor, "load/setting_value", name=PUBLISHED)
    return json.loads(found) if found else None


def publish(to: str | None = None, is_replacing: bool = False, progress: Progress | None = None) -> dict[str, Any]:
    """Make the database at an address equal to this one: to (masked), tables (changed), rows and bytes (sent), links_left, seconds.

    All of it happens, or nothing does; whoever looks meanwhile sees the old state. Raises Refused if the other database is this
    one, belongs to another laptop, or was changed there since the last time (`is_replacing` loses those changes);
    DatabaseUnavailable if it cannot be reached; NotAllowed to whoever is no owner.
    """
    actor.require("publish")
    address, started = target(to), time.monotonic()
    with _alone(), db.transaction(is_snapshot=True) as ours, _host(address) as theirs:
        db.run(ours, "load/carry/hold_tables")
        _check_host(ours, theirs, is_replacing)
        told = _carried(ours, theirs, progress)
        versions = {number: store["version"] for number, store in _stores(ours)[0].items()}
        shop = tables.value(ours, "load/setting_value", name=SHOP)
        _keep(theirs, {"shop": shop, "versions": versions, "at": datetime.now(UTC).isoformat()})
        audit.record(theirs, "published", masked(address), rows=told["rows"])
    told = {"to": masked(address), **told, "seconds": round(time.monotonic() - started, 3)}
    with db.transaction() as cursor:
        _keep(cursor, {name: told[name] for name in ("to", "rows", "bytes")} | {"at": datetime.now(UTC).isoformat()})
        audit.record(cursor, "published", told["to"], rows=told["rows"])
    return told


def _keep(cursor: Cursor, what: dict[str, Any]) -> None:
    db.run(cursor, "load/keep_setting", name=PUBLISHED, value=json.dumps(what))


@contextmanager
def _alone() -> Iterator[None]:
    """One publish at a time, from a shop that has an id."""
    with db.transaction() as cursor:
        db.run(cursor, "load/setting", name=SHOP, value=secrets.token_hex(16))
    with db.transaction() as cursor:
        if not tables.value(cursor, "load/try_lock", lock=db.PUBLISH_LOCK):
            raise Refused("This shop is being published right now. Wait until that has finished.")
        yield


@contextmanager
def _host(address: str) -> Iterator[Cursor]:
    with db.migrating(at=address) as connection:
        db.bring_up(connection)
        with connection.connection.cursor() as cursor:  # type: ignore[attr-defined]
            yield cursor


def _stores(cursor: Cursor) -> tuple[dict[str, Any], str]:
    db.run(cursor, "load/carry/stores")
    stores, place = cursor.fetchone() or ({}, "")
    return stores, place


def _check_host(ours: Cursor, theirs: Cursor, is_replacing: bool) -> None:
    """The other database is one of this shop's, as the last publish left it; its stores are locked from here on."""
    here, place = _stores(ours)
    if not here:
        raise Refused("There is no shop to publish yet. Import its files first.")
    there, other = _stores(theirs)
    if place == other:
        raise Refused("This is the database that the shop stands in already. Publish to another one.")
    for number in sorted({int(each) for each in here | there}):
        db.lock(theirs, number)
    there, _ = _stores(theirs)
    known = json.loads(tables.value(theirs, "load/setting_value", name=PUBLISHED) or "{}")
    if there and known.get("shop") != tables.value(ours, "load/setting_value", name=SHOP):
        names = ", ".join(sorted(store["name"] for store in there.values()))
        raise Refused(
            f"That database holds shops that were not published from here ({names}). Publish to an empty one."
        )
    versions = {number: store["version"] for number, store in there.items()}
    if there and versions != known["versions"] and not is_replacing:
        changed = [there[number]["name"] for number in there if versions[number] != known["versions"].get(number)]
        raise Refused(
            f"{', '.join(changed) or 'The shop'} was changed at the host since it was last published. Say --replace to publish "
            "nevertheless and lose these changes, or take them with a backup of the host first."
        )


def _carried(ours: Cursor, theirs: Cursor, progress: Progress | None) -> dict[str, Any]:
    every = [table for table in tables.listed(ours) if table.name not in HOSTS_OWN]
    if [(each.name, each.columns) for each in every] != [
        (each.name, each.columns) for each in tables.listed(theirs) if each.name not in HOSTS_OWN
    ]:
        raise Refused("The two databases were made by different Storeledgers. Update both, then publish again.")
    summed, changed = {}, {}
    for at, table in enumerate(every):
        if progress:
            progress(at / len(every) / 2, f"comparing {table.name}")
        if table.name not in BY_ROW:
            summed[table.name] = tables.sums(ours, table)
            if buckets := tables.differing(summed[table.name], tables.sums(theirs, table)):
                changed[table.name] = buckets
    sent = _sent(ours, theirs, [table for table in every if table.name in changed], changed, progress)
    for table in every:
        if table.sequence:
            number = tables.value(ours, "load/carry/sequence", name=table.sequence)
            tables.go_on(theirs, table, max(number or 0, HOSTS_LINKS) if table.name == "share_links" else number)
    left = _rows_of_their_own(ours, theirs)
    _check_equal(theirs, [table for table in every if table.name in changed], summed)
    return {"tables": sorted(changed), "rows": sent[0], "bytes": sent[1], "links_left": left}


def _sent(
    ours: Cursor, theirs: Cursor, every: list[Table], changed: dict[str, list[str]], progress: Progress | None
) -> tuple[int, int]:
    """Rows that others refer to are changed where they stand, and only those that are gone are deleted; others are replaced."""
    rows = size = 0
    for table in filter(lambda each: each.is_parent, every):
        _mean(ours, theirs, changed[table.name])
        theirs.execute(table.hold)
        more = tables.pour(ours, table.copy_out_some, theirs, table.copy_in_held)
        rows, size = rows + more[0], size + more[1]
    for table in reversed(every):
        _mean(ours, theirs, changed[table.name])
        theirs.execute(table.delete_gone if table.is_parent else table.delete_some)
    for at, table in enumerate(every):
        if progress:
            progress(0.5 + at / len(every) / 2, f"sending {table.name}")
        if table.is_parent:
            theirs.execute(table.put)
            continue
        _mean(ours, theirs, changed[table.name])
        more = tables.pour(ours, table.copy_out_some, theirs, table.copy_in)
        rows, size = rows + more[0], size + more[1]
    return rows, size


def _mean(ours: Cursor, theirs: Cursor, buckets: list[str]) -> None:
    for cursor in (ours, theirs):
        db.run(cursor, "load/carry/buckets", buckets=buckets)


def _rows_of_their_own(ours: Cursor, theirs: Cursor) -> int:
    """Carry settings, share links and saved views row by row; how many links the host has others of that number for."""
    for name, value in _all(ours, "load/carry/settings"):
        db.run(theirs, "load/keep_setting", name=name, value=value)
    mine = actor.current().name
    for name, page, query in _all(ours, "load/carry/views", saved_by=mine):
        db.run(theirs, "load/carry/put_view", name=name, page=page, query=query, saved_by=mine)
    left = 0
    columns = (
        "link_id",
        "store_id",
        "page",
        "query",
        "hides_amounts",
        "made_by",
        "made_at",
        "expires_at",
        "revoked_at",
    )
    for row in _all(ours, "load/carry/links"):
        db.run(theirs, "load/carry/put_link", **dict(zip(columns, row, strict=True)))
        left += theirs.rowcount == 0
    return left


def _all(cursor: Cursor, statement: str, /, **params: Any) -> list[tuple[Any, ...]]:
    db.run(cursor, statement, **params)
    return list(cursor.fetchall())


def _check_equal(theirs: Cursor, every: list[Table], summed: dict[str, Sums]) -> None:
    for table in every:
        if differing := tables.differing(summed[table.name], tables.sums(theirs, table)):
            raise Refused(
                f"The table {table.name} did not arrive as it was sent ({len(differing)} days differ), so nothing was published. "
                "Try again; if it comes back, restore a backup there instead."
            )
