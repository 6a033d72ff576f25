"""What is forecast: units and net sales of a store as series side by side, as they were sold and as they are learnt from."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.errors import Refused
from analytics.forecasts import series, sold, steps
from analytics.forecasts.known import Known
from analytics.forecasts.panel import Matrix, Panel
from analytics.forecasts.series import Series
from analytics.forecasts.shelf import AS_SOLD
from analytics.forecasts.sold import Days
from analytics.forecasts.steps import Step
from analytics.stock.books import APART

LEVELS = {
    "units": ("store", "category", "product", "location"),
    "net_sales": ("store", "channel", "category"),
}
GRAINS = {"day": 1, "week": 7}
# What was not sold for so long is not forecast.
SILENT = timedelta(weeks=52)
KEYS = (*series.KEYS, "first_day")
LEFT = (*KEYS, "last_day", "reason")
GONE, NEW = "not sold for 52 weeks", "first sold after the last whole period"


@dataclass(frozen=True)
class Demand:
    """The series of one measure, level and grain, a row each, a column a period.

    `panel` holds what they are forecast from: what was sold, corrected where it was out of stock or marked; NaN before the series
    began. `raw` is what was sold, 0 before it began, in the same shape. `keys` (KEYS) names the rows; `why` has the bits STOCKOUT
    and MARKED of every corrected cell, and in those `left_out` errors do not count. `left` (LEFT) are the series that are not
    forecast, and why; `rest` what they sold together in each period. `first_day` is that of the first column, `next_day` that of
    the first step ahead, `over` the days that all is told from."""

    panel: Panel
    raw: Matrix
    keys: pd.DataFrame
    left_out: Matrix
    why: Matrix
    left: pd.DataFrame
    rest: Matrix
    first_day: date
    next_day: date
    level: str
    grain: str
    over: Days

    @property
    def last_day(self) -> date:
        """The last day of the last column."""
        return self.next_day - timedelta(days=1)


def of(store: int, measure: str, level: str, grain: str, as_of: date | None = None) -> Demand:
    """The series of a store up to a day, the last one of its orders unless told.

    Units are units sold (analytics/metrics.py) on the day of the order: what comes back was asked for. A bundle counts as its
    parts. Net sales are those of goods by the day of the order, also what was taken back of it later. A series begins with the
    first whole period after its first sale, or its first day in stock. Periods are whole ones: a week that is not over by `as_of`
    is ahead. Raises Refused for a measure, level or grain that is not forecast, or a store without orders.
    """
    if level not in LEVELS.get(measure, ()) or grain not in GRAINS:
        raise Refused(
            f"There are no series of {measure} by {level} and {grain}. Units are forecast by {', '.join(LEVELS['units'])}, net_sales "
            f"by {', '.join(LEVELS['net_sales'])}, a grain is {' or '.join(GRAINS)}."
        )
    over = sold.days(store, as_of)
    if over is None:
        raise Refused("This store has no orders by then, so there is nothing to forecast from. Import its orders.")
    return _demand(over, series.of(over, measure, level, GRAINS[grain]), (level, grain))


def _demand(over: Days, found: Series, of: tuple[str, str]) -> Demand:
    level, grain = of
    length, count = GRAINS[grain], found.raw.shape[1]
    begins, values = _begun(over, found, length)
    reason = np.where(found.last < over.count - SILENT.days, GONE, np.where(begins >= count, NEW, "")).astype(object)
    keys = found.keys.assign(first_day=_days(over, found.first))
    kept, gone = np.flatnonzero(reason == ""), np.flatnonzero(reason != "")
    left = keys.assign(last_day=_days(over, found.last), reason=reason)[list(LEFT)].iloc[gone].reset_index(drop=True)
    keys = keys[list(KEYS)].iloc[kept].reset_index(drop=True)
    is_begun = np.arange(count) >= begins[kept, None]
    why = np.where(is_begun, _why(found, values)[kept], AS_SOLD).astype(np.int8)
    next_day = over.start + timedelta(days=count * length)
    grid = step(over, length)
    last = steps.positions(grid, np.array([next_day - timedelta(days=length)], dtype="datetime64[D]"))[0]
    learnt = np.where(is_begun, values[kept], np.nan)
    told = Known(left_out=why != AS_SOLD)
    panel = Panel(learnt, count - begins[kept], np.repeat(last, len(kept)), grid, _ids(keys), known=told)
    return Demand(
        panel, found.raw[kept], keys, why != AS_SOLD, why, left, found.raw[gone].sum(axis=0), over.start, next_day, level, grain,
        over,
    )  # fmt: skip


def _begun(over: Days, found: Series, length: int) -> tuple[Matrix, Matrix]:
    """The column of each series' first whole period, and what it is learnt from; of one that began in the last whole period a part
    is all that there is, and stands for the whole."""
    count = found.raw.shape[1]
    first = np.maximum(found.first, (over.first - over.start).days)
    begins = -(-first // length)
    is_alone = (begins == count) & (first < count * length)
    values = found.raw + found.changes.sum(axis=0)
    rows = np.flatnonzero(is_alone)
    values[rows, count - 1] *= length / (count * length - first[rows])
    return begins - is_alone, values


def _why(found: Series, values: Matrix) -> Matrix:
    """The reasons for which so much of a period is estimated that it is not learnt from as it was."""
    least = found.share * np.abs(values)
    bits = [np.where(size > least, reason, AS_SOLD) for reason, size in zip(series.REASONS, found.sizes, strict=True)]
    return np.asarray(sum(bits))


def _days(over: Days, columns: Matrix) -> list[date]:
    return [date.fromordinal(over.start.toordinal() + int(each)) for each in columns]


def _ids(keys: pd.DataFrame) -> Matrix:
    names = zip(keys["series_key"], keys["location_key"], keys["currency"], strict=True)
    return np.array([APART.join(part for part in row if part) for row in names], dtype=object)


def step(over: Days, length: int) -> Step:
    """The grid of the series: days, or weeks that begin on the store's first weekday."""
    if length == 1:
        return Step("days", 1, steps.SEASONS["days"])
    epoch = (np.datetime64(over.start, "D") - np.datetime64("1970-01-01", "D")).astype(int)
    return Step("weeks", 1, steps.SEASONS["weeks"], offset=int(epoch) % 7)
