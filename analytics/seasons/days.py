"""Each product's days: what it sold, what that came to, and in how much of the day it could be bought."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, periods, stores
from analytics.errors import Refused
from analytics.forecasts import marks
from analytics.prices import weekly
from analytics.scope import Scope
from analytics.stock import velocity

Values = np.ndarray[Any, Any]
DAY = timedelta(days=1)
# Older days tell of another shop.
MOST_DAYS = 1827
PARTS = 10_000
MEASURES = ("units", "net_sales")
# Demand while it is out is told from days in stock so near; the wider window where the narrow one has fewer than LEAST of them.
NEAR, FAR, LEAST = 28, 91, 7
# A product that sold nothing for so long is gone, and from then on tells nothing.
GONE = 56
ONE_CURRENCY = (
    "Amounts in several currencies are not added up: {names}. Say which one, convert them into one, or ask for units."
)


@dataclass(frozen=True)
class Days:
    """By product (row) and day (column, the oldest first): `units` sold, `net_sales` by the scope's clock, and `there`: the share
    of the product that could be bought, 0 before its first sale and after it is gone.

    `about` has a row a product: product, title, category, first_sold (its column). `demand` are units as far as they were asked for:
    what stockouts hid is put back, and days that were marked as none to learn from have what is usual. `currencies` are those of
    the amounts.
    """

    about: pd.DataFrame
    first_day: date
    units: Values
    net_sales: Values
    there: Values
    demand: Values
    currencies: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many days there are."""
        return int(self.units.shape[1])

    @property
    def last_day(self) -> date:
        """The last of them."""
        return self.first_day + timedelta(days=self.count - 1)

    @property
    def dates(self) -> Values:
        """All of them."""
        return np.arange(np.datetime64(self.first_day), np.datetime64(self.last_day) + 1)

    def at(self, day: date) -> int:
        """The column of a day, also of one outside of them."""
        return (day - self.first_day).days

    def total(self, measure: str, rows: Any = slice(None)) -> Values:
        """What all or some of the products sold a day, with what stockouts hid put back at what a piece of them brought.

        Raises ValueError for a measure that there is not, Refused for amounts in several currencies.
        """
        return np.asarray(self.each(measure, rows).sum(axis=0))

    def each(self, measure: str, rows: Any = slice(None)) -> Values:
        """The same product by product, a row each."""
        if measure not in MEASURES:
            raise ValueError(f"measure is {' or '.join(MEASURES)}, not {measure!r}")
        if measure == "units":
            return np.asarray(self.demand[rows])
        if len(self.currencies) > 1:
            raise Refused(ONE_CURRENCY.format(names=", ".join(self.currencies)))
        sold = np.maximum(self.units[rows].sum(axis=1), 1.0)
        price = self.net_sales[rows].sum(axis=1) / sold
        return np.asarray(self.net_sales[rows] + (self.demand[rows] - self.units[rows]) * price[:, None])


def of(scope: Scope) -> Days | None:
    """The days of the scope's products, of the last five years before its end at most; None if nothing was sold.

    They are kept until the data of the stores change.
    """
    return _of(scope, stores.versions(scope.store), db.url())


@lru_cache(maxsize=2)
def _of(scope: Scope, versions: tuple[tuple[int, int], ...], where: str) -> Days | None:
    first, last = velocity.data_days(scope)
    if first is None or last is None:
        return None
    zones = stores.among(scope.store)["time_zone"]
    # a day that is not over tells too little
    last = min(last, max(first, periods.yesterday(zones.iloc[0] if len(zones) else None)))
    start = max(first, last + DAY - timedelta(days=MOST_DAYS), scope.start or first)
    asked = scope.over(start, last + DAY)
    told = weekly.numbers_of(asked)
    if told.empty or start > last:
        return None
    return _built(asked, told, (last - start).days + 1)


def _built(scope: Scope, told: pd.DataFrame, count: int) -> Days | None:
    product, names = pd.factorize(told["product"])
    rows = _rows(scope, told)
    if not len(rows["variant"]):
        return None
    shape = (len(names), count)
    cell = product[rows["variant"]] * count + rows["day"]
    units, amount = (np.bincount(cell, rows[name], shape[0] * count).reshape(shape) for name in ("units", "amount"))
    is_sold = units.sum(axis=1) > 0
    of_variant = np.bincount(rows["variant"], rows["units"], len(told))
    there = np.ones(shape)
    for at, share, first, last in weekly.out_of_stock(scope, told, product, of_variant):
        there[at, max(first, 0) : max(last + 1, 0)] -= share
    there = np.where(units > 0, np.maximum(there, 0.5), np.clip(there, 0.0, 1.0)) * _own(units)
    # what somebody marked tells as little as a day out of stock
    is_marked = _marked(scope, told, product, shape)
    there[is_marked] = 0.0
    usual = asked_for(np.where(is_marked, 0.0, units), there)
    first_rows = told.assign(at=product).drop_duplicates("at").set_index("at").sort_index()
    about = pd.DataFrame({
        "product": list(names), "title": list(first_rows["product_title"]),
        "category": [weekly.UNKNOWN if pd.isna(each) or not each else each for each in first_rows["category"]],
        "first_sold": (units > 0).argmax(axis=1),
    })  # fmt: skip
    sold, net, seen, asked = (each[is_sold] for each in (units, amount, there, usual))
    about = about[is_sold].reset_index(drop=True)
    return Days(about, scope.start or date.min, sold, net, seen, asked, tuple(rows["currencies"]))


