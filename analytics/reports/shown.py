"""Numbers and days as a browser in English shows them, so that a report reads like the screen to the letter.

The forms are those that the pages give to cards and columns: a sprintf form such as “%,.2f”, localized, percent, compact.
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

import pandas as pd

from analytics.wording import BLANK

SPRINTF = re.compile(r"%(\+?)(,?)\.(\d)f")
COMPACT = ((Decimal(10**12), "T"), (Decimal(10**9), "B"), (Decimal(10**6), "M"), (Decimal(10**3), "K"))
# decimals of numbers that have no form of their own
PLAIN = 4
# from here on a card has no room for cents
COMPACT_FROM = 1_000_000


def cell(value: Any, kind: str, form: str | None = None) -> str:
    """A table's cell in words; a dash where it is unknown."""
    if value is None or (not isinstance(value, list | tuple) and pd.isna(value)):
        return BLANK
    if kind == "day":
        return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)
    if kind == "time":
        return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)
    if kind == "flag":
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value) if kind == "text" else number(Decimal(str(value)), form)


def exact(text: str) -> Decimal:
    """The number that a text is. Raises ValueError if it is none."""
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is not a number") from error
    if not value.is_finite():
        raise ValueError(f"{text!r} is not a finite number")
    return value


def number(value: Decimal, form: str | None) -> str:
    """A number in a form of the pages; without one with at most four decimals."""
    if form == "percent":
        return f"{_trimmed(value * 100, 2)}%"
    if form == "compact":
        return _compact(value)
    if form == "localized":
        return _trimmed(value, 3)
    if form and SPRINTF.search(form):
        return SPRINTF.sub(lambda found: _fixed(value, found), form).replace("%%", "%")
    return _trimmed(value, PLAIN).replace(",", "")


def _fixed(value: Decimal, found: "re.Match[str]") -> str:
    sign, comma, digits = found.groups()
    return f"{_rounded(value, int(digits)):{sign}{comma}.{digits}f}"


def _trimmed(value: Decimal, digits: int) -> str:
    """At most so many decimals, none for nothing."""
    text = f"{_rounded(value, digits):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded(value: Decimal, digits: int) -> Decimal:
    # the browser rounds a half away from zero
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _compact(value: Decimal) -> str:
    for size, letter in COMPACT:
        if abs(_rounded(value / size, 1)) >= 1:
            scaled = value / size
            digits = 0 if abs(_rounded(scaled, 1)) >= 10 else 1
            return f"{_trimmed(scaled, digits)}{letter}"
    return _trimmed(value, 0 if abs(value) >= 10 else 1)


def card_form(unit: str, value: Decimal | int) -> str | None:
    """The form in which a card shows a metric of a unit, see analytics.metrics."""
    if unit == "money":
        # to the cent as long as a card has room for it: it is what the platform's own page is compared with
        return "%,.2f" if -COMPACT_FROM < value < COMPACT_FROM else "compact"
    return {"percent": "%.1f %%", "count": "localized", "ratio": "%.2f", "days": "%.1f"}.get(unit)
