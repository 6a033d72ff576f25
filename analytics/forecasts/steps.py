"""How a table's stamps follow each other: found from the stamps or told, and the stamps that come next."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.errors import Refused

Vector = np.ndarray[Any, Any]
DAY = 86_400
# how many steps a cycle has; a year of days is whole weeks, so that weekdays meet
SEASONS = {"days": (7, 364), "weeks": (52,), "months": (12,), "integers": ()}
TOLD = {"D": "days", "W": "weeks", "M": "months"}
WORDS = {
    "days": "a day",
    "weeks": "a week",
    "months": "a month",
    "integers": "1",
    "seconds": "of always the same length",
}
FEWEST_STAMPS = 56  # of a daily table, before a weekday without any of them counts as closed
FOUR_WEEKS = 28  # days; of months only every twelfth is as short
MOST_SEASON = 200  # steps of a cycle within a week of hours or minutes


@dataclass(frozen=True)
class Step:
    """One step of a grid: `every` so many days, weeks, months, seconds or integers; `seasons` are the lengths of its cycles in
    steps, the short one first; `open_days` the weekdays (Monday first) a daily table knows; `offset` what a stamp is beyond
    its place on the grid (days, day of the month, seconds, remainder), `phase` the months of it; `at_end`: months are stamped
    on their last day."""

    kind: str
    every: int = 1
    seasons: tuple[int, ...] = ()
    open_days: tuple[bool, ...] = (True,) * 7
    offset: int = 0
    phase: int = 0
    at_end: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether a stamp tells a day of the year."""
        return self.kind != "integers"


