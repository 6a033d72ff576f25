"""What an unknown table most likely is, and which of its columns is which: by their names, and by what stands in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from analytics.ingest.formats import Format, all_formats
from analytics.ingest.headers import labels, plain
from analytics.ingest.mapping import Mapping
from analytics.ingest.words import meaning

# below this a column is left open rather than guessed
ENOUGH = 0.34
# of a column's cells, so many have to look alike to make it a column of such cells
MOSTLY = 0.7
# words that say little alone: many columns are numbers, names, dates or amounts of something
COMMON = {
    "number": 0.4,
    "name": 0.5,
    "date": 0.6,
    "unit": 0.4,
    "amount": 0.6,
    "product": 0.7,
    "order": 0.8,
    "from": 0.4,
    "days": 0.5,
}
NUMBER = re.compile(
    r"[(+\-−]?\s*(?:[^\w\s.,()+-]\s*[-−]?|[A-Z]{1,3}\$\s*|(?:[A-Z]{3}|kr)\s*)?\d[\d.,'’\s\u00a0]*"
    r"(?:[^\w\s.,()]|[A-Z]{3}|kr|zł)?\)?-?"
)
WHOLE = re.compile(r"-?\d{1,4}(?:[.,]0+)?")
MONEY = re.compile(r".*\d[.,]\d{1,2}\D*")
DATE = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]{1,2}(?:\d{1,2}|[^\W\d]{3,9})[-/., ]{1,2}\d{2,4}"
    r"|[^\W\d]{3,9}\.? \d{1,2},? \d{4})(?:[T ,].*)?"
)
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|h:[0-9a-f]{32}")
CURRENCY = re.compile(r"[A-Z]{3}|[€$£]|[a-z]{3}")
CURRENCIES = frozenset(
    {
        "EUR",
        "USD",
        "GBP",
        "CHF",
        "SEK",
        "DKK",
        "NOK",
        "PLN",
        "CAD",
        "AUD",
        "NZD",
        "JPY",
        "CZK",
        "HUF",
        "RON",
        "BRL",
        "MXN",
    }
    | {"INR", "ZAR", "CNY", "HKD", "SGD", "TRY", "KRW", "THB"}
)
CODE = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[\w#./-]{3,32}")
ID = re.compile(r"[#A-Za-z]{0,6}[-# ]?\d{2,20}(?:[-/]\d+)*|" + CODE.pattern)
# our columns whose cells are words, never codes of letters and digits
WORDED = ("kind", "category", "channel", "region", "reason", "condition", "resolution", "is_restocked", "gift_card")
COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Content:
    """What stands in a column: the shares of its filled cells that look like each kind, and how often they repeat."""

    filled: float
    shares: dict[str, float]
    distinct: float  # different values for each filled cell
    runs: float = 0  # of neighbours, how many are the same

    def is_mostly(self, kind: str) -> bool:
        """Whether most filled cells look like that: a few may be slips of the pen."""
        return self.shares.get(kind, 0) >= MOSTLY


@dataclass(frozen=True)
class Proposal:
    """A format for an unknown table, our column and the label of the file's column each, and how sure that is (0 to 1)."""

    format: Format
    columns: dict[str, str]
    score: float

    @property
    def missing(self) -> list[list[str]]:
        """Groups of our columns of which one each still has to be chosen."""
        return missing(self.format, self.columns)

    def as_mapping(self) -> Mapping:
        """The proposal as something to try or to save."""
        return Mapping(self.format.name, tuple(sorted(self.columns.items())))


def missing(known: Format, chosen: dict[str, str]) -> list[list[str]]:
    """Groups of a format's columns of which one each has to be chosen and none is."""
    groups = [[name] for name in known.required] + [list(group) for group in known.any_of]
    return [group for group in groups if not any(name in chosen for name in group)]


def targets() -> list[Format]:
    """The tables that any file can be mapped to."""
    return [known for known in all_formats() if known.is_generic]


def header_place(records: Sequence[tuple[str, ...]]) -> int:
    """Where the header most likely stands: the first record that is as wide as the table and holds names, not values."""
    width = max((sum(bool(cell.strip()) for cell in record) for record in records), default=0)
    for at, record in enumerate(records):
        cells = [cell.strip() for cell in record if cell.strip()]
        names = [cell for cell in cells if not NUMBER.fullmatch(cell) and not DATE.fullmatch(cell)]
        if len(cells) >= max(width * 0.6, 1) and len(names) > len(cells) * 0.7:
            return at
    return 0


def content(cells: Sequence[str]) -> Content:
    """What stands in a column."""
    filled = [cell.strip() for cell in cells if cell.strip() and cell.strip() not in ("-", "--", "N/A", "n/a", "null")]
    if not filled:
        return Content(0, {}, 0)
    patterns = {"number": NUMBER, "whole": WHOLE, "money": MONEY, "date": DATE, "email": EMAIL, "id": ID, "code": CODE}
    shares = {
        kind: sum(bool(pattern.fullmatch(cell)) for cell in filled) / len(filled) for kind, pattern in patterns.items()
    }
    shares["currency"] = sum(cell.upper() in CURRENCIES for cell in filled) / len(filled)
    shares["country"] = sum(bool(COUNTRY.fullmatch(cell)) for cell in filled) / len(filled)
    shares["text"] = sum(bool(re.search(r"[^\W\d_]{3}", cell)) for cell in filled) / len(filled)
    shares["words"] = sum(" " in cell for cell in filled) / len(filled) if shares["text"] else 0
    runs = sum(one == other for one, other in pairwise(filled)) / max(len(filled) - 1, 1)
    return Content(len(filled) / len(cells), shares, len(set(filled)) / len(filled), runs)


