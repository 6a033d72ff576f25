"""Whether what the address asks of the filters can be followed."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from analytics.periods import FIRST, LAST
from pages.ui import address

# Python reads other ways of writing a day than the picker does
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SLICES = ("channel", "country", "category")
# What a page may narrow that is no part of a scope.
OWN = ("kind", "status")
LABELS = {
    "store": "Store",
    "days": "Days",
    "day": "Day",
    "compare": "Compared with",
    "clock": "Refunds count on",
    "channel": "Channel",
    "country": "Country",
    "category": "Category",
    "currency": "Currency",
    "kind": "Kind of data",
    "status": "Status",
}


def problems(raw: Mapping[str, Sequence[str]], options: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Which of the address's parameters cannot be followed, each in words.

    `options` are the values each filter knows. `days` are the first and last as ISO dates, or one for both.
    """
    wrong = {}
    for name, values in raw.items():
        if name in ("days", "day"):
            is_right = _are_days(values, 2 if name == "days" else 1)
        else:
            is_right = set(values) <= set(options.get(name, ())) and _is_single(name, values)
        if not is_right:
            wrong[name] = f"{LABELS[name].lower()} “{address.said(values)}”"
    return wrong


def _is_single(name: str, values: Sequence[str]) -> bool:
    """Whether a filter that takes one value has one, and one that takes several has each of them once."""
    return len(set(values)) == len(values) and (name in ("store", *SLICES, *OWN) or len(values) == 1)


def _are_days(values: Sequence[str], most: int) -> bool:
    try:
        found = [date.fromisoformat(value) for value in values if ISO_DAY.fullmatch(value)]
    except ValueError:
        return False
    return 1 <= len(values) == len(found) <= most and found == sorted(found) and found[0] >= FIRST and found[-1] <= LAST
