"""Forecasts with what people said in them: what is said of a whole spreads over its parts, what is said of a part moves the whole.

One after the other, in the order in which they were made: the later one holds exactly. A percentage is one of what the models
say. Parts share by what is forecast of each; days share their week's as they share its forecast. Units and net sales are said
apart: what somebody says of one does not move the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics import db
from analytics.forecasts import overrides, reconcile
from analytics.forecasts.panel import Matrix
from analytics.forecasts.reconcile import PARTS
from analytics.forecasts.runs import Run
from analytics.scope import Scope

# The levels below each, of which each adds up to it.
BELOW: dict[str, dict[str, tuple[str, ...]]] = {
    "units": {"store": ("category",), "category": ("product",), "product": ("location",)},
    "net_sales": {"store": ("channel", "category")},
}
Identity = tuple[str, str, str]


@dataclass
class Tree:
    """The weeks of one measure of a run, by level a row a series: `values` are changed in place. `place` finds a row, `parent` is
    the row in the level above."""

    measure: str
    first_day: date
    place: dict[str, dict[Identity, int]]
    parent: dict[str, Matrix]
    values: dict[str, Matrix]

    @property
    def above(self) -> dict[str, str]:
        """The level above each."""
        return {low: high for high, lower in BELOW[self.measure].items() for low in lower if low in self.values}

    def below(self, level: str) -> list[str]:
        """The levels whose series add up to those of a level."""
        return [low for low, high in self.above.items() if high == level]

    def say(self, level: str, row: int, columns: Matrix, amounts: Matrix) -> None:
        """Put amounts in the place of those of some weeks of a series, and let its parts and its wholes follow."""
        more = amounts - self.values[level][row, columns]
        self.values[level][row, columns] = amounts
        for low in self.below(level):
            self._spread(low, level, row, columns)
        while level in self.above:
            high = self.above[level]
            row = int(self.parent[level][row])
            self.values[high][row, columns] += more
            for other in self.below(high):
                if other != level:
                    self._spread(other, high, row, columns)
            level = high

    def _spread(self, low: str, level: str, row: int, columns: Matrix) -> None:
        """The parts of a series made to add up to it again, each as much of it as before; evenly where nothing was forecast."""
        parts = np.flatnonzero(self.parent[low] == row)
        if not len(parts):
            return
        cells = np.ix_(parts, columns)
        before, total = self.values[low][cells], self.values[level][row, columns]
        summed = before.sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where(summed > 0, before / summed, 1 / len(parts))
        self.values[low][cells] = share * total
        for lower in self.below(low):
            for part in parts:
                self._spread(lower, low, int(part), columns)


@dataclass(frozen=True)
class Overridden:
    """A run's forecasts of one measure with what was said in them; without a tree nothing was said."""

    tree: Tree | None
    before: dict[str, Matrix]

    def values(self, level: str, grain: str, rows: pd.DataFrame) -> Matrix:
        """What is said of the rows of forecasts/steps, a row a series, a column a step."""
        model = _matrix(rows["forecast"])
        if self.tree is None or level not in self.tree.values or not len(rows):
            return model
        at = np.array([self.tree.place[level][each] for each in _identities(rows)], dtype=int)
        if grain == "week":
            return np.asarray(self.tree.values[level][at])
        start = (rows["first_day"].iloc[0] - self.tree.first_day).days
        week = (start + np.arange(model.shape[1])) // 7
        within = week < self.before[level].shape[1]
        week = np.minimum(week, self.before[level].shape[1] - 1)
        was, now = self.before[level][at][:, week], self.tree.values[level][at][:, week]
        with np.errstate(invalid="ignore", divide="ignore"):
            said = np.where(was > 0, model * (now / was), now / 7)
        return np.asarray(np.where(within & (was != now), np.round(said, 4), model))

    def is_said(self, level: str, rows: pd.DataFrame) -> Matrix:
        """In which weeks something else is said of the rows than the models say."""
        model = _matrix(rows["forecast"])
        return np.asarray(np.abs(self.values(level, "week", rows) - model) > 1 / PARTS)


