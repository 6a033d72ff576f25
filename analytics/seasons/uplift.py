"""What holidays and events bring: before, during and after them, beside what their days would have sold without them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import wording
from analytics.product_rows import framed
from analytics.scope import Scope
from analytics.seasons import chances, decompose, occasions
from analytics.seasons import days as sold_days
from analytics.seasons.days import DAY, Days, Values
from analytics.seasons.decompose import TWO_YEARS
from analytics.seasons.index import number
from analytics.seasons.occasions import Occasion

COLUMNS = (
    "event", "event_kind", "phase", "phase_days", "times_seen", "last_on", "next_on", "expected_sold", "really_sold", "extra_sold",
    "uplift", "uplift_low_80", "uplift_high_80", "is_certain", "is_refused", "reason",
)  # fmt: skip
BEFORE, DURING, AFTER = "before", "during", "after"
DAYS_BEFORE, DAYS_AFTER = 7, 14
# Days on either side whose level is the local one; so many of both sides together are the least.
AROUND, LEAST = 28, 14
# How far one event differs from year to year where none was seen twice; assumed.
YEAR_TO_YEAR = 0.10
LEAST_WINDOWS = 20
# Waves of the year in the usual course: with so many a month may differ from the next.
WAVES = 6
WHOLE_CENTS, WHOLE = Decimal("0.01"), Decimal(1)
Row = dict[str, Any]


@dataclass(frozen=True)
class Course:
    """By day: what was `sold`, the `usual` course (trend, weekday, season) fitted to days without an event, and which days those
    are (`calm`)."""

    sold: Values
    usual: Values
    calm: Values

    def expected(self, window: tuple[int, int], whole: tuple[int, int]) -> float | None:
        """What the days from the first to before the second would have sold: the usual course, raised or lowered to the level of the
        calm days within four weeks of the whole of the event; None where too few are known."""
        near = [
            *range(max(whole[0] - AROUND, 0), max(whole[0], 0)),
            *range(whole[1], min(whole[1] + AROUND, len(self.sold))),
        ]
        at = [each for each in near if self.calm[each]]
        if len(at) < LEAST or self.usual[at].sum() <= 0:
            return None
        return float(self.usual[window[0] : window[1]].sum() * self.sold[at].sum() / self.usual[at].sum())


@dataclass(frozen=True)
class Seen:
    """One occurrence of a phase: what was expected and sold, and how many days it has."""

    expected: float
    sold: float
    days: int

    @property
    def log(self) -> float:
        """The logarithm of what was sold beside what was expected; half a piece for nothing."""
        return float(np.log(max(self.sold, 0.5) / max(self.expected, 0.5)))


def of(scope: Scope, measure: str = "units") -> pd.DataFrame:
    """Three rows an event: the 7 days before, the event, the 14 days after. Columns: COLUMNS.

    Expected is the usual course of trend, weekday and smooth season, fitted to days in no event (of other events only the days
    themselves are left out), at the level of the four weeks on either side of event, days before and days after. `uplift` = sold ÷
    expected − 1, the geometric mean over the years seen. Its 80 % interval follows from how far windows of as many calm days lie from
    what is expected of them, and how far events seen several times differ from year to year; of one seen once it is wide.
    `is_certain` says that it does not hold 0. Refused where too few calm days are near. Sums are over the years seen.
    """
    known = sold_days.of(scope.over(None, scope.stop))
    if known is None:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    found = occasions.of(scope, known.first_day, known.last_day)
    course = course_of(known, known.total(measure), found)
    groups: dict[tuple[str, str], list[Occasion]] = {}
    for each in found:
        groups.setdefault((each.kind, each.name if each.kind != occasions.OWN else each.name.lower()), []).append(each)
    seen = {key: _seen(known, course, every) for key, every in groups.items()}
    noise = noises(course)
    between = _between(seen, noise)
    rows = [
        _row(groups[key], phase, times, (noise, between), (measure, known, found))
        for key, phases in seen.items()
        for phase, times in phases.items()
    ]
    order = {key[1]: -max((abs(each.log) for each in seen[key][DURING]), default=0.0) for key in seen}
    rows.sort(key=lambda row: (order.get(row["event"], order.get(row["event"].lower(), 0.0)), row["event"]))
    return framed(rows, COLUMNS)


def course_of(known: Days, sold: Values, found: list[Occasion]) -> Course:
    """The usual course of days, from those in no event."""
    calm = np.ones(known.count, dtype=bool)
    for each in found:
        calm[max(known.at(each.first), 0) : max(known.at(each.last) + 1, 0)] = False
    return Course(sold, usual(known.dates, np.maximum(sold, 0.0), calm), calm)


def usual(dates: Values, sold: Values, calm: Values) -> Values:
    """What each day would sell by trend, weekday and, where two years are known, a smooth season, fitted to calm days."""
    day = dates.astype("datetime64[D]").astype(int)
    time, weekday = day / decompose.YEAR, (day + 3) % 7
    columns = [np.ones(len(day)), *(np.where(weekday == each, 1.0, 0.0) for each in range(1, 7))]
    if len(day) >= TWO_YEARS:
        columns += [*decompose.trend(time).T, *decompose.waves(time, WAVES).T]
    whole = np.column_stack(columns)
    if not sold[calm].sum() or calm.sum() <= whole.shape[1] + 7:
        return np.zeros(len(day))
    coefficients, _, _ = decompose.counts(sold[calm], np.ones(int(calm.sum())), whole[calm])
    return np.asarray(np.exp(np.clip(whole @ coefficients, -30, 30)))


def phases(first: int, last: int) -> dict[str, tuple[int, int]]:
    """The windows of an event's phases, the second column exclusive."""
    return {
        BEFORE: (first - DAYS_BEFORE, first), DURING: (first, last + 1), AFTER: (last + 1, last + 1 + DAYS_AFTER),
    }  # fmt: skip


