"""The first look in the morning: one day against the days it is like, the month so far, and what is still unknown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from analytics import periods, sales
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
    gross_profit: Decimal | None = None
    covered_share: Decimal | None = None


UNKNOWN = Figures(None, None, None, None)
NOTHING = Figures(Decimal(0), 0, Decimal(0), None)


@dataclass(frozen=True)
class Day:
    """One day, the same weekday a year earlier, the mean of the last four same weekdays, and the month up to it."""

    day: Figures
    last_year: Figures
    usual: Figures
    month: Figures
    month_last_year: Figures
    month_start: date


def of(scope: Scope, first_day: date | None) -> Day:
    """The figures of a scope of one day; days before `first_day`, where the data begin, are unknown, not zero."""
    day = scope.start or periods.yesterday(None)
    earlier = [day - timedelta(days=7 * weeks) for weeks in range(1, SAME_WEEKDAYS + 1)]
    month = day.replace(day=1)
    year_ago = periods.year_before(day)
    return Day(
        day=_days(scope, day, day, first_day),
        last_year=_days(scope, day - periods.YEAR_OF_WEEKS, day - periods.YEAR_OF_WEEKS, first_day),
        usual=_mean([_days(scope, each, each, first_day) for each in earlier]),
        month=_days(scope, month, day, None),
        month_last_year=_days(scope, year_ago.replace(day=1), year_ago, first_day),
        month_start=month,
    )


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
