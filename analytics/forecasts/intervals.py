"""Intervals from the errors that the ensemble made in the past, divided by what was to be expected of each series."""

from dataclasses import dataclass

import numpy as np

from analytics.forecasts.panel import Matrix, Panel

LEVELS = {"80": 0.8, "95": 0.95}
FEWEST_ERRORS = 200  # for quantiles of a kind of its own, and of a step ahead of its own
FEWEST_TO_FIT = 60
WINDOW = 26
LEAST_SPREAD = 1e-3  # of a series' size: nothing is known more exactly


@dataclass(frozen=True)
class Spread:
    """How the expected error follows from the differences of a series a step and a season apart (exponents, factor)."""

    exponents: tuple[float, float]
    factor: float


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


def quantiles(past: Errors, spread: Spread, kind: str, horizon: int) -> dict[str, Matrix]:
    """For each interval the lower and upper error, scaled, at every step ahead (2 rows, a column a step).

    Of the kind's own errors and of steps next to each other where there are enough of them, else of all. The level is
    corrected for how few they are, as in split conformal prediction."""
    with np.errstate(invalid="ignore", divide="ignore"):
        scaled = past.errors / expected(spread, past.seen)[:, None]
    own = scaled[past.kinds == kind]
    if np.isfinite(own).sum() >= FEWEST_ERRORS:
        scaled = own
    steps = [_near(scaled, at) for at in range(horizon)]
    return {name: np.column_stack([_quantiles(each, level) for each in steps]) for name, level in LEVELS.items()}


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


def _quantiles(errors: Matrix, level: float) -> Matrix:
    if not len(errors):
        # nothing was ever held against what came: a normal error whose mean size is the expected one
        bound = {0.8: 1.606, 0.95: 2.456}[level]
        return np.array([-bound, bound])
    tail = (1 - level) / 2
    corrected = max(tail - (1 - tail) / (len(errors) + 1), 0.0)
    return np.quantile(errors, [corrected, 1 - corrected])
