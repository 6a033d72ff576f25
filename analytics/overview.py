"""The first look in the morning: one day against the days it is like, the month so far, and what is still unknown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import periods, sales
from analytics.ads import totals as ads
from analytics.profit import contribution
from analytics.scope import Scope

SUMS = ("net_sales", "orders", "reversals")
SAME_WEEKDAYS = 4


@dataclass(frozen=True)
class Figures:
    """Some days' sums in one currency, None where they are not known; amounts are means where several days are."""

    net_sales: Decimal | None
    orders: Decimal | int | None
    reversals: Decimal | None
    average_order_value: Decimal | None


UNKNOWN = Figures(None, None, None, None)
NOTHING = Figures(Decimal(0), 0, Decimal(0), None)


@dataclass(frozen=True)
class Day:
    """One day, the same weekday a year earlier, the mean of the last four same weekdays, and the month up to it.

    `kept` is the day's row of contribution.summary and `ads` its row of ads.totals.summary, each with the same weekday's a year
    earlier; empty where nothing is told of the days.
    """

    day: Figures
    last_year: Figures
    usual: Figures
    month: Figures
    month_last_year: Figures
    month_start: date
    kept: dict[str, Any] = field(default_factory=dict)
    kept_last_year: dict[str, Any] = field(default_factory=dict)
    ads: dict[str, Any] = field(default_factory=dict)
    ads_last_year: dict[str, Any] = field(default_factory=dict)


def of(scope: Scope, first_day: date | None) -> Day:
    """The figures of a scope of one day; days before `first_day`, where the data begin, are unknown, not zero."""
    day = scope.start or periods.yesterday(None)
    earlier = [day - timedelta(days=7 * weeks) for weeks in range(1, SAME_WEEKDAYS + 1)]
    month = day.replace(day=1)
    year_ago = periods.year_before(day)
    today, weekday = (_one_day(scope, each) for each in (day, day - periods.YEAR_OF_WEEKS))
    return Day(
        day=_days(scope, day, day, first_day),
        last_year=_days(scope, day - periods.YEAR_OF_WEEKS, day - periods.YEAR_OF_WEEKS, first_day),
        usual=_mean([_days(scope, each, each, first_day) for each in earlier]),
        month=_days(scope, month, day, None),
        month_last_year=_days(scope, year_ago.replace(day=1), year_ago, first_day),
        month_start=month,
        kept=_row(contribution.summary, today),
        kept_last_year=_row(contribution.summary, weekday),
        ads=_row(ads.summary, today),
        ads_last_year=_row(ads.summary, weekday),
    )


def _one_day(scope: Scope, day: date) -> Scope:
    return scope.over(day, day + timedelta(days=1))


def _row(ask: Callable[[Scope], pd.DataFrame], scope: Scope) -> dict[str, Any]:
    """The row in the scope's currency; of another currency nothing is told here."""
    found = ask(scope)
    rows = found[found["currency"] == scope.unit] if scope.unit else found
    return dict(rows.iloc[0]) if len(rows) == 1 else {}


def _days(scope: Scope, first: date, last: date, data_from: date | None) -> Figures:
    if data_from is not None and first < data_from:
        return UNKNOWN
    found = sales.summary(scope.over(first, last + timedelta(days=1)))
    if found.empty:
        return NOTHING
    row = found.iloc[0]
    return Figures(**{name: row[name] for name in Figures.__annotations__})


def _mean(days: Sequence[Figures]) -> Figures:
    known = [each for each in days if each is not UNKNOWN]
    if not known:
        return UNKNOWN
    sums = {name: sum((Decimal(getattr(each, name)) for each in known), start=Decimal(0)) for name in SUMS}
    values = [each.average_order_value for each in known if each.average_order_value is not None]
    average = sum(values, start=Decimal(0)) / len(values) if values else None
    return Figures(**{name: sums[name] / len(known) for name in SUMS}, average_order_value=average)
