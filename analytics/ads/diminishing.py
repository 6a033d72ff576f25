"""What more of a platform's spend would bring, from how the shop's own sales went with it: a curve with its interval, or why not."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import festivals, periods, sales, wording
from analytics.ads import margins, saturation
from analytics.ads.saturation import Fitted, Matrix, Vector
from analytics.ads.spend import PLATFORMS, Part, Row, check, read
from analytics.product_rows import framed
from analytics.scope import Scope

COLUMNS = (
    "platform", "platform_name", "currency", "first_day", "last_day", "days_fitted", "variation", "spend_a_day",
    "brought_a_day", "brought_lower", "brought_upper", "next_brings", "next_lower", "next_upper", "contribution_margin",
    "contribution_is", "refused",
)  # fmt: skip
CURVE_COLUMNS = ("platform", "currency", "spend_a_day", "brought_a_day", "lower", "upper", "is_seen", "is_today")
NEXT, AHEAD = Decimal(100), 28
LONGEST, FEWEST_DAYS, FEWEST_SPENT = 1095, 90, 30
# spend that differs less from what weekday, season and other ads say of it tells nothing; neither does a report by month
LEAST_VARIATION, MOST_PERIODS = 0.12, Decimal("0.05")
POINTS = 40
CENT = Decimal("0.01")
CONFOUNDS = (
    "This is how sales went with spend in the shop's own days, not proof that spend brought them. Weekdays, a slowly changing level, "
    "Black Friday and the other platforms' spend are taken out; what is not in the data is not: budgets raised because demand was "
    "expected, promotions and e-mails of the same days, stock that ran out, prices of competitors. An experiment (a region or "
    "weeks without ads) is the proof."
)


@dataclass(frozen=True)
class _Days:
    """The days of a platform that its curve is told from: its spend, the shop's sales, and what they are held against."""

    first: date
    spend: Vector
    sales: Vector
    held: Matrix
    periods_share: Decimal

    @property
    def last(self) -> date:
        return self.first + timedelta(days=len(self.spend) - 1)

    @property
    def today(self) -> float:
        """Spend a day of late."""
        return float(self.spend[-AHEAD:].mean())


def of(scope: Scope) -> pd.DataFrame:
    """One row a currency and platform: what its spend of late and the next 100 bring, with 80 % intervals. Columns: COLUMNS.

    From all days told up to the end of the scope, three years at most, whatever its start. The next 100 are spread over 28 days,
    on top of the mean of the last 28. Where nothing can be told, `refused` says why and the estimates are None. It is
    correlation: CONFOUNDS.
    """
    found = []
    margin = margins.of(_recent(scope))
    for platform, currency in _asked(scope):
        days = _days(scope, platform, currency)
        row: Row = {"platform": platform, "platform_name": PLATFORMS[platform], "currency": currency}
        row |= margin.get(currency, {})
        if days is None:
            found.append(row | {"refused": f"No day has both spend on {PLATFORMS[platform]} and orders in {currency}."})
            continue
        row |= {
            "first_day": days.first, "last_day": days.last, "days_fitted": len(days.spend), "spend_a_day": _cents(days.today),
            "variation": Decimal(repr(round(_variation(days), 4))), "refused": refused(PLATFORMS[platform], days),
        }  # fmt: skip
        found.append(row if row["refused"] else row | _told(days))
    return framed(found, COLUMNS)


def curve(scope: Scope, platform: str = "") -> pd.DataFrame:
    """One row a currency and spend a day of a platform (the one of most spend unless told): CURVE_COLUMNS.

    `brought_a_day` are net sales that go with it beyond none, lower and upper the ends of the 80 % interval; spends between the
    least and most of usual days are `is_seen`; one row is today's. No rows where nothing can be told (see `of`).
    """
    check(scope, platform)
    found: list[Row] = []
    asked = _asked(scope)
    first = platform or (asked[0][0] if asked else "")
    for each, currency in asked:
        days = _days(scope, each, currency) if each == first else None
        if days is None or refused(PLATFORMS[each], days):
            continue
        usual = np.percentile(days.spend[days.spend > 0], (5, 95))
        levels = np.unique(np.append(np.linspace(0, max(days.spend.max(), days.today * 1.2), POINTS), days.today))
        middle, low, high = saturation.interval(_fitted(days).brought(levels))
        found += [
            {
                "platform": each, "currency": currency, "spend_a_day": _cents(level), "brought_a_day": _cents(middle[at]),
                "lower": _cents(low[at]), "upper": _cents(high[at]), "is_seen": bool(usual[0] <= level <= usual[1]),
                "is_today": bool(level == days.today),
            }
            for at, level in enumerate(levels)
        ]  # fmt: skip
    return framed(found, CURVE_COLUMNS)


def in_words(row: Row) -> str:
    """What the next 100 on a platform bring, as a sentence, and whether that pays; or why nothing can be told."""
    name, currency = row["platform_name"], row["currency"]
    if row["refused"]:
        return str(row["refused"])
    low, high = (wording.money(row[each], currency) for each in ("next_lower", "next_upper"))
    said = (
        f"The next {NEXT:f} {currency} on {name} go with {wording.money(row['next_brings'], currency)} of net sales "
        f"(80 %: {low} to {high})"
    )
    margin = row["contribution_margin"]
    if row["next_lower"] < 0:
        return f"{said}: that cannot be told from nothing."
    if margin is None:
        return f"{said}."
    left = [row[each] * margin for each in ("next_lower", "next_brings", "next_upper")]
    verdict = "it pays" if left[0] > NEXT else "it does not pay" if left[2] < NEXT else "whether it pays is open"
    at_margin = f"at a margin before ads of {wording.percent(margin)} they leave {wording.money(left[1], currency)}"
    return f"{said}; {at_margin}: {verdict}."


