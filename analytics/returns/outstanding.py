"""What is still to come back of orders already placed, by day of the order and product, and four of five times between what.

How much in all is told by how returns develop (analytics/returns/development.py); which orders and products it is expected of, by
what was sold of them, how old that is, and how often such a product comes back. The parts add up to the whole.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, sales
from analytics.returns import development
from analytics.returns.development import HORIZON, Matrix, Projection, Triangle
from analytics.returns.shrinkage import Values, drawn
from analytics.scope import Scope

# As in summaries: whole numbers add up exactly.
PARTS = 10_000


@dataclass(frozen=True)
class Outstanding:
    """Of one currency: the projections of value and of orders, and their parts, which add up to them.

    `cells` has a row a store, day of orders and product: store_id, day, product_key, category, and units, value, covered and cost
    as sold; `to_come`, what of its value is expected back, in 1/10,000; and `rate_variance`, how uncertain the product's rate is,
    relative to the square of it. `orders_of` is by day of orders, in 1/10,000 of an order. `coming` is the share of what was sold
    that comes back at each age.
    """

    currency: str
    last: date
    value: Projection
    orders: Projection
    orders_of: dict[date, int]
    cells: pd.DataFrame
    coming: Matrix

    @property
    def first(self) -> date:
        """The first day of orders of which something may still come."""
        return self.last - timedelta(days=HORIZON - 1)


def of(scope: Scope) -> list[Outstanding]:
    """One for each currency of the scope's stores and filters, whatever its days; none where nothing can be projected."""
    last = development.as_of(scope.stores)
    if last is None:
        return []
    taught = scope.over(development.learnt_from(last), None)
    placed, back = development.sold(taught, last), development.read(taught, last)
    asked = scope.over(last - timedelta(days=HORIZON - 1), last + timedelta(days=1))
    by_product = development.read(taught, last, by="product")
    cells = _with_returned(db.read("returns/open_products", **asked.params()), by_product)
    products = _products(taught, last, cells, by_product)
    found = []
    for currency in sorted(set(placed["currency"])):
        days, came, parts, kinds = (
            frame[frame["currency"] == currency].reset_index(drop=True) for frame in (placed, back, cells, products)
        )
        one = _of_currency(currency, last, (days, came), parts, kinds)
        found += [one] if one is not None else []
    return found


def _of_currency(
    currency: str, last: date, history: tuple[pd.DataFrame, pd.DataFrame], cells: pd.DataFrame, products: pd.DataFrame
) -> Outstanding | None:
    value, orders = (development.triangle(*history, measure, last) for measure in ("value", "orders"))
    worth, counted = _open(value), _open(orders)
    if value is None or orders is None or worth is None or counted is None:
        return None
    shares = development.pattern(value)
    left = 1 - shares / shares[-1] if shares[-1] > 0 else np.zeros_like(shares)
    cells = _weighed(cells, products, left, last)
    cells["to_come"] = spread(worth.expected - worth.returned, cells.pop("weight").to_numpy(dtype=float))
    weights = _orders_left(orders, last)
    of_days = spread(counted.expected - counted.returned, np.array(list(weights.values())))
    days = dict(zip(weights, map(int, of_days), strict=True))
    return Outstanding(currency, last, worth, counted, days, cells, np.diff(shares, prepend=0))


def _open(known: Triangle | None) -> Projection | None:
    """The projection of all orders that are younger than 90 days."""
    return None if known is None else development.project(known, max(known.last - HORIZON + 1, 0), HORIZON)


def _orders_left(known: Triangle, last: date) -> dict[date, float]:
    """By day of orders, how many of them usually have their first return still to come."""
    shares = development.pattern(known)
    ages = range(min(HORIZON, known.last + 1))
    return {
        last - timedelta(days=age): float(known.sold[known.last - age] * (shares[-1] - shares[age])) for age in ages
    }


