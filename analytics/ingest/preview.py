"""What a file is and what loading it would do, found out by loading it and taking everything back."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from analytics import db
from analytics.errors import Undecided
from analytics.ingest import counted_on, headers, rejected
from analytics.ingest.counted_on import Proposal
from analytics.ingest.counts import UNKNOWN_CURRENCY
from analytics.ingest.formats import Format
from analytics.ingest.load import Options, rehearse
from analytics.ingest.stage import Staged, records_of

SHOWN = 8
PROBLEMS = 20
MANY = 1_000
PROBLEM_COLUMNS = ["line", "column_name", "value", "reason"]
# never shown: who bought, and where they live
PERSONAL = ("email", "customer", "buyer")


@dataclass(frozen=True)
class Preview:
    """A file before it is loaded: the counts are of its rows; `stop` is exclusive.

    `sample` are its first rows as they would load, under the file's own headers; `bad` are the places in it (row, header) of
    cells that cannot be used. `problems` are the first cells at fault of the whole file: line, column_name, value, reason.
    `questions` name what the file cannot tell: currency, as_of, day_first.
    """

    file: str
    format: str
    label: str
    rows: int
    start: date | None
    stop: date | None
    currency: str | None
    new: int
    changed: int
    unchanged: int
    duplicate: int
    rejected: int
    ignored: int
    columns: list[str]
    sample: pd.DataFrame
    notices: list[str]
    questions: list[str]
    bad: tuple[tuple[int, str], ...]
    problems: pd.DataFrame
    is_mapped: bool
    numbers: tuple[str, ...]  # headers of the sample's columns of numbers
    undecided: str  # a date of the file that can be read both ways, where that is asked
    counted_on: Proposal  # the day that the file seems to speak of


def preview(path: Path, options: Options = Options()) -> Preview:
    """What the file is, what its rows would do, and its first rows without personal columns.

    Dates that leave their order open are shown day first and asked for. Nothing is written. Raises Refused if the file
    cannot be used at all.
    """
    questions = []
    seen: list[_Look] = []
    try:
        account = rehearse(path, options, lambda stage: seen.append(_look(stage)))
    except Undecided:
        questions.append("day_first")
        account = rehearse(path, replace(options, day_first=True), lambda stage: seen.append(_look(stage)))
    look = seen[0]
    if look.is_answered and "day_first" not in questions:
        questions.append("day_first")
    if account["currency"] == UNKNOWN_CURRENCY:
        questions.append("currency")
    if look.needs_day:
        questions.append("as_of")
    currency = account["currency"] if account["currency"] != UNKNOWN_CURRENCY else None
    return Preview(
        file=account["file"],
        format=account["format"],
        label=look.label,
        rows=account["rows"],
        start=account["start"],
        stop=account["stop"],
        currency=currency or _needs_none(account),
        new=account["loaded"],
        changed=account["updated"],
        unchanged=account["unchanged"],
        duplicate=account["duplicate"],
        rejected=account["rejected"],
        ignored=account["ignored"],
        columns=list(look.sample.columns),
        sample=look.sample,
        notices=account["notices"],
        questions=questions,
        bad=look.bad,
        problems=look.problems,
        is_mapped=look.is_mapped,
        numbers=look.numbers,
        undecided=look.undecided,
        counted_on=counted_on.of_file(path, account["file"], account["store"], look.known),
    )


def _needs_none(account: dict[str, Any]) -> str | None:
    """Stock has no currency of its own; everything else that says none is asked for it."""
    return "" if account["currency"] is None else None


@dataclass(frozen=True)
class _Look:
    """What is read off a staged file before it is gone."""

    known: Format
    label: str
    is_mapped: bool
    numbers: tuple[str, ...]
    undecided: str
    is_answered: bool
    needs_day: bool
    sample: pd.DataFrame
    bad: tuple[tuple[int, str], ...]
    problems: pd.DataFrame


def _look(stage: Staged) -> _Look:
    known = stage.recognised
    named = zip(known.columns, headers.labels(known.header), strict=True)
    shown = {name: label for name, label in named if name and not any(word in name for word in PERSONAL)}
    faults = stage.duck.execute(db.script("ingest/first_bad_cells.sql"), {"most": PROBLEMS}).fetchall()
    sample, records = _first_rows(stage, shown)
    targets = [(record, rejected.target(known.format, column)) for record, column, _, _ in faults]
    places = {(records.index(record), shown[name]) for record, name in targets if record in records and name in shown}
    return _Look(
        known=known.format,
        label=known.format.label,
        is_mapped=known.mapping is not None,
        numbers=tuple(shown[name] for name in known.format.numbers if name in shown),
        undecided=_both_ways(stage, [name for name in known.format.dates if name in known.columns]),
        is_answered=stage.evidence.is_answered and not (known.mapping and known.mapping.day_first is not None),
        needs_day=counted_on.is_asked(stage),
        sample=sample,
        bad=tuple(sorted(places)),
        problems=_problems(stage, faults),
    )


def _both_ways(stage: Staged, dates: list[str]) -> str:
    """A date that shows what is asked where the file leaves the order of days open: 03/04 rather than 04/04."""
    if not stage.evidence.is_answered:
        return ""
    source = stage.duck.table("source")
    values = [value for name in dates for (value,) in source.select(name).limit(MANY).fetchall() if value]
    numeric = [value for value in values if rejected.NUMERIC_DAY.match(value)]
    telling = [value for value in numeric if len(set(value.replace(".", "/").replace("-", "/").split("/")[:2])) == 2]
    return next(iter(telling or numeric), "")


def _first_rows(stage: Staged, shown: dict[str, str]) -> tuple[pd.DataFrame, list[int]]:
    """The first rows as they would load, text where a cell is no number or day, and the numbers of their records."""
    kinds = {"numbers": list(stage.recognised.format.numbers), "dates": list(stage.recognised.format.dates)}
    cells = stage.duck.execute(db.script("ingest/first_cells.sql"), {"most": SHOWN, **kinds}).df()
    records = sorted(cells["record"].unique().tolist())
    frame = cells.pivot_table(index="record", columns="name", values="value", aggfunc="first")
    frame = frame.reindex(index=records, columns=list(shown)).rename(columns=shown).reset_index(drop=True)
    return frame.astype(object).where(frame.notna(), None).rename_axis(columns=None), records


def _problems(stage: Staged, faults: list[tuple[int, str, str | None, str]]) -> pd.DataFrame:
    """The first cells at fault, with the lines on which they stand."""
    lines = {record: line for record, line, _ in records_of(stage, sorted({fault[0] for fault in faults}))}
    rows = [
        (lines.get(record, 0), rejected.label(stage.recognised, column), rejected.shown(value), reason)
        for record, column, value, reason in faults
    ]
    unread = ((line, "", None, reason) for line, reason in islice(stage.unreadable, PROBLEMS))
    return pd.DataFrame(
        sorted([*rows, *unread], key=lambda row: row[0])[:PROBLEMS], columns=PROBLEM_COLUMNS, dtype=object
    )
