"""What the calendar says of a step: the time of year, the weekday, and how far the moving feasts are."""

import numpy as np

from analytics import festivals
from analytics.forecasts import steps
from analytics.forecasts.panel import Matrix, Panel

FEASTS = ("Easter", "Black Friday", "Christmas")


def of(panel: Panel, row: Matrix, column: Matrix) -> list[Matrix]:
    """Columns of the calendar for cells of a panel (columns beyond its width lie ahead); none where stamps are no dates."""
    if not panel.step.is_dated:
        return []
    position = panel.last[row] + (column - (panel.values.shape[1] - 1))
    unique, inverse = np.unique(position, return_inverse=True)
    found = _of_days(steps.days_at(panel.step, unique), panel)
    return [each[inverse] for each in found]


def _of_days(days: Matrix, panel: Panel) -> list[Matrix]:
    year = days.astype("datetime64[Y]")
    of_year = (days - year.astype("datetime64[D]")).astype(int)
    month = days.astype("datetime64[M]").astype(int) % 12
    found = [of_year.astype(float), month.astype(float)]
    if panel.step.kind == "days":
        found.append(((days.astype(int) + 3) % 7).astype(float))
    if panel.step.kind in ("days", "weeks"):
        years = year.astype(int) + 1970
        found += [_distance(days, feast, int(years.min()), int(years.max())) for feast in FEASTS]
    return found


def _distance(days: Matrix, feast: str, first: int, last: int) -> Matrix:
    """Days to the nearest such feast, below 0 after it, no further than six weeks."""
    moved = [festivals.EVENTS[feast](year) for year in range(max(first - 1, 1), last + 2)]
    when = np.array(moved, dtype="datetime64[D]").astype(int)
    gap = when[None, :] - days.astype(int)[:, None]
    nearest = np.abs(gap).argmin(axis=1)
    return np.clip(gap[np.arange(len(days)), nearest], -42, 42).astype(float)
