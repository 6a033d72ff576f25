"""Looking back from any point of any series: single values, and means of windows in two look-ups."""

from dataclasses import dataclass

import numpy as np

from analytics.forecasts.panel import Matrix, Panel

ROOM = 32  # columns before the first one beyond two seasons, for the longest window


@dataclass(frozen=True)
class History:
    """The values with room before them (NaN), and the running sums and counts of what is known."""

    panel: Panel
    pad: int
    values: Matrix
    sums: Matrix
    sizes: Matrix
    counts: Matrix

    def at(self, row: Matrix, column: Matrix) -> Matrix:
        """Single values; NaN where there is none."""
        return np.asarray(self.values[row, np.maximum(column + self.pad, 0)])

    def mean(self, row: Matrix, column: Matrix, window: int) -> Matrix:
        """The mean of the known values of a window that ends at a column; NaN where none is known."""
        return self._mean(self.sums, (row, column), window)

    def size(self, row: Matrix, column: Matrix, window: int) -> Matrix:
        """The mean of the known values of a window without their signs."""
        return self._mean(self.sizes, (row, column), window)

    def age(self, row: Matrix, column: Matrix) -> Matrix:
        """How many values are known up to a column."""
        return np.asarray(self.counts[row, column + self.pad + 1])

    def _mean(self, sums: Matrix, cell: tuple[Matrix, Matrix], window: int) -> Matrix:
        row, column = cell
        stop = np.maximum(column + self.pad + 1, 0)
        start = np.maximum(stop - window, 0)
        count = self.counts[row, stop] - self.counts[row, start]
        total = sums[row, stop] - sums[row, start]
        return np.asarray(np.where(count > 0, total / np.maximum(count, 1), np.nan))


def of(panel: Panel) -> History:
    """The panel prepared for looking back."""
    pad = room(panel)
    values = np.full((len(panel.values), panel.values.shape[1] + pad), np.nan)
    values[:, pad:] = panel.values
    known = np.isfinite(values)
    filled = np.where(known, values, 0)
    return History(panel, pad, values, _running(filled), _running(np.abs(filled)), _running(known.astype(np.int32)))


def room(panel: Panel) -> int:
    """The columns that are put before the first."""
    return 2 * max(panel.seasons, default=1) + ROOM


def _running(values: Matrix) -> Matrix:
    return np.hstack([np.zeros((len(values), 1), dtype=values.dtype), values.cumsum(axis=1, dtype=values.dtype)])
