"""The names of a file's columns: as they are compared, as they are shown, and the row of them as one signature."""

import hashlib
import re
from functools import lru_cache

# what a file of rows set aside carries beside its own columns; no format takes them for data
SET_ASIDE = "Set aside: "
LINE, COLUMN, VALUE, REASON, WRITTEN = (
    f"{SET_ASIDE}{what}" for what in ("line", "column", "value", "reason", "written")
)

CURRENCY = re.compile(r"\s*\(([A-Za-z]{3}|[$£€¥₹])\)\s*$")


# a header is compared with the names of every format: thousands, each of which is the same for every file
@lru_cache(maxsize=16_384)
def plain(name: str) -> str:
    """A header as it is compared: trimmed, one space between words, lower case."""
    return re.sub(r"\s+", " ", name.replace("\ufeff", " ")).strip().casefold()


def currency(name: str) -> str | None:
    """The currency in which a header says that its amounts are: EUR of “Amount spent (EUR)”."""
    found = CURRENCY.search(name.strip())
    return found.group(1).upper() if found and found.group(1).isalpha() else None


def without_currency(name: str) -> str:
    """A header without the currency, or its sign, that stands in brackets at its end."""
    return CURRENCY.sub("", name).strip()


def is_ours(name: str) -> bool:
    """Whether a column was added by us to explain why a row was set aside."""
    return plain(name).startswith(SET_ASIDE.casefold().strip())


def labels(header: tuple[str, ...]) -> tuple[str, ...]:
    """A name for every column that no other column has: a blank header is “column 3”, a second Price “Price (2)”."""
    named: dict[str, str] = {}
    for at, name in enumerate(header, 1):
        shown = re.sub(r"\s+", " ", name.replace("\ufeff", " ")).strip() or f"column {at}"
        free = (f"{shown} ({again})" if again else shown for again in (0, *range(2, len(header) + 3)))
        unused = next(label for label in free if label.casefold() not in named)
        named[unused.casefold()] = unused
    return tuple(named.values())


def signature(header: tuple[str, ...]) -> str:
    """What tells one header row from another, whatever the order of its columns; our own columns do not count."""
    names = sorted(plain(label) for label in labels(header) if not is_ours(label))
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()