def found(stamps: Vector, same: Vector, told: str | None) -> Step:
    """The step of sorted stamps (integers, or datetime64[s]); same[n] says that stamp n+1 is of the same series as stamp n.

    Raises Refused where nothing can be told from the stamps, or what is told does not fit them."""
    if not np.issubdtype(stamps.dtype, np.datetime64):
        return _of_integers(stamps, same, told)
    gaps = np.diff(stamps).astype(int)[same]
    kind = TOLD[told] if told else _kind(gaps)
    if kind == "seconds":
        return _of_seconds(stamps, gaps)
    days = stamps.astype("datetime64[D]")
    if kind == "months":
        return _of_months(days, same, told)
    if kind == "weeks":
        every = 1 if told else round(_usual(gaps) / (7 * DAY))
        return Step("weeks", every, (SEASONS["weeks"][0] // every,), offset=_most(days.astype(int) % (7 * every)))
    return _of_days(days)


def _kind(gaps: Vector) -> str:
    if not len(gaps):
        raise Refused(
            "Every series has one point, so how far apart points are is not told. Give --frequency D, W or M."
        )
    usual = _usual(gaps) / DAY
    if usual < 0.95:
        return "seconds"
    if usual >= 27.5 and usual != FOUR_WEEKS:
        return "months"
    # a day is 23 or 25 hours long where the clocks change
    near = round(usual)
    return "weeks" if near % 7 == 0 else "days"


def _usual(gaps: Vector) -> float:
    values, counts = np.unique(gaps, return_counts=True)
    return float(values[counts.argmax()])


def _most(values: Vector) -> int:
    return int(np.bincount(values).argmax())


def _weekday(days: Vector) -> Vector:
    return np.asarray((days.astype(int) + 3) % 7)


def _of_integers(stamps: Vector, same: Vector, told: str | None) -> Step:
    gaps = np.diff(stamps)[same]
    every = int(np.gcd.reduce(gaps)) if len(gaps) and not told else 1
    return Step("integers", max(every, 1), SEASONS[TOLD[told]] if told else (), offset=int(stamps[0]) % max(every, 1))


def _of_seconds(stamps: Vector, gaps: Vector) -> Step:
    every = int(_usual(gaps))
    cycles = tuple(length // every for length in (DAY, 7 * DAY) if length % every == 0)
    return Step(
        "seconds",
        every,
        tuple(each for each in cycles if 1 < each <= MOST_SEASON),
        offset=int(stamps[0].astype(int) % every),
    )


def _of_months(days: Vector, same: Vector, told: str | None) -> Step:
    month = days.astype("datetime64[M]")
    day = day_of_month(days)
    at_end = bool(is_last(days).all() and day.max() > 27)
    # where each series has a day of its own, or none, months are told apart by themselves
    offset = int(day[0]) if at_end or len(np.unique(day)) == 1 else 1
    gaps = np.diff(month.astype(int))[same]
    every = 1 if told or not len(gaps) else int(_usual(gaps))
    season = 12 // every if 12 % every == 0 else 1
    phase = _most(month.astype(int) % every)
    return Step("months", every, (season,) if season > 1 else (), offset=offset, phase=phase, at_end=at_end)


def day_of_month(days: Vector) -> Vector:
    """The days of their months, from 1 on."""
    return np.asarray((days - days.astype("datetime64[M]").astype("datetime64[D]")).astype(int) + 1)


def is_last(days: Vector) -> Vector:
    """Whether days are the last of their months."""
    return np.asarray((days + 1).astype("datetime64[M]") != days.astype("datetime64[M]"))


def later(step: Step, stamps: Vector, shift: Vector | int) -> Vector:
    """Stamps so many days later; of months, no later than their last day."""
    moved = stamps + shift
    if step.kind != "months" or step.at_end:
        return np.asarray(moved)
    month = stamps.astype("datetime64[M]")
    return np.asarray(np.minimum(moved, (month + 1).astype("datetime64[D]") - 1))


def _of_days(days: Vector) -> Step:
    """Daily; weekdays on which nothing ever stands are closed, and no steps."""
    seen = np.bincount(_weekday(days), minlength=7) > 0
    is_known = len(np.unique(days)) >= FEWEST_STAMPS and seen.sum() >= 5
    open_days = tuple(bool(each) for each in seen) if is_known else (True,) * 7
    week = sum(open_days)
    return Step("days", 1, (week, 52 * week), open_days)


def positions(step: Step, stamps: Vector) -> tuple[Vector, Vector]:
    """The place of each stamp on the grid, and whether it stands on the grid at all."""
    if step.kind == "integers":
        return (stamps - step.offset) // step.every, (stamps - step.offset) % step.every == 0
    if step.kind == "seconds":
        seconds = stamps.astype(int) - step.offset
        return seconds // step.every, seconds % step.every == 0
    days = stamps.astype("datetime64[D]")
    if step.kind == "weeks":
        shifted = days.astype(int) - step.offset
        return shifted // (7 * step.every), shifted % (7 * step.every) == 0
    if step.kind == "months":
        months = days.astype("datetime64[M]").astype(int) - step.phase
        return months // step.every, months % step.every == 0
    epoch = np.busday_offset("1970-01-01", 0, roll="forward", weekmask=step.open_days)
    is_open = np.is_busday(days, weekmask=step.open_days)
    return np.busday_count(epoch, days, weekmask=step.open_days), is_open


def stamps_at(step: Step, position: Vector) -> Vector:
    """The stamps at some positions: integers, datetime64[D], or datetime64[s] where steps are shorter than a day."""
    if step.kind == "integers":
        return position * step.every + step.offset
    if step.kind == "seconds":
        return (position * step.every + step.offset).astype("datetime64[s]")
    if step.kind == "weeks":
        return (position * 7 * step.every + step.offset).astype("datetime64[D]")
    if step.kind == "months":
        month = (position * step.every + step.phase).astype("datetime64[M]")
        if step.at_end:
            return (month + 1).astype("datetime64[D]") - 1
        return later(step, month.astype("datetime64[D]"), step.offset - 1)
    epoch = np.busday_offset("1970-01-01", 0, roll="forward", weekmask=step.open_days)
    return np.busday_offset(epoch, position, roll="forward", weekmask=step.open_days)


def days_at(step: Step, position: Vector) -> Vector:
    """The days (datetime64[D]) of some positions on the grid."""
    return np.asarray(stamps_at(step, position).astype("datetime64[D]"))
