"""Saved views: an address of the app under a name of the user's own."""

import pandas as pd
import psycopg2

from analytics import actor, db
from analytics.errors import NotAllowed, Refused

LONGEST_NAME, LONGEST_QUERY = 80, 8_000


def saved() -> pd.DataFrame:
    """One row a saved view, by name: view_id, name, page (the last part of its address), query, created_at."""
    return db.read("views/saved")


def save(name: str, page: str, query: str) -> None:
    """Keep a page's address under a name; what had that name before is replaced.

    Raises Refused for a name that is empty or too long or somebody else's, or an address that is too long to be one.
    """
    actor.require("save views")
    if len(query) > LONGEST_QUERY:
        raise Refused("This view chooses more than a link can hold. Take some of its filters away.")
    elsewhere = Refused(f"There is a view called {_proper(name)} that somebody else saved. Choose another name.")
    try:
        with db.transaction() as cursor:
            db.run(cursor, "load/views/save", name=_proper(name), page=page, query=query, **_whose())
            if not cursor.rowcount:
                raise elsewhere
    except NotAllowed as error:
        raise elsewhere from error


def rename(name: str, other: str) -> None:
    """Give a saved view another name. Raises Refused if it is not there, or if another view has that name."""
    actor.require("save views")
    try:
        with db.transaction() as cursor:
            db.run(cursor, "load/views/rename", name=name, other=_proper(other), **_whose())
            _must_be_there(cursor.rowcount, name)
    except psycopg2.errors.UniqueViolation as error:
        raise Refused(f"There is a view called {_proper(other)} already. Choose another name.") from error


def delete(name: str) -> None:
    """Forget a saved view. Raises Refused if it is not there."""
    actor.require("save views")
    with db.transaction() as cursor:
        db.run(cursor, "load/views/delete", name=name, **_whose())
        _must_be_there(cursor.rowcount, name)


def _whose() -> dict[str, str | bool]:
    """Whose a view is that is saved now, and whether others' may be changed as well."""
    who = actor.current()
    return {"saved_by": who.name, "may_others": who.stores is None and who.may("edit")}


def _proper(name: str) -> str:
    proper = " ".join(name.split())
    if not proper:
        raise Refused("A saved view needs a name.")
    if len(proper) > LONGEST_NAME:
        raise Refused(f"A name of a view has at most {LONGEST_NAME} letters; this one has {len(proper)}.")
    return proper


def _must_be_there(rows: int, name: str) -> None:
    if not rows:
        raise Refused(f"There is no view called {name} any more.")
