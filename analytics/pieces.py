"""A range of days as few pieces: whole years, quarters or months, and the days by which these are too short or too long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics import periods
from analytics.scope import Scope

MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Piece:
    """The periods of one length whose first day lies from `start` up to `stop`; with the sign -1 they are taken off."""

    grain: str
    start: date
    stop: date
    sign: int = 1


def of_products(scope: Scope) -> dict[str, Any]:
    """The parameters of a query that adds up products: all channels are summed up by month and year, one channel by quarter
    and year, and one country not at all."""
    lengths = () if scope.countries else ("quarter", "year") if scope.channels else ("month", "year")
    return _params(scope, of(scope.start or date.min, scope.stop or date.max, lengths))


def of_groups(scope: Scope) -> dict[str, Any]:
    """The parameters of a query that adds up categories or brands, whose every slice is summed up by month."""
    found = of(scope.start or date.min, scope.stop or date.max, ("month",))
    return {**_params(scope, found), "grains": ["day"] * len(found)}


def of_periods(scope: Scope, lengths: Sequence[str]) -> dict[str, Any]:
    """The parameters of a query that adds up periods of these lengths, and days beside them."""
    return _params(scope, of(scope.start or date.min, scope.stop or date.max, lengths))


def _params(scope: Scope, found: list[Piece]) -> dict[str, Any]:
    return {
        **scope.params(),
        "grains": [each.grain for each in found],
        "starts": [each.start for each in found],
        "stops": [each.stop for each in found],
        "signs": [each.sign for each in found],
        "summed": [each.grain != "day" for each in found],
    }


def of(start: date, stop: date, lengths: Sequence[str]) -> list[Piece]:
    """The pieces of the days from `start` up to `stop`, of periods of these lengths, shortest first, and days.

    Both ends go to the nearest border of a period, inside or outside, and so on with the borders of longer ones: what is
    too much is taken off.
    """
    found, grain = [], "day"
    for longer in lengths:
        first, last = _border(start, longer), _border(stop, longer)
        if first >= last:
            break
        found += _between(grain, start, first) + _between(grain, last, stop)
        start, stop, grain = first, last, longer
    return [*found, Piece(grain, start, stop)]


def _between(grain: str, start: date, stop: date) -> list[Piece]:
    if start == stop:
        return []
    return [Piece(grain, start, stop) if start < stop else Piece(grain, stop, start, -1)]


def _border(day: date, grain: str) -> date:
    """The nearest first day of a period; an end that is open, or beyond every calendar, stays so."""
    if day.year in (date.min.year, date.max.year):
        return day
    months = MONTHS_IN[grain]
    before = periods.month_start(day, -((day.month - 1) % months))
    after = periods.month_start(before, months)
    return before if day - before <= after - day else after
