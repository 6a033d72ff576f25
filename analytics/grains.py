"""The periods that days fall into: weeks from the store's first weekday, months, quarters and years of its fiscal year."""

from datetime import date, timedelta

from analytics import wording
from analytics.periods import month_start
from analytics.settings import Settings

GRAINS = ("day", "week", "month", "quarter", "year")
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


def first_day(day: date, grain: str, settings: Settings) -> date:
    """The first day of the period that a day falls into. Raises ValueError for a grain that does not exist."""
    if grain == "day":
        return day
    if grain == "week":
        return day - timedelta(days=(day.isoweekday() - settings.week_start) % 7)
    if grain not in MONTHS_IN:
        raise ValueError(f"grain is {', '.join(GRAINS[:-1])} or {GRAINS[-1]}, not {grain!r}")
    back = (day.month - settings.fiscal_year_start) % MONTHS_IN[grain]
    return month_start(day, -back)


def next_first_day(first: date, grain: str) -> date:
    """The first day of the period after the one that begins on `first`."""
    if grain in MONTHS_IN:
        return month_start(first, MONTHS_IN[grain])
    return first + timedelta(days=7 if grain == "week" else 1)


def name(first: date, grain: str, settings: Settings) -> str:
    """A period in words: “week of 2 Mar 2026”, “Mar 2026”, “Q2 2026”, “Q1 FY 2026/27” where the fiscal year is not the calendar's."""
    if grain == "day":
        return wording.day(first)
    if grain == "week":
        return f"week of {first.day} {first:%b %Y}"
    if grain == "month":
        return f"{first:%b %Y}"
    year = month_start(first, -((first.month - settings.fiscal_year_start) % 12))
    named = f"{year.year}" if settings.fiscal_year_start == 1 else f"FY {year.year}/{(year.year + 1) % 100:02d}"
    if grain == "year":
        return named
    return f"Q{(first.month - settings.fiscal_year_start) % 12 // 3 + 1} {named}"


def periods(start: date, stop: date, grain: str, settings: Settings) -> list[date]:
    """The first days of the periods that days from `start` up to but not including `stop` fall into, in order."""
    found, first = [], first_day(start, grain, settings)
    while first < stop:
        found.append(first)
        first = next_first_day(first, grain)
    return found
