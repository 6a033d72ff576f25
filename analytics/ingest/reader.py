"""From a file's bytes to a table DuckDB can read: what was packed is unpacked, what is not UTF-8 becomes it, and how its
lines are cut into cells is found out."""

import os
import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from analytics.errors import Refused
from analytics.ingest import dialect, encodings, workbook
from analytics.ingest.archives import unpack
from analytics.ingest.dialect import Dialect
from analytics.ingest.scan import CHUNK, Scan, scan

__all__ = ["TextTable", "lines_at", "open_table", "unpack", "without_lines"]

# each costs a reading of the file; a file with more of them is beyond mending
MOST_OPEN_QUOTES = 25
# more than any export has; far more of them and the conversion would run out of memory
MOST_COLUMNS = 2_000
# What people drop by mistake, by the first bytes.
NOT_A_TABLE = {
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"%PDF": "a PDF document",
    b"{\\rtf": "a text document (RTF)",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite format 3": "a database file",
    b"RIFF": "a picture or a recording",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"PAR1": "a Parquet file",
}
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(!doctype html|html|\?xml|table|head|body)", re.IGNORECASE)
JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(\{\s*"|\[\s*\{\s*")')
TAPE = re.compile(rb".{257}ustar", re.DOTALL)
CONTROL = re.compile("[\x00-\x08\x0e-\x1e]")
# stands behind the last line while it is looked for the cell that would swallow it
END = "\x03end of the file"


@dataclass(frozen=True)
class TextTable:
    """A table as UTF-8 text: where it is, how its cells are parted, and its first records."""

    path: Path
    encoding: str
    delimiter: str
    head: tuple[tuple[str, ...], ...]  # the first records, header and preamble included
    lines: tuple[int, ...]  # the physical line on which each of them ends
    unclosed: tuple[int, ...] = ()  # lines left out, as a quotation mark on them would have swallowed the rest
    quote: str = '"'  # '' where quotation marks are text like any other
    escape: str = '"'
    has_quotes: bool = True
    has_broken_cells: bool = True  # False: no record runs over a line end, so the file can be parsed in pieces
    has_wrapped: bool = False  # some cells may be ="00042" or '00042
    sha256: str = ""  # of the bytes as they came, unpacked but not decoded
    inside_cells: tuple[int, ...] = ()  # lines of a sheet's text that are no rows of the sheet

    @property
    def dialect(self) -> Dialect:
        """How its lines are cut into cells."""
        return Dialect(self.delimiter, self.quote, self.escape)

    def shown_line(self, line: int) -> int:
        """The number by which the user knows a line: of a workbook, the sheet's row."""
        return line - bisect_left(self.inside_cells, line)


def open_table(path: Path, work: Path) -> TextTable:
    """The file as UTF-8 text, copied into `work` only where it has to be decoded or unpacked.

    Raises Refused for an empty file, for what is not a table of text, and for an archive or a workbook of several tables
    (`unpack` gives them one by one).
    """
    tables = unpack(path, work)
    if len(tables) > 1:
        names = ", ".join(name for name, _ in tables[:5])
        raise Refused(f"{path.name} holds {len(tables)} tables ({names}). Unpack it, and import them one by one.")
    name, path = tables[0]
    start = _start(path, name)
    told, known = encodings.told_by_start(start), scan(path)
    encoding = told or encodings.judged(path, known)
    sha256 = known.sha256
    if not (encoding.startswith("utf-8") and known.is_plain):
        path = encodings.as_utf8(path, encoding, work)
        known = known if encoding.startswith("utf-8") else scan(path)
    return _as_table(path, name, (encoding, sha256), known, work)


def _start(path: Path, name: str) -> bytes:
    """The first bytes, if they are not those of something else."""
    with path.open("rb") as file:
        start = file.read(dialect.SAMPLE)
    what = next((what for magic, what in NOT_A_TABLE.items() if start.startswith(magic)), None)
    if MARKUP.match(start):
        what = "a web page, perhaps the platform's login page,"
    elif JSON.match(start):
        what = "JSON"
    elif TAPE.match(start):
        what = "a tar archive"
    if what:
        raise Refused(f"{name} is {what}, not a table of text. Export it as CSV and drop that file.".replace(",,", ","))
    return start


def _as_table(path: Path, name: str, origin: tuple[str, str], known: Scan, work: Path) -> TextTable:
    text = dialect.first_text(path)
    if not text.strip():
        raise Refused(f"{name} holds only blank lines. Export it again.")
    is_sheet = path.suffix == workbook.SUFFIX
    cut = Dialect(",") if is_sheet else dialect.found(path, text, known.quotes > 0)
    size = len(text)
    if len(CONTROL.findall(text.replace(cut.delimiter, ""))) > size / 100 or text.count("\ufffd") > size / 5:
        raise Refused(f"{name} is not a table of text. Export it as CSV and drop that file.")
    unclosed: list[int] = []
    if cut.quote == '"' and (known.quotes % 2 or _last_line(path).count(b'"') % 2):
        path, unclosed = _without_open_quotes(path, cut, work)
        text = dialect.first_text(path)
    records, lines = dialect.head(text, cut)
    widest = max(map(len, records), default=0)
    if widest > MOST_COLUMNS:
        raise Refused(
            f"{name} has {widest:,} columns, more than the {MOST_COLUMNS:,} that can be read. "
            "Export only the columns that are needed."
        )
    encoding, sha256 = origin
    return TextTable(
        path,
        encoding,
        cut.delimiter,
        records,
        lines,
        tuple(unclosed),
        quote=cut.quote,
        escape=cut.escape,
        has_quotes=bool(cut.quote) and (known.quotes > 0 or cut.quote != '"'),
        has_broken_cells=known.has_broken_cells if cut.quote == '"' == cut.escape else bool(cut.quote),
        has_wrapped=known.has_wrapped,
        sha256=sha256,
        inside_cells=tuple(workbook.lines_inside_cells(path)) if is_sheet else (),
    )


def _without_open_quotes(path: Path, cut: Dialect, work: Path) -> tuple[Path, list[int]]:
    """The file with lines made blank whose quotation mark is never closed, and which those are."""
    found: list[int] = []
    while (line := _open_quote(path, cut, found)) and len(found) < MOST_OPEN_QUOTES:
        found.append(line)
    return (without_lines(path, set(found), work) if found else path), found


def without_lines(path: Path, lines: set[int], work: Path) -> Path:
    """A copy of the file in which some lines are blank, so that all others keep their numbers."""
    target = work / f"{os.urandom(4).hex()}-{path.name}"
    with path.open("rb") as source, target.open("wb") as out:
        for number, content in enumerate(source, 1):
            out.write(content[len(content.rstrip(b"\r\n")) :] if number in lines else content)
    return target


def _open_quote(path: Path, cut: Dialect, left_out: list[int]) -> int:
    """The line on which a cell starts that runs to the end of the file, 0 if there is none."""
    with path.open("r", encoding="utf-8-sig", errors="replace", newline="") as file:
        lines = ("\n" if number in left_out else line for number, line in enumerate(file, 1))
        reader, last, begins = cut.reader(chain(lines, [END])), 1, 1
        record: list[str] = []
        for record in reader:
            last, begins = begins, reader.line_num + 1
    return last if record != [END] else 0


def _last_line(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - dialect.SAMPLE))
        return file.read().rstrip(b"\r\n").rpartition(b"\n")[2]


def lines_at(path: Path, positions: list[int]) -> list[int]:
    """The line, from 1, of the first character at or behind each of some rising byte positions that ends no line."""
    found, line, at = [], 1, 0
    with path.open("rb") as file:
        for position in positions:
            while at < position and (chunk := file.read(min(CHUNK, position - at))):
                line += chunk.count(b"\n")
                at += len(chunk)
            while (byte := file.read(1)) in (b"\r", b"\n"):
                line += byte == b"\n"
                at += 1
            file.seek(at)
            found.append(line)
    return found
