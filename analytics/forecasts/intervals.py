"""Intervals from the errors that the ensemble made in the past, divided by what was to be expected of each series."""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from analytics.forecasts.panel import Matrix, Panel

TAILS = (0.025, 0.1)
LEVELS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.975, 0.99, 0.995)
INTERVALS = {"80": (0.1, 0.9), "95": (0.025, 0.975)}
FEWEST_ERRORS = 200  # for quantiles of a kind of its own, and of a step ahead of its own
FEWEST_TO_FIT = 60
WINDOW = 26
HALF = 0.5
MOST_GROWTH = 1.5
LEAST_KNOWN = 0.7  # of the steps of a sum
NORMAL = NormalDist()
NORMAL_SIZE = math.sqrt(2 / math.pi)  # the mean size of a normal error of deviation 1
LEAST_SPREAD = 1e-3  # of a series' size: nothing is known more exactly


@dataclass(frozen=True)
class Spread:
    """How the expected error follows from the differences of a series a step and a season apart (exponents, factor)."""

    exponents: tuple[float, float]
    factor: float


@dataclass(frozen=True)
class Quantiles:
    """Quantiles of scaled errors (what came less what was said), a row for each of TAILS and LEVELS, a column a step ahead: of the
    step alone, and of the sum of all steps up to it."""

    step: Matrix
    sum: Matrix

    def interval(self, name: str, is_sum: bool = False) -> Matrix:
        """The lower and the upper error of an interval of INTERVALS (2 rows)."""
        rows = [(*TAILS, *LEVELS).index(level) for level in INTERVALS[name]]
        return (self.sum if is_sum else self.step)[rows]

    @property
    def upper(self) -> dict[str, Matrix]:
        """The rows of LEVELS alone: by how much what comes is above what is said, at such a share of all times at most."""
        return {"step": self.step[len(TAILS) :], "sum": self.sum[len(TAILS) :]}


@dataclass(frozen=True)
class Errors:
    """Errors of the past (what came less what was said), a row a series and origin; the kind of each row, and its measures."""

    errors: Matrix
    kinds: Matrix
    seen: Matrix  # columns: size, mean difference of a step, of a season


def seen(panel: Panel) -> Matrix:
    """Of each series its size, and its mean difference to the step before and to a season before (that of a step, where no
    season is known)."""
    season = panel.seasons[0] if panel.seasons else 1
    window = max(season, WINDOW)
    columns = []
    for lag in (1, season):
        room = np.full((len(panel.values), lag), np.nan)
        gap = np.abs(panel.values - np.hstack([room, panel.values])[:, : panel.values.shape[1]])
        columns.append(_mean(gap[:, -window:]))
    size = _mean(np.abs(panel.values[:, -window:]))
    size = np.where(size > 0, size, _mean(np.abs(panel.values)))
    # one point says nothing of how much the next may differ, and a few say little
    least = size * np.maximum(LEAST_SPREAD, 0.5 / np.maximum(panel.length, 1) ** 1.5)
    step, year = (np.maximum(np.nan_to_num(each), least) for each in columns)
    year = np.where(np.isfinite(columns[1]), year, step)
    return np.column_stack([size, step, year])


def _mean(values: Matrix) -> Matrix:
    known = np.isfinite(values)
    count = known.sum(axis=1)
    return np.where(count > 0, np.where(known, values, 0).sum(axis=1) / np.maximum(count, 1), np.nan)


def expected(spread: Spread, measures: Matrix) -> Matrix:
    """The error to expect of each series, in its own units."""
    size, step, year = measures.T
    a, b = spread.exponents
    with np.errstate(invalid="ignore", divide="ignore"):
        found = spread.factor * size ** (1 - a - b) * step**a * year**b
    return np.asarray(np.where(size > 0, found, 0))


