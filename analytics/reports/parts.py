"""What a report is made of, in the order of the page: words, cards, charts, tables, and what is folded away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from analytics.reports import shown


@dataclass(frozen=True)
class Words:
    """Text in Markdown. `kind` is heading, text, caption or notice; a notice may have a title."""

    text: str
    kind: str = "text"
    title: str = ""


@dataclass(frozen=True)
class Card:
    """A number as its card shows it, how it changed and on what, and what stands under it."""

    label: str
    value: str
    change: str = ""
    change_is: str = ""
    note: str = ""


@dataclass(frozen=True)
class Cards:
    """Cards that stand side by side."""

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Chart:
    """A Vega-Lite specification with its data in it, and what it shows in words."""

    spec: dict[str, Any]
    alt: str


@dataclass(frozen=True)
class Column:
    """A column of a table: its name in the frame, its header, and its kind and form as shown.cell takes them."""

    name: str
    label: str
    kind: str = "text"
    form: str | None = None

    @property
    def is_number(self) -> bool:
        """Whether its cells stand at the right."""
        return self.kind not in ("text", "day", "time", "flag")


@dataclass(frozen=True)
class Table:
    """Rows with typed values; its name is what its downloads are called."""

    name: str
    frame: pd.DataFrame
    columns: tuple[Column, ...]

    def cells(self, most: int | None = None) -> Iterator[tuple[str, ...]]:
        """Each row's cells as they are read on the screen, at most so many rows."""
        frame = self.frame if most is None else self.frame.head(most)
        parts = [[shown.cell(value, each.kind, each.form) for value in frame[each.name]] for each in self.columns]
        return zip(*parts, strict=True)


@dataclass(frozen=True)
class Folded:
    """What stands closed on the page under a label: in Excel and, closed too, in HTML; not in a PDF."""

    label: str
    parts: "tuple[Part, ...]"


Part = Words | Cards | Chart | Table | Folded


@dataclass(frozen=True)
class View:
    """One view of a report: its title, the line that says what it is of, its parts, and the same line as names and words."""

    title: str
    scope: str
    parts: tuple[Part, ...]
    about: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Report:
    """One view or several, under a title."""

    title: str
    views: tuple[View, ...]
    made_at: datetime = field(default_factory=lambda: datetime.now(UTC).astimezone())

    @property
    def made(self) -> str:
        """When it was made, in words."""
        return f"{self.made_at:%Y-%m-%d %H:%M %Z}".strip()


def tables(parts: Sequence[Part]) -> list[Table]:
    """Every table, folded ones too, in their order."""
    found: list[Table] = []
    for part in parts:
        if isinstance(part, Table):
            found.append(part)
        elif isinstance(part, Folded):
            found += tables(part.parts)
    return found
