"""How fast products sell: over the store's own window, over another one, or over a week of the past that tests today's stock."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db, festivals, stores
from analytics.scope import Scope
from analytics.stock import demand, settings

OWN = "usual"
LAST_DAYS = ("30", "60", "90", "365")
YEARS_BACK = 2
COLUMNS = ("store_id", "product_key", "units", "velocity", "deviation", "velocity_basis")
SPAN = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")
NAMED = re.compile(r"(.+) (\d{4})")
DAY = timedelta(days=1)
# 99,999 days are longer than any shop is old
MOST_DIGITS = 5
DIGITS = Decimal("0.000001")


def windows(scope: Scope) -> dict[str, str]:
    """The windows that velocity can be told over, each with its words: “usual”, days back from the last order (“30”), and the
    weeks of events since two years ago that the data cover whole (“Black Friday 2025”), the newest first."""
    usual = int(settings.of_scope(scope).window_days)
    found = {OWN: f"last {usual} days"} | {days: f"last {days} days" for days in LAST_DAYS if int(days) != usual}
    first, last = data_days(scope)
    if first is None or last is None:
        return found
    weeks = [
        (_week(day), event, day.year)
        for event in festivals.EVENTS
        for day in festivals.days_of(event, max(first, last - timedelta(days=366 * YEARS_BACK)), last)
    ]
    whole = sorted((each for each in weeks if first <= each[0] and each[0] + 6 * DAY <= last), reverse=True)
    return found | {f"{event} {year}": f"week of {event} {year}" for _, event, year in whole}


def of(scope: Scope, window: str = OWN) -> pd.DataFrame:
    """One row a store and product that was sold: units, velocity (a day), deviation (of daily demand) and velocity_basis.

    The usual window, and “30” for days up to the last order, follow the rule of demand.by_product. An event and its year, which
    is the week from Monday to Sunday around it, or “2025-11-24..2025-11-30” are of the past: of them units are divided by
    calendar days. Raises ValueError for a window that is none of these.
    """
    start, stop = span(scope, window)
    if not is_past(window):
        return demand.by_product(scope, None if window in ("", OWN) else int(window))[list(COLUMNS)]
    return over(scope, start, stop)


def is_past(window: str) -> bool:
    """Whether a window is one of the past, not one that ends with the last order."""
    return window not in ("", OWN) and not window.isdecimal()


def over(scope: Scope, start: date, stop: date) -> pd.DataFrame:
    """The same over the calendar days from `start` up to but not including `stop`; bundles count as their components."""
    days = (stop - start).days
    whole = replace(scope, categories=()).over(start, stop)
    asked = {name: whole.params()[name] for name in ("store_ids", "start", "stop", "channels", "countries")}
    frame = db.read("inventory/sold", **asked)
    units = [Decimal(each) for each in frame["units"]]
    return frame.assign(
        velocity=pd.Series([(each / days).quantize(DIGITS) for each in units], dtype=object),
        deviation=pd.Series(
            [_deviation(days, a, Decimal(b)) for a, b in zip(units, frame["squares"], strict=True)], dtype=object
        ),
        velocity_basis=f"{days} calendar days",
    )[list(COLUMNS)]


def _deviation(days: int, units: Decimal, squares: Decimal) -> Decimal:
    return (max(squares / days - (units / days) ** 2, Decimal(0))).sqrt().quantize(DIGITS)


def span(scope: Scope, window: str) -> tuple[date, date]:
    """First day of a window and the day after its last one. Raises ValueError for a window that is not known."""
    first, last = data_days(scope)
    if window in ("", OWN):
        window = str(int(settings.of_scope(scope).window_days))
    if found := SPAN.fullmatch(window):
        start, end = (date.fromisoformat(each) for each in found.groups())
        if end < start:
            raise ValueError(f"window ends before it begins: {window}")
        return start, end + DAY
    if window.isdecimal() and len(window) <= MOST_DIGITS and int(window) >= 1:
        end = last or date.today()
        # days before the data begin are unknown, not days without sales
        start = max(end - timedelta(days=int(window) - 1), first or date.min)
        return min(start, end), end + DAY
    named = NAMED.fullmatch(window)
    if named and named[1] in festivals.EVENTS:
        day = festivals.EVENTS[named[1]](int(named[2]))
        if day is not None:
            return _week(day), _week(day) + 7 * DAY
    raise ValueError(
        f"window is “usual”, a number of days such as 30, an event and its year such as “Black Friday 2025”, or two days such "
        f"as 2025-11-24..2025-11-30, not {window!r}"
    )


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def data_days(scope: Scope) -> tuple[date | None, date | None]:
    """The first and the last day of orders before the scope's end."""
    known = stores.among(scope.store)
    firsts, lasts = known["first_day"].dropna(), known["last_day"].dropna()
    if firsts.empty:
        return None, None
    last: date = max(lasts)
    return min(firsts), min(last, scope.stop - DAY) if scope.stop else last


def by_product(scope: Scope, window: str = OWN) -> dict[tuple[Any, Any], dict[str, Any]]:
    """The rows of `of` by store and product."""
    frame = of(scope, window)
    columns = [frame[name].tolist() for name in COLUMNS]
    return {(row[0], row[1]): dict(zip(COLUMNS, row, strict=True)) for row in zip(*columns, strict=True)}
