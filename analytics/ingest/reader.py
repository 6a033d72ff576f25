"""From a file's bytes to a table DuckDB can read: encoding, compression, delimiter, and the lines before the header."""

import codecs
import csv
import gzip
import io
import os
import re
import shutil
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from analytics.errors import Refused

# Product descriptions hold whole pictures as text: Python's own limit of 128 KB a cell is too low.
csv.field_size_limit(2**31 - 1)
SAMPLE = 256 * 1024
CHUNK = 1024 * 1024
# each costs a reading of the file; a file with more of them is beyond mending
MOST_OPEN_QUOTES = 25
DELIMITERS = (",", ";", "\t", "|")
# What people drop by mistake, by the first bytes.
NOT_A_TABLE = {
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a zip archive or an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database file",
    b"RIFF": "a picture or a recording",
}
# Spreadsheets in the West write cp1252, of which Latin-1 is a part; another is believed only where it stands out.
ELSEWHERE = ["cp1251", "cp932", "gb18030"]
CODE_PAGES = ["cp1252", *ELSEWHERE]
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
WRAPPED = re.compile(rb'(?:^|\t)"(?:[^"\t]|"")*""(?:[^"\t]|"")*"(?:\t|\r?\n?$)')
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class TextTable:
    """A table as UTF-8 text: where it is, how its cells are parted, and its first records."""

    path: Path
    encoding: str
    delimiter: str
    head: tuple[tuple[str, ...], ...]  # the first records, header and preamble included
    lines: tuple[int, ...]  # the physical line on which each of them ends
    unclosed: tuple[int, ...] = ()  # lines left out, as a quotation mark on them would have swallowed the rest
    quote: str = '"'  # what cells are wrapped in, empty where quotation marks are letters


def open_table(path: Path, work: Path, quote: str = '"') -> TextTable:
    """The file as UTF-8 text, copied into `work` only where it has to be decoded or unpacked.

    With an empty `quote`, quotation marks are letters like any other, and none has to be closed.
    Raises Refused for an empty file and for what is not a table of text.
    """
    if not path.is_file():
        raise Refused(f"There is no file {path.name}. Check the name and the folder.")
    if path.stat().st_size == 0:
        raise Refused(f"{path.name} is empty (0 bytes). Export it again; the download may have been interrupted.")
    path = _unpacked(path, work)
    with path.open("rb") as file:
        start = file.read(SAMPLE)
    for magic, what in NOT_A_TABLE.items():
        if start.startswith(magic):
            raise Refused(f"{path.name} is {what}, not a table of text. Export it as CSV and drop that file.")
    name = path.name
    encoding, is_readable = _encoding(path, start)
    if not is_readable:
        path = _decoded(path, encoding, work)
    text = _first_text(path)
    if not text.strip():
        raise Refused(f"{name} holds only blank lines. Export it again.")
    if len(CONTROL.findall(text)) > len(text) / 100:
        raise Refused(f"{name} is not a table of text. Export it as CSV and drop that file.")
    delimiter = _delimiter(text)
    unclosed: list[int] = []
    if quote and _quotes(path) % 2:
        path, unclosed = _without_open_quotes(path, delimiter, work)
        text = _first_text(path)
    return TextTable(path, encoding, delimiter, *_head(text, delimiter), tuple(unclosed), quote)


def _quotes(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b'"') for chunk in iter(lambda: file.read(CHUNK), b""))


def is_wrapped(path: Path) -> bool:
    """Whether cells between tabs are wrapped in quotation marks: a mark inside is then doubled, or the header is wrapped."""
    with path.open("rb") as file:
        if re.match(rb'[^\t]*\t?"[^"\t]*"\t', file.readline()):
            return True
        return any(b'""' in line and WRAPPED.search(line) for line in file)


