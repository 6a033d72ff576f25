"""The queries that ran for a number, as an analyst can run them herself: the text of the file, with its values."""

from collections.abc import Iterator
from contextlib import contextmanager

from analytics import db


@contextmanager
def heard() -> Iterator[list[db.Asked]]:
    """Every query that is read meanwhile, in order, with its values and the columns it gave."""
    asked: list[db.Asked] = []
    before = db.LISTENING.set(asked)
    try:
        yield asked
    finally:
        db.LISTENING.reset(before)


def runnable(asked: db.Asked) -> str:
    """The query as one statement that any PostgreSQL client runs: its header, then its code with the values written in."""
    return f"{_header(db.script(f'queries/{asked.name}.sql'))}{db.with_values(asked)};"


def _header(text: str) -> str:
    """The comment that a query begins with: what a row is, and the rules it follows."""
    lines = text.splitlines(keepends=True)
    end = next((at for at, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return "".join(lines[:end])
