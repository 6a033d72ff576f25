"""This year against last with days aligned by an event: so many days to Black Friday against as many days to Black Friday."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import comparisons, festivals, periods, sales, settings, wording
from analytics.errors import Refused
from analytics.product_rows import framed
from analytics.scope import Scope
from analytics.seasons import occasions
from analytics.seasons.days import DAY, MEASURES
from analytics.seasons.index import whole
from analytics.stock import velocity

COLUMNS = (
    "event", "days_to_event", "day", "day_before", "currency", "sold", "sold_before", "sold_so_far", "sold_so_far_before", "change",
    "change_so_far",
)  # fmt: skip
AFTER = 14
USUAL_BEFORE = 56
Row = dict[str, Any]


def of(scope: Scope, event: str | None = None, days: int = USUAL_BEFORE, measure: str = "net_sales") -> pd.DataFrame:
    """One row a day (and currency) from so many days before an event to 14 after it, beside the day as far from the same event a year
    before. Columns: COLUMNS.

    Without a name the event is the one nearest to the last day of orders of which the year before is known. `sold` is net sales or
    units, `sold_so_far` what the days from the first come to, change = sold ÷ sold before − 1. Both years begin where both are
    known; days that are not over are None. Without a name and without two years
    there are no rows. Raises Refused for an event that is unknown or has no year to compare.
    """
    if measure not in MEASURES:
        raise ValueError(f"measure is {' or '.join(MEASURES)}, not {measure!r}")
    known = _known(scope)
    if known is None:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    ahead = whole("days", days)
    if event is None and not _pairs(scope):
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    name, now, before = aligned(scope, event)
    # sums of both years begin on the same day to the event
    ahead = min(ahead, (before - known[0]).days)
    spans = [scope.over(day - ahead * DAY, day + (AFTER + 1) * DAY) for day in (now, before)]
    sold = [_by_day(each, measure, known) for each in spans]
    rows: list[Row] = []
    for currency in sorted({key[1] for each in sold for key in each} or {scope.unit}):
        sums: list[Decimal | None] = [None, None]
        for away in range(-ahead, AFTER + 1):
            pair = [
                _sold(found, (day + timedelta(days=away), currency), known)
                for found, day in zip(sold, (now, before), strict=True)
            ]
            sums = [_added(total, value) for total, value in zip(sums, pair, strict=True)]
            so_far = [None if value is None else total for total, value in zip(sums, pair, strict=True)]
            rows.append({
                "event": name, "days_to_event": away, "day": now + timedelta(days=away),
                "day_before": before + timedelta(days=away), "currency": currency, "sold": pair[0], "sold_before": pair[1],
                "sold_so_far": so_far[0], "sold_so_far_before": so_far[1], "change": periods.change(*pair),
                "change_so_far": periods.change(*so_far),
            })  # fmt: skip
    return framed(rows, COLUMNS)


def choices(scope: Scope) -> list[str]:
    """The events of which two years can be set beside each other, the nearest first."""
    found = _pairs(scope)
    return list(dict.fromkeys(name for _, name, _, _ in found))


def aligned(scope: Scope, event: str | None) -> tuple[str, date, date]:
    """An event with its day and the day that it had a year before. Raises Refused where there are no two years of it."""
    if event and event not in festivals.EVENTS:
        raise Refused(f"There is no event {event}. The events are: {', '.join(festivals.EVENTS)}.")
    found = [each for each in _pairs(scope) if event in (None, each[1])]
    if not found:
        what = event or "an event"
        raise Refused(f"Orders do not cover {what} and the one a year before it yet, so there is nothing to align.")
    _, name, now, before = found[0]
    return name, now, before


def _pairs(scope: Scope) -> list[tuple[int, str, date, date]]:
    """Events with their day and that of the year before, whose days before it touch the data in both years; the nearest first."""
    known = _known(scope)
    if known is None:
        return []
    first, last = known
    found = []
    for weight, name in enumerate(occasions.festivals_of(settings.of(scope.stores).countries)):
        every = festivals.days_of(name, first - timedelta(days=370), last + timedelta(days=USUAL_BEFORE // 2))
        for now in reversed(every):
            earlier = [day for day in every if day <= now - comparisons.A_YEAR_OR_SO]
            if earlier and earlier[-1] - 14 * DAY >= first:
                found.append((abs((now - last).days) * 100 + weight, name, now, earlier[-1]))
                break
    return sorted(found)


def _known(scope: Scope) -> tuple[date, date] | None:
    first, last = velocity.data_days(scope.over(None, scope.stop))
    return None if first is None or last is None else (first, last)


def _by_day(scope: Scope, measure: str, known: tuple[date, date]) -> dict[tuple[date, str], Decimal]:
    start, stop = max(scope.start or known[0], known[0]), min(scope.stop or known[1], known[1] + DAY)
    if start >= stop:
        return {}
    rows = sales.daily(scope.over(start, stop)).to_dict("records")
    return {(row["day"], row["currency"]): Decimal(row[measure]) for row in rows}


def _sold(found: dict[tuple[date, str], Decimal], key: tuple[date, str], known: tuple[date, date]) -> Decimal | None:
    return found.get(key, Decimal(0)) if known[0] <= key[0] <= known[1] else None


def _added(total: Decimal | None, value: Decimal | None) -> Decimal | None:
    return total if value is None else (total or Decimal(0)) + value


def in_words(rows: pd.DataFrame) -> str:
    """How this year stands beside last at as many days to the event, in a sentence."""
    told = [row for row in rows.to_dict("records") if row["change_so_far"] is not None]
    if not told:
        return "No day of both years is known yet"
    last = told[-1]
    away = last["days_to_event"]
    when = f"{-away} days before" if away < 0 else "on the day of" if away == 0 else f"{away} days after"
    return f"{when.capitalize()} {last['event']}, {wording.change(last['change_so_far'])} on last year so far"