def of(run: Run, measure: str, at: datetime | None = None) -> Overridden:
    """What people said instead of a run's forecasts of one measure: what holds now, or what had been said by a time."""
    said = active(overrides.of(Scope(run.store)), at)
    said = said[said["measure"] == measure]
    if said.empty:
        return Overridden(None, {})
    tree = _tree(run, measure)
    before = {level: each.copy() for level, each in tree.values.items()}
    for row in said.to_dict("records"):
        _apply(tree, before, row)
    _round(tree)
    return Overridden(tree, before)


def active(said: pd.DataFrame, at: datetime | None = None) -> pd.DataFrame:
    """Of the overrides those that hold: not taken back, or of a time in the past, made by then and not taken back by then."""
    gone = said["withdrawn_at"]
    if at is None:
        return said[gone.isna()]
    return said[(said["made_at"] <= at) & (gone.isna() | (pd.to_datetime(gone, utc=True) > at))]


def _apply(tree: Tree, before: dict[str, Matrix], row: dict[Any, Any]) -> None:
    row_of = tree.place.get(row["level"], {}).get((row["series_key"], row["location_key"], row["currency"]))
    if row_of is None:
        return
    model = before[row["level"]][row_of]
    starts = [tree.first_day + timedelta(days=7 * at) for at in range(len(model))]
    columns = np.array([at for at, day in enumerate(starts) if row["first_day"] <= day <= row["last_day"]], dtype=int)
    value = float(row["value"])
    amounts = model[columns] * (1 + value / 100) if row["kind"] == "percent" else np.full(len(columns), value)
    tree.say(row["level"], row_of, columns, np.maximum(amounts, 0.0))


def _tree(run: Run, measure: str) -> Tree:
    place: dict[str, dict[Identity, int]] = {}
    parent: dict[str, Matrix] = {}
    values: dict[str, Matrix] = {}
    first_day = run.as_of
    for level in overrides.LEVELS[measure]:
        rows = db.read(
            "forecasts/steps", store_id=run.store, run_id=run.run_id, measure=measure, level=level, grain="week"
        )
        if rows.empty:
            continue
        place[level] = {each: at for at, each in enumerate(_identities(rows))}
        values[level] = _matrix(rows["forecast"])
        above = {low: high for high, lower in BELOW[measure].items() for low in lower}.get(level)
        parent[level] = _parents(rows, above, place)
        first_day = rows["first_day"].iloc[0]
    return Tree(measure, first_day, place, parent, values)


def _parents(rows: pd.DataFrame, above: str | None, place: dict[str, dict[Identity, int]]) -> Matrix:
    if above is None:
        return np.zeros(len(rows), dtype=int)
    key = {"store": None, "category": "category", "product": "series_key"}[above]
    names = rows[key] if key else [""] * len(rows)
    told = zip(names, rows["currency"], strict=True)
    return np.array([place[above][name or "", "", currency] for name, currency in told], dtype=int)


def _round(tree: Tree) -> None:
    """Whole 1/10,000 that add up, as the forecasts themselves do."""
    if tree.measure == "units":
        names = [level for level in overrides.LEVELS["units"] if level in tree.values]
        whole = reconcile.added_up({name: tree.parent[name] for name in names}, tree.values)
        tree.values.update({name: each / PARTS for name, each in whole.items()})
        return
    parts = tree.below("store")
    for row in range(len(tree.values["store"])):
        cells = {level: np.flatnonzero(tree.parent[level] == row) for level in parts} | {"store": np.array([row])}
        whole = reconcile.whole_of({level: tree.values[level][at] for level, at in cells.items()}, parts)
        for level, at in cells.items():
            tree.values[level][at] = whole[level] / PARTS


def _identities(rows: pd.DataFrame) -> Iterable[Identity]:
    return zip(rows["series_key"], rows["location_key"], rows["currency"], strict=True)


def _matrix(column: "pd.Series[Any]") -> Matrix:
    return np.array(column.tolist(), dtype=float)
