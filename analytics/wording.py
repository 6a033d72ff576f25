"""Numbers and days as words, the same in every sentence."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

BLANK = "–"


def money(amount: Decimal | None, currency: str) -> str:
    """Whole units from 100 up, else with cents: “1,240 EUR”, “12.50 EUR”; a dash for unknown."""
    if amount is None:
        return BLANK
    return f"{amount:,.0f} {currency}" if abs(amount) >= 100 else f"{amount:,.2f} {currency}"


def exact(amount: Decimal | int) -> str:
    """Every digit of an amount, two decimals at least: “1,240.00”, “0.0125”."""
    value = Decimal(amount)
    return f"{value:,.2f}" if value == round(value, 2) else f"{value.normalize():,f}"


def count(number: int, one: str, many: str | None = None) -> str:
    """“1 order”, “1,204 orders”; the plural takes an s unless it is given."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(share: Decimal | float | None) -> str:
    """A share as “12.5 %”; a dash for unknown."""
    return BLANK if share is None else f"{share * 100:.1f} %"


def whole_percent(share: Decimal) -> str:
    """A share that somebody chose, as it was chosen: “80 %”, “82.5 %”."""
    return f"{(share * 100).normalize():f} %"


def change(share: Decimal | float) -> str:
    """A change as “+4.2 %”; “±0.0 %” where it rounds to nothing."""
    said = f"{share * 100:+.1f} %"
    return "±0.0 %" if said in ("+0.0 %", "-0.0 %") else said


def day(when: date | None) -> str:
    """“Sat 21 Nov 2026”; a dash for unknown."""
    return BLANK if when is None else f"{when:%a} {when.day} {when:%b %Y}"


def days(start: date | None, stop: date | None) -> str:
    """The days from start up to but not including stop: “1 – 21 Nov 2026”; a dash for unknown."""
    if start is None or stop is None:
        return BLANK
    last = date.fromordinal(stop.toordinal() - 1)
    if start == last:
        return day(start)
    first = f"{start.day}" if (start.year, start.month) == (last.year, last.month) else f"{start.day} {start:%b}"
    first += "" if start.year == last.year else f" {start.year}"
    return f"{first} – {last.day} {last:%b %Y}"


def listed(names: Sequence[str]) -> str:
    """“A”, “A and B”, “A, B and C”."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1] if names else "")))
