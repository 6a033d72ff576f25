"""The days that a range of days is compared with, and the answer of any view for them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from analytics import festivals, means, periods, wording
from analytics.errors import Refused
from analytics.scope import Scope

COMPARISONS = (
    "same weekdays last year",
    "same dates last year",
    "previous period",
    "last four same weekdays",
    "same event last year",
    "no comparison",
)
FOUR = 4
# An event belongs to a range that it lies in, or that begins or ends so many days from it.
NEAR = timedelta(days=7)
# Two Eids, and two Chinese New Years, are at least 354 days apart; an event is compared with the one before it.
A_YEAR_OR_SO = timedelta(days=200)
ONLY_IN = {"Mothering Sunday": ("GB", "IE")}


@dataclass(frozen=True)
class Known:
    """What a shop's data reach: their first and last day; and its countries, whose events count."""

    first_day: date | None = None
    last_day: date | None = None
    countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compared:
    """The other days, from `start` up to but not including `stop`; with `repeats`, the mean of these and of the ranges
    each `every` days earlier. `words` names what they are where the days alone do not say it."""

    start: date
    stop: date
    words: str = ""
    repeats: int = 1
    every: int = 0

    def scope(self, scope: Scope) -> Scope:
        """The same question about the other days."""
        return scope.repeated(self.start, self.stop, self.repeats, self.every)


def of(start: date, stop: date, comparison: str, known: Known = Known()) -> Compared | None:
    """What the days from `start` up to but not including `stop` are compared with; None without a comparison.

    Where the data end before `stop` the same part of the other period is taken: as many days from its beginning. Raises
    ValueError for a comparison that does not exist, Refused if no event is near the days.
    """
    if comparison not in COMPARISONS:
        raise ValueError(f"comparison is one of {', '.join(COMPARISONS)}, not {comparison!r}")
    part = periods.same_part(start, stop, known.last_day)
    if comparison == "no comparison":
        return None
    if comparison == "same dates last year":
        last = periods.year_before(part - periods.DAY)
        return Compared(periods.year_before(start), last + periods.DAY)
    if comparison == "last four same weekdays":
        return _last_four(start, stop, part, known.first_day)
    if comparison == "same event last year":
        return _same_event(start, stop, part, known)
    back = periods.YEAR_OF_WEEKS if comparison == "same weekdays last year" else stop - start
    return Compared(start - back, part - back)


def _last_four(start: date, stop: date, part: date, first_day: date | None) -> Compared:
    """The ranges one to four times as many whole weeks earlier as hold the range; only those whose days have data."""
    every = -(-(stop - start).days // 7) * 7
    starts = [start - timedelta(days=every * each) for each in range(1, FOUR + 1)]
    repeats = sum(first_day is None or each >= first_day for each in starts) or 1
    many = {1: "one range", 2: "two ranges", 3: "three ranges", 4: "four ranges"}[repeats]
    words = f"the mean of {many} of the same weekdays" if repeats > 1 else "the same weekdays before"
    return Compared(starts[0], part - timedelta(days=every), words, repeats, every)


def _same_event(start: date, stop: date, part: date, known: Known) -> Compared:
    found = event_of(start, stop, known.countries)
    if found is None:
        raise Refused(
            f"No event lies in these days or within {NEAR.days} days of them, so there is no same event last year. Choose "
            f"days around one ({', '.join(list(festivals.EVENTS)[:4])} …), or compare with the same weekdays last year."
        )
    name, day = found
    before = festivals.days_of(name, day - 2 * periods.YEAR_OF_WEEKS, day - A_YEAR_OR_SO)[-1]
    back = day - before
    return Compared(start - back, part - back, f"{name} {day} against {name} {before}")


def event_of(start: date, stop: date, countries: tuple[str, ...] = ()) -> tuple[str, date] | None:
    """The event that a range belongs to, with its day; None if there is none near.

    One that lies in the range comes before one that does not; of several in it the first in festivals.EVENTS is meant,
    and of several beside it (at most a week before its first or after its last day) the nearest.
    """
    last = stop - periods.DAY
    near = [
        (_distance(day, start, last), weight, name, day)
        for weight, name in enumerate(festivals.EVENTS)
        if name not in ONLY_IN or set(ONLY_IN[name]) & set(countries)
        for day in festivals.days_of(name, start - NEAR, last + NEAR)
    ]
    if not near:
        return None
    _, _, name, day = min(near)
    return name, day


def _distance(day: date, first: date, last: date) -> int:
    return max((first - day).days, (day - last).days, 0)


def in_words(before: Scope) -> str:
    """The compared days in words: “1 – 7 May 2026”, “the mean of 4 ranges of the same weekdays in 1 – 28 April 2026”."""
    if before.repeats == 1:
        return wording.days(before.start, before.stop)
    whole = wording.days(before.ranges()[-1].start, before.stop)
    return f"the mean of {before.repeats} ranges of the same weekdays in {whole}"


def place_of(day: date, start: date, before: Scope, comparison: str) -> date:
    """The day of the range from `start` that a day of the compared range stands beside.

    By dates that is the same date a year later; 29 February stands beside the 28th, together with the 28th.
    """
    if comparison == "same dates last year":
        return periods.year_after(day)
    return start + (day - (before.start or day))


def answer(function: Callable[..., Any], scope: Scope, *details: Any) -> Any:
    """function(scope, *details); for several ranges the mean of its answers for each, see means.of."""
    ranges = scope.ranges()
    if len(ranges) == 1:
        return function(scope, *details)
    return means.of([function(each, *details) for each in ranges], scope.every)
