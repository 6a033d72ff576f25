"""How returns develop: what came back of each day's orders after how many days, and what of a cohort is still to come.

A cohort's returns to come are those of mature orders at its age, more or less as the cohort itself has had more or less than
usual so far. How much that counts, and how wide the interval is, is learnt by projecting mature cohorts as if they were young.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, sales, stores
from analytics.scope import Scope, Stores

Matrix = np.ndarray[Any, np.dtype[np.float64]]
# What comes back later than this is in the return rate, but no cohort waits for it.
HORIZON = 90
# Orders of so many days that are old enough teach, in cohorts that begin a week apart; of fewer of them nothing is said.
LEARNT_DAYS, WEEK, LEAST_COHORTS = 365, 7, 10
# Against how many usual cohorts what a cohort itself shows is weighed; that one is taken which would have missed least.
WEIGHTS = (0.5, 2.0, 8.0)
# Beyond each end of an interval lies one of ten.
OUTSIDE = 0.1


@dataclass(frozen=True)
class Triangle:
    """What was sold on each day since `first_day`, and what came back of it 0 to 90 days later (a column each), as known by the
    last of these days."""

    first_day: date
    sold: Matrix
    returned: Matrix

    @property
    def last(self) -> int:
        """The place of the last day."""
        return len(self.sold) - 1

    def until(self, last: int) -> "Triangle":
        """What was known by an earlier day."""
        ages = last - np.arange(last + 1)
        is_known = np.arange(HORIZON + 1) <= ages[:, None]
        return Triangle(self.first_day, self.sold[: last + 1], self.returned[: last + 1] * is_known)


@dataclass(frozen=True)
class Projection:
    """Of a cohort: what was sold, what came back by an age as far as it is known, how much it will be, and four of five times
    between what; `cohorts` are the mature ones that this was learnt from."""

    sold: float
    returned: float
    expected: float
    lower: float
    upper: float
    cohorts: int


def as_of(store: Stores) -> date | None:
    """The last day of data. Of several stores the earliest last day, but for stores that ended so long ago that all has come in."""
    days = sorted(stores.among(store)["last_day"].dropna())
    return next((day for day in days if day > days[-1] - timedelta(days=HORIZON)), None)


def learnt_from(last: date) -> date:
    """The first day of orders that can teach."""
    return last - timedelta(days=HORIZON + LEARNT_DAYS)


def read(scope: Scope, last: date, by: str = "day") -> pd.DataFrame:
    """The rows of returns/development of all orders that a scope asks for or that can teach it, as known by `last`."""
    first = None if scope.start is None else min(scope.start, learnt_from(last))
    rows = db.read("returns/development", by=by, **_asked(scope, first, last).params())
    is_known = [pd.isna(age) or (last - day).days >= age for day, age in zip(rows["day"], rows["age"], strict=True)]
    return rows.loc[is_known].reset_index(drop=True)


def sold(scope: Scope, last: date) -> pd.DataFrame:
    """One row a currency and day of the same orders: orders, units and value sold, without gaps."""
    first = None if scope.start is None else min(scope.start, learnt_from(last))
    days = sales.daily(_asked(scope, first, last))
    return days.assign(value=days["gross_sales"] - days["discounts"])[["currency", "day", "orders", "units", "value"]]


def _asked(scope: Scope, first: date | None, last: date) -> Scope:
    return replace(scope, start=first, stop=last + timedelta(days=1), basis="order_date")


def triangle(days: pd.DataFrame, back: pd.DataFrame, measure: str, last: date) -> Triangle | None:
    """The triangle of one currency from rows of `sold` and `read`, from the first sale on; None without one. What has no day of
    its own is left out."""
    days = days[days[measure] > 0]
    if days.empty:
        return None
    first = min(days["day"])
    count = (last - first).days + 1
    placed = np.zeros(count)
    for day, amount in zip(days["day"], days[measure], strict=True):
        placed[(day - first).days] = float(amount)
    returned = np.zeros((count, HORIZON + 1))
    for day, age, amount in zip(back["day"], back["age"], back[measure], strict=True):
        if not pd.isna(age) and age <= HORIZON and amount is not None and day >= first:
            returned[(day - first).days, int(age)] += float(amount)
    return Triangle(first, placed, returned).until(count - 1)


def dated_share(back: pd.DataFrame) -> Decimal | None:
    """The share of the value returned of which the day is known; None if nothing came back."""
    whole = sum(back["value"], start=Decimal(0))
    return sum(back.loc[back["age"].notna(), "value"], start=Decimal(0)) / whole if whole else None


def pattern(known: Triangle) -> Matrix:
    """The share of what was sold that came back by each age, of the orders that teach and are old enough to tell."""
    returned, placed = _sums(known)
    return np.cumsum(returned / np.maximum(placed, 1e-9))


def project(known: Triangle, first: int, days: int, by: int = HORIZON) -> Projection | None:
    """What will have come back by an age of the orders of `days` days from the place `first` on; None if too few mature cohorts
    teach it.

    to come = Σ sold × (share back by that age − share back by now), of mature orders, × the cohort's level. The level is 1 + w ×
    (what came back so far ÷ what usually has − 1), w = what usually has ÷ (that + k usual cohorts), k from WEIGHTS. The interval
    holds four of five of the errors, in units of √(to come), that the same sum made on mature cohorts cut off at this age, each
    projected from the others, and begins at nothing to come where one of ten of them had nothing.
    """
    offsets = np.arange(min(days, known.last - first + 1))
    ages = np.minimum(known.last - first - offsets, by)
    own = _parts(known, np.array([first]), offsets, ages, pattern(known)[None, :], by)
    taught = _taught(known, first, days)
    usual = _parts(known, taught, offsets, ages, _without(known, taught, days), by)
    usual = {name: values[usual["to_come"] > 0] for name, values in usual.items()}
    placed, returned, to_come = (float(own[name][0]) for name in ("sold", "returned", "to_come"))
    if not to_come > 0 and len(taught) >= LEAST_COHORTS:
        return Projection(placed, returned, returned, returned, returned, len(taught))
    if len(usual["sold"]) < LEAST_COHORTS:
        return None
    scaled = np.sqrt(usual["to_come"])
    tried = [(usual["came"] - _level(usual, usual, each) * usual["to_come"]) / scaled for each in WEIGHTS]
    best = int(np.argmin([(errors**2).mean() for errors in tried]))
    expected = returned + float(_level(own, usual, WEIGHTS[best])[0]) * to_come
    low, high = _ends(tried[best])
    # where one of ten had nothing more to come, that is the lower end
    low = -np.inf if np.mean(usual["came"] <= 0) >= OUTSIDE else low
    ends = expected + np.sqrt(to_come) * np.array([low, high])
    lower, upper = np.clip(ends, returned, max(placed, returned))
    return Projection(
        placed, returned, min(max(expected, float(lower)), float(upper)), float(lower), float(upper), len(scaled)
    )


def _ends(errors: Matrix) -> tuple[float, float]:
    """Between which of the errors another one lies four of five times at least, if it is one of their kind."""
    outside = int(OUTSIDE * (len(errors) + 1))
    rising = np.sort(errors)
    return float(rising[outside - 1]), float(rising[-outside])


def _sums(known: Triangle) -> tuple[Matrix, Matrix]:
    """By age what came back and what was sold, of the orders that teach and are old enough."""
    start = max(known.last - HORIZON - LEARNT_DAYS, 0)
    ages = known.last - np.arange(start, known.last + 1)
    is_old = np.arange(HORIZON + 1) <= ages[:, None]
    return known.returned[start:].sum(axis=0), (known.sold[start:, None] * is_old).sum(axis=0)


def _taught(known: Triangle, first: int, days: int) -> Any:
    """The places of the mature cohorts of so many days, whole weeks before that of the cohort in question."""
    start = max(known.last - HORIZON - LEARNT_DAYS, 0)
    places = np.arange(first - WEEK, start - 1, -WEEK)
    places = places[places + days - 1 + HORIZON <= known.last]
    return places[known.sold[places[:, None] + np.arange(days)].sum(axis=1) > 0]


def _without(known: Triangle, places: Any, days: int) -> Matrix:
    """For each mature cohort the pattern of all other orders."""
    returned, placed = _sums(known)
    cells = places[:, None] + np.arange(days)
    # they are mature: each is old enough for every age
    others = np.maximum(placed - known.sold[cells].sum(axis=1)[:, None], 1e-9)
    shares: Matrix = np.cumsum((returned - known.returned[cells].sum(axis=1)) / others, axis=1)
    return shares


def _parts(known: Triangle, places: Any, offsets: Any, ages: Any, shares: Matrix, by: int) -> dict[str, Matrix]:
    """Of each cohort, its orders cut off at these ages: what was sold, what came back and usually has (`usual`), what usually
    comes (`to_come`) and, where it is known, came (`came`) until the age `by`."""
    cells = places[:, None] + offsets
    placed, so_far = known.sold[cells], np.cumsum(known.returned, axis=1)
    returned = so_far[cells, ages].sum(axis=1)
    return {
        "sold": placed.sum(axis=1),
        "returned": returned,
        "usual": (placed * shares[:, ages]).sum(axis=1),
        "to_come": (placed * (shares[:, by][:, None] - shares[:, ages])).sum(axis=1),
        "came": so_far[cells, by].sum(axis=1) - returned,
    }


def _level(cohorts: dict[str, Matrix], usual: dict[str, Matrix], weight: float) -> Matrix:
    """How much more than usual of each cohort is expected to come, by what it has had so far."""
    against = weight * max(float(usual["returned"].mean()), 1e-9)
    more = cohorts["returned"] / np.maximum(cohorts["usual"], 1e-9) - 1
    level: Matrix = 1 + np.where(cohorts["usual"] > 0, cohorts["usual"] / (cohorts["usual"] + against) * more, 0)
    return level
