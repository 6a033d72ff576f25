"""In which encoding a file is, told from its bytes, and the same file as UTF-8."""

import codecs
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analytics.ingest.scan import CHUNK, Scan

MARKS = (  # the longer first: UTF-32's begins like UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# so many bytes of lines in doubt are judged: enough for every word that is usual in a shop
JUDGED = 64 * 1024
CYRILLIC_VOWELS = re.compile("[аеёиоуыэюяіїєАЕЁИОУЫЭЮЯІЇЄ]")
WORD = re.compile(r"[^\W_]+")
# the old half-width katakana: four of them, or with their own voicing marks
VOICED = re.compile("[\uff9e\uff9f]")
HALF_WIDTH = re.compile("[\uff66-\uff9f]{4,}|[\uff66-\uff9d]*[\uff9e\uff9f][\uff66-\uff9f]*")
# Bytes by which Latin-9 differs from cp1252, where they stand inside a word, and those of Polish in cp1250.
LATIN_9 = re.compile(rb"[A-Za-z\xc0-\xff][\xa6\xa8\xb4\xb8\xbc\xbd]|[\xa6\xa8\xb4\xb8\xbc\xbd][A-Za-z\xc0-\xff]|\xa4")
POLISH = re.compile(rb"[a-z\xc0-\xff][\xb3\xb9\xbf\x9c\x9f](?=[a-z\xc0-\xff])|[a-z\xc0-\xff]\xb9\b")
SURELY_POLISH = re.compile(rb"[a-z][\xb3\xb9\xbf](?=[a-z])")


def _set_aside(error: UnicodeError) -> tuple[str, int]:
    """What is no text becomes a byte that is none in UTF-8 either: the parser then sets its line aside."""
    assert isinstance(error, UnicodeDecodeError)
    return "\udcff", error.end


def _as_control(error: UnicodeError) -> tuple[str, int]:
    """The five bytes that cp1252 leaves open are what Windows and browsers take them for."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("set_aside", _set_aside)
codecs.register_error("as_control", _as_control)


def told_by_start(start: bytes) -> str | None:
    """The encoding that a file's first bytes give away, by a mark or by the zeros of UTF-16; None if they do not."""
    for mark, name in MARKS:
        if start.startswith(mark):
            return name
    start = start[:8192]
    zeros = [start[at::2].count(0) for at in (0, 1)]
    # letters from elsewhere have no zero, but delimiters, digits and line ends do
    if sum(zeros) < len(start) / 20 or min(zeros) * 20 > max(zeros):
        return None
    name = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    after = 1 if name == "utf-16-le" else -1
    marks = [at for at, byte in enumerate(start[:-1]) if byte in b",;\t\r\n"]
    if sum(start[at + after] == 0 for at in marks) < len(marks) * 0.8:
        return None  # zeros strewn into a file of single bytes
    text = start[: len(start) // 2 * 2].decode(name, errors="replace")
    return name if text.count("\ufffd") <= 1 + len(text) / 100 else None


def judged(path: Path, found: Scan) -> str:
    """The encoding of a file without a mark: UTF-8 if most lines in doubt are, else the code page whose words are words."""
    if found.is_utf8:
        return "utf-8"
    doubtful, is_utf8 = [], 0
    size = 0
    with path.open("rb") as file:
        for line in file:
            if line.isascii():
                continue
            doubtful.append(line)
            is_utf8 += _decodes(line, "utf-8")
            size += len(line)
            if size > JUDGED:
                break
    if is_utf8 * 2 >= len(doubtful):
        return "utf-8"
    return code_page(b"".join(doubtful))


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def code_page(content: bytes) -> str:
    """The code page in which most words of some lines look like words; cp1252, the usual one, if none stands out."""
    best = max(PAGES, key=lambda page: _score(content, page))
    if best.name != "cp1252":
        return best.name
    polish = POLISH.findall(content)
    if len(SURELY_POLISH.findall(content)) > 0 and len(polish) > 1:
        return "cp1250"
    has_typography = any(byte in content for byte in range(0x80, 0xA0))
    return "iso-8859-15" if not has_typography and LATIN_9.search(content) else "cp1252"


@dataclass(frozen=True)
class Page:
    """A code page and what tells a word of its language: from the word, how much speaks for it, below 0 against."""

    name: str
    judge: Callable[[str, str], int]


def _western(word: str, page: str) -> int:
    foreign = [letter for letter in word if not letter.isascii()]
    # accents stand between plain letters; a word made of accents alone is no word, save for à and É
    return len(foreign) if len(foreign) * 2 <= len(word) or len(word) == 1 else 1 - len(foreign)


def _cyrillic(word: str, page: str) -> int:
    foreign = [letter for letter in word if not letter.isascii()]
    is_written_so = word.islower() or word.isupper() or word.istitle()
    is_cyrillic = len(foreign) == len(word) and all("\u0400" <= letter <= "\u04ff" for letter in word)
    if len(word) > 1 and is_cyrillic and is_written_so and CYRILLIC_VOWELS.search(word):
        return len(word)
    return 0 if len(word) == 1 else -len(foreign)


def _east_asian(word: str, page: str) -> int:
    """Chinese and Japanese: the everyday characters stand in the first half of the code page, the rare ones in the second."""
    foreign = [letter for letter in word if not letter.isascii()]
    if page == "cp932" and HALF_WIDTH.fullmatch(word):
        return len(word) + 1 if VOICED.search(word) else len(word) // 2
    usual = sum(2 for letter in foreign if _is_usual(letter, page))
    latin = [letter for letter in word if letter.isascii() and letter.isalpha()]
    # Men’s in cp1252 is such a character behind three plain letters; a T-shirt is one behind a single capital
    is_alone_in_latin = len(foreign) == 1 and (len(latin) > 1 or any(letter.islower() for letter in latin))
    return -2 * len(foreign) if is_alone_in_latin else usual - 4 * (len(foreign) - usual // 2)


def _is_usual(letter: str, page: str) -> bool:
    code = letter.encode(page, errors="replace")
    if page == "gb18030":
        return len(code) == 2 and code[0] in range(0xA1, 0xD8) and code[1] >= 0xA1
    return len(code) == 2 and code[0] in range(0x81, 0x98)


def _score(content: bytes, page: Page) -> float:
    handler = "as_control" if page.name == "cp1252" else "set_aside"
    text = content.decode(page.name, errors=handler)
    words = {word for word in WORD.findall(text) if not word.isascii()}
    # a word in doubt counts once: a shop's name on every line is one witness
    return sum(page.judge(word, page.name) for word in words) - 20 * text.count("\udcff")


PAGES = (
    Page("cp1252", _western),  # the first of equals
    Page("cp1251", _cyrillic),
    Page("gb18030", _east_asian),
    Page("cp932", _east_asian),
)


def as_utf8(path: Path, encoding: str, work: Path) -> Path:
    """A copy of the file in UTF-8 with one kind of line end and without NUL; bytes that are no text stay none."""
    target = work / f"{os.urandom(4).hex()}-{path.name}"
    if encoding.startswith("utf-8"):
        return _mended(path, target)
    handler = "as_control" if encoding.startswith("cp125") else "set_aside"
    with (
        path.open("r", encoding=encoding, errors=handler) as source,
        target.open("w", encoding="utf-8", errors="surrogateescape", newline="") as out,
    ):
        while chunk := source.read(CHUNK):
            out.write(chunk.replace("\x00", ""))
    return target


def _mended(path: Path, target: Path) -> Path:
    with path.open("rb") as source, target.open("wb") as out:
        while chunk := source.read(CHUNK):
            chunk += source.read(1) if chunk.endswith(b"\r") else b""
            out.write(chunk.replace(b"\x00", b"").replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    return target
