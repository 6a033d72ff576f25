"""Rises of returns: which products, sizes and variants come back more often than they used to, and since when.

Found by a control chart for few counts (see control) over the weeks in which things were ordered.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from math import exp, log
from typing import Any

import numpy as np
import pandas as pd

from analytics.product_rows import framed
from analytics.returns import control, reasons, weekly
from analytics.returns import words as words_of
from analytics.returns.control import Counts, Matrix, Run
from analytics.returns.intervals import wilson
from analytics.returns.weekly import WEEK, WHOLE, Book, Series
from analytics.scope import Scope

COLUMNS = (
    "title", "part", "level", "first_day", "last_day", "is_open", "rate_before", "before_lower", "before_upper", "rate_since",
    "since_lower", "since_upper", "lines_sold", "lines_returned", "value_returned", "rise_value", "rise_certainty",
    "main_reason", "reason_orders", "category", "sku", "currency", "product", "series",
)  # fmt: skip
CHART_COLUMNS = (
    "day", "period", "currency", "lines_sold", "lines_returned", "come_in", "rate", "usual", "limit", "is_mature", "is_in_run",
)  # fmt: skip
# So many weeks pass on average until chance alone raises an alarm somewhere in the shop, at least.
ALARM_EVERY = 13
# A single week lies above its limit by chance once in 741: as often as beyond three deviations of a normal chart.
BEYOND = 0.00135
MATURE = 0.9
APART = " · "


@dataclass(frozen=True)
class _Chart:
    """The counts of a currency's series, what the chart says of them, and from which R on it is an alarm."""

    book: Book
    counts: Counts
    logs: Matrix
    alarm: float

    def is_alarm(self) -> Matrix:
        """By series and week: whether so much likelihood of a rise comes by chance once in ALARM_EVERY weeks, shop-wide."""
        return np.asarray(self.logs >= log(self.alarm))


def of(scope: Scope, products: tuple[str, ...] | None = None) -> pd.DataFrame:
    """One row a product, size or variant whose returns rose in weeks that touch the scope, open ones and dear ones first.

    Columns: COLUMNS. Of a product, its sizes and its variants only that one is told of which the counts are the least likely
    without a rise. Rates are of order lines (orders in which a variant was sold), by the week of the order: what came back ÷
    what was sold × the share of returns that have come in by now, so that young weeks are compared like for like; with 95 %
    intervals. `lines_sold`, `lines_returned` (so far) and `value_returned` are since `first_day`, to `last_day` if the rise
    has ended; `rise_value` is the value beyond the rate before. `rise_certainty` is the chance of a rise if one in the whole
    shop begins every ALARM_EVERY weeks (Shiryaev's rule); an alarm is one from 50 % on. `main_reason` is what was told of most
    orders that came back (`reason_orders`), None where nothing was. With `products` only those are looked at, by the same
    measure.
    """
    found = [row for chart in _charts(scope, products) for row in _alarms(scope, chart)]
    found = [row for row in found if not scope.categories or row["category"] in scope.categories]
    for row in found:
        row |= _main_reason(scope, row)
    found.sort(key=lambda row: (not row["is_open"], -row["rise_value"], row["title"], row["part"]))
    return framed(found, COLUMNS)


def chart(scope: Scope, product: str = "", series: str = "") -> pd.DataFrame:
    """One row a currency and week of orders of a product, or of the size or variant that `series` names. Columns: CHART_COLUMNS.

    `usual` is the rate that it had before its rise, or has, drawn towards its category's where little was sold; `limit` the
    rate that a single week passes by chance once in 741 (None where nothing was sold or returns have not begun to come in).
    `is_in_run`: the weeks of the rise; `is_mature`: nine of ten of its returns have come in. Raises ValueError where the shop
    has sold no such product or part in those weeks.
    """
    rows = []
    for each in _charts(scope, (product,)):
        at = next(
            (at for at, one in enumerate(each.book.series) if one.product == product and (name(one) == series)), None
        )
        if at is not None:
            rows += _weeks(each, at)
    if not rows:
        raise ValueError(f"no product {product!r} with the size or variant {series!r} was sold in these weeks")
    return framed(rows, CHART_COLUMNS)


def parts(scope: Scope, product: str) -> dict[str, str]:
    """What a chart can be of for a product: the `series` of each, with its words; {} for a product that was not sold."""
    found = [each for book in weekly.books(scope, (product,)) for each in book.series]
    return {name(each): words(each.level, each.part) for each in found}


def name(series: Series) -> str:
    """What the address calls a series of a product, "" the whole of it."""
    return "" if series.level == WHOLE else f"{series.level}{APART}{series.part}"


def words(level: str, part: str) -> str:
    """What a series of a product is called: whole product, size M, Blue / M."""
    return WHOLE if level == WHOLE else f"size {part}" if level == weekly.SIZE else part


def counted(found: pd.DataFrame) -> dict[str, Any]:
    """How many rises `of` found, how many of them go on, and what came back in them, in all and beyond the usual."""
    return {
        "rises_found": len(found),
        "rises_open": sum(bool(each) for each in found["is_open"]),
        "rise_returned": sum(found["value_returned"], start=Decimal(0)),
        "rise_value": sum(found["rise_value"], start=Decimal(0)),
    }


