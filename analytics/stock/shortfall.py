"""Safety stock from quantiles of a forecast's errors: how much of what is asked for in a lead time it leaves without stock.

Of each product (row) the errors are told at LEVELS: by how much what comes over a lead time is above what was forecast, at such a
share of all times at most. Between two levels they lie on a straight line; above the last one the line goes on, and below the first
one, the middle, nothing is kept.
"""

from typing import Any

import numpy as np

from analytics.forecasts.intervals import LEVELS
from analytics.stock import formulas

Matrix = np.ndarray[Any, Any]
# Models are chosen by the past, which they fit better than what comes: so much of what may be missing is planned for.
CAUTION = 0.75
NORMAL = np.array([formulas.z_of(level) for level in LEVELS])


def with_lead_time(errors: Matrix, strays: Matrix) -> Matrix:
    """Errors of demand over lead times that are not sure either: `strays` is demand a day × the deviation of the lead time. Both
    spread around the middle error, and their squares add up."""
    middle = errors[:, :1]
    return np.asarray(middle + np.sqrt((errors - middle) ** 2 + (NORMAL[None, :] * strays[:, None]) ** 2))


def missing(errors: Matrix) -> tuple[Matrix, Matrix]:
    """The levels with 1 behind them, and of each product what is asked for beyond each of them, on average over all times."""
    levels, ends = ended(errors)
    between = np.diff(levels) * (ends[:, 1:] + ends[:, :-1]) / 2
    beyond = np.concatenate([np.cumsum(between[:, ::-1], axis=1)[:, ::-1], np.zeros((len(ends), 1))], axis=1)
    return levels, np.asarray(beyond - ends * (1 - levels))


def level_of(errors: Matrix, ordered: Matrix, fill_rate: float) -> float:
    """The one level for all products at which what is missing in their lead times is CAUTION of 1 − fill rate of what their orders
    bring together; `ordered` is what an order of each brings."""
    levels, short = missing(errors)
    allowed = CAUTION * (1 - fill_rate) * float(ordered.sum())
    return float(np.interp(-allowed, -short.sum(axis=0), levels))


def ended(errors: Matrix) -> tuple[Matrix, Matrix]:
    """The levels and the errors with the end of the last line, at level 1."""
    return np.append(LEVELS, 1.0), np.concatenate([errors, (2 * errors[:, -1] - errors[:, -2])[:, None]], axis=1)


def segment(level: float) -> int:
    """Which of the levels, 1 among them, is the last one at or below a level, and not the last of all."""
    return int(np.clip(np.searchsorted(LEVELS, level, side="right") - 1, 0, len(LEVELS) - 1))


def at_level(errors: Matrix, level: float) -> Matrix:
    """The error of each product at a level."""
    levels, ends = ended(errors)
    at = segment(level)
    part = (level - levels[at]) / (levels[at + 1] - levels[at])
    return np.asarray(ends[:, at] + part * (ends[:, at + 1] - ends[:, at]))


def at_once(sold: Matrix) -> Matrix:
    """By how much stock falls below a reorder point before an evening sees it, on average: Σ units² ÷ (2 × Σ units) of the days
    (columns), from renewal theory; 0 of what was not sold."""
    total = sold.sum(axis=1)
    return np.asarray(np.where(total > 0, (sold**2).sum(axis=1) / np.maximum(2 * total, 1e-12), 0.0))