def _without_open_quotes(path: Path, delimiter: str, work: Path) -> tuple[Path, list[int]]:
    """The file with lines made blank whose quotation mark is never closed, and which those are."""
    found: list[int] = []
    while (line := _open_quote(path, delimiter, found)) and len(found) < MOST_OPEN_QUOTES:
        found.append(line)
    return (without_lines(path, set(found), work) if found else path), found


def without_lines(path: Path, lines: set[int], work: Path) -> Path:
    """A copy of the file in which some lines are blank, so that all others keep their numbers."""
    target = work / f"{os.urandom(4).hex()}-{path.name}"
    with path.open("rb") as source, target.open("wb") as out:
        for number, content in enumerate(source, 1):
            out.write(content[len(content.rstrip(b"\r\n")) :] if number in lines else content)
    return target


def _open_quote(path: Path, delimiter: str, left_out: list[int]) -> int:
    """The line on which a cell starts that runs to the end of the file, 0 if there is none."""
    with path.open("r", encoding="utf-8-sig", errors="replace", newline="") as file:
        lines = ("\n" if number in left_out else line for number, line in enumerate(file, 1))
        reader, begins = csv.reader(lines, delimiter=delimiter, strict=False), 1
        record: list[str] = []
        for record in reader:
            last, begins = begins, reader.line_num + 1
    runs_on = bool(record) and record[-1].endswith(("\n", "\r"))
    return last if runs_on and begins - last > 1 else 0


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


def _head(text: str, delimiter: str) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    head, lines = [], []
    for record in reader:
        head.append(tuple(record))
        lines.append(reader.line_num)
        if len(head) == 40:
            break
    return tuple(head), tuple(lines)


def _unpacked(path: Path, work: Path) -> Path:
    with path.open("rb") as file:
        if file.read(2) != b"\x1f\x8b":
            return path
    target = work / f"{path.stem}"
    try:
        with gzip.open(path) as packed, target.open("wb") as plain:
            shutil.copyfileobj(packed, plain, CHUNK)
    except (OSError, EOFError, zlib.error) as error:
        raise Refused(f"{path.name} cannot be unpacked ({error}). Download it again.") from error
    return target


def _encoding(path: Path, start: bytes) -> tuple[str, bool]:
    """The encoding, and whether the file can be read as it stands."""
    if start.startswith(UTF_16):
        return "utf-16", False
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        halves = start[first:200:2]
        if halves.count(0) > len(halves) * 0.4:
            return name, False
    has_bom = start.startswith(codecs.BOM_UTF8)
    decoder = codecs.getincrementaldecoder("utf-8")()
    has_nul, ends = False, Counter[bytes]()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                chunk += file.read(1) if chunk.endswith(b"\r") else b""
                has_nul = has_nul or b"\x00" in chunk
                ends.update({end: chunk.count(end) for end in (b"\r\n", b"\r", b"\n")})
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        if not has_bom:
            return _code_page(path), False
    # carriage returns alone are the line ends of old Macs
    is_mixed = len({count for count in ends.values() if count}) > 1 or ends[b"\r"] > ends[b"\n"]
    return "utf-8-sig" if has_bom else "utf-8", not (has_nul or is_mixed)


def _code_page(path: Path) -> str:
    """The old encoding of a file, decided from the lines in doubt alone: most of a file is plain ASCII."""
    doubtful = b""
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                doubtful += line
            if len(doubtful) > SAMPLE // 8:
                break
    best = from_bytes(doubtful, cp_isolation=CODE_PAGES).best()
    return best.encoding if best and best.encoding in ELSEWHERE else "cp1252"


def _decoded(path: Path, encoding: str, work: Path) -> Path:
    target = work / f"utf8-{path.name}"
    # universal line ends: a file that mixes them comes out with one kind
    with (
        path.open("r", encoding=encoding, errors="replace") as source,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        while chunk := source.read(CHUNK):
            out.write(chunk.replace("\x00", ""))
    return target


def _first_text(path: Path) -> str:
    with path.open("r", encoding="utf-8-sig", errors="replace", newline="") as file:
        return file.read(SAMPLE)


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
