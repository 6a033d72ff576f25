"""The audit log: who did what and when, kept with what was done and never changed."""

import json
from typing import Any

from psycopg2.extensions import cursor as Cursor

from analytics import actor, db


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
