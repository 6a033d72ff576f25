"""How a table of text is cut into records and cells: its delimiter, its quotation mark, and what escapes it."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

# Product descriptions hold whole pictures as text: Python's own limit of 128 KB a cell is too low.
csv.field_size_limit(2**31 - 1)
SAMPLE = 256 * 1024
DELIMITERS = (",", ";", "\t", "|", "\x1f", "\x01", "^", "~")
SAID = re.compile('\ufeff?"?sep=(.)"?[\r\n]', re.IGNORECASE)
# a mark behind a backslash inside a cell, and a doubled mark inside one
BACKSLASHED = re.compile(r'\\"(?=[^,;\t|\r\n])')
DOUBLED = re.compile(r'[^,;\t|\r\n"]""(?=[^,;\t|\r\n])')
HEAD = 40


class Records(Protocol):
    """Records as lists of cells, and the physical line on which the last one given ends."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True)
class Dialect:
    """`quote` is '' where quotation marks are text like any other; `escape` stands before a mark that is text."""

    delimiter: str
    quote: str = '"'
    escape: str = '"'

    def reader(self, lines: Iterable[str]) -> Records:
        """Python's reading of some lines in this dialect."""
        if not self.quote:
            return csv.reader(lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE)
        if self.escape != self.quote:
            return csv.reader(
                lines, delimiter=self.delimiter, quotechar=self.quote, doublequote=False, escapechar=self.escape
            )
        return csv.reader(lines, delimiter=self.delimiter, quotechar=self.quote)


def first_text(path: Path) -> str:
    """The beginning of a UTF-8 file, its line ends untouched."""
    with path.open("r", encoding="utf-8-sig", errors="replace", newline="") as file:
        return file.read(SAMPLE)


def found(path: Path, text: str, has_quotes: bool) -> Dialect:
    """The dialect of a file that begins with `text`."""
    said = SAID.match(text)
    delimiter = said.group(1) if said else _delimiter(text)
    if _has_single_quotes(text, delimiter):
        return Dialect(delimiter, "'", "'")
    if not has_quotes:
        return Dialect(delimiter)
    if delimiter == "\t" and _marks_are_text(path, _usual_tabs(text)):
        return Dialect(delimiter, "", "")
    is_escaped = len(BACKSLASHED.findall(text)) > len(DOUBLED.findall(text))
    return Dialect(delimiter, '"', "\\" if is_escaped else '"')


def head(text: str, dialect: Dialect) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
    """The first records, and the physical line on which each ends."""
    reader = dialect.reader(io.StringIO(text, newline=""))
    records, lines = [], []
    for record in reader:
        records.append(tuple(record))
        lines.append(reader.line_num)
        if len(records) == HEAD:
            break
    return tuple(records), tuple(lines)


def _delimiter(text: str) -> str:
    """The delimiter that cuts the first records into the most, and most equal, cells."""

    def score(delimiter: str) -> float:
        records = list(csv.reader(io.StringIO(text[: SAMPLE // 4], newline=""), delimiter=delimiter))[:60]
        widths = Counter(len(record) for record in records if record)
        tables = [(count, width) for width, count in widths.items() if width > 1]
        # title lines above the header are one cell wide and may outnumber the rows of a short file
        count, width = max(tables, default=(0, 0))
        return count / max(widths.total(), 1) + width / 1000

    return max(DELIMITERS, key=score)


def _has_single_quotes(text: str, delimiter: str) -> bool:
    """Whether the cells of the first lines are put between apostrophes."""
    lines = text.splitlines()[1:HEAD]
    cells = [cell.strip() for line in lines for cell in line.split(delimiter) if cell.strip()]
    wrapped = sum(1 for cell in cells if len(cell) > 1 and cell[0] == cell[-1] == "'")
    return wrapped > len(cells) / 2


def _usual_tabs(text: str) -> int:
    return Counter(line.count("\t") for line in text.splitlines()[:HEAD] if line).most_common(1)[0][0]


def _marks_are_text(path: Path, tabs: int) -> bool:
    """Whether a file of tabs was written without quoting, so that an inch mark or a quoted title is text like any other.

    A quoted cell ends in a mark and doubles those inside it. A cell that begins with a mark and does neither speaks for
    text, unless a line end may have cut it in two.
    """
    quoted = raw = 0
    with path.open("r", encoding="utf-8-sig", errors="replace", newline="") as file:
        for line in file:
            if '"' not in line:
                continue
            cells = line.rstrip("\r\n").split("\t")
            for at, cell in enumerate(cells):
                if cell.startswith('"'):
                    is_quoted = len(cell) > 1 and cell.endswith('"') and '"' not in cell[1:-1].replace('""', "")
                    is_whole = '"' in cell[1:] or (len(cells) > tabs and at < tabs)
                    quoted, raw = quoted + is_quoted, raw + (is_whole and not is_quoted)
    return raw > quoted