def refused(name: str, days: _Days) -> str | None:
    """Why a platform's days tell nothing of more or less spend, in words; None if they do."""
    told, spent = len(days.spend), int((days.spend > 0).sum())
    if days.periods_share > MOST_PERIODS:
        return (
            f"{name} tells {wording.percent(days.periods_share)} of its spend for longer periods as a whole. A curve needs spend by "
            "day: export the report with a column of days."
        )
    if told < FEWEST_DAYS or spent < FEWEST_SPENT:
        return (
            f"{name} is told of {wording.count(told, 'day')}, {spent} of them with spend. A curve needs {FEWEST_DAYS} days, "
            f"{FEWEST_SPENT} of them with spend: import older reports, or come back later."
        )
    variation = _variation(days)
    if variation < LEAST_VARIATION:
        return (
            f"Spend on {name} hardly varied: beyond what weekday, season and the other platforms' spend say it differs from its mean "
            f"of {days.spend.mean():,.2f} a day by only {variation:.0%}. So nobody can tell what more or less of it would bring. "
            "Raise and lower the budget by a third for two weeks at a time, and it can be told."
        )
    return None


def _variation(days: _Days) -> float:
    return saturation.variation(days.spend, days.held) if days.spend.any() and len(days.spend) > 30 else 0.0


def _told(days: _Days) -> Row:
    step = float(NEXT) / AHEAD
    brought = _fitted(days).brought(np.array([days.today, days.today + step]))
    found: Row = {}
    for name, draws in (("brought", brought[:, :1]), ("next", AHEAD * (brought[:, 1:] - brought[:, :1]))):
        middle, low, high = (_cents(each[0]) for each in saturation.interval(draws))
        found |= {"brought_a_day" if name == "brought" else "next_brings": middle}
        found |= {f"{name}_lower": low, f"{name}_upper": high}
    return found


def _fitted(days: _Days) -> Fitted:
    return saturation.fit(days.spend, days.sales, days.held)


def _recent(scope: Scope) -> Scope:
    """The year up to the end of the scope, whose margin the next spend is judged by."""
    return scope.over(scope.stop and periods.year_before(scope.stop), scope.stop)


def _asked(scope: Scope) -> list[tuple[str, str]]:
    """The platforms and currencies that spend up to the end of the scope is told of, most spend first."""
    rows = read(scope.over(None, scope.stop), Part(by=("platform",)))
    rows.sort(key=lambda row: -row["ad_spend"])
    return [(row["platform"], row["currency"]) for row in rows if row["ad_spend"] > 0]


def _days(scope: Scope, platform: str, currency: str) -> _Days | None:
    """The days told of a platform on which the shop's orders are known, too; None if there are none."""
    asked = replace(scope.over(None, scope.stop), basis="order_date", currency=None if scope.into else currency)
    rows = [row for row in read(asked, Part(by=("platform", "day"))) if row["currency"] == currency]
    own = [row for row in rows if row["platform"] == platform]
    by_day = [row for row in own if row["first_day"] == row["last_day"]]
    if not by_day:
        return None
    first, last = min(row["first_day"] for row in by_day), max(row["first_day"] for row in by_day)
    first = max(first, last - timedelta(days=LONGEST - 1))
    sold = sales.daily(asked.over(first, last + periods.DAY))
    sold = sold[sold["currency"] == currency]
    has_orders = sold.loc[sold["orders"] != 0, "day"]
    if has_orders.empty:
        return None
    first, last = max(first, min(has_orders)), min(last, max(has_orders))
    known = dict(zip(sold["day"], sold["net_sales"], strict=True))
    every = periods.days(first, last)
    in_periods = sum((row["ad_spend"] for row in own if row["first_day"] != row["last_day"]), start=Decimal(0))
    in_days = sum((row["ad_spend"] for row in by_day), start=Decimal(0))
    beside = _others(rows, platform, every)
    return _Days(
        first,
        _on(by_day, every),
        np.array([float(known.get(day, 0)) for day in every]),
        saturation.controls(len(every), first.weekday(), beside),
        in_periods / (in_periods + in_days) if in_periods + in_days else Decimal(0),
    )


def _on(rows: list[Row], every: list[date]) -> Vector:
    """Spend of each day; a day that a report does not name had none."""
    spent: dict[Any, float] = {}
    for row in rows:
        spent[row["first_day"]] = spent.get(row["first_day"], 0.0) + float(row["ad_spend"])
    return np.array([spent.get(day, 0.0) for day in every])


def _others(rows: list[Row], platform: str, every: list[date]) -> Matrix | None:
    """What sales are held against, too: the other platforms' spend, bent and carried over, and the days of Black Friday."""
    columns = []
    for other in sorted({row["platform"] for row in rows} - {platform}):
        spent = _on([row for row in rows if row["platform"] == other and row["first_day"] == row["last_day"]], every)
        if spent.std() > 0:
            columns.append(saturation.carried_over(np.log1p(spent / spent.mean()), 0.3))
    fridays = festivals.days_of("Black Friday", every[0] - timedelta(days=3), every[-1])
    if fridays:
        columns.append(np.array([float(any(0 <= (day - friday).days <= 3 for friday in fridays)) for day in every]))
    return np.column_stack(columns) if columns else None


def _cents(amount: float) -> Decimal:
    return Decimal(repr(float(amount))).quantize(CENT)
