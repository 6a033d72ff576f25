"""What is asked for of products over any number of days ahead, and how sure that is: what replenishment plans with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from statistics import NormalDist

import numpy as np
import pandas as pd

from analytics import db
from analytics.forecasts import overridden, runs
from analytics.forecasts.intervals import LEVELS
from analytics.forecasts.panel import Matrix
from analytics.forecasts.runs import Run

WEEK = 7
LATE_WEEKS = 8  # beyond the last week it goes on as in so many before
NORMAL = NormalDist()


@dataclass(frozen=True)
class Ahead:
    """Weeks ahead of the products of a store by its last run, with what people said instead: `weeks` a row a product, a column
    a week from `first_day` on; the scale and kind of each; `sums`, by kind, the quantiles at LEVELS of the scaled error of the
    sum up to each week. A week is spread evenly over its days. `is_said`: people said something else than the models of it;
    `scores` are those of the models, as forecasts/scores has them."""

    run_id: int
    as_of: date
    first_day: date
    place: dict[str, int]
    weeks: Matrix
    scale: Matrix
    kinds: Matrix
    sums: dict[str, Matrix]
    is_said: Matrix
    scores: pd.DataFrame

    @cached_property
    def _edges(self) -> Matrix:
        return np.hstack([np.zeros((len(self.weeks), 1)), self.weeks.cumsum(axis=1)])

    def mean(self, rows: Matrix, start: date, days: Matrix) -> Matrix:
        """Units of some products in so many days (each its own) from a day on."""
        at = np.full(len(rows), (start - self.first_day).days / WEEK)
        return np.asarray(self._until(rows, at + days / WEEK) - self._until(rows, at))

    def _until(self, rows: Matrix, weeks: Matrix) -> Matrix:
        """Units from the first week's first day up to so many weeks later; before it and beyond the last the nearest pace holds."""
        count = self.weeks.shape[1]
        inside = np.clip(weeks, 0, count)
        whole = np.minimum(inside.astype(int), count - 1)
        found = self._edges[rows, whole] + self.weeks[rows, whole] * (inside - whole)
        late = self.weeks[rows, -LATE_WEEKS:].mean(axis=1)
        return np.asarray(found + late * np.maximum(weeks - count, 0) + self.weeks[rows, 0] * np.minimum(weeks, 0))

    def errors(self, rows: Matrix, days: Matrix, level: float) -> Matrix:
        """By how much the units of so many days are at most above their mean, with such a chance; never below 0 for 0.5 and more."""
        found = np.zeros(len(rows))
        for kind in np.unique(self.kinds[rows]):
            own = np.flatnonzero(self.kinds[rows] == kind)
            table = at_level(self.sums.get(str(kind), np.zeros((len(LEVELS), 1))), level)
            found[own] = over_weeks(table, days[own] / WEEK)
        return np.asarray(found * self.scale[rows])


def at_level(table: Matrix, level: float) -> Matrix:
    """The quantile at any level, between those that are kept as on a normal curve; a column a week."""
    if not LEVELS[0] <= level <= LEVELS[-1]:
        raise ValueError(f"a level is from {LEVELS[0]} to {LEVELS[-1]}, not {level}")
    known = [NORMAL.inv_cdf(each) for each in LEVELS]
    return np.array([np.interp(NORMAL.inv_cdf(level), known, column) for column in table.T])


def over_weeks(table: Matrix, weeks: Matrix) -> Matrix:
    """The error of the sum of so many weeks: between two of them evenly, within the first and beyond the last by the root."""
    count = len(table)
    known = np.interp(weeks, np.arange(1, count + 1), table)
    beyond = np.where(weeks < 1, np.sqrt(np.maximum(weeks, 0)), np.sqrt(np.maximum(weeks / count, 1)))
    return np.asarray(known * beyond)


def of(store: int) -> Ahead | None:
    """The weeks ahead of all products of a store; None where nothing is forecast yet."""
    last = runs.last_done(store)
    return None if last is None else of_run(last)


def of_run(run: Run, location: str = "") -> Ahead | None:
    """The same by one run, of what leaves one location where it is named."""
    level = "location" if location else "product"
    panel = {"store_id": run.store, "run_id": run.run_id, "measure": "units", "level": level, "grain": "week"}
    rows = db.read("forecasts/steps", **panel)
    if location:
        rows = rows[rows["location_key"] == location].reset_index(drop=True)
    if rows.empty:
        return None
    table = db.read("forecasts/quantiles", **panel)
    table = table[table["is_sum"].astype(bool)]
    sums = {str(kind): np.array(each["errors"].tolist()).T for kind, each in table.groupby("kind")}
    said = overridden.of(run, "units")
    scores = db.read("forecasts/scores", store_id=run.store, run_id=run.run_id)
    is_own = (scores["measure"] == "units") & (scores["level"] == level) & (scores["grain"] == "week")
    return Ahead(
        run.run_id,
        run.as_of,
        rows["first_day"].iloc[0],
        {key: at for at, key in enumerate(rows["series_key"])},
        said.values(level, "week", rows),
        rows["scale"].to_numpy(dtype=float),
        rows["kind"].to_numpy(),
        sums,
        np.asarray(said.is_said(level, rows).any(axis=1)),
        scores[is_own],
    )


def lead_time(
    store: int, keys: Sequence[str], days: int | Sequence[int], levels: Sequence[float] = (0.9, 0.95, 0.98)
) -> pd.DataFrame:
    """How much is asked for of products over the next days after the run's day, a row a product in the order asked for.

    `days` is one number, or one a product. Columns: product_key, days, mean, and the quantile at each level (a column named by
    it, such as 0.95) in units; NaN for products that are not forecast."""
    found = of(store)
    asked = np.broadcast_to(np.asarray(days, dtype=float), (len(keys),))
    place = np.array([-1 if found is None else found.place.get(key, -1) for key in keys], dtype=int)
    told = pd.DataFrame({"product_key": list(keys), "days": asked, "mean": np.nan} | dict.fromkeys(levels, np.nan))
    known = np.flatnonzero(place >= 0)
    if found is None or not len(known):
        return told
    rows = place[known]
    mean = found.mean(rows, found.as_of + timedelta(days=1), asked[known])
    told.loc[known, "mean"] = mean
    for level in levels:
        told.loc[known, level] = np.maximum(mean + found.errors(rows, asked[known], level), 0)
    return told
