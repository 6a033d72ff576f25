"""Forecasts made to add up: products to their category and the shop, channels and categories to the shop, days to weeks.

A parent says one thing of itself and its parts another. Both are right to some extent: they are averaged, each weighed by how
little it errs (weighted least squares by error variances; on a tree that is a mean on the way up, and what is left given to
the parts by their variances on the way down). Nothing is below 0. Everything is rounded to 1/10,000 where it is smallest
and added up from there, so that sums are equal to the last digit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analytics.forecasts.panel import Matrix

PARTS = 10_000
ROUNDS = 60
LITTLE = 1e-6


@dataclass(frozen=True)
class Said:
    """What is said of some series: a row each, a column a step; the variance of each row's errors; of each row, the row of its
    parent in the level above."""

    values: Matrix
    variance: Matrix
    parent: Matrix

    def added(self, parents: int) -> tuple[Matrix, Matrix]:
        """What the parents would be as sums of these, and with which variance."""
        values, variance = np.zeros((parents, self.values.shape[1])), np.zeros(parents)
        np.add.at(values, self.parent, self.values)
        np.add.at(variance, self.parent, self.variance)
        return values, variance


@dataclass(frozen=True)
class Days:
    """Whole weeks that lie within the days ahead: which columns of the weeks, and the column of the first day of each."""

    weeks: Matrix
    first: Matrix

    @property
    def within(self) -> Matrix:
        """The columns of the days of each such week, a row a week."""
        return self.first[:, None] + np.arange(7)


def mean_of(one: tuple[Matrix, Matrix], other: tuple[Matrix, Matrix]) -> tuple[Matrix, Matrix]:
    """The mean of two sayings of the same, each weighed by how little it errs, and its variance."""
    (a, var_a), (b, var_b) = one, other
    total = var_a + var_b
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(total > 0, var_b / total, 0.5)
        variance = np.where(total > 0, var_a * var_b / total, 0.0)
    return a * share[:, None] + b * (1 - share[:, None]), variance


def upward(own: Said, parts: list[Said]) -> Said:
    """What is said of some series once each partition of theirs is heard, too."""
    heard = own.values, own.variance
    count = len(own.values)
    for each in parts:
        has_parts = np.bincount(each.parent, minlength=count) > 0
        values, variance = mean_of(heard, each.added(count))
        heard = np.where(has_parts[:, None], values, heard[0]), np.where(has_parts, variance, heard[1])
    return Said(*heard, own.parent)


def downward(total: Matrix, parts: Said) -> Matrix:
    """The parts so that they add up to their parents: each takes of what is left as its variance is, and none is below 0."""
    found = np.maximum(parts.values, 0.0)
    weight = np.repeat(parts.variance[:, None], found.shape[1], axis=1)
    for _ in range(ROUNDS):
        left = total - _summed(found, parts.parent, len(total))
        if np.abs(left).max(initial=0) <= LITTLE:
            break
        # what is at 0 cannot give more, yet can take
        able = np.where((left[parts.parent] < 0) & (found <= 0), 0.0, weight)
        whole = _summed(able, parts.parent, len(total))
        without = (whole <= 0)[parts.parent]
        able = np.where(without, np.where((left[parts.parent] > 0) | (found > 0), 1.0, 0.0), able)
        whole = _summed(able, parts.parent, len(total))
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where(whole[parts.parent] > 0, able / whole[parts.parent], 0.0)
        found = np.maximum(found + left[parts.parent] * share, 0.0)
    return found


def _summed(values: Matrix, parent: Matrix, count: int) -> Matrix:
    found = np.zeros((count, values.shape[1]))
    np.add.at(found, parent, values)
    return found


def rounded(values: Matrix) -> Matrix:
    """Whole 1/10,000."""
    return np.asarray(np.rint(np.maximum(values, 0.0) * PARTS))


def rounded_to(values: Matrix, total: Matrix) -> Matrix:
    """Whole 1/10,000 that add up by column to `total` (whole ones, too): what is left goes to the largest remainders."""
    exact = np.maximum(values, 0.0) * PARTS
    summed = exact.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        even = np.broadcast_to(total / max(len(values), 1), exact.shape)
        exact = np.where(summed > 0, exact * (total / summed), even)
    found = np.floor(exact)
    left = np.rint(total - found.sum(axis=0)).astype(int)
    turn = np.argsort(np.argsort(-(exact - found), axis=0, kind="stable"), axis=0)
    return np.asarray(found + np.sign(left) * (turn < np.abs(left)))


def table(seed: Matrix, rows: Matrix, columns: Matrix) -> Matrix:
    """A table with those sums of rows and columns that is as like the seed as can be (iterative proportional fitting)."""
    total = columns.sum()
    if total <= 0:
        return np.zeros(seed.shape)
    found = np.maximum(seed, 0.0)
    found = found + LITTLE * np.outer(rows, columns) / total
    for _ in range(ROUNDS):
        found = found * _ratio(rows, found.sum(axis=1))[:, None]
        found = found * _ratio(columns, found.sum(axis=0))[None, :]
    return np.asarray(found)


def _ratio(wanted: Matrix, found: Matrix) -> Matrix:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(found > 0, wanted / found, 0.0))


def in_weeks(days: Matrix, held: Days) -> Matrix:
    """Days added up to the weeks that lie within them."""
    return np.asarray(days[:, held.within].sum(axis=2))


def with_days(week: Said, days: Said, held: Days) -> Said:
    """Weeks once their days are heard; `days.variance` is that of seven days' sum."""
    values = week.values.copy()
    heard, _ = mean_of((values[:, held.weeks], week.variance), (in_weeks(days.values, held), days.variance))
    values[:, held.weeks] = heard
    return Said(values, week.variance, week.parent)


