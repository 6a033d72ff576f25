"""What is forecast: units and net sales of a store as series side by side, as they were sold and as they are learnt from."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.errors import Refused
from analytics.forecasts import sold, steps
from analytics.forecasts.panel import Matrix, Panel
from analytics.forecasts.sold import Days, Sold
from analytics.forecasts.steps import Step
from analytics.stock.books import APART, PARTS

LEVELS = {
    "units": ("store", "category", "product", "location"),
    "net_sales": ("store", "channel", "category"),
}
GRAINS = {"day": 1, "week": 7}
# What was not sold for so long is not forecast.
SILENT = timedelta(weeks=52)
# Why a cell is not learnt from as it was; a cell can have both.
AS_SOLD, STOCKOUT, MARKED = 0, 1, 2
KEYS = ("series_key", "location_key", "currency", "name", "category", "first_day")
LEFT = (*KEYS, "last_day", "reason")


@dataclass(frozen=True)
class Demand:
    """The series of one measure, level and grain, a row each, a column a period.

    `panel` holds what they are forecast from: what was sold, corrected where it was out of stock or marked; NaN before the series
    began. `raw` is what was sold, 0 before it began, in the same shape. `keys` (KEYS) names the rows; `left_out` tells the cells
    in which errors do not count and `why` the reasons of every corrected cell (bits STOCKOUT, MARKED). `left` (LEFT) are the
    series that are not forecast, and why; `rest` what they sold together in each period. `first_day` is that of the first column,
    `next_day` that of the first step ahead."""

    panel: Panel
    raw: Matrix
    keys: pd.DataFrame
    left_out: Matrix
    why: Matrix
    left: pd.DataFrame
    rest: Matrix
    first_day: date
    next_day: date
    grain: str

    @property
    def last_day(self) -> date:
        """The last day of the last column."""
        return self.next_day - timedelta(days=1)


@dataclass(frozen=True)
class Series:
    """Series by day or week before those that are not forecast are taken out: `begins` is the column of the first whole period of
    each, `last_sold` the day of its last sale."""

    keys: pd.DataFrame
    raw: Matrix
    values: Matrix
    why: Matrix
    begins: Matrix
    first_sold: Matrix
    last_sold: Matrix


def of(store: int, measure: str, level: str, grain: str, as_of: date | None = None) -> Demand:
    """The series of a store up to a day, the last one of its orders unless told.

    Units are units sold (analytics/metrics.py) on the day of the order: what comes back was asked for. A bundle counts as its
    parts. Net sales are those of goods by the day of the order, also what was taken back of it later. A series begins with the
    first whole period after its first sale. Periods are whole ones: a week that is not over by `as_of` is ahead. Raises Refused
    for a measure, level or grain that is not forecast, or a store without orders.
    """
    if level not in LEVELS.get(measure, ()) or grain not in GRAINS:
        raise Refused(
            f"There are no series of {measure} by {level} and {grain}. Units are forecast by {', '.join(LEVELS['units'])}, net_sales "
            f"by {', '.join(LEVELS['net_sales'])}, a grain is {' or '.join(GRAINS)}."
        )
    over = sold.days(store, as_of)
    if over is None:
        raise Refused("This store has no orders by then, so there is nothing to forecast from. Import its orders.")
    length = GRAINS[grain]
    found = _series(over, _sold(over, measure, level), length)
    return _demand(over, found, grain)


def _sold(over: Days, measure: str, level: str) -> Sold:
    if measure == "net_sales":
        found = sold.net_sales(over, "channel" if level == "channel" else "category")
        return found if level != "store" else _together(found, pd.Series("", index=found.keys.index))
    found = sold.products(over)
    if level in ("product", "location"):
        return found
    return _together(found, found.keys["category"] if level == "category" else pd.Series("", index=found.keys.index))


def _together(found: Sold, key: "pd.Series[str]") -> Sold:
    """The series added up by a key and their currency."""
    pairs = list(zip(key, found.keys["currency"], strict=True))
    place = {pair: at for at, pair in enumerate(sorted(set(pairs)))}
    amounts = np.zeros((len(place), found.amounts.shape[1]))
    np.add.at(amounts, [place[pair] for pair in pairs], found.amounts)
    keys = pd.DataFrame(list(place), columns=["series_key", "currency"], dtype=object)
    return Sold(keys.assign(name=keys["series_key"], category=keys["series_key"])[list(sold.KEYS)], amounts)


def _series(over: Days, found: Sold, length: int) -> Series:
    """Days put together to whole periods."""
    count = over.count // length
    is_sold = found.amounts != 0
    first = np.maximum(is_sold.argmax(axis=1), (over.first - over.start).days)
    last = over.count - 1 - is_sold[:, ::-1].argmax(axis=1)
    raw = by_period(found.amounts, length) / PARTS
    begins = -(-first // length)
    # of one that began in the last whole period its part is all there is
    alone = (begins == count) & (first < count * length)
    values = raw.copy()
    rows = np.flatnonzero(alone)
    values[rows, count - 1] *= length / (count * length - first[rows])
    keys = found.keys.assign(location_key="")
    return Series(keys, raw, values, np.zeros(raw.shape, dtype=np.int8), begins - alone, first, last)


def by_period(days: Matrix, length: int) -> Matrix:
    """Columns of days added up to whole periods from the first column on; what is left at the end is not whole."""
    count = days.shape[1] // length
    return np.asarray(days[:, : count * length].reshape(len(days), count, length).sum(axis=2))


def _demand(over: Days, found: Series, grain: str) -> Demand:
    length, count = GRAINS[grain], found.raw.shape[1]
    day = over.start.toordinal()
    reason = np.full(len(found.keys), "", dtype=object)
    reason[found.last_sold < over.count - SILENT.days] = "not sold for 52 weeks"
    reason[found.begins >= count] = "first sold after the last whole week" if length > 1 else "not sold yet"
    first = [date.fromordinal(day + int(at)) for at in found.first_sold]
    last = [date.fromordinal(day + int(at)) for at in found.last_sold]
    keys = found.keys.assign(first_day=first)[list(KEYS)]
    kept = np.flatnonzero(reason == "")
    gone = np.flatnonzero(reason != "")
    left = keys.assign(last_day=last, reason=reason).iloc[gone].reset_index(drop=True)
    next_day = over.start + timedelta(days=count * length)
    ids = np.array([_name(row) for row in keys.iloc[kept].to_dict("records")], dtype=object)
    values = np.where(np.arange(count) >= found.begins[kept, None], found.values[kept], np.nan)
    why = np.where(np.isfinite(values), found.why[kept], AS_SOLD)
    last_at = steps.positions(step(over, length), np.array([next_day - timedelta(days=length)], dtype="datetime64[D]"))[
        0
    ]
    panel = Panel(values, count - found.begins[kept], np.repeat(last_at, len(kept)), step(over, length), ids)
    return Demand(
        panel, found.raw[kept], keys.iloc[kept].reset_index(drop=True), why != AS_SOLD, why, left,
        found.raw[gone].sum(axis=0), over.start, next_day, grain,
    )  # fmt: skip


def _name(row: dict[str, str]) -> str:
    return APART.join(part for part in (row["series_key"], row["location_key"], row["currency"]) if part)


def step(over: Days, length: int) -> Step:
    """The grid of the series: days, or weeks that begin on the store's first weekday."""
    if length == 1:
        return Step("days", 1, steps.SEASONS["days"])
    epoch = (np.datetime64(over.start, "D") - np.datetime64("1970-01-01", "D")).astype(int)
    return Step("weeks", 1, steps.SEASONS["weeks"], offset=int(epoch) % 7)