def spread(amount: float, weights: Values) -> Any:
    """Parts of an amount in 1/10,000, in proportion to weights, adding up exactly; nothing in proportion to nothing."""
    if not weights.sum() > 0:
        return np.zeros(len(weights), dtype=np.int64)
    whole = round(amount * PARTS)
    exact = weights / weights.sum() * whole
    parts = np.floor(exact).astype(np.int64)
    parts[np.argsort(parts - exact, kind="stable")[: whole - int(parts.sum())]] += 1
    return parts


def _with_returned(cells: pd.DataFrame, back: pd.DataFrame) -> pd.DataFrame:
    """The cells with what already came back of their product's orders of that day."""
    keys = ["currency", "day", "product_key"]
    came = back.groupby(keys)["value"].sum().rename("returned").reset_index()
    found = cells.merge(came, "left", keys)
    return found.assign(returned=_filled(found["returned"], Decimal(0)))


def _products(taught: Scope, last: date, cells: pd.DataFrame, back: pd.DataFrame) -> pd.DataFrame:
    """One row a currency and product: value and units of the orders that are 90 days old, and `happened`, what came back of all
    that can teach."""
    old = sales.products(taught.over(taught.start, last - timedelta(days=HORIZON - 1)))
    happened = back.groupby(["currency", "product_key"])["value"].sum().rename("happened")
    frame = old.assign(mature=old["gross_sales"] - old["discounts"])[["currency", "product_key", "units", "mature"]]
    every = pd.concat([frame[["currency", "product_key"]], cells[["currency", "product_key"]]]).drop_duplicates()
    every = every[every["product_key"].notna()]
    known = every.merge(frame, "left", ["currency", "product_key"]).merge(happened.reset_index(), "left")
    categories = pd.concat([old, cells])[["product_key", "category"]].drop_duplicates("product_key", keep="last")
    known = known.merge(categories, "left", "product_key")
    return known.assign(
        category=_filled(known["category"], ""),
        **{name: _filled(known[name], Decimal(0)) for name in ("units", "mature", "happened")},
    )


def _filled(values: "pd.Series[Any]", nothing: Any) -> "pd.Series[Any]":
    return values.astype(object).where(values.notna(), nothing)


def _weighed(cells: pd.DataFrame, products: pd.DataFrame, left: Matrix, last: date) -> pd.DataFrame:
    """The cells with their weights: what has not come back × the chance that it still does, by the product's rate and its age."""
    ages = np.array([(last - day).days for day in cells["day"]], dtype=int)
    worth, units, returned = (cells[name].to_numpy(dtype=float) for name in ("value", "units", "returned"))
    place = pd.Index(products["product_key"]).get_indexer(list(cells["product_key"]))
    rate, variance = _rates(products, place, worth, units, worth * (1 - left[ages]))
    later = rate[place] * left[ages]
    # of what is not back by now: some of what would have come back by this age has, the rest will not
    chance = later / np.maximum(later + 1 - rate[place], 1e-9)
    return cells.assign(weight=np.maximum(worth - returned, 0) * chance, rate_variance=variance[place])


def _rates(products: pd.DataFrame, place: Any, worth: Values, units: Values, seen: Values) -> tuple[Values, Values]:
    """Each product's rate, drawn towards its category's, and the relative variance that it has for being told from few pieces."""
    count = len(products)
    mature, old, happened = (products[name].to_numpy(dtype=float) for name in ("mature", "units", "happened"))
    price = (mature + np.bincount(place, worth, count)) / np.maximum(old + np.bincount(place, units, count), 1e-9)
    price = np.maximum(price, 1e-9)
    pieces = np.maximum((mature + np.bincount(place, seen, count)) / price, 0)
    found = drawn(np.minimum(happened / price, pieces), pieces, products["category"].to_numpy(dtype=str))
    # where nothing comes back, nothing is uncertain
    return found.share, np.where(found.share > 0, 1 / np.maximum(found.share, 1e-9) / found.weight, 0)