def recent(found: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The rows of `of` that go on and began within ALARM_EVERY weeks before the end of the scope."""
    since = (scope.stop or date.max) - ALARM_EVERY * WEEK if scope.stop else date.min
    return found.loc[[bool(row["is_open"]) and row["first_day"] >= since for row in found.to_dict("records")]]


def _charts(scope: Scope, products: tuple[str, ...] | None = None) -> list[_Chart]:
    found = []
    for book in weekly.books(scope, products):
        counts = weekly.counts(book)
        logs = np.full(counts.sold.shape, -np.inf)
        telling = np.flatnonzero(counts.returned[:, counts.start :].sum(axis=1) >= control.RETURNED_SINCE)
        logs[telling] = control.statistic(counts.rows(telling))
        found.append(_Chart(book, counts, logs, float(max(book.watched, 1) * ALARM_EVERY)))
    return found


def _alarms(scope: Scope, told: _Chart) -> list[dict[str, Any]]:
    """The strongest alarm of each product whose run touches the days."""
    best: dict[str, tuple[float, int, Run]] = {}
    for at in np.flatnonzero(told.is_alarm().any(axis=1)):
        product, strength = told.book.series[at].product, float(told.logs[at].max())
        if product not in best or strength > best[product][0]:
            run = control.run(told.counts, int(at))
            if told.counts.returned[at, run.first : run.last + 1].sum() >= control.RETURNED_SINCE:
                best[product] = strength, int(at), run
    rows = [_row(told, at, run) for _, at, run in best.values()]
    start, stop = scope.start or date.min, scope.stop or date.max
    return [row for row in rows if row["first_day"] < stop and (row["last_day"] or date.max) >= start]


def _row(told: _Chart, at: int, run: Run) -> dict[str, Any]:
    one, book = told.book.series[at], told.book
    last = len(book.come_in) - 1 if not run.is_over else run.last
    before, since = _sums(told, at, 0, run.first), _sums(told, at, run.first, last + 1)
    lower, upper = wilson(before[1], before[0])
    since_lower, since_upper = wilson(since[1], since[0])
    rate_before, rate_since = (min(each[1] / each[0], Decimal(1)) for each in (before, since))
    value = sum(
        (book.value.get((member, week), Decimal(0)) for member in one.members for week in range(run.first, last + 1)),
        start=Decimal(0),
    )
    beyond = max(1 - rate_before / rate_since, Decimal(0)) if rate_since else Decimal(0)
    strength = float(told.logs[at].max()) - log(told.alarm)
    return {
        "title": one.title, "part": words(one.level, one.part), "level": one.level, "first_day": book.day(run.first),
        "last_day": book.day(last + 1) - timedelta(days=1) if run.is_over else None, "is_open": not run.is_over,
        "rate_before": rate_before, "before_lower": lower, "before_upper": upper, "rate_since": rate_since,
        "since_lower": since_lower, "since_upper": since_upper,
        "lines_sold": Decimal(int(_whole(book.sold, one)[run.first : last + 1].sum())),
        "lines_returned": Decimal(int(_whole(book.returned, one)[run.first : last + 1].sum())),
        "value_returned": value, "rise_value": value * beyond, "category": one.category or None, "sku": one.sku,
        "rise_certainty": Decimal(str(round(1 / (1 + exp(-min(strength, 50.0))), 6))),
        "currency": book.currency, "product": one.product, "series": name(one), "keys": one.keys,
    }  # fmt: skip


def _main_reason(scope: Scope, row: dict[str, Any]) -> dict[str, Any]:
    """What was told of most of the orders of a rise that came back."""
    until = row["last_day"] + timedelta(days=1) if row["last_day"] else scope.stop
    asked = replace(
        scope, start=row["first_day"], stop=until, basis="order_date", categories=(), currency=None, into=None
    )
    told: dict[str, int] = {}
    for each in reasons.read(asked, "reason", "product"):
        if each["product_key"] in row["keys"] and each["means"] not in (None, words_of.NOT_TOLD):
            told[each["means"]] = told.get(each["means"], 0) + int(each["orders"])
    if not told:
        return {"main_reason": None, "reason_orders": None}
    main = max(sorted(told), key=lambda means: told[means])
    return {"main_reason": words_of.LABELS["reason"][main], "reason_orders": Decimal(told[main])}


def _whole(matrix: Matrix, one: Series) -> Matrix:
    return np.asarray(matrix[list(one.members)].sum(axis=0))


def _sums(told: _Chart, at: int, start: int, stop: int) -> tuple[Decimal, Decimal]:
    """Sold as far as its returns have come in, and returned, in some of the weeks that tell something."""
    known, returned = told.counts.known[at, start:stop].sum(), told.counts.returned[at, start:stop].sum()
    return Decimal(repr(round(float(known), 6))), Decimal(int(returned))


def _weeks(told: _Chart, at: int) -> list[dict[str, Any]]:
    counts, book = told.counts, told.book
    is_alarm = bool(told.is_alarm()[at].any())
    run = control.run(counts, at) if is_alarm else Run(counts.sold.shape[1], -1, is_over=True)
    last = run.last if run.is_over else len(book.come_in) - 1
    usual = control.usual(counts, at, run.first)
    sold, returned = _whole(book.sold, told.book.series[at]), _whole(book.returned, told.book.series[at])
    rows = []
    for week in range(len(book.come_in)):
        known = Decimal(repr(round(float(sold[week] * book.come_in[week]), 6)))
        limit = control.limit(int(sold[week]), usual * float(book.come_in[week]), BEYOND)
        day = book.day(week)
        rows.append({
            "day": day, "period": f"{day:%d %b} – {day + timedelta(days=6):%d %b %Y}", "currency": book.currency,
            "lines_sold": Decimal(int(sold[week])), "lines_returned": Decimal(int(returned[week])),
            "come_in": Decimal(repr(round(float(book.come_in[week]), 6))),
            "rate": min(Decimal(int(returned[week])) / known, Decimal(1)) if known else None,
            "usual": Decimal(repr(round(usual, 6))), "limit": min(limit / known, Decimal(1)) if known else None,
            "is_mature": bool(book.come_in[week] >= MATURE), "is_in_run": run.first <= week <= last,
        })  # fmt: skip
    return rows
