"""The audit log: who did what and when, kept with what was done and never changed."""

import json
from typing import Any

import pandas as pd
from psycopg2.extensions import cursor as Cursor

from analytics import actor, db, wording


def record(cursor: Cursor, action: str, subject: str, store_id: int | None = None, **details: Any) -> None:
    """Note an action of whoever acts, in the transaction that does it.

    `action` is a verb of few words ("import", "undo", "link made", "signed in"), `subject` what it was done to. Secrets,
    e-mail addresses of customers and link tokens have no place in either or in the details.
    """
    acting = actor.current()
    db.run(
        cursor,
        "load/audit/record",
        actor=acting.name,
        role=acting.role,
        action=action,
        subject=subject,
        store_id=store_id,
        details=json.dumps(details, default=str),
    )


def entries(last_days: int) -> pd.DataFrame:
    """One row an entry of the last days, the newest first: entry_id, at, actor, role, action, subject, store (its name, None for
    none), details in words.

    Raises NotAllowed for anybody but an owner.
    """
    actor.require("people")
    found = db.read("audit/entries", last_days=last_days)
    return found.assign(details=[_in_words(each) for each in found["details"]])


def _in_words(details: dict[str, Any]) -> str:
    return "; ".join(f"{name.replace('_', ' ')}: {_value(value)}" for name, value in details.items())


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "–" if value is None else str(value)


def finding(found: pd.DataFrame) -> str:
    """What stands out of entries, as a sentence."""
    away = int((found["action"] == "turned away").sum())
    told = f"{wording.count(len(found), 'entry', 'entries')} by {wording.count(found['actor'].nunique(), 'name')}"
    return f"{told}; {wording.count(away, 'visitor was', 'visitors were')} turned away" if away else told
