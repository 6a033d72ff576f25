"""Days on which one large order made a product look asked for: proposals of what forecasts are not to learn from."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, stores
from analytics.forecasts import inputs, marks, sold
from analytics.forecasts.inputs import Occasion
from analytics.forecasts.panel import Matrix
from analytics.forecasts.sold import Days, Sold
from analytics.product_rows import framed
from analytics.scope import Scope
from analytics.stock.books import PARTS, pieces

COLUMNS = (
    "store_id", "product_key", "sku", "title", "category", "day", "units", "usual_units", "deviations", "orders", "largest_order",
    "largest_share", "order_name", "reason",
)  # fmt: skip
# A day is a spike that lies so many deviations above the product's usual day with a sale, told from so many such days.
DEVIATIONS, LEAST_DAYS, NEAR_DAYS = 6.0, 8, 40
LEAST_UNITS = 5 * PARTS
# One order is behind it if it brought so much of the day.
LEAST_SHARE = 0.5
# So near to a holiday, and as much of it in the same weeks a year before: then it is no surprise.
BEFORE_HOLIDAY, YEAR, BESIDE, AS_MUCH = 3, 364, 7, 0.5
MAD = 1.4826
Row = dict[Any, Any]


@dataclass(frozen=True)
class Peak:
    """A day (column) of a product (row) that stands out: what a usual day with a sale sells, and how many deviations it is above."""

    row: int
    column: int
    usual: float
    deviations: float


def of(scope: Scope) -> pd.DataFrame:
    """One row a day of a product on which one large order stands out that nothing explains and nobody marked, the largest first.
    Columns: COLUMNS.

    `usual_units` is the median of the product's other days with a sale nearby, `deviations` how many times their usual distance from it
    (1.4826 × the median of the distances, at least the root of the median) the day lies above. At least half of the day is of one
    order. What a promotion, an event, a holiday or the same weeks of the year before explain is left out."""
    rows: list[Row] = []
    for store in stores.among(scope.store).to_dict("records"):
        over = sold.days(int(store["store_id"]), _last(scope, store["last_day"]))
        if over is not None:
            rows += _of_store(over, scope)
    rows.sort(key=lambda row: (-row["deviations"], row["day"], row["product_key"]))
    return framed(rows, COLUMNS)


def _last(scope: Scope, last: date | None) -> date | None:
    return last if last is None or scope.stop is None else min(last, scope.stop - timedelta(days=1))


def _of_store(over: Days, scope: Scope) -> list[Row]:
    found = sold.products(over)
    asked = max((scope.start - over.start).days, 0) if scope.start else 0
    every = [each for each in peaks(found.amounts) if each.column >= asked]
    every = [each for each in every if not _was_a_year_ago(found.amounts[each.row], each)]
    told = _not_explained(over, found, every)
    return _rows(over, found, _not_marked(over, found, told))


def peaks(amounts: Matrix) -> list[Peak]:
    """The days of each product (ten-thousandths of a piece) that stand out of its days with a sale."""
    found = []
    sums, days = amounts.sum(axis=1), (amounts > 0).sum(axis=1)
    mean = sums / np.maximum(days, 1)
    # what is no further above the mean is not worth a closer look
    least = np.maximum(mean + DEVIATIONS / 2 * np.sqrt(mean * PARTS), LEAST_UNITS)
    high = (amounts >= least[:, None]) & (days > LEAST_DAYS)[:, None]
    for row in np.flatnonzero(high.any(axis=1)):
        at = np.flatnonzero(amounts[row] > 0)
        for column in np.flatnonzero(high[row]):
            place = int(np.searchsorted(at, column))
            near = np.concatenate([at[max(place - NEAR_DAYS, 0) : place], at[place + 1 : place + 1 + NEAR_DAYS]])
            others = amounts[row, near] / PARTS
            usual = float(np.median(others))
            scale = max(MAD * float(np.median(np.abs(others - usual))), np.sqrt(usual))
            above = (amounts[row, column] / PARTS - usual) / scale
            if above > DEVIATIONS:
                found.append(Peak(int(row), int(column), usual, float(above)))
    return found


def _was_a_year_ago(amounts: Matrix, peak: Peak) -> bool:
    """Whether the same weeks of the year before had a day like it."""
    at = peak.column - YEAR
    before = amounts[max(at - BESIDE, 0) : at + BESIDE + 1] if at + BESIDE >= 0 else amounts[:0]
    return bool(before.max(initial=0) >= AS_MUCH * amounts[peak.column])


def _not_explained(over: Days, found: Sold, every: list[Peak]) -> list[Peak]:
    """Those that lie in no promotion or event that is about the product, and on no holiday nor the days before one."""
    if not every:
        return []
    known = inputs.happenings(over.store, over.as_of, over.as_of)
    held = [day for day, _ in inputs.holidays(over.store, over.as_of, over.start, over.as_of + timedelta(days=7))]
    return [
        each
        for each in every
        if not any(0 <= (day - _day(over, each)).days <= BEFORE_HOLIDAY for day in held)
        and not any(_is_about(occasion, over, found, each) for occasion in known)
    ]


def _is_about(occasion: Occasion, over: Days, found: Sold, peak: Peak) -> bool:
    about = found.keys.iloc[peak.row]
    if not occasion.starts_on <= _day(over, peak) <= occasion.ends_on:
        return False
    return not occasion.categories or about["category"] in occasion.categories


def _not_marked(over: Days, found: Sold, every: list[Peak]) -> list[Peak]:
    known = marks.standing(Scope(over.store, over.start, over.stop)).to_dict("records")
    return [
        each
        for each in every
        if not any(
            mark["product_key"] in (None, found.keys["series_key"].iloc[each.row])
            and mark["first_day"] <= _day(over, each) <= mark["last_day"]
            for mark in known
        )
    ]


def _day(over: Days, peak: Peak) -> date:
    return over.start + timedelta(days=peak.column)


def _rows(over: Days, found: Sold, every: list[Peak]) -> list[Row]:
    keys = [str(found.keys["series_key"].iloc[each.row]) for each in every]
    days = [_day(over, each) for each in every]
    behind = db.read("forecasts/orders_behind", store_id=over.store, products=keys, days=days)
    orders = {(row["product_key"], row["day"]): row for row in behind.to_dict("records")}
    skus = db.read("inventory/named_products", store_id=over.store).set_index("product_key")["sku"].to_dict()
    rows = []
    for each, key, day in zip(every, keys, days, strict=True):
        order = orders.get((key, day))
        units = pieces([found.amounts[each.row, each.column] / PARTS]).iloc[0]
        if order is None or not units or order["largest_order"] / units < LEAST_SHARE:
            continue
        about = found.keys.iloc[each.row]
        rows.append({
            "store_id": over.store, "product_key": key, "sku": skus.get(key), "title": about["name"], "category": about["category"] or None,
            "day": day, "units": units, "usual_units": pieces([each.usual]).iloc[0], "deviations": round(each.deviations, 1),
            "orders": int(order["orders"]), "largest_order": order["largest_order"],
            "largest_share": order["largest_order"] / units, "order_name": order["order_name"],
            "reason": f"One order of {order['largest_order'].normalize():f} pieces ({order['order_name']})",
        })  # fmt: skip
    return rows


def counted(found: pd.DataFrame, standing: pd.DataFrame) -> dict[str, Any]:
    """How many large orders were found and what they sold, and how many marks stand: spikes_found, spike_units, days_marked."""
    return {"spikes_found": len(found), "spike_units": sum(found["units"]), "days_marked": len(standing)}