def _seen(known: Days, course: Course, every: list[Occasion]) -> dict[str, list[Seen]]:
    found: dict[str, list[Seen]] = {BEFORE: [], DURING: [], AFTER: []}
    for each in every:
        windows = phases(known.at(each.first), known.at(each.last))
        whole = windows[BEFORE][0], windows[AFTER][1]
        for phase, (start, stop) in windows.items():
            # a window that is known in part only would be another one
            expected = None if start < 0 or stop > known.count else course.expected((start, stop), whole)
            if expected is not None and expected > 0:
                found[phase].append(Seen(expected, float(course.sold[start:stop].sum()), stop - start))
    return found


def noises(course: Course) -> dict[int, float]:
    """How far windows of calm days lie from what is expected of them: the spread of the logarithm, by the window's days."""
    return {days: _noise(course, days) for days in (1, 2, 3, 4, DAYS_BEFORE, DAYS_AFTER, 28)}


def _noise(course: Course, days: int) -> float:
    apart = []
    for start in range(DAYS_BEFORE, len(course.sold) - days - DAYS_AFTER):
        if course.calm[start : start + days].all() or (days > 4 and course.calm[start : start + days].mean() > 0.7):
            whole = start - DAYS_BEFORE, start + days + DAYS_AFTER
            expected = course.expected((start, start + days), whole)
            if expected:
                apart.append(np.log(max(course.sold[start : start + days].sum(), 0.5) / max(expected, 0.5)))
    if len(apart) < LEAST_WINDOWS:
        return 0.5
    # by the middle of what they are apart: windows with an effect of their own would make all of them wide
    values = np.abs(np.array(apart) - np.median(apart))
    return float(np.median(values) * 1.4826)


def noise_of(noise: dict[int, float], days: int) -> float:
    """That of the longest window which is no longer."""
    return noise[max((each for each in noise if each <= days), default=1)]


