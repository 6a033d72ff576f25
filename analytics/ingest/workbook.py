"""An Excel workbook as text: each sheet that is a table becomes a file in which a record is a row of the sheet."""

import csv
import os
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from analytics.errors import Refused

SUFFIX = ".sheet"
# a spreadsheet keeps 15 digits: a longer number has lost its end
EXACT = 10**15


def sheets(path: Path, name: str, work: Path) -> list[tuple[str, Path]]:
    """The sheets that are tables, each with its name and its text; the sheet's own name only where there are several.

    Hidden sheets are left out if others hold anything. Raises Refused for a workbook that cannot be read or holds nothing.
    """
    book = _opened(path, name)
    shown = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    visible = [each.name for each in shown if each.visible == SheetVisibleEnum.Visible]
    hidden = [each.name for each in shown if each.visible != SheetVisibleEnum.Visible]
    for names in (visible, hidden):
        filled = [sheet for sheet in (book.get_sheet_by_name(each) for each in names) if sheet.height]
        tables = [sheet for sheet in filled if _is_table(sheet)] or filled
        if tables:
            return [_written(sheet, name if len(tables) == 1 else f"{name} ({sheet.name})", work) for sheet in tables]
    raise Refused(f"{name} holds no filled sheet. Save it again with the table in it, or as CSV.")


def _opened(path: Path, name: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError as error:
        raise Refused(
            f"{name} is protected by a password. Save it without one, or as CSV, and drop that file."
        ) from error
    except BaseException as error:
        # damage that the library did not expect ends in its own kind of panic, which is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise Refused(
            f"{name} cannot be read as an Excel workbook; it is damaged. Save it again, or as CSV, and drop that file."
        ) from error


def _is_table(sheet: CalamineSheet) -> bool:
    """Whether at least two rows have at least two filled cells."""
    rows = 0
    for row in sheet.iter_rows():
        rows += sum(1 for cell in row if cell != "") > 1
        if rows > 1:
            return True
    return False


def _written(sheet: CalamineSheet, name: str, work: Path) -> tuple[str, Path]:
    folder = work / os.urandom(4).hex()
    folder.mkdir()
    target = folder / f"{plain_name(name)}{SUFFIX}"
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row in sheet.iter_rows():
            cells = [as_text(cell) for cell in row]
            writer.writerow(cells if any(cells) else [])  # a blank row stays a line, so that rows keep their numbers
    return name, target


def plain_name(name: str) -> str:
    """A name from outside as a file name that is nothing else on any system."""
    kept = "".join(each if each.isalnum() or each in "-_() " else "." if each == "." else "_" for each in name)
    return kept.strip(". ")[-100:] or "table"


def as_text(cell: Any) -> str:
    """A cell as it would stand in an exact CSV: 12.1, 5371234567890, 2024-05-01 or 2024-05-01 13:45:07."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        rounded = (cell + timedelta(microseconds=500_000)).replace(microsecond=0)
        return rounded.date().isoformat() if rounded.time() == time() else rounded.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("seconds")
    return str(cell)


def _number(value: float) -> str:
    if abs(value) >= EXACT:
        return f"{value:.14E}"  # as a spreadsheet shows it: an id that has lost its end must not pass for a whole one
    if value == int(value):
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f")


def lines_inside_cells(path: Path) -> Iterator[int]:
    """The lines of a sheet's text that go on with a cell of the line above, so that they are no rows of their own."""
    with path.open("r", encoding="utf-8", newline="") as file:
        reader, last = csv.reader(file), 0
        for _ in reader:
            yield from range(last + 2, reader.line_num + 1)
            last = reader.line_num
