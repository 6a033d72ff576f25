"""The database's tables as they are carried: the statements by which rows leave and enter one, and what tells two apart."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from psycopg2.extensions import cursor as Cursor

from analytics import db

# bucket → how many rows, and the sum of their checksums
Sums = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Table:
    """One row of sql/load/carry/tables.sql: what is known of a table, and its statements."""

    name: str
    columns: list[str]
    depth: int
    is_parent: bool
    sequence: str | None
    empty: str
    copy_out: str
    copy_in: str
    copy_in_anew: str
    sums: str
    copy_out_some: str
    delete_some: str
    hold: str
    copy_in_held: str
    delete_gone: str
    put: str


def listed(cursor: Cursor) -> list[Table]:
    """Every table of the schema, those that others refer to before them."""
    db.run(cursor, "load/carry/tables")
    return [Table(*row) for row in cursor.fetchall()]


def sums(cursor: Cursor, table: Table) -> Sums:
    """How many rows each bucket (a day, "" for what has none) of a table has, and the sum of their checksums."""
    cursor.execute(table.sums)
    return {bucket: (rows, int(total)) for bucket, rows, total in cursor.fetchall()}


def whole(found: Sums) -> tuple[int, str]:
    """All rows of a table and the checksum of them all."""
    return sum(rows for rows, _ in found.values()), format(sum(total for _, total in found.values()) % 2**64, "016x")


def differing(ours: Sums, theirs: Sums) -> list[str]:
    """The buckets whose rows are not the same."""
    return sorted(bucket for bucket in ours.keys() | theirs.keys() if ours.get(bucket) != theirs.get(bucket))


def value(cursor: Cursor, statement: str, /, **params: Any) -> Any:
    """The one value of a statement's one row; None for no row."""
    db.run(cursor, statement, **params)
    row = cursor.fetchone()
    return row[0] if row else None


def go_on(cursor: Cursor, table: Table, last: int | None) -> None:
    """Let a table's numbers go on behind the last that was given."""
    if table.sequence and last is not None:
        db.run(cursor, "load/carry/set_sequence", name=table.sequence, value=last)


@contextmanager
def _piped(source: Cursor, copy_out: str) -> Iterator[IO[bytes]]:
    """What a COPY to the client gives, as a file to read from while it is being made."""
    reads, writes = os.pipe()
    failed: list[BaseException] = []

    def fill() -> None:
        try:
            with os.fdopen(writes, "wb") as file:
                source.copy_expert(copy_out, file, size=1 << 16)
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=fill, daemon=True)
    thread.start()
    try:
        with os.fdopen(reads, "rb") as file:
            yield file
    finally:
        thread.join()
    if failed:
        raise failed[0]


class _Read:
    """A file to read from that counts its bytes."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.bytes = file, 0

    def read(self, size: int) -> bytes:
        content = self.file.read(size)
        self.bytes += len(content)
        return content


def pour(source: Cursor, copy_out: str, target: Cursor, copy_in: str) -> tuple[int, int]:
    """Let rows flow from one database into another, however many: how many rows, and how many bytes."""
    with _piped(source, copy_out) as file:
        counted = _Read(file)
        target.copy_expert(copy_in, counted, size=1 << 16)  # type: ignore[arg-type]
        return target.rowcount, counted.bytes