def _between(seen: dict[tuple[str, str], dict[str, list[Seen]]], noise: dict[int, float]) -> float:
    """The variance between years beyond noise, of events that were seen several times; what is assumed counts as two of them."""
    squares, free = [2 * YEAR_TO_YEAR**2], 2.0
    for every in seen.values():
        times = every[DURING]
        if len(times) > 1:
            logs = np.array([each.log for each in times])
            own = np.mean([noise_of(noise, each.days) ** 2 for each in times])
            squares.append(float(((logs - logs.mean()) ** 2).sum() - (len(times) - 1) * own))
            free += len(times) - 1
    return max(sum(squares) / free, 0.0)


def _row(
    every: list[Occasion],
    phase: str,
    times: list[Seen],
    spread: tuple[dict[int, float], float],
    of: tuple[str, Days, list[Occasion]],
) -> Row:
    measure, known, found = of
    last = every[-1]
    length = (last.last - last.first).days + 1
    days = {BEFORE: DAYS_BEFORE, DURING: length, AFTER: DAYS_AFTER}[phase]
    row: Row = {
        "event": last.name, "event_kind": last.kind, "phase": phase, "phase_days": days, "times_seen": len(times),
        "last_on": last.first, "next_on": next_on(last, known.last_day), "is_certain": False, "is_refused": not times,
    }  # fmt: skip
    if not times:
        return row | {"reason": "Too few days without another event are known around it."}
    middle, reach = pooled(times, *spread)
    low, high = middle - reach, middle + reach
    sums = [amount(sum(values), measure) for values in ([e.expected for e in times], [e.sold for e in times])]
    said = [f"Seen once, on {wording.day(last.first)}: another year may differ."] if len(times) == 1 else []
    if phase == DURING and (others := shared(every, found)):
        said.append(f"Shares days with {wording.listed(others)}: what those brought is in it.")
    return row | {
        "expected_sold": sums[0], "really_sold": sums[1], "extra_sold": sums[1] - sums[0],
        "uplift": number(np.expm1(middle)), "uplift_low_80": number(np.expm1(low)),
        "uplift_high_80": number(np.expm1(min(high, decompose.WIDEST))), "is_certain": low > 0 or high < 0,
        "reason": " ".join(said) or None,
    }  # fmt: skip


def pooled(times: list[Seen], noise: dict[int, float], between: float) -> tuple[float, float]:
    """The mean logarithm of an event's uplifts and the reach of its 80 % interval to either side."""
    many = len(times)
    variance = np.mean([noise_of(noise, each.days) ** 2 for each in times]) + between
    # as if one more year was known than was seen: the spread between years is borrowed from other events
    reach = float(chances.t_quantile(many + 1, 0.9) * np.sqrt(variance / many))
    return float(np.mean([each.log for each in times])), reach


def shared(every: list[Occasion], found: list[Occasion]) -> list[str]:
    """The other events that lie on days of one."""
    names = {
        other.name
        for each in every
        for other in found
        if other.name != each.name and other.first <= each.last and other.last >= each.first
    }
    return sorted(names)


def amount(value: float, measure: str) -> Decimal:
    """Whole pieces, or money to the cent."""
    return Decimal(repr(round(float(value), 4))).quantize(WHOLE if measure == "units" else WHOLE_CENTS)


def next_on(last: Occasion, today: date) -> date | None:
    """The first day of the next one after a day; None where nobody knows."""
    if last.kind != occasions.FESTIVAL:
        return None
    from analytics import festivals

    coming = festivals.days_of(last.name, today - 3 * DAY, date(today.year + 2, 12, 31))
    return next((first for day in coming if (first := occasions.span(last.name, day)[0]) > today), None)


def in_words(rows: pd.DataFrame) -> str:
    """The event that brought most for sure, in a sentence."""
    told = [row for row in rows.to_dict("records") if row["phase"] == DURING and row["is_certain"]]
    if not told:
        return "No event moved sales by more than chance does"
    first = max(told, key=lambda row: row["extra_sold"])
    seen = wording.count(first["times_seen"], "year")
    return f"{first['event']} sold {wording.change(first['uplift'])} beside what its days would have ({seen} seen)"
