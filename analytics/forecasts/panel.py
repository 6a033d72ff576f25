"""Many series side by side: one row each, the last value of every row in the last column."""

from dataclasses import dataclass, replace

import numpy as np

from analytics.forecasts.known import Known, Matrix
from analytics.forecasts.steps import Step

NOTHING = Known()


@dataclass(frozen=True)
class Panel:
    """values: a row a series, aligned at its end, NaN before its first; length: points of each; last: the position of the last
    point on the grid of `step`; ids: the names; shift: the days that weeks of a series begin after those of the grid; known: what
    is known besides the values."""

    values: Matrix
    length: Matrix
    last: Matrix
    step: Step
    ids: Matrix
    shift: Matrix | None = None
    known: Known = NOTHING

    @property
    def seasons(self) -> tuple[int, ...]:
        """The lengths of the cycles, in steps."""
        return self.step.seasons

    @property
    def bounds(self) -> tuple[Matrix, Matrix]:
        """The least and the largest value of each series; 0 of one without points."""
        known, is_begun = np.isfinite(self.values), self.length > 0
        low = np.where(known, self.values, np.inf).min(axis=1, initial=np.inf)
        high = np.where(known, self.values, -np.inf).max(axis=1, initial=-np.inf)
        return np.where(is_begun, low, 0), np.where(is_begun, high, 0)

    def rows(self, index: Matrix) -> "Panel":
        """Some of the series, in the order told."""
        length = self.length[index]
        width = max(int(length.max(initial=0)), 1)
        return replace(
            self,
            values=self.values[index][:, -width:],
            length=length,
            last=self.last[index],
            ids=self.ids[index],
            shift=None if self.shift is None else self.shift[index],
            known=self.known.rows(index, self.values.shape[1] - width),
        )

    def before(self, steps: int) -> "Panel":
        """What was known so many steps before the end; series that had not begun have no points."""
        if steps == 0:
            return self
        return replace(
            self,
            values=self.values[:, :-steps],
            length=np.maximum(self.length - steps, 0),
            last=self.last - steps,
            known=self.known.before(steps),
        )

    def filled(self) -> "Panel":
        """The panel with values that are unknown after a series' first one drawn between their neighbours, and left out."""
        is_known = np.isfinite(self.values)
        width = self.values.shape[1]
        length = np.where(is_known.any(axis=1), width - is_known.argmax(axis=1), 0)
        missing = ~is_known & (np.arange(width) >= (width - length)[:, None])
        if not missing.any():
            return self
        values = self.values.astype(float)
        for row in np.flatnonzero(missing.any(axis=1)):
            known = np.flatnonzero(is_known[row])
            inside = np.arange(known[0], width)
            values[row, inside] = np.interp(inside, known, values[row, known])
        left_out = missing if self.known.left_out is None else missing | self.known.left_out
        return replace(self, values=values, length=length, known=replace(self.known, left_out=left_out))

    def series(self, row: int) -> Matrix:
        """The points of one series, oldest first."""
        points = self.values[row, self.values.shape[1] - self.length[row] :]
        return np.ascontiguousarray(points, dtype=float)
