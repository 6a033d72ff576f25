"""A database that fails, in words: not reached, gone, full, or refusing what somebody may not do."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
import psycopg2.errors
from sqlalchemy.exc import DBAPIError

from analytics import rights
from analytics.errors import DatabaseUnavailable


@contextmanager
def in_words() -> Iterator[None]:
    """What fails in a block because of the database, or of what whoever acts may not do, is raised as an error that says so.

    Raises DatabaseUnavailable and NotAllowed; an error of the statement itself stays what it is.
    """
    try:
        yield
    except (DBAPIError, psycopg2.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if refusal := rights.refusal(cause):
            raise refusal from error
        message = _of(cause)
        if message is None:
            raise
        raise DatabaseUnavailable(message) from error


def _of(cause: BaseException | None) -> str | None:
    """What to tell the user if the database is the reason; None if the statement is."""
    if isinstance(cause, psycopg2.errors.DiskFull):
        return "The database's disk is full, so nothing of this was saved. Free some space and try again."
    if isinstance(cause, psycopg2.OperationalError | psycopg2.InterfaceError) and not getattr(cause, "pgcode", None):
        reason = (str(cause).strip().splitlines() or ["the connection was closed"])[0]
        return (
            f"The database cannot be reached: {reason}. Check that the server runs"
            + (" and that DATABASE_URL is right" if os.environ.get("DATABASE_URL") else "")
            + ", then try again."
        )
    if isinstance(
        cause, psycopg2.errors.AdminShutdown | psycopg2.errors.CrashShutdown | psycopg2.errors.CannotConnectNow
    ):
        return "The database is being restarted, so nothing of this was saved. Try again in a moment."
    return None
