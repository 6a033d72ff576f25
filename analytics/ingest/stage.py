"""The file in DuckDB: rows as text with our column names, converted by the format's script into facts and rejects."""

import os
import shutil
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Known
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import psutil
from duckdb import ConstantExpression, StarExpression
from duckdb.sqltypes import VARCHAR

from analytics import db, embedded
from analytics.errors import Refused, Undecided
from analytics.ingest.mapping import Mapping
from analytics.ingest.masking import masked
from analytics.ingest.reader import TextTable, lines_at, open_table, unpack, without_lines
from analytics.ingest.recognise import Recognised, recognise

# DuckDB's share of the memory, whatever the size of the file; Python, its libraries and what DuckDB does not count take as
# much again. A small table is quicker in memory; a large one stands on the disk, from where less has to be held.
SMALL = 48 * 1024 * 1024
MEMORY = {True: "300MB", False: "200MB"}
READINGS = 4  # of a file in which each reading finds more stray quotation marks


@dataclass(frozen=True)
class Evidence:
    """How the file writes numbers and days, read from whole columns."""

    decimal_comma: bool
    day_first: bool
    is_answered: bool = False  # whether the order of days was asked, because the file leaves it open


@dataclass(frozen=True)
class Staged:
    """A file in DuckDB, its rows in `source`; `unreadable` are the lines the parser could not cut into cells."""

    duck: duckdb.DuckDBPyConnection
    table: TextTable
    recognised: Recognised
    evidence: Evidence
    unreadable: list[tuple[int, str]]
    folder: Path  # for files that must not outlive the import
    rows: int  # every record of the file but the header


def work_folder() -> Path:
    """Where this process may put files that must not outlive it; what killed processes left there is removed."""
    root = embedded.home() / "work"
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in root.iterdir():
        owner = left.name.partition("-")[0]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    return root


def _new_folder() -> Path:
    folder = work_folder() / f"{os.getpid()}-{os.urandom(4).hex()}"
    folder.mkdir(mode=0o700)
    return folder


