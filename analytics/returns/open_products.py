"""Of which products that is which is still to come back: the parts of each day's orders, adding up to the day.

A product's part follows what was sold of it and is not back, how often such a product comes back, drawn towards its category, and how
many of its returns have had their time.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, sales
from analytics.returns import development, outstanding, resellable
from analytics.returns.development import HORIZON
from analytics.returns.outstanding import PARTS, Outstanding
from analytics.returns.shrinkage import Values, drawn
from analytics.scope import Scope


def of(scope: Scope, told: list[Outstanding]) -> pd.DataFrame:
    """One row a currency, store, day of orders and product, of the currencies told.

    currency, store_id, day, product_key, sku, title, category; value, units, covered and cost as sold; `to_come`, what of the value
    is expected back, and `pieces`, the same in units at what they sold for, both in 1/10,000; `again`, those of them that can be
    sold again (NaN: no file tells), `profit`, the gross profit that goes with it; and `rate_variance`, how uncertain the product's
    rate is, relative to the square of it.
    """
    last = told[0].last
    taught = scope.over(development.learnt_from(last), None)
    asked = scope.over(last - timedelta(days=HORIZON - 1), last + timedelta(days=1))
    by_product = development.read(taught, last, by="product")
    cells = _with_returned(db.read("returns/open_products", **asked.params()), by_product)
    products = _products(taught, cells, by_product)
    found = []
    for known in told:
        parts, kinds = (each[each["currency"] == known.currency].reset_index(drop=True) for each in (cells, products))
        found.append(_allotted(_weighed(parts, kinds, known), known))
    return _priced(pd.concat(found, ignore_index=True), resellable.shares(scope.over(None, None)))


def _allotted(cells: pd.DataFrame, known: Outstanding) -> pd.DataFrame:
    """The cells with their parts of what is expected of their day."""
    amounts = dict(zip(known.days["day"], known.days["to_come"], strict=True))
    weights = cells.pop("weight").to_numpy(dtype=float)
    parts = np.zeros(len(cells), dtype=np.int64)
    for day, places in cells.groupby("day").indices.items():
        # where all of a day is back, more is expected of whatever was sold on it
        own = weights[places] if weights[places].any() else cells["value"].to_numpy(dtype=float)[places]
        parts[places] = outstanding.spread(int(amounts.get(day, 0)) / PARTS, own)
    return cells.assign(to_come=parts)


def _priced(cells: pd.DataFrame, told: dict[Any, float]) -> pd.DataFrame:
    value, units, covered, cost = (cells[name].to_numpy(dtype=float) for name in ("value", "units", "covered", "cost"))
    to_come = cells["to_come"].to_numpy(dtype=float) / PARTS
    pieces = np.rint(to_come * units / value * PARTS).astype(np.int64)
    keys = zip(cells["store_id"], cells["product_key"], strict=True)
    shares = np.array([told.get(key, told.get(None, np.nan)) for key in keys], dtype=float)
    recovered = np.nan_to_num(shares) * cost * to_come / value
    return cells.assign(pieces=pieces, again=pieces / PARTS * shares, profit=to_come * covered / value - recovered)


def _with_returned(cells: pd.DataFrame, back: pd.DataFrame) -> pd.DataFrame:
    """The cells with what already came back of their product's orders of that day."""
    keys = ["currency", "day", "product_key"]
    came = back.groupby(keys)["value"].sum().rename("returned").reset_index()
    found = cells.merge(came, "left", keys)
    return found.assign(returned=_filled(found["returned"], Decimal(0)))


def _products(taught: Scope, cells: pd.DataFrame, back: pd.DataFrame) -> pd.DataFrame:
    """One row a currency and product: value and units of the orders that are 90 days old, and `happened`, what came back of all
    that can teach."""
    start = taught.start
    assert start is not None, "what teaches has a first day"
    old = sales.products(taught.over(start, start + timedelta(days=development.LEARNT_DAYS + 1)))
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


def _weighed(cells: pd.DataFrame, products: pd.DataFrame, known: Outstanding) -> pd.DataFrame:
    """The cells with their weights: what has not come back × the chance that it still does, by the product's rate and its age."""
    left = 1 - known.back_by / max(known.back_by[-1], 1e-9)
    ages = np.array([(known.last - day).days for day in cells["day"]], dtype=int)
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
