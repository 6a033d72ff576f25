"""The first rows of a table that nothing is known of yet: to propose what it is, and to try out what somebody says."""

import csv
import os
import shutil
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from analytics.ingest import propose
from analytics.ingest.headers import labels, plain
from analytics.ingest.reader import TextTable, open_table
from analytics.ingest.stage import work_folder

# enough to see how numbers and days are written, and quick to load on trial
TRIED = 2_000


@dataclass(frozen=True)
class Sheet:
    """The header row, the rows under it as text, and a file of just these."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    trial: Path

    @property
    def labels(self) -> tuple[str, ...]:
        """A name for each column that no other has."""
        return labels(self.header)

    def example(self, label: str) -> str:
        """The first thing that stands in a column; of an e-mail address only that it is one."""
        at = [plain(each) for each in self.labels].index(plain(label))
        first = next((row[at].strip() for row in self.rows if len(row) > at and row[at].strip()), "")
        return "e-mail" if propose.EMAIL.fullmatch(first) else first


def read(path: Path, folder: Path) -> Sheet:
    """The table's header and first rows, which are also written to a file in `folder`.

    Raises Refused for what is not a table of text.
    """
    work = work_folder() / f"{os.getpid()}-{os.urandom(4).hex()}"
    work.mkdir(mode=0o700)
    try:
        table = open_table(path, work)
        at = propose.header_place(table.head)
        trial = folder / f"trial-{path.name}.csv"
        _copy_first(table, at, trial)
        return Sheet(table.head[at], table.head[at + 1 :], trial)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _copy_first(table: TextTable, header_at: int, target: Path) -> None:
    with (
        table.path.open("r", encoding="utf-8-sig", errors="replace", newline="") as source,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        records = table.dialect.reader(source)
        writer = csv.writer(out, delimiter=table.delimiter)
        writer.writerows(islice(records, header_at, header_at + 1 + TRIED))
