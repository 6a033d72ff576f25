"""The days a view speaks of, and how much a number is more than another."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

DEFAULT_DAYS = 28
DAY = timedelta(days=1)
# What a question may ask of: no shop's files reach further.
FIRST, LAST = date(1990, 1, 1), date(2099, 12, 31)
# 52 weeks: the same weekdays a year earlier
YEAR_OF_WEEKS = timedelta(days=364)


def yesterday(time_zone: str | None) -> date:
    """The last complete day in a shop's zone; in UTC where the zone is not known."""
    try:
        zone = ZoneInfo(time_zone) if time_zone else UTC
    except (ZoneInfoNotFoundError, ValueError):
        zone = UTC
    return datetime.now(zone).date() - timedelta(days=1)


def last_complete_day(time_zone: str | None, last_day: date | None) -> date:
    """Yesterday, or the last day the data reach if that is earlier."""
    limit = yesterday(time_zone)
    return limit if last_day is None else min(limit, last_day)


def age(day: date | None, time_zone: str | None) -> int | None:
    """How many days before yesterday a day lies, 0 at least; None for an unknown day."""
    return None if day is None else max(0, (yesterday(time_zone) - day).days)


def default_days(last: date, first_day: date | None) -> tuple[date, date]:
    """First and last of the 28 days up to `last`, both included, and none before the data begin."""
    start = last - timedelta(days=DEFAULT_DAYS - 1)
    return (start if first_day is None else min(max(start, first_day), last), last)


def days(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both included."""
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]


def same_part(start: date, stop: date, last_day: date | None) -> date:
    """Where the days that have data end (exclusive): an unfinished period is compared with as much of the other."""
    if last_day is None or last_day < start:
        return stop
    return min(stop, last_day + timedelta(days=1))


def month_start(day: date, more: int = 0) -> date:
    """The first day of the month that a day lies in, or of the one so many months on."""
    months = day.year * 12 + day.month - 1 + more
    return date(months // 12, months % 12 + 1, 1)


def year_before(day: date) -> date:
    """The same date a year earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def year_after(day: date) -> date:
    """The same date a year later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def change(now: Decimal | int | None, before: Decimal | int | None) -> Decimal | None:
    """By which share `now` is more than `before`; None if either is unknown or there was nothing before."""
    if now is None or not before:
        return None
    return (Decimal(now) - Decimal(before)) / abs(Decimal(before))


def beside(now: pd.DataFrame, before: pd.DataFrame | None, name: str) -> pd.DataFrame:
    """The series `name` over `day`, each row with the compared period's value in the same place.

    Columns: day, <name>, before, before_day, change (share); the last three are None where nothing is compared.
    """
    frame = now[["day", name]].reset_index(drop=True)
    other = None if before is None else before[["day", name]].reset_index(drop=True).reindex(frame.index)
    if other is None:
        return frame.assign(before=None, before_day=None, change=None)
    earlier, days = other[name].astype(object), other["day"].astype(object)
    frame = frame.assign(before=earlier.where(earlier.notna(), None), before_day=days.where(days.notna(), None))
    changes = [change(a, b) for a, b in zip(frame[name], frame["before"], strict=True)]
    return frame.assign(change=pd.Series(changes, index=frame.index, dtype=object))
