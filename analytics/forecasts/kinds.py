"""What kind of demand a series is: how often something is asked for, and how much the amounts differ."""

from enum import StrEnum

import numpy as np

from analytics.forecasts.panel import Matrix, Panel

# Syntetos, Boylan and Croston (2005): where Croston's method begins to be the better one
INTERVAL, VARIATION = 1.32, 0.49
BEYOND_A_SEASON = 8  # a series that knows one season and so many steps can be held against itself


class Kind(StrEnum):
    """smooth: asked for nearly always, in like amounts; erratic: nearly always, in unlike ones; intermittent: now and then,
    in like amounts; lumpy: now and then, in unlike ones; young: too short to know its season; constant; zero: nothing yet."""

    SMOOTH = "smooth"
    ERRATIC = "erratic"
    INTERMITTENT = "intermittent"
    LUMPY = "lumpy"
    YOUNG = "young"
    CONSTANT = "constant"
    ZERO = "zero"


def of(panel: Panel) -> Matrix:
    """The kind of each series, as text. A single point is constant."""
    interval, variation = measures(panel)
    low, high = panel.bounds
    often, even = interval < INTERVAL, variation < VARIATION
    found = np.where(even, np.where(often, Kind.SMOOTH, Kind.INTERMITTENT), np.where(often, Kind.ERRATIC, Kind.LUMPY))
    found = np.where(panel.length < fewest_to_know(panel), Kind.YOUNG, found)
    found = np.where(low == high, Kind.CONSTANT, found)
    return np.asarray(np.where((low == 0) & (high == 0), Kind.ZERO, found))


def fewest_to_know(panel: Panel) -> int:
    """The points below which a series is young: its shortest season and eight more."""
    return next(iter(panel.seasons), 2) + BEYOND_A_SEASON


def measures(panel: Panel) -> tuple[Matrix, Matrix]:
    """The mean steps between two demands, from the first one on, and the squared variation of the amounts asked for."""
    is_asked = np.isfinite(panel.values) & (panel.values != 0)
    asked = is_asked.sum(axis=1)
    steps = np.where(asked > 0, panel.values.shape[1] - is_asked.argmax(axis=1), 0)
    amounts = np.where(is_asked, panel.values, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = amounts.sum(axis=1) / asked
        square = np.where(is_asked, (amounts - mean[:, None]) ** 2, 0).sum(axis=1) / asked
        return np.asarray(steps / asked), np.asarray(square / mean**2)
