"""What is still to come back of orders already placed, by day of the order. The days add up to the whole.

How much in all is told by how returns develop (analytics/returns/development.py); of which day it is, by what was sold on it and
how long ago that was.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics.returns import development
from analytics.returns.development import HORIZON, Matrix, Projection, Triangle
from analytics.returns.shrinkage import Values
from analytics.scope import Scope

# As in summaries: whole numbers add up exactly.
PARTS = 10_000


@dataclass(frozen=True)
class Outstanding:
    """Of one currency: the projections of value and of orders younger than 90 days, and their parts by day, which add up to them.

    `days` has a row a day of orders: day, value and units sold, and `to_come` and `orders_to_come`, what of value and of orders is
    expected, in 1/10,000. `back_by` is the share of what was sold that is back by each age.
    """

    currency: str
    last: date
    value: Projection
    orders: Projection
    days: pd.DataFrame
    back_by: Matrix

    @property
    def first(self) -> date:
        """The first day of orders of which something may still come."""
        return self.last - timedelta(days=HORIZON - 1)


def of(scope: Scope, last: date | None = None) -> list[Outstanding]:
    """One for each currency of the scope's stores and filters, whatever its days; none where nothing can be projected. As known by
    the last day of data, or by an earlier one."""
    last = last or development.as_of(scope.stores)
    if last is None:
        return []
    taught = scope.over(development.learnt_from(last), None)
    placed, back = development.sold(taught, last), development.read(taught, last)
    found = []
    for currency in sorted(set(placed["currency"])):
        days, came = (frame[frame["currency"] == currency].reset_index(drop=True) for frame in (placed, back))
        one = _of_currency(currency, last, days, came)
        found += [one] if one is not None else []
    return found


def _of_currency(currency: str, last: date, days: pd.DataFrame, came: pd.DataFrame) -> Outstanding | None:
    value, orders = (development.triangle(days, came, measure, last) for measure in ("value", "orders"))
    worth, counted = _open(value), _open(orders)
    if value is None or orders is None or worth is None or counted is None:
        return None
    days = days[days["day"] > last - timedelta(days=HORIZON)].reset_index(drop=True)
    parts = {
        "to_come": spread(worth.expected - worth.returned, _weights(value, days)),
        "orders_to_come": spread(counted.expected - counted.returned, _weights(orders, days)),
    }
    days = days[["day", "value", "units"]].assign(**parts)
    return Outstanding(currency, last, worth, counted, days, development.pattern(value))


def _open(known: Triangle | None) -> Projection | None:
    """The projection of all orders that are younger than 90 days."""
    return None if known is None else development.project(known, max(known.last - HORIZON + 1, 0), HORIZON)


def _weights(known: Triangle, days: pd.DataFrame) -> Values:
    """How much of what was sold on each day usually comes back after its age."""
    shares = development.pattern(known)
    places = np.array([(day - known.first_day).days for day in days["day"]], dtype=int)
    is_known = places >= 0  # before the first sale there is nothing
    left: Values = known.sold[places * is_known] * (shares[-1] - shares[np.minimum(known.last - places, HORIZON)])
    return left * is_known


def spread(amount: float, weights: Values) -> Any:
    """Parts of an amount in 1/10,000, in proportion to weights, adding up exactly; nothing in proportion to nothing."""
    if not weights.sum() > 0:
        return np.zeros(len(weights), dtype=np.int64)
    whole = round(amount * PARTS)
    exact = weights / weights.sum() * whole
    parts = np.floor(exact).astype(np.int64)
    parts[np.argsort(parts - exact, kind="stable")[: whole - int(parts.sum())]] += 1
    return parts