def _marked(scope: Scope, told: pd.DataFrame, product: Values, shape: tuple[int, int]) -> Values:
    """The days that somebody marked as none to learn from, of a product or of the whole shop (where there is just one)."""
    found = np.zeros(shape, dtype=bool)
    at_key = dict(zip(told["product_key"], product, strict=True))
    start = scope.start or date.min
    for row in marks.standing(scope).to_dict("records"):
        days = slice(max((row["first_day"] - start).days, 0), max((row["last_day"] - start).days + 1, 0))
        if row["product_key"] in at_key:
            found[at_key[row["product_key"]], days] = True
        elif pd.isna(row["product_key"]) and len(stores.among(scope.store)) == 1:
            found[:, days] = True
    return found


def _rows(scope: Scope, told: pd.DataFrame) -> dict[str, Any]:
    """A row a variant (place in `told`), slice and day: variant, day from the first, units, amount; and the currencies."""
    params = {name: each for name, each in scope.params().items() if name != "categories"}
    packed = db.read("seasons/sold_days", **params)
    parts: dict[str, list[Values]] = {name: [] for name in ("number", "day", "units", "amount")}
    for row in packed.to_dict("records"):
        numbers = np.frombuffer(row["numbers"], dtype=">i4").astype(np.int64)
        parts["number"].append(numbers)
        parts["day"].append(np.full(len(numbers), (row["day"] - (scope.start or date.min)).days))
        for name, column in (("units", "units"), ("amount", "amounts")):
            parts[name].append(np.frombuffer(row[column], dtype=">f8").astype(float) / PARTS)
    found = {name: np.concatenate(each) if each else np.empty(0, dtype=int) for name, each in parts.items()}
    numbers = told["value_no"].to_numpy(dtype=np.int64)
    at = np.searchsorted(numbers, found["number"])
    is_asked = (at < len(numbers)) & (numbers[np.minimum(at, len(numbers) - 1)] == found["number"])
    kept: dict[str, Any] = {name: found[name][is_asked] for name in ("day", "units", "amount")}
    return kept | {"variant": at[is_asked], "currencies": sorted(set(packed["currency"]))}


def _own(units: Values) -> Values:
    """1 from a product's first sale until it is gone, else 0."""
    day, is_sold = np.arange(units.shape[1]), units > 0
    first = is_sold.argmax(axis=1)[:, None]
    last = units.shape[1] - 1 - is_sold[:, ::-1].argmax(axis=1)[:, None]
    stop = np.where(last + GONE >= units.shape[1] - 1, units.shape[1], last + 1)
    return np.asarray((day >= first) & (day < stop), dtype=float)


def asked_for(units: Values, there: Values) -> Values:
    """Units with what stockouts hid: on a day out, what the product sells a day in stock in the four weeks around (three months,
    where fewer than a week of it was in stock), as much more or less as the rest of the shop sold that day.

    What has no day in stock near stays as it was sold.
    """
    own = _own(units)
    missing = np.where(own > 0, 1 - there, 0.0)
    rows = np.flatnonzero((missing > 0).any(axis=1))
    found = units.copy()
    if not len(rows):
        return found
    # how busy a day was, by what was there throughout
    steady = units[~(missing > 0).any(axis=1)].sum(axis=0)
    pulse = steady if steady.sum() >= 10 * units.shape[1] else np.ones(units.shape[1])
    usual = np.maximum(_around(pulse[None], FAR), 1e-9) / np.maximum(_around(np.ones((1, len(pulse))), FAR), 1.0)
    pulse = np.where(steady.sum() >= 10 * units.shape[1], pulse / usual[0], 1.0)
    seen = there[rows] * pulse
    near, far = (_around(units[rows], each) / np.maximum(_around(seen, each), 1e-9) for each in (NEAR, FAR))
    enough, any_far = _around(there[rows], NEAR) >= LEAST, _around(there[rows], FAR) >= LEAST
    rate = np.where(enough, near, np.where(any_far, far, 0.0))
    found[rows] += missing[rows] * rate * pulse
    return found


def _around(values: Values, days: int) -> Values:
    """The sum of each row's values from so many days before to so many after each day."""
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
    day = np.arange(values.shape[1])
    high, low = np.minimum(day + days + 1, values.shape[1]), np.maximum(day - days, 0)
    return np.asarray(sums[:, high] - sums[:, low])
