"""A table as an Excel workbook: numbers, days and shares as what they are, and a sheet that says what they are of."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics.metrics import METRICS

# A spreadsheet takes text that starts with one of these for a formula, and runs it; some also their wide sisters.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
FORMATS = {
    "money": "#,##0.00",
    "percent": "0.0%",
    "share": "0.0%",
    "days": "#,##0.0",
    "rate": "#,##0.00",
    "day": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm",
}
WHOLE, PIECES = "#,##0", "#,##0.###"
NARROWEST, WIDEST = 9, 48
# so many rows say how wide a column has to be
LOOKED_AT = 500

LONGEST_NAME, NOT_IN_NAMES = 31, re.compile(r"[\[\]:*?/\\\x00-\x1f]")

About = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """A sheet's name, its frame, and the kinds of its columns, see `excel`."""

    name: str
    frame: pd.DataFrame
    kinds: tuple[str, ...] = ()


def safe(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front; everything else stays."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def definitions(names: Sequence[str]) -> list[tuple[str, str]]:
    """The metrics among a table's columns, each with how it is computed."""
    return [(METRICS[name].label, METRICS[name].formula) for name in names if name in METRICS]


def excel(frame: pd.DataFrame, kinds: Sequence[str] = (), about: About = ()) -> bytes:
    """The frame as a workbook: a sheet of the rows and, where there is something to say of them, a sheet “About”.

    `kinds` are the columns' kinds as tables.Column names them; without them numbers are shown as they are. Unknown is empty.
    """
    return of_sheets([Sheet("Storeledger", frame, tuple(kinds))], about)


def of_sheets(sheets: Sequence[Sheet], about: About = ()) -> bytes:
    """Several frames as a workbook, a sheet each under its name."""
    import xlsxwriter  # only who saves a workbook waits for it

    file, names = io.BytesIO(), _names([each.name for each in sheets])
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, each in zip(names, sheets, strict=True):
            _rows(book, name, each.frame, list(each.kinds) or ["text"] * len(each.frame.columns))
        if about or not sheets:
            _about(book, [*about, ("Exported at", f"{datetime.now(UTC).astimezone():%Y-%m-%d %H:%M %Z}")])
    return file.getvalue()


def _names(wanted: Sequence[str]) -> list[str]:
    """Names as Excel takes them for sheets: without some signs, short, each once, and none like the sheet of explanations."""
    taken, found = {"about", "history"}, []
    for each in wanted:
        proper = NOT_IN_NAMES.sub(" ", each).strip(" '")[:LONGEST_NAME] or "Table"
        name, number = proper, 2
        while name.lower() in taken:
            end = f" ({number})"
            name, number = f"{proper[: LONGEST_NAME - len(end)]}{end}", number + 1
        taken.add(name.lower())
        found.append(name)
    return found


def _rows(book: Any, name: str, frame: pd.DataFrame, kinds: list[str]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    formats: dict[str, Any] = {}
    for at, (header, kind) in enumerate(zip(frame.columns, kinds, strict=True)):
        sheet.write_string(0, at, str(safe(str(header))), _header(book, kind in ("text", "day", "time")))
        sheet.set_column(at, at, _width(str(header), frame.iloc[:LOOKED_AT, at]))
    for line, row in enumerate(frame.itertuples(index=False), start=1):
        for at, value in enumerate(row):
            form = _form(value, kinds[at])
            if form and form not in formats:
                formats[form] = book.add_format({"num_format": form})
            _write(sheet, (line, at), value, formats.get(form or ""))
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)


def _header(book: Any, is_left: bool) -> Any:
    look = {"bold": True, "bg_color": "#E8EEED", "bottom": 1, "text_wrap": True, "valign": "top"}
    return book.add_format({**look, "align": "left" if is_left else "right"})


def _about(book: Any, lines: About) -> None:
    sheet = book.add_worksheet("About")
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    for line, (name, value) in enumerate(lines):
        sheet.write_string(line, 0, str(safe(name)), bold)
        sheet.write_string(line, 1, str(safe(value)), wrapped)


def _form(value: Any, kind: str) -> str | None:
    if kind == "count" and isinstance(value, Decimal | int | float) and not pd.isna(value):
        return WHOLE if value == int(value) else PIECES
    return FORMATS.get(kind)


def _width(header: str, values: "pd.Series[Any]") -> int:
    longest = max((len(_shown(value)) for value in values), default=0)
    # a header may break between two words
    words = max(map(len, header.split()), default=0)
    return max(NARROWEST, min(max(longest, words, len(header) // 2) + 3, WIDEST))


def _shown(value: Any) -> str:
    if isinstance(value, Decimal | float) and not pd.isna(value):
        return f"{value:,.2f}"
    return "" if value is None else str(value)


def _write(sheet: Any, place: tuple[int, int], value: Any, form: Any) -> None:
    if value is None or (not isinstance(value, list | tuple) and pd.isna(value)):
        return
    if isinstance(value, datetime):
        sheet.write_datetime(*place, value.replace(tzinfo=None), form)
    elif isinstance(value, date):
        sheet.write_datetime(*place, datetime.combine(value, time()), form)
    elif isinstance(value, Decimal | int | float) or hasattr(value, "item"):
        sheet.write_number(*place, float(value), form)
    else:
        sheet.write_string(*place, str(safe(str(value))))
