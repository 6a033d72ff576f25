"""What series have in common, by which the noise of each is lowered before it is forecast alone."""

import numpy as np

from analytics.forecasts.models import SEASONS_FOR_MSTL, batches_of, mstl_of
from analytics.forecasts.panel import Matrix, Panel

FEWEST_SERIES, MOST_SERIES = 20, 5_000  # of those that tell what is shared
SEASONS_HELD = 4  # so many seasons are compared
LEAST_SHARE = 0.02  # of a series' mean: below it a logarithm says nothing


def shared_mstl(panel: Panel, asked: Panel, horizon: int) -> Matrix:
    """MSTL of what the series asked for have in common with the panel; NaN for those that are not long enough, have zeros,
    or share nothing with anybody."""
    found = np.full((len(asked.values), horizon), np.nan)
    rows, calm = in_common(panel, asked)
    if len(rows):
        found[rows] = batches_of(mstl_of, list(calm), horizon, panel.seasons)
    return found


def in_common(panel: Panel, asked: Panel) -> tuple[Matrix, Matrix]:
    """The series asked for that can be compared, by row, and each of them without what it shares with nobody.

    A truncated singular value decomposition of logarithms; how many of its components are more than noise is told by the
    threshold of Gavish and Donoho (2014)."""
    season = max(panel.seasons, default=0)
    width = min(panel.values.shape[1], season * SEASONS_HELD)
    nobody = np.empty(0, dtype=int), np.empty((0, width))
    if not season or width < SEASONS_FOR_MSTL * season:
        return nobody
    last = _usual(panel.last)
    _, logarithms = _comparable(panel, width, last)
    if len(logarithms) < FEWEST_SERIES:
        return nobody
    taught = logarithms[:: -(-len(logarithms) // MOST_SERIES)]
    _, strength, right = np.linalg.svd(taught, full_matrices=False)
    kept = int((strength > _threshold(taught.shape) * np.median(strength)).sum())
    rows, logarithms = _comparable(asked, width, last)
    if not kept or not len(rows):
        return nobody
    size = asked.values[rows, asked.values.shape[1] - width :].mean(axis=1, keepdims=True)
    return rows, np.exp(logarithms @ right[:kept].T @ right[:kept]) * size


def _comparable(panel: Panel, width: int, last: int) -> tuple[Matrix, Matrix]:
    """The rows whose values are known, above nothing, and end with the others, and the logarithms of their shares of the mean."""
    if panel.values.shape[1] < width:
        return np.empty(0, dtype=int), np.empty((0, width))
    recent = panel.values[:, panel.values.shape[1] - width :]
    mean = recent.mean(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero((recent > LEAST_SHARE * mean).all(axis=1) & (mean[:, 0] > 0) & (panel.last == last))
    return rows, np.log(recent[rows] / mean[rows])


def _usual(last: Matrix) -> int:
    """The last position that most series share."""
    values, counts = np.unique(last, return_counts=True)
    return int(values[counts.argmax()])


def _threshold(shape: tuple[int, ...]) -> float:
    beta = min(shape) / max(shape)
    return float(0.56 * beta**3 - 0.95 * beta**2 + 1.82 * beta + 1.43)