@contextmanager
def unpacked(path: Path, name: str | None = None) -> Iterator[list[tuple[str, Path]]]:
    """The tables of a file, an archive or a workbook, each with the name to show and its path; gone afterwards.

    Raises Refused for what cannot be unpacked safely.
    """
    folder = _new_folder()
    try:
        yield unpack(path, folder, name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def staged(
    path: Path, wanted: str | None = None, day_first: bool | None = None, said: Known[str, Mapping] | None = None
) -> Iterator[Staged]:
    """The file opened, recognised and in DuckDB; everything made for it is gone afterwards.

    `said` are mappings by signature; `day_first` counts where the file's dates leave their order open. Raises Refused if
    the file cannot be used at all, Undecided if nobody says the order of its days.
    """
    folder = _new_folder()
    duck: duckdb.DuckDBPyConnection | None = None
    try:
        table = open_table(path, folder)
        duck = _connected(folder, table.path.stat().st_size < SMALL)
        recognised = recognise(table, wanted, said)
        duck.execute(db.script("ingest/macros.sql"))
        # what people write is masked by the same rules wherever it may be kept
        duck.create_function("masked", masked, [VARCHAR], VARCHAR)
        table, unreadable = _read(duck, table, recognised, folder)
        rows = len(duck.table("source")) + len(unreadable) + recognised.ignored
        evidence = _evidence(duck, recognised, day_first)
        yield Staged(duck, table, recognised, evidence, unreadable, folder, rows)
    finally:
        if duck:
            duck.close()
        shutil.rmtree(folder, ignore_errors=True)


def _connected(folder: Path, is_small: bool) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(
        ":memory:" if is_small else str(folder / "stage.duckdb"),
        config={
            "memory_limit": MEMORY[is_small],
            "temp_directory": str(folder / "spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )


def _read(
    duck: duckdb.DuckDBPyConnection, table: TextTable, known: Recognised, folder: Path
) -> tuple[TextTable, list[tuple[int, str]]]:
    """The rows in `source`, and the lines that could not be cut into cells.

    A stray quotation mark can take the line below with it. So its line is left out and the file is read again.
    """
    left_out = dict.fromkeys(table.unclosed, "a quotation mark on this line is never closed")
    for _ in range(READINGS):
        rejected = _parse(duck, table, known)
        stray = {line: reason for line, reason, is_quote in rejected if is_quote}
        if not stray:
            break
        left_out |= stray
        table = replace(table, path=without_lines(table.path, set(stray), folder))
        duck.execute(db.script("ingest/forget_unreadable.sql"))
    else:
        rejected = _parse(duck, table, known)
    unreadable = [(line, reason) for line, reason, _ in rejected] + list(left_out.items())
    return table, [(table.shown_line(line), reason) for line, reason in unreadable]


def _parse(duck: duckdb.DuckDBPyConnection, table: TextTable, known: Recognised) -> list[tuple[int, str, bool]]:
    _cut(
        duck,
        {
            "path": str(table.path),
            "columns": {name or f"_{at}": "VARCHAR" for at, name in enumerate(known.columns)},
            "skip": known.skip,
            "delimiter": table.delimiter,
            "quote": table.quote,
            "escape": table.escape,
            "has_wrapped": table.has_wrapped,
        },
    )
    # What the file does not have is unknown throughout: as a constant it costs nothing, neither here nor where it is read.
    unknown = ConstantExpression(None).cast("VARCHAR")
    absent = [unknown.alias(name) for name in known.format.columns if name not in known.columns]
    duck.table("file_rows").select(StarExpression(), *absent).create_view("source", replace=True)
    rejected = duck.execute(db.script("ingest/unreadable.sql")).fetchall()
    lines = lines_at(table.path, [int(position) for position, _, _ in rejected])
    return [(line, str(reason), bool(stray)) for line, (_, reason, stray) in zip(lines, rejected, strict=True)]


def _cut(duck: duckdb.DuckDBPyConnection, values: dict[str, object]) -> None:
    try:
        duck.execute(db.script("ingest/source.sql"), values)
    except duckdb.InvalidInputException as error:
        raise Refused(
            "The lines of this file cannot be cut into rows: its quotation marks or line ends are broken. Export it again."
        ) from error
    except duckdb.OutOfMemoryException as error:
        raise Refused(
            "The rows of this file are too wide to be read. Export only the columns that are needed, or fewer rows at once."
        ) from error


def _evidence(duck: duckdb.DuckDBPyConnection, known: Recognised, said: bool | None) -> Evidence:
    if said is None and known.mapping:
        said = known.mapping.day_first
    if known.written:
        said = "day first" in known.written if "first" in known.written else said
    numbers = [name for name in known.format.numbers if name in known.columns]
    dates = [name for name in known.format.dates if name in known.columns]
    source = duck.table("source")
    comma = False
    if numbers:
        source.select(*numbers).create_view("evidence", replace=True)
        comma = "comma" in known.written if known.written else bool(_one(duck, "ingest/decimal_comma.sql"))
    if dates:
        source.select(*dates).create_view("evidence", replace=True)
        order = _one(duck, "ingest/day_order.sql")
        if order != "undecided":
            return Evidence(comma, order == "day_first")
        return Evidence(comma, _day_first(said), is_answered=True)
    return Evidence(comma, day_first=False)


def _one(duck: duckdb.DuckDBPyConnection, name: str) -> object:
    return duck.execute(db.script(name)).fetchall()[0][0]


def _day_first(said: bool | None) -> bool:
    if said is None:
        raise Undecided(
            "Every date in this file can be read as day/month and as month/day, so the days would be a guess. "
            "Say which it is: on the Import page, or with --date-order day or --date-order month. "
            "Or export it again with dates written as 2026-01-31."
        )
    return said


def convert(stage: Staged, values: dict[str, object]) -> None:
    """Run the format's conversion: afterwards the tables of facts, `records` and `rejects` stand in DuckDB.

    `values` are currency, as_of and hash_key, which the scripts read as variables.
    """
    evidence = {"decimal_comma": stage.evidence.decimal_comma, "day_first": stage.evidence.day_first}
    for name, value in (values | evidence).items():
        set_variable(stage, name, value)
    for script in stage.recognised.format.scripts:
        stage.duck.execute(db.script(f"ingest/{script}.sql"))


def set_variable(stage: Staged, name: str, value: object) -> None:
    """Give the scripts a value by name."""
    stage.duck.execute(db.script(f"ingest/set/{name}.sql"), {"value": value})


def records_of(stage: Staged, wanted: Sequence[int]) -> Iterator[tuple[int, int, list[str]]]:
    """Record number, physical line and cells of each of some records, whose numbers rise; read again from the file."""
    unreadable = {line for line, _ in stage.unreadable}
    with stage.table.path.open("r", encoding="utf-8-sig", errors="replace", newline="") as file:
        for _ in range(stage.recognised.skip):
            file.readline()
        reader = stage.table.dialect.reader(file)
        record, following = 0, iter(wanted)
        sought = next(following, None)
        begins = stage.recognised.skip + 1
        for cells in reader:
            at, begins = begins, stage.recognised.skip + reader.line_num + 1
            at = stage.table.shown_line(at)
            if sought is None:
                return
            if not cells or at in unreadable:
                continue
            record += 1
            if record == sought:
                yield record, at, cells
                sought = next(following, None)
