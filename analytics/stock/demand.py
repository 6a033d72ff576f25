"""How much of each product is asked for a day: the one velocity that everything else about stock uses."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, stores
from analytics.scope import Scope
from analytics.stock import books, settings, walk
from analytics.stock.books import PARTS, Matrix

COLUMNS = (
    "store_id", "product_key", "sku", "category", "units", "units_in_stock", "days_in_stock", "days_known", "window_days", "velocity",
    "velocity_basis", "deviation", "own_velocity", "category_velocity", "own_weight", "first_sold_on", "last_sold_on",
)  # fmt: skip
# Stock history counts where it tells of so much of the window, and the product was there on so many days of it.
KNOWN_SHARE = 0.8
LEAST_DAYS = 14
# Of fewer products nothing can be said about how they differ, so they are left as they are.
LEAST_PEERS = 5
DIGITS = Decimal("0.000001")
Values = np.ndarray[Any, np.dtype[np.float64]]


def by_product(scope: Scope, days: int | None = None, part: books.Part = books.WHOLE) -> pd.DataFrame:
    """One row a store and product that was ever sold before the end of the scope. Columns: COLUMNS.

    The window are `days` (the store's `window_days` unless told) before that end, or before the end of its orders; a product
    first seen inside it, sold or counted, has a shorter one, of 14 days at least. `units` were sold in it (a bundle's sales are
    those of its parts).
    `days_known` are the days of it of which stock history tells whether the product was there, `days_in_stock` those on which it
    was. Where 80 % are known, with 14 days in stock or more, velocity = units sold on days in stock ÷ days in stock. Else it is
    `own_velocity` = units ÷ window_days drawn towards `category_velocity`, of which it keeps `own_weight`. `velocity_basis` says
    which. `deviation` is the standard deviation of daily demand over the same days, those without a sale included. Of a `part`
    of the stock, days in stock are those at its locations.
    """
    frames = [
        _of_store(scope, row, days, part) for row in stores.among(scope.store).to_dict("records") if row["last_day"]
    ]
    frames = [frame for frame in frames if len(frame)]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(COLUMNS), dtype=object)


def window(scope: Scope, first_day: date, last_day: date, days: int) -> tuple[date, date]:
    """The days that demand is told from, the second exclusive: those before the scope's end, as far as there are orders."""
    stop = min(scope.stop or date.max, last_day + timedelta(days=1))
    return max(stop - timedelta(days=days), min(first_day, stop - timedelta(days=1))), stop


def _of_store(scope: Scope, store: dict[Any, Any], days: int | None, part: books.Part) -> pd.DataFrame:
    number = int(store["store_id"])
    limits = settings.of(number)
    start, stop = window(scope, store["first_day"], store["last_day"], days or int(limits.window_days))
    asked = {name: scope.params()[name] for name in ("channels", "countries", "categories")}
    known = db.read("inventory/sold_between", store_id=number, stop=stop, **asked)
    if known.empty:
        return known
    keys = {key: at for at, key in enumerate(known["product_key"])}
    # summed up along the product's own days, the days of all others are 0
    of_store = replace(scope, store=number, start=start, stop=stop)
    sold = books.by_day(of_store, db.read("inventory/sold_products", store_id=number, products=None), keys) / PARTS
    state = walk.states(number, (start, stop), keys, part)
    in_stock, is_known = state == walk.IN, state != walk.UNKNOWN
    own = _own_days(sold, in_stock, [(first - start).days for first in known["first_sold_on"]])
    frame = of_days(sold, in_stock & own, is_known & own, own)
    frame = pd.concat([known, frame], axis=1).assign(store_id=number)
    return _with_velocity(frame)[list(COLUMNS)]


def _own_days(sold: Matrix, in_stock: Matrix, first_sold: list[int]) -> Matrix:
    """The days of the window that are a product's own: from its first sale or count on, the last 14 in any case."""
    days = sold.shape[1]
    seen = np.where(in_stock.any(axis=1), in_stock.argmax(axis=1), days)
    first = np.minimum(np.minimum(np.array(first_sold), seen), days - LEAST_DAYS)
    return np.asarray(np.arange(days) >= first[:, None])


def of_days(sold: Matrix, in_stock: Matrix, is_known: Matrix, own: Matrix) -> pd.DataFrame:
    """Demand a day of each product (row) from its days (columns), a pure function: units, units_in_stock, days_in_stock,
    days_known, window_days, mean, spread, is_by_stock.

    `own` are the days of a product's window; of those stock history knows `is_known`, and the product was there on `in_stock`.
    Mean and standard deviation are those of the days in stock where the rule of `by_product` holds (`is_by_stock`), else of all.
    """
    there, days, days_in_stock = sold * in_stock, own.sum(axis=1), in_stock.sum(axis=1)
    days_known = is_known.sum(axis=1)
    is_by_stock = (days_known >= KNOWN_SHARE * days) & (days_in_stock >= LEAST_DAYS)
    of_all = rates(sold.sum(axis=1), (sold**2).sum(axis=1), days)
    of_those = rates(there.sum(axis=1), (there**2).sum(axis=1), days_in_stock)
    mean, spread = (np.where(is_by_stock, one, other) for one, other in zip(of_those, of_all, strict=True))
    return pd.DataFrame({
        "units": sold.sum(axis=1), "units_in_stock": there.sum(axis=1), "days_in_stock": days_in_stock,
        "days_known": days_known, "window_days": days,
        "mean": mean, "spread": spread, "is_by_stock": is_by_stock,
    })  # fmt: skip


def _with_velocity(frame: pd.DataFrame) -> pd.DataFrame:
    mean, spread, by_stock = (frame[name].to_numpy() for name in ("mean", "spread", "is_by_stock"))
    days = np.where(by_stock, frame["days_in_stock"], frame["window_days"])
    towards, weight = credibility(mean, spread, days.astype(float), pd.factorize(frame["category"].fillna(""))[0])
    weight = np.where(by_stock, 1, weight)
    kinds = np.where(by_stock, "days in stock", "calendar days")
    own, of_category, share = _decimals(mean), _decimals(towards), _decimals(weight)
    return frame.assign(
        units=books.pieces(frame["units"]),
        units_in_stock=books.pieces(frame["units_in_stock"]),
        # from what is shown of the three, so that anyone gets the same digits
        velocity=_together(own, of_category, share),
        velocity_basis=[f"{number} {kind}" for number, kind in zip(days, kinds, strict=True)],
        deviation=_decimals(spread),
        own_velocity=own,
        category_velocity=of_category,
        own_weight=share,
    )


def _together(own: "pd.Series[Any]", towards: "pd.Series[Any]", weight: "pd.Series[Any]") -> "pd.Series[Any]":
    found = [
        a if c == 1 or a is None else (c * a + (1 - c) * b).quantize(DIGITS)
        for a, b, c in zip(own, towards, weight, strict=True)
    ]
    return pd.Series(found, dtype=object)


def rates(units: Values, squares: Values, days: Values) -> tuple[Values, Values]:
    """Mean and standard deviation of daily demand over `days`, from the sum of daily units and of their squares; days without
    a sale count as 0. Of no day both are NaN."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(days > 0, units / days, np.nan)
        return mean, np.sqrt(np.maximum(np.where(days > 0, squares / days, np.nan) - mean**2, 0))


def credibility(mean: Values, spread: Values, days: Values, groups: Any) -> tuple[Values, Values]:
    """What each product's velocity is drawn towards, and the weight that its own keeps.

    Bühlmann and Straub (1970): weight = days ÷ (days + k), k = variance of daily demand within products ÷ variance of the
    products' true means in the group; where chance explains all of their differences, the weight is 0. The variance within is
    the group's mean × the median of the products' variance ÷ mean, so that one huge order does not make all of them look like
    chance. What sold nothing is neither drawn nor counts as a peer, and a group of fewer than LEAST_PEERS is left as it is.
    """
    towards, weight = mean.copy(), np.ones_like(mean)
    sold = mean > 0
    for group in np.unique(groups[sold]):
        at = np.flatnonzero(sold & (groups == group))
        if len(at) >= LEAST_PEERS:
            towards[at], weight[at] = _of_group(mean[at], spread[at], days[at])
    return towards, weight


def _of_group(mean: Values, spread: Values, days: Values) -> tuple[float, Values]:
    total = days.sum()
    centre = float((days * mean).sum() / total)
    within = centre * float(np.median(spread**2 / mean))
    apart = float((days * (mean - centre) ** 2).sum()) - (len(mean) - 1) * within
    between = apart / float(total - (days**2).sum() / total)
    return centre, days / (days + within / between) if between > 0 else np.zeros_like(mean)


def _decimals(values: Values) -> "pd.Series[Any]":
    known = [None if np.isnan(each) else Decimal(repr(float(each))).quantize(DIGITS) for each in values]
    return pd.Series(known, dtype=object)
