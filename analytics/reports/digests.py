"""Digests: which are kept, to whom they go, when they are due, and what became of each mail.

What is read here holds addresses of people, so it is read as it is written: by an owner, in a transaction.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from psycopg2.extensions import cursor as Cursor

from analytics import actor, audit, db, stores
from analytics import results as known_results
from analytics.errors import Refused

EVERY = {"day": "every day", "week": "every Monday", "month": "on the first of a month"}
LONGEST_NAME, MOST_RECIPIENTS, MOST_RESULTS = 80, 100, 5
# one address, without a name, a line break or a second address in it; what is behind the @ decides the mail server
ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\.]+(\.[^\s@<>,;:\"()\[\]\\.]+)+")


@dataclass(frozen=True)
class Digest:
    """What is mailed: of which store, how often, with which results, to whom; `paused` get nothing for now."""

    name: str
    store: str
    every: str = "day"
    has_pdf: bool = False
    results: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    paused: tuple[str, ...] = ()
    digest_id: int = 0
    store_id: int = 0
    currency: str = ""
    time_zone: str | None = None


def all_digests() -> list[Digest]:
    """Every digest, by name. Raises NotAllowed for whoever may not change settings."""
    actor.require("settings")
    with db.transaction() as cursor:
        rows = _rows(cursor, "load/digests/all")
    return [_digest(row) for row in rows]


def _digest(row: dict[str, Any]) -> Digest:
    lists = {name: tuple(row[name]) for name in ("results", "recipients", "paused")}
    single = {name: row[name] for name in ("name", "store", "every", "has_pdf", "digest_id", "time_zone")}
    given: dict[str, Any] = single | lists | {"store_id": row["of_store"], "currency": row["currency"] or ""}
    return Digest(**given)


def save(digest: Digest) -> None:
    """Keep a digest under its name. Raises Refused for a name, an address, a period or a result that cannot be."""
    actor.require("settings")
    name = " ".join(digest.name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused(f"A digest needs a name of at most {LONGEST_NAME} letters.")
    if digest.every not in EVERY:
        raise Refused(f"A digest goes out every day, week or month, not every {digest.every}.")
    if len(digest.results) > MOST_RESULTS:
        raise Refused(f"A digest holds at most {MOST_RESULTS} results.")
    for each in digest.results:
        known_results.get(each)
    active, paused = addresses(digest.recipients), addresses(digest.paused)
    if len({*active, *paused}) > MOST_RECIPIENTS:
        raise Refused(f"A digest goes to at most {MOST_RECIPIENTS} addresses.")
    store_id = stores.find(digest.store)
    with db.transaction() as cursor:
        kept = {"name": name, "of_store": store_id, "every": digest.every, "has_pdf": digest.has_pdf}
        made_by = actor.current().name
        db.run(cursor, "load/digests/save", **kept, results=list(digest.results), made_by=made_by)
        row = cursor.fetchone()
        number = int(row[0]) if row else 0
        db.run(cursor, "load/digests/clear_recipients", digest_id=number)
        for email in {*active, *paused}:
            db.run(cursor, "load/digests/add_recipient", digest_id=number, email=email, is_paused=email in paused)
        audit.record(cursor, "settings", f"digest {name}", store_id, every=digest.every, recipients=len(active))


def delete(name: str) -> None:
    """Forget a digest. Raises Refused if it is not there."""
    actor.require("settings")
    with db.transaction() as cursor:
        db.run(cursor, "load/digests/delete", name=name)
        if not cursor.rowcount:
            raise Refused(f"There is no digest called {name} any more.")
        audit.record(cursor, "settings", f"digest {name}", deleted=True)


def addresses(given: Sequence[str]) -> list[str]:
    """E-mail addresses, each once. Raises Refused, naming one that is none."""
    found = list(dict.fromkeys(each.strip() for each in given if each.strip()))
    for each in found:
        if len(each) > 254 or not ADDRESS.fullmatch(each):
            shown = " ".join(each.split())[:80]
            raise Refused(f"{shown} is not an e-mail address. Write each as name@example.com, one a line.")
    return found


def period(digest: Digest, now: datetime | None = None) -> date:
    """The day on which the digest's present period began where the shop is: today, this Monday, or the first of this month."""
    zone = ZoneInfo(digest.time_zone) if digest.time_zone else UTC
    today = (now or datetime.now(UTC)).astimezone(zone).date()
    if digest.every == "week":
        return date.fromordinal(today.toordinal() - today.weekday())
    return today.replace(day=1) if digest.every == "month" else today


def begin(digest: Digest, of: date, email: str) -> bool:
    """Note that a mail is about to leave; False if it has left, or if nobody knows whether it has."""
    actor.require("settings")
    with db.transaction() as cursor:
        return bool(_rows(cursor, "load/digests/begin_mail", digest_id=digest.digest_id, period=of, email=email))


def end(digest: Digest, of: date, email: str, why_not: str = "") -> None:
    """Note that a mail has left, or why it has not."""
    actor.require("settings")
    status = {"status": "failed" if why_not else "sent", "said": why_not or None}
    with db.transaction() as cursor:
        db.run(cursor, "load/digests/end_mail", digest_id=digest.digest_id, period=of, email=email, **status)


def in_doubt(digest: Digest, of: date) -> list[str]:
    """Addresses to which a mail of this period was begun by a run that was ended on the way."""
    actor.require("settings")
    with db.transaction() as cursor:
        rows = _rows(cursor, "load/digests/in_doubt", digest_id=digest.digest_id, period=of)
    return [row["email"] for row in rows]


def _rows(cursor: Cursor, name: str, **params: Any) -> list[dict[str, Any]]:
    db.run(cursor, name, **params)
    names = [each.name for each in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
