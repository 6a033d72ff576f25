"""Who may come in from elsewhere: e-mail addresses with a role and the stores they may see."""

import os
import re
from collections.abc import Sequence
from typing import Any

import pandas as pd
from psycopg2.extensions import cursor as Cursor

from analytics import actor, audit, db
from analytics.errors import Refused

# What a person on the list can be.
ROLES = ("viewer", "analyst", "owner")
FIRST_OWNER = "ANALYTICS_OWNER"
LONGEST = 254


def first_owner() -> str:
    """The address that is always an owner, from the environment; empty if none is set."""
    return os.environ.get(FIRST_OWNER, "").strip().lower()


def everyone() -> pd.DataFrame:
    """One row a person on the list, by address: email, role, store_ids and stores (their names; both None for every store),
    added_by, added_at, seen_at (last use of a sign-in, None for never).

    Raises NotAllowed for anybody but an owner.
    """
    actor.require("people")
    return db.read("members/all")


def save(email: str, role: str, stores: Sequence[int] | None = None) -> None:
    """Put an address on the list, or change what it may do and see (`stores` None: every store, later ones too).

    Raises Refused for what is no address, role or store, and if no owner would be left; NotAllowed for anybody but an owner.
    """
    actor.require("people")
    email = proper(email)
    if role not in ROLES:
        raise Refused(f"A role is one of {', '.join(ROLES)}, not {role}.")
    seen = None if stores is None or role == "owner" else sorted({int(each) for each in stores})
    names = "every store" if seen is None else _names(seen)
    with db.transaction() as cursor:
        before = _locked(cursor)
        _keep_an_owner(before, before | {email: role})
        db.run(cursor, "load/members/save", email=email, role=role, store_ids=seen, added_by=actor.current().name)
        told: dict[str, Any] = {"role": role, "stores": names}
        if email in before:
            told["role_before"] = before[email]
        audit.record(cursor, "member changed" if email in before else "member added", email, **told)


def remove(email: str) -> None:
    """Take an address off the list; from its next click on it sees nothing.

    Raises Refused if it is not there or no owner would be left, NotAllowed for anybody but an owner.
    """
    actor.require("people")
    email = proper(email)
    with db.transaction() as cursor:
        before = _locked(cursor)
        if email not in before:
            raise Refused(f"{email} is not on the list.")
        _keep_an_owner(before, {each: role for each, role in before.items() if each != email})
        db.run(cursor, "load/members/remove", email=email)
        audit.record(cursor, "member removed", email, role_before=before[email])


def proper(email: str) -> str:
    """An address as it is kept. Raises Refused for what is none."""
    text = email.strip().lower()
    if len(text) > LONGEST or not re.fullmatch(
        r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+|[^@\s,;<>\"]+@localhost", text
    ):
        raise Refused(f"{email.strip()[:80] or 'Nothing'} is not an e-mail address. Write it as name@example.com.")
    return text


def _names(numbers: list[int]) -> list[str]:
    if not numbers:
        raise Refused("Choose at least one store, or every store.")
    rows = db.read("stores/all")
    known = {int(number): str(name) for number, name in zip(rows["store_id"], rows["name"], strict=True)}
    if unknown := [number for number in numbers if number not in known]:
        raise Refused(f"There is no store number {', '.join(map(str, unknown))}.")
    return [known[number] for number in numbers]


def _locked(cursor: Cursor) -> dict[str, str]:
    """The roles of all, as nobody else can change them before this transaction ends."""
    db.run(cursor, "load/members/lock")
    db.run(cursor, "load/members/roles")
    return dict(cursor.fetchall())


def _keep_an_owner(before: dict[str, str], after: dict[str, str]) -> None:
    if "owner" in before.values() and "owner" not in after.values() and not first_owner():
        raise Refused(
            f"This is the last owner; nobody could change this list from elsewhere any more. Make somebody else an owner "
            f"first, or set {FIRST_OWNER} to the address of one."
        )
