"""One pass over a file's bytes: its fingerprint, and what has to be known of it before it can be parsed."""

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

CHUNK = 4 * 1024 * 1024
CR, LF, QUOTE, APOSTROPHE = b"\r"[0], b"\n"[0], b'"'[0], b"'"[0]
# what may stand before a cell's first character, and what behind an apostrophe that only says "this is text"
BEFORE_A_CELL = np.frombuffer(b',;\t|"\r\n', np.uint8)
GUARDED = np.frombuffer(b"0123456789=+-@", np.uint8)


@dataclass
class Scan:
    """What the bytes of a file hold; line ends are counted by kind, `sha256` is of the bytes as they are."""

    sha256: str = ""
    quotes: int = 0
    crlf: int = 0
    cr: int = 0
    lf: int = 0
    has_nul: bool = False
    has_broken_cells: bool = False  # a line ends between two quotation marks: a record may run over it
    has_wrapped: bool = False  # cells such as ="00042" or '00042, which a spreadsheet would have eaten
    is_utf8: bool = True

    @property
    def is_plain(self) -> bool:
        """Whether a parser can take the lines as they are: no NUL, one kind of line end, and not an old Mac's."""
        kinds = (self.crlf, self.cr - self.crlf, self.lf - self.crlf)
        return not self.has_nul and sum(1 for count in kinds if count) < 2 and not kinds[1]


def scan(path: Path) -> Scan:
    """Read the file once in large pieces; memory does not grow with it."""
    found, digest, decoder = Scan(), hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    last = b"\n"
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            _count(found, last, chunk)
            _try_utf8(found, decoder, chunk)
            last = chunk[-1:]
    _try_utf8(found, decoder, b"")
    found.sha256 = digest.hexdigest()
    return found


def _count(found: Scan, last: bytes, chunk: bytes) -> None:
    """Add what a piece holds; `last` is the byte before it."""
    # as numbers these are counted several at a time
    codes = np.frombuffer(chunk, np.uint8)
    quotes, returns = int(np.count_nonzero(codes == QUOTE)), int(np.count_nonzero(codes == CR))
    if (quotes or found.quotes % 2) and not found.has_broken_cells:
        before = np.searchsorted(np.flatnonzero(codes == QUOTE), np.flatnonzero(codes == LF))
        found.has_broken_cells = bool(np.any((before + found.quotes) % 2))
    found.quotes += quotes
    found.lf += int(np.count_nonzero(codes == LF))
    found.cr += returns
    if returns:
        found.crlf += chunk.count(b"\r\n")
    if last == b"\r" and chunk[:1] == b"\n":
        found.crlf += 1
    found.has_nul = found.has_nul or b"\x00" in chunk
    if not found.has_wrapped:
        found.has_wrapped = (quotes > 0 and b'="' in last + chunk) or _has_guard(last, codes)


def _has_guard(last: bytes, codes: NDArray[np.uint8]) -> bool:
    # a guard cut in two by the end of a piece goes unseen; a file with one has more of them
    at = np.flatnonzero(codes[:-1] == APOSTROPHE)
    if not len(at):
        return False
    before = np.where(at > 0, codes[at - 1], last[0])
    return bool(np.any(np.isin(before, BEFORE_A_CELL) & np.isin(codes[at + 1], GUARDED)))


def _try_utf8(found: Scan, decoder: codecs.IncrementalDecoder, chunk: bytes) -> None:
    if not found.is_utf8 or (chunk and chunk.isascii() and not decoder.getstate()[0]):
        return
    try:
        decoder.decode(chunk, final=not chunk)
    except UnicodeDecodeError:
        found.is_utf8 = False