def fitted(past: Errors) -> Spread:
    """How errors follow from the measures: by least squares on logarithms; the geometric mean of both where errors are few."""
    size, step, year = past.seen.T
    known = np.isfinite(past.errors)
    mean = np.where(known, np.abs(past.errors), 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    usable = known.any(axis=1) & (size > 0) & (mean > 0)
    if usable.sum() < FEWEST_TO_FIT:
        return Spread((0.5, 0.5), 1.0)
    size, step, year, mean = (each[usable] for each in (size, step, year, mean))
    x = np.column_stack([np.log(step / size), np.log(year / size), np.ones(len(size))])
    found = np.linalg.solve(x.T @ x + np.diag([1.0, 1.0, 0.0]), x.T @ np.log(np.maximum(mean / size, LEAST_SPREAD)))
    return Spread((float(found[0]), float(found[1])), float(np.exp(found[2])))


def quantiles(past: Errors, spread: Spread, kind: str, horizon: int) -> Quantiles:
    """The quantiles at TAILS and LEVELS of the scaled errors of a kind, at every step ahead, and of their sums up to it.

    Of the kind's own errors and of steps next to each other where there are enough of them, else of all. The level is
    corrected for how few they are, as in split conformal prediction; and since the errors of one forecast are alike, the
    quantiles are widened as Student's distribution is for so few series and origins."""
    with np.errstate(invalid="ignore", divide="ignore"):
        scaled = past.errors / expected(spread, past.seen)[:, None]
    own = scaled[past.kinds == kind]
    if np.isfinite(own).sum() >= FEWEST_ERRORS:
        scaled = own
    count = int(np.isfinite(scaled).any(axis=1).sum())
    far = wider(count)[:, None]
    if count < FEWEST_TO_FIT:
        # so few forecasts may all have missed to one side by chance: the next may miss to the other
        scaled = np.vstack([scaled, -scaled])
    return Quantiles(_by_step(scaled, horizon) * far, _by_step(summed(scaled), horizon) * far)


def covered(past: Errors, series: Matrix) -> dict[str, Matrix]:
    """By interval, whether each error lies within it (1 or 0; NaN where it is unknown): an interval told from the other half of
    the series, or of the origins where there is one series."""
    _, groups = np.unique(series, return_inverse=True)
    half = (groups if len(np.unique(groups)) > 1 else np.arange(len(groups))) % 2 == 0
    found = {name: np.full(past.errors.shape, np.nan) for name in INTERVALS}
    for asked in (half, ~half):
        told = Errors(past.errors[~asked], past.kinds[~asked], past.seen[~asked])
        spread = fitted(told)
        scale = expected(spread, past.seen)[:, None]
        for kind in np.unique(past.kinds[asked]):
            rows = np.flatnonzero(asked & (past.kinds == kind))
            bounds, errors = quantiles(told, spread, str(kind), past.errors.shape[1]), past.errors[rows]
            for name, inside in found.items():
                low, high = scale[rows] * bounds.interval(name)[0], scale[rows] * bounds.interval(name)[1]
                lies = (errors >= np.minimum(low, 0)) & (errors <= np.maximum(high, 0))
                inside[rows] = np.where(np.isfinite(errors), lies, np.nan)
    return found


def wider(count: int) -> Matrix:
    """By how much the levels of the next of so many normal values lie further out than the normal ones do.

    Student's quantiles by the expansion of Cornish and Fisher (Abramowitz and Stegun, 26.7.5)."""
    n = max(count, 2)
    z = np.array([NORMAL.inv_cdf(level) for level in (*TAILS, *LEVELS)])
    square = z**2
    further = 1 + (square + 1) / (4 * n) + (5 * square**2 + 16 * square + 3) / (96 * n**2)
    return np.asarray(further * math.sqrt(1 + 1 / n))


def summed(scaled: Matrix) -> Matrix:
    """The errors of sums up to each step; a step whose error does not count takes the mean of those before it."""
    known = np.isfinite(scaled)
    counts = known.cumsum(axis=1)
    total = np.where(known, scaled, 0).cumsum(axis=1)
    ahead = np.arange(1, scaled.shape[1] + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(known & (counts >= LEAST_KNOWN * ahead), total / counts * ahead, np.nan)


def _by_step(errors: Matrix, horizon: int) -> Matrix:
    """A row a level, a column a step ahead. Errors grow with the steps: they are divided by that before steps next to each other
    are taken together, and beyond those that were seen they grow on."""
    growth = _growth(errors)
    even = errors / np.arange(1, errors.shape[1] + 1) ** growth
    found = np.column_stack([_quantiles(_near(even, at)) for at in range(horizon)])
    return np.asarray(found * np.arange(1, horizon + 1) ** growth)


def _growth(errors: Matrix) -> float:
    """The power of the steps ahead with which errors grow, by least squares on logarithms of their mean sizes."""
    known = np.isfinite(errors)
    count = known.sum(axis=0)
    mean = np.where(known, np.abs(errors), 0).sum(axis=0) / np.maximum(count, 1)
    usable = (mean > 0) & (count > 0)
    if usable.sum() < 2:
        return 0.0
    ahead, size = np.log(np.flatnonzero(usable) + 1), np.log(mean[usable])
    weight = count[usable] / count[usable].sum()
    ahead, size = ahead - weight @ ahead, size - weight @ size
    return float(np.clip((weight * ahead) @ size / ((weight * ahead) @ ahead), 0, MOST_GROWTH))


def _near(scaled: Matrix, at: int) -> Matrix:
    """Errors of a step ahead and of those beside it, as many of them as it takes."""
    width = scaled.shape[1]
    at = min(at, width - 1)
    reach = 0
    while True:
        near = scaled[:, max(at - reach, 0) : at + reach + 1]
        near = near[np.isfinite(near)]
        if len(near) >= FEWEST_ERRORS or reach >= width:
            return near
        reach += 1


def _quantiles(errors: Matrix) -> Matrix:
    if not len(errors):
        # nothing was ever held against what came: a normal error whose mean size is the expected one
        return np.array([NORMAL.inv_cdf(level) / NORMAL_SIZE for level in (*TAILS, *LEVELS)])
    few = 1 / (len(errors) + 1)
    levels = [level - (1 - level) * few if level < HALF else level + level * few for level in (*TAILS, *LEVELS)]
    return np.quantile(errors, np.clip([HALF if level == HALF else level for level in levels], 0, 1))