def units(levels: dict[str, Said], days: Said | None, held: Days) -> tuple[dict[str, Matrix], Matrix]:
    """Units of locations, products, categories and the store by week, in whole 1/10,000, and the store's by day.

    `levels` has store, and what there is of category, product and location, each with the rows of its parents in the level
    before it. Raises ValueError where the levels do not follow each other."""
    names = [name for name in ("store", "category", "product", "location") if name in levels]
    heard = dict(levels)
    for upper, lower in reversed(list(pairwise(names))):
        heard[upper] = upward(levels[upper], [heard[lower]])
    if days is not None:
        heard["store"] = with_days(heard["store"], days, held)
    final = {"store": np.maximum(heard["store"].values, 0.0)}
    for upper, lower in pairwise(names):
        final[lower] = downward(final[upper], heard[lower])
    whole = added_up({name: levels[name].parent for name in names}, final)
    return whole, np.empty((0, 0)) if days is None else _spread(days.values, whole["store"], held)


def added_up(parents: dict[str, Matrix], final: dict[str, Matrix]) -> dict[str, Matrix]:
    """Each level rounded, or added up from the level below where a series has parts there; `parents` has the levels from the
    store on, with the rows of their parents in the level before."""
    names = list(parents)
    whole: dict[str, Matrix] = {}
    for at, name in reversed(list(enumerate(names))):
        whole[name] = rounded(final[name])
        if at + 1 < len(names):
            lower, count = names[at + 1], len(final[name])
            has_parts = np.bincount(parents[lower], minlength=count) > 0
            whole[name] = np.where(has_parts[:, None], _summed(whole[lower], parents[lower], count), whole[name])
    return whole


def _spread(days: Matrix, weeks: Matrix, held: Days) -> Matrix:
    """The days of one series, whose weeks are told: they add up to them."""
    found = rounded(days)
    for week, cells in zip(held.weeks, held.within, strict=True):
        found[0, cells] = rounded_to(days[0, cells][:, None], weeks[0, week : week + 1])[:, 0]
    return found


def money(weeks: dict[str, Said], days: dict[str, Said], held: Days) -> tuple[dict[str, Matrix], dict[str, Matrix]]:
    """Net sales of one currency, of store, channel and category, by week and by day, in whole 1/10,000.

    The variances of the days, whose rows are those of the weeks, are those of seven days' sum; without days the weeks stand
    alone. Channels add up to the store and categories do, and the days of
    every whole week to the week."""
    parts = [name for name in ("channel", "category") if name in weeks]
    heard = {name: with_days(each, days[name], held) if days else each for name, each in weeks.items()}
    store = np.maximum(upward(heard["store"], [heard[name] for name in parts]).values, 0.0)
    final = {"store": store} | {name: downward(store, heard[name]) for name in parts}
    whole_weeks = whole_of(final, parts)
    if not days:
        return whole_weeks, {}
    whole_days = whole_of(_days_of(final, days, held), parts)
    for name, each in whole_weeks.items():
        each[:, held.weeks] = in_weeks(whole_days[name], held)
    return whole_weeks, whole_days


def _days_of(weeks: dict[str, Matrix], days: dict[str, Said], held: Days) -> dict[str, Matrix]:
    parts = [name for name in weeks if name != "store"]
    store = np.maximum(upward(days["store"], [days[name] for name in parts]).values, 0.0)
    found = {name: np.zeros(days[name].values.shape) for name in weeks}
    for week, cells in zip(held.weeks, held.within, strict=True):
        store[:, cells] = table(
            store[:, cells], weeks["store"][:, week], _shape(store[0, cells], weeks["store"][0, week])
        )
        for name in parts:
            found[name][:, cells] = table(days[name].values[:, cells], weeks[name][:, week], store[0, cells])
    apart = np.setdiff1d(np.arange(store.shape[1]), held.within.ravel())
    for name in parts:
        own = Said(days[name].values[:, apart], days[name].variance, days[name].parent)
        found[name][:, apart] = downward(store[:, apart], own)
    return found | {"store": store}


def _shape(days: Matrix, total: float) -> Matrix:
    """A week's total over its days as these are; evenly where nothing is said of them."""
    summed = days.sum()
    return np.asarray(days / summed * total if summed > 0 else np.full(len(days), total / len(days)))


def whole_of(exact: dict[str, Matrix], parts: Sequence[str]) -> dict[str, Matrix]:
    """Rounded: the first partition as it is, the store as its sum, the other partition so that it has the same sum."""
    if not parts:
        return {"store": rounded(exact["store"])}
    found = {parts[0]: rounded(exact[parts[0]])}
    found["store"] = found[parts[0]].sum(axis=0, keepdims=True)
    for name in parts[1:]:
        found[name] = rounded_to(exact[name], found["store"][0])
    return found