def by_name(names: Sequence[str], header: str) -> float:
    """How well a header says one of some names, from 0 to 1: letter by letter, by its words, or nearly."""
    said, best = plain(header), 0.0
    for name in names:
        if plain(name) == said:
            return 1.0
        ours, theirs = meaning(name), meaning(header)
        both = sum(COMMON.get(word, 1) for word in ours & theirs)
        if both:
            either = sum(COMMON.get(word, 1) for word in ours | theirs)
            # a word that stands alone and says little proves little
            best = max(best, both / either * (0.9 if both >= 0.9 or ours == theirs else 0.6))
        elif len(said) > 4:
            alike = SequenceMatcher(None, plain(name), said).ratio()
            best = max(best, alike * 0.8 if alike > 0.84 else 0)
    return best


def by_content(known: Format, name: str, found: Content) -> tuple[float, float]:
    """How well a column's cells fit ours: a factor for what its name says, and what the cells say by themselves."""
    if not found.filled:
        return 0.7, 0.0
    if name in known.dates:
        return (1.0, 0.42) if found.is_mostly("date") else (0.1, 0.0)
    if name in known.numbers:
        if not found.is_mostly("number") or found.is_mostly("date"):
            return 0.1, 0.0
        return 1.0, _number(name, found)
    if "email" in name:
        return (1.0, 0.6) if found.is_mostly("email") else (0.1, 0.0)
    if name == "currency":
        return (1.0, 0.6) if found.is_mostly("currency") else (0.1, 0.0)
    if found.is_mostly("date") or found.is_mostly("email"):
        return 0.1 if name != "customer" else 0.8, 0.0
    return _text(name, found)


def _number(name: str, found: Content) -> float:
    if name in ("quantity", "on_hand", "units"):
        return 0.38 if found.is_mostly("whole") and found.distinct < 0.7 else 0.0
    is_money = found.is_mostly("money") and not found.is_mostly("whole")
    return 0.36 if is_money and name in ("unit_price", "price", "unit_cost", "amount") else 0.0


def _text(name: str, found: Content) -> tuple[float, float]:
    is_money = found.is_mostly("money") and found.is_mostly("number")
    if name in ("order", "order_name"):
        # the lines of an order stand one below the other
        likely = 0.41 if found.runs and found.distinct < 1 else 0.36
        return (
            (0.2, 0.0) if is_money else (1.0, likely if found.is_mostly("id") and not found.is_mostly("whole") else 0.0)
        )
    if name in ("sku", "code"):
        return (0.2, 0.0) if is_money else (1.0, 0.37 if found.is_mostly("code") else 0.0)
    if name in ("title", "product"):
        return (
            (1.0, 0.35 if found.is_mostly("words") and found.shares["text"] > 0.8 else 0.0)
            if found.is_mostly("text")
            else (0.3, 0)
        )
    if name == "country":
        return 1.0, 0.4 if found.is_mostly("country") and found.distinct < 0.9 else 0.0
    if name == "customer":
        # a name is nobody's number
        return (0.3, 0.0) if found.is_mostly("words") else (1.0, 0.0)
    # kinds, groups and places are words
    is_code = name in WORDED and (found.is_mostly("code") or found.is_mostly("number"))
    return (0.3, 0.0) if is_money or is_code else (1.0, 0.0)


def columns_for(known: Format, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Proposal:
    """The best column of the file for each of a format's, no column for two; what nothing speaks for is left open."""
    named = labels(header)
    contents = [content([row[at] if at < len(row) else "" for row in rows]) for at in range(len(header))]
    ranked = []
    for name, theirs in known.columns.items():
        for at, label in enumerate(named):
            factor, alone = by_content(known, name, contents[at])
            said = by_name((name.replace("_", " "), *theirs), header[at]) * factor if header[at].strip() else 0.0
            score = max(said, alone) + (0.1 if said and alone else 0)
            is_needed = name in known.required or any(name in group for group in known.any_of)
            if score >= ENOUGH if said or is_needed else score >= 0.5:
                ranked.append((score, is_needed, name, label))
    chosen: dict[str, str] = {}
    scores: dict[str, float] = {}
    for score, _, name, label in sorted(ranked, key=lambda each: (-each[0], not each[1])):
        if name not in chosen and label not in chosen.values():
            chosen[name], scores[name] = label, score
    return Proposal(known, chosen, _likelihood(known, chosen, scores, header))


def _likelihood(known: Format, chosen: dict[str, str], scores: dict[str, float], header: tuple[str, ...]) -> float:
    """How sure a table is; of two that a file could be, the one that explains more of it is likelier."""
    groups = [(name,) for name in known.required] + list(known.any_of)
    found = [max((scores.get(name, 0.0) for name in group), default=0.0) for group in groups]
    open_groups = len(missing(known, chosen))
    names = {plain(name) for name in header}
    # headers that only another table has speak against this one
    against = 0.7 if any(name in names for name in known.not_with) else 1.0
    sure = sum(found) / len(found) * 0.5**open_groups if found else 0.0
    return (sure + 0.05 * (len(groups) - open_groups) + 0.05 * len(chosen)) * against


def proposals(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[Proposal]:
    """A proposal for each table that a file can be mapped to, the likeliest first."""
    found = [columns_for(known, header, rows) for known in targets()]
    return sorted(found, key=lambda each: -each.score)
