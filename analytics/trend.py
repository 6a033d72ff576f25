"""A metric over time: by day or longer periods, beside what it is compared with, its target, and its moving mean."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import comparisons, grains, periods, sales, settings, targets, wording
from analytics.metrics import METRICS
from analytics.scope import Scope

# Everything of sales.daily: sums, and the ratios of sums. Distinct customers do not add up over days.
METRIC_NAMES = (
    "net_sales", "gross_sales", "discounts", "reversals", "total_sales", "collected", "orders", "average_order_value",
    "average_order_value_nonzero", "units", "net_units", "gross_profit", "gross_margin", "cost_of_goods_sold",
    "covered_share", "shipping", "tax", "duties", "fees", "tips", "gift_cards", "adjustments",
)  # fmt: skip
MOVING_DAYS = 7
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
Read = Callable[[Scope], pd.DataFrame]
COLUMNS = ("day", "period", "amount", "before", "change", "moving", "target", "is_partial", "days", "period_days")


@dataclass(frozen=True)
class Drawn:
    """What is drawn of a metric: the grain, the comparison's name, the last day that is over and has data (None: not
    known), and the first day of the data."""

    metric: str = "net_sales"
    grain: str = "day"
    comparison: str = "no comparison"
    last_day: date | None = None
    first_day: date | None = None


def of(scope: Scope, before: Scope | None, drawn: Drawn, read: Read = sales.daily) -> pd.DataFrame:
    """One row a period of the scope (one currency): COLUMNS.

    `amount` is the metric of the period's days in the scope; `before` that of just the days they are compared with, so
    that a part of a period stands beside the same part, and the sum over all periods is the compared range's own;
    `change` is the share by which the one is more than the other. `moving` is the metric of the seven days up to the day
    (only for days, unknown before seven days have data). `target` is what the targets of the months say for those days.
    `read` gives the days to draw, those of the whole scope unless told; what is not the whole has no target.
    `is_partial` marks a period that is not all in the scope or not over; `days` of its `period_days` are in it.
    """
    days = read(scope)
    if drawn.last_day is not None:
        days = days.loc[[day <= max(drawn.last_day, scope.start or day) for day in days["day"]]]
    if days.empty:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    currency = str(days["currency"].iloc[0])
    days = days[days["currency"] == currency]
    if not scope.into:
        scope, before = replace(scope, currency=currency), before and replace(before, currency=currency)
    run = settings.of(scope.stores)
    starts = [grains.first_day(day, drawn.grain, run) for day in days["day"]]
    now = _by(days, starts, drawn.metric)
    other = _compared(scope, before, drawn, read)
    frame = pd.DataFrame({"day": list(now)}).assign(
        period=[grains.name(first, drawn.grain, run) for first in now],
        amount=_objects(list(now.values())),
        before=_objects([other.get(first) for first in now]),
        moving=_objects(_moving(scope, drawn, list(now), read)),
        target=_objects(
            _targets(scope, drawn, list(days["day"]), starts) if read is sales.daily else [None] * len(now)
        ),
    )
    frame["change"] = _objects([periods.change(a, b) for a, b in zip(frame["amount"], frame["before"], strict=True)])
    return _with_parts(frame, drawn, list(days["day"]), starts)[list(COLUMNS)]


def _with_parts(frame: pd.DataFrame, drawn: Drawn, days: list[date], starts: list[date]) -> pd.DataFrame:
    """Which periods are only in part there: cut off by the scope, or with a day in them that is not over."""
    is_over = [drawn.last_day is None or day <= drawn.last_day for day in days]
    there = pd.Series(is_over).groupby(pd.Series(starts, dtype=object)).sum().to_dict()
    lengths = [(grains.next_first_day(first, drawn.grain) - first).days for first in frame["day"]]
    counts = [int(there[first]) for first in frame["day"]]
    partial = [count < length for count, length in zip(counts, lengths, strict=True)]
    return frame.assign(days=counts, period_days=lengths, is_partial=partial)


def _by(days: pd.DataFrame, starts: list[date], metric: str, over: int = 1) -> dict[date, Any]:
    """The metric of the days by the period each is put into, of sums divided by `over`; None where it is unknown."""
    grouped = _sums(days).assign(start=starts).groupby("start", sort=True).sum()
    found = sales.derived((grouped / over if over > 1 else grouped).reset_index())
    return dict(zip(found["start"], found[metric], strict=True))


def _sums(days: pd.DataFrame) -> pd.DataFrame:
    """What adds up over days; a day without a known cost adds none, and sales.derived says whether a period has any."""
    costs = days["cost_of_goods_sold"]
    return days[[*sales.DAILY_COLUMNS[2:], "covered_net_sales"]].assign(
        cost_of_goods_sold=costs.where(costs.notna(), Decimal(0))
    )


def _compared(scope: Scope, before: Scope | None, drawn: Drawn, read: Read) -> dict[date, Any]:
    """The metric of the compared days, by the period of the days that they stand beside."""
    if before is None or scope.start is None:
        return {}
    start, ranges, run = scope.start, before.ranges(), settings.of(scope.stores)
    found = [(read(each), each) for each in ranges]
    if drawn.first_day is not None:  # days before the data begin are unknown, not zero
        found = [(days.loc[[day >= drawn.first_day for day in days["day"]]], each) for days, each in found]
    places = [comparisons.place_of(day, start, each, drawn.comparison) for days, each in found for day in days["day"]]
    if not places:
        return {}
    days = pd.concat([days for days, _ in found if len(days)], ignore_index=True)
    starts = [grains.first_day(place, drawn.grain, run) for place in places]
    return _by(days, starts, drawn.metric, len(ranges))


def _moving(scope: Scope, drawn: Drawn, days: list[date], read: Read) -> list[Any]:
    """For each day the metric of the seven days up to it, a ratio of their sums; amounts and counts a day on average."""
    if drawn.grain != "day" or scope.start is None:
        return [None] * len(days)
    back = timedelta(days=MOVING_DAYS - 1)
    wide = read(scope.over(scope.start - back, scope.stop))
    so_far = _sums(wide).cumsum().reset_index(drop=True)
    weeks = sales.derived(so_far - so_far.shift(MOVING_DAYS, fill_value=Decimal(0)))
    is_sum = drawn.metric in sales.DAILY_COLUMNS or drawn.metric in ("cost_of_goods_sold", "gross_profit")
    values = [each / MOVING_DAYS if is_sum and each is not None else each for each in weeks[drawn.metric]]
    by_day = dict(zip(wide["day"], values, strict=True))
    is_known = [drawn.first_day is None or day - back >= drawn.first_day for day in days]
    return [by_day.get(day) if known else None for day, known in zip(days, is_known, strict=True)]


def _targets(scope: Scope, drawn: Drawn, days: list[date], starts: list[date]) -> list[Any]:
    """The target of each period: the sum of its days' parts of their months' targets, None where a day has none."""
    by_day = targets.by_day(scope, drawn.metric, min(days), max(days))
    sums: dict[date, Any] = {}
    for day, first in zip(days, starts, strict=True):
        part, so_far = by_day.get(day), sums.get(first, Decimal(0))
        sums[first] = None if part is None or so_far is None else so_far + part
    return list(sums.values())


def _objects(values: list[Any]) -> "pd.Series[Any]":
    return pd.Series(values, dtype=object)


def unit(metric: str, currency: str) -> str:
    """A metric's label with its unit: “Net sales, EUR”, “Gross margin, %”, “Orders”."""
    about = METRICS[metric]
    return about.label + {"money": f", {currency}", "percent": ", %"}.get(about.unit, "")


def finding(frame: pd.DataFrame, drawn: Drawn, currency: str) -> str:
    """What a trend shows, in a sentence: the highest of its whole periods, else what it is of."""
    about = METRICS[drawn.metric]
    whole = frame.loc[
        [not part and value is not None for part, value in zip(frame["is_partial"], frame["amount"], strict=True)]
    ]
    if len(whole) < 2:
        return f"{about.label} by {drawn.grain}"
    top = max(whole.to_dict("records"), key=lambda row: row["amount"])
    return f"{about.label} by {drawn.grain}: highest {_of(top['period'])}, {said(top['amount'], about.unit, currency)}"


def _of(period: str) -> str:
    return f"in the {period}" if period.startswith("week") else f"on {period}" if period[:3] in DAYS else f"in {period}"


def said(amount: Decimal, unit_of: str, currency: str) -> str:
    """An amount of a metric in words, by its unit."""
    if unit_of == "money":
        return wording.money(amount, currency)
    return wording.percent(amount) if unit_of == "percent" else f"{amount:,.0f}"
