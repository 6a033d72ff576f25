"""The Markdown of the pages as plain runs of text: paragraphs, lists, bold; links and icons leave their words behind."""

import re
from dataclasses import dataclass

ICON = re.compile(r":material/\w+:\s?")
COLOURED = re.compile(r":[a-z]+\[([^\]]*)\]")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
MARKS = re.compile(r"(\*\*|`)")
ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
HEADING = re.compile(r"^#{1,6}\s+")
# where what is escaped waits until marks are read
HIDDEN = 0xE000


@dataclass(frozen=True)
class Run:
    """A piece of text in one weight."""

    text: str
    is_bold: bool = False


Line = tuple[Run, ...]


def lines(markdown: str) -> list[Line]:
    """Each line of a text as runs; an item of a list begins with a bullet."""
    hidden = ESCAPED.sub(lambda found: chr(HIDDEN + ord(found[1])), markdown)
    for pattern in (ICON, COLOURED, LINK):
        hidden = pattern.sub(lambda found: found[1] if found.re.groups else "", hidden)
    return [_runs(part) for part in re.split(r"\n\s*\n|[ ]{2,}\n|\n", hidden) if part.strip()]


def plain(markdown: str) -> str:
    """The text without any marks."""
    return "\n".join("".join(run.text for run in line) for line in lines(markdown))


def _runs(line: str) -> Line:
    bold = bool(HEADING.match(line))
    line = ITEM.sub("• ", HEADING.sub("", line)).strip()
    found: list[Run] = []
    for piece in MARKS.split(line):
        if piece == "**":
            bold = not bold
        elif piece and piece != "`":
            found.append(Run(_shown(piece), bold))
    return tuple(found)


def _shown(text: str) -> str:
    return "".join(chr(ord(each) - HIDDEN) if HIDDEN <= ord(each) < HIDDEN + 128 else each for each in text)
