"""Sign-ins: who of those with a login may come in, for how long, and signing out everywhere."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from analytics import actor, audit, db, members
from analytics.actor import Actor
from analytics.errors import Refused

# Minutes; the environment may say others.
IDLE = ("ANALYTICS_IDLE_MINUTES", 120)
LONGEST = ("ANALYTICS_SESSION_MINUTES", 720)
# When a sign-in was last used is written down no more often than that.
EVERY = timedelta(minutes=1)
# An identity provider's clock may be ahead of ours.
AHEAD = timedelta(minutes=5)
# What reads and writes who may come in, before anybody is in.
GATE = Actor("the gate", "owner")


@dataclass(frozen=True)
class SignIn:
    """One answer of the identity provider: the address it vouches for, its fingerprint, and when it was given."""

    email: str
    ticket: str
    issued_at: datetime


@dataclass(frozen=True)
class Standing:
    """Who somebody is (`actor` None: not on the list), or why their sign-in counts no more, in words."""

    actor: Actor | None
    over: str = ""


def enter(one: SignIn, is_active: bool = True) -> Standing:
    """How a sign-in stands right now, read afresh from the database; its use is noted, unless nobody did anything.

    Being let in or turned away for the first time goes into the audit log.
    """
    with actor.acting(GATE):
        row = db.read("sign_ins/standing", email=one.email, ticket=one.ticket).iloc[0].to_dict()
        over = _over(one, row)
        if over:
            return Standing(None, over)
        found = _actor(one.email, row)
        is_news = row["is_admitted"] != (found is not None)
        if is_news or (is_active and row["now_at"] - row["seen_at"] >= EVERY):
            _note(one, found, is_news)
    return Standing(found)


def _over(one: SignIn, row: dict[Any, Any]) -> str:
    """Why a sign-in counts no more; empty if it does."""
    now = row["now_at"]
    seen_at = row["seen_at"] or min(one.issued_at, now)
    out_at = row["signed_out_at"]
    # the provider tells whole seconds: a sign-in of the second in which somebody signed out may be a new one
    is_before = row["seen_at"] is None and out_at is not None and one.issued_at < out_at.replace(microsecond=0)
    if row["ended_at"] is not None or is_before:
        return "You have signed out."
    if one.issued_at > now + AHEAD:
        return "This sign-in is of the future: the clock of this server or of the one you signed in at is wrong."
    if now - one.issued_at > minutes(*LONGEST):
        return f"You signed in more than {_hours(minutes(*LONGEST))} ago."
    if now - seen_at > minutes(*IDLE):
        return f"Nothing was done here for more than {_hours(minutes(*IDLE))}."
    return ""


def _actor(email: str, row: dict[Any, Any]) -> Actor | None:
    if email == members.first_owner():
        return Actor(email, "owner")
    if row["role"] is None:
        return None
    return Actor(email, row["role"], None if row["store_ids"] is None else tuple(row["store_ids"]))


def _note(one: SignIn, found: Actor | None, is_news: bool) -> None:
    with db.transaction() as cursor:
        db.run(
            cursor,
            "load/sign_ins/note",
            ticket=one.ticket,
            email=one.email,
            issued_at=one.issued_at,
            is_admitted=found is not None,
        )
        if is_news:
            db.run(cursor, "load/sign_ins/forget")
            with actor.acting(found or Actor(one.email, "nobody", ())):
                audit.record(cursor, "signed in" if found else "turned away", one.email)


def sign_out(email: str) -> None:
    """End every sign-in of an address, in every browser: also a cookie that was copied opens nothing any more."""
    who = actor.current()
    with actor.acting(GATE), db.transaction() as cursor:
        db.run(cursor, "load/sign_ins/end_all", email=email)
        db.run(cursor, "load/sign_ins/sign_out", email=email)
        with actor.acting(who):
            audit.record(cursor, "signed out", email)


def minutes(name: str, usual: int) -> timedelta:
    """A time that the environment may set. Raises Refused for anything but a whole number of minutes above 0."""
    given = os.environ.get(name, "").strip() or str(usual)
    if not given.isdigit() or not int(given):
        raise Refused(f"{name} is a whole number of minutes, such as {usual}; it says {given}.")
    return timedelta(minutes=int(given))


def _hours(length: timedelta) -> str:
    count = int(length.total_seconds()) // 60
    return f"{count // 60} hours" if count >= 120 and not count % 60 else f"{count} minutes"
