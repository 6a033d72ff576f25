"""A file of any columns cut into rows by the importer's own reading, without a format that would know them."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from analytics.ingest import stage as staging
from analytics.ingest.formats import Format
from analytics.ingest.reader import TextTable
from analytics.ingest.recognise import Recognised

Rows = list[tuple[str | None, ...]]


@dataclass(frozen=True)
class Cut:
    """Every record as text, the first included; the lines that were set aside, and the line of each record."""

    rows: Rows
    set_aside: dict[int, str]
    lines: list[int]
    table: TextTable


def cut(path: Path, width: int = 0) -> Cut:
    """All of a file's records; the account (rows = read + set aside) is always checked.

    `width` is the number of columns, by default that of the first record.
    """

    def by_position(table: TextTable, *said: object) -> Recognised:
        columns = width or len(next(record for record in table.head if record))
        names = tuple(f"c{at}" for at in range(columns))
        known = Format("any", "Any table", "control", {name: (name,) for name in names}, (), ())
        return Recognised(known, names, names, 0, 0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staging, "recognise", by_position)
        with staging.staged(path) as stage:
            order = stage.duck.table("source").order("record")
            rows = [row[2:] for row in order.fetchall()]
            assert stage.rows == len(rows) + len(stage.unreadable)
            lines = {record: line for record, line, _ in staging.records_of(stage, range(1, len(rows) + 1))}
            return Cut(rows, dict(stage.unreadable), [lines.get(at, 0) for at in range(1, len(rows) + 1)], stage.table)


def written(folder: Path, content: bytes | str, name: str = "table.csv") -> Path:
    """A file with that content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
