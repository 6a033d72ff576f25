"""How much of each product is asked for a day: the one velocity that everything else about stock uses."""

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import db
from analytics.scope import Scope
from analytics.stock import settings
from analytics.stock.settings import StockSettings

COLUMNS = (
    "store_id", "product_key", "sku", "category", "units", "days_in_stock", "days_known", "window_days", "velocity",
    "velocity_basis", "deviation", "own_velocity", "category_velocity", "own_weight", "first_sold_on", "last_sold_on",
)  # fmt: skip
# Stock history counts where it tells of so much of the window, and the product was there on so many days of it.
KNOWN_SHARE = 0.8
LEAST_DAYS = 14
# Of fewer products nothing can be said about how they differ, so they are left as they are.
LEAST_PEERS = 5
DIGITS = Decimal("0.000001")
Values = np.ndarray[Any, np.dtype[np.float64]]


def by_product(scope: Scope) -> pd.DataFrame:
    """One row a store and product that was ever sold before the end of the scope. Columns: COLUMNS.

    `units` were sold in the `window_days` before that end (a bundle's sales are those of its components); a product first sold
    inside the window has a shorter one, of 14 days at least. Where stock history tells of 80 % of it, with 14 days in stock or
    more, velocity = units ÷ days_in_stock; else it is `own_velocity` = units ÷ window_days drawn towards `category_velocity`,
    of which it keeps `own_weight`. `velocity_basis` says which. `deviation` is the standard deviation of daily demand over the
    same days, those without a sale included.
    """
    params = {name: scope.params()[name] for name in ("store_ids", "stop", "channels", "countries", "categories")}
    frame = db.read("inventory/demand", window=int(limits(scope).window_days), youngest=LEAST_DAYS, **params)
    return _with_velocity(frame)[list(COLUMNS)]


def limits(scope: Scope) -> StockSettings:
    """The limits of the one store asked for; of several, the usual ones."""
    return StockSettings() if scope.only_store is None else settings.of(scope.only_store)


def _with_velocity(frame: pd.DataFrame) -> pd.DataFrame:
    if frame.empty:
        return frame.reindex(columns=list(COLUMNS))
    days = frame["window_days"].to_numpy(dtype=float)
    mean, spread = rates(_floats(frame["units"]), _floats(frame["squares"]), days)
    groups = frame["store_id"].astype(str) + "|" + frame["category"].fillna("")
    towards, weight = credibility(mean, spread, days, groups.to_numpy(dtype=str))
    velocity = weight * mean + (1 - weight) * towards
    basis = [f"{int(each)} calendar days" for each in days]
    return frame.assign(
        days_in_stock=None,
        days_known=0,
        velocity=_decimals(velocity),
        velocity_basis=basis,
        deviation=_decimals(spread),
        own_velocity=_decimals(mean),
        category_velocity=_decimals(towards),
        own_weight=_decimals(weight),
    )


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


def _floats(values: "pd.Series[Any]") -> Values:
    return values.to_numpy(dtype=float)


def _decimals(values: Values) -> "pd.Series[Any]":
    return pd.Series(
        [None if np.isnan(each) else Decimal(repr(float(each))).quantize(DIGITS) for each in values], dtype=object
    )
