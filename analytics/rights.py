"""As whom a transaction acts in PostgreSQL: pages read as a role that owns nothing, and rows of other stores are not there.

`storeledger_reader` sees the stores that the setting `storeledger.stores` lists, `storeledger_reader_of_all` every store; the
policies are made by the migrations (procedure protect_stores). Both belong to the whole server, not to one database, so they are
made when a database is opened, and stay.
"""

from pathlib import Path
from typing import Any

import psycopg2.errors
from psycopg2.extensions import cursor as Cursor
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from analytics import actor
from analytics.actor import Actor
from analytics.errors import NotAllowed, Refused

MAKE = Path(__file__).resolve().parent.parent / "sql" / "load" / "roles" / "make.sql"
READER, READER_OF_ALL = "storeledger_reader", "storeledger_reader_of_all"
# Of several databases of one server that are opened for the first time at once, one makes the roles.
FASTER = (psycopg2.errors.UniqueViolation, psycopg2.errors.DuplicateObject, psycopg2.errors.InternalError_)
ATTEMPTS = 5
BY_HAND = """\
The database's user may not make the two roles that pages read with. Ask whoever administers the server to run
these, of which the first two may be done already:
create role storeledger_reader nologin;
create role storeledger_reader_of_all nologin in role storeledger_reader;
grant storeledger_reader, storeledger_reader_of_all to "{user}";"""
# One statement: who acts costs one round trip. Without a role the session stays what it is, the owner of the tables.
ACT = """
select set_config('storeledger.stores', %(stores)s, true), set_config('storeledger.role', %(role)s, true),
    set_config('storeledger.actor', %(name)s, true)
"""
ACT_AS = ACT + ", set_config('role', %(reader)s, true)"


def reading() -> tuple[str, dict[str, Any]]:
    """The statement, with its values, after which a transaction reads as whoever acts now."""
    who = actor.current()
    return ACT_AS, _settings(who) | {"reader": READER_OF_ALL if _stores(who) is None else READER}


def take(cursor: Cursor) -> None:
    """Let a transaction act as whoever acts now: those who may edit as the owner of the tables, under the eyes of its triggers,
    everybody else as a reader, whom PostgreSQL lets change next to nothing."""
    who = actor.current()
    if who.may("edit"):
        cursor.execute(ACT, _settings(who))
    else:
        cursor.execute(*reading())


def _settings(who: Actor) -> dict[str, Any]:
    seen = _stores(who)
    stores = "" if seen is None else "{" + ",".join(map(str, seen)) + "}"
    return {"stores": stores, "role": who.role, "name": who.name}


def _stores(who: Actor) -> tuple[int, ...] | None:
    """The stores that an actor may see; None: all. Whoever may not even read sees none, whatever is said of stores."""
    return who.stores if who.may("read") else ()


def check_store(store_id: int) -> None:
    """Raises NotAllowed if a store is not among those of whoever acts."""
    if not actor.current().sees(store_id):
        raise NotAllowed(f"This store is not among those of {actor.current().name}. Ask an owner.")


def refusal(cause: BaseException | None) -> NotAllowed | None:
    """What to say if PostgreSQL refused because of who acts; None if it had another reason."""
    if not isinstance(cause, psycopg2.errors.InsufficientPrivilege):
        return None
    if cause.diag.message_hint == "Ask an owner.":  # as the triggers say it
        return NotAllowed(f"{cause.diag.message_primary}. Ask an owner.")
    who = actor.current()
    return None if who.may("edit") else NotAllowed(f"{who.name} may not change this. Ask an owner.")


def make(connection: Connection) -> None:
    """Make the roles if this session cannot become both of them yet. Raises Refused, with what to run, if it may not."""
    for _ in range(ATTEMPTS):
        if _can_read(connection):
            return
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(MAKE.read_text(encoding="utf-8"))
        except DBAPIError as error:
            if not isinstance(error.orig, FASTER):
                break
    if not _can_read(connection):
        user = connection.exec_driver_sql("select current_user").scalar_one()
        raise Refused(BY_HAND.format(user=user.replace('"', '""')))


def _can_read(connection: Connection) -> bool:
    trying = connection.begin_nested()
    try:
        for role in (READER, READER_OF_ALL):
            connection.exec_driver_sql("select set_config('role', %s, true)", (role,))
    except DBAPIError as error:
        if getattr(error.orig, "pgcode", None) is None:
            raise  # the connection is gone
        return False
    finally:
        trying.rollback()
    return True
