"""What the calendar says of a step: the time of year, the weekday, holidays, events, and how far the moving feasts are."""

from dataclasses import replace

import numpy as np

from analytics import festivals
from analytics.forecasts import steps
from analytics.forecasts.known import Event
from analytics.forecasts.panel import Matrix, Panel

FEASTS = ("Easter", "Black Friday", "Christmas")


def of(panel: Panel, row: Matrix, column: Matrix) -> list[Matrix]:
    """Columns of the calendar for cells of a panel (columns beyond its width lie ahead); none where stamps are no dates."""
    if not panel.step.is_dated:
        return []
    position = panel.last[row] + (column - (panel.values.shape[1] - 1))
    unique, inverse = np.unique(position, return_inverse=True)
    days = steps.days_at(panel.step, unique)
    found = _of_days(days, panel)
    if panel.known.holidays:
        held = np.array(sorted({day for day, _ in panel.known.holidays}), dtype="datetime64[D]")
        begins, ends = _spans(panel, unique)
        found.append((np.searchsorted(held, ends) - np.searchsorted(held, begins)).astype(float))
    return [each[inverse] for each in found]


def with_events(panel: Panel, horizon: int) -> Panel:
    """The panel with a flag for each kind of event: the share of a step's days on which there is one."""
    if not panel.known.events or not panel.step.is_dated:
        return panel
    width = panel.values.shape[1]
    position = panel.last[:, None] + np.arange(1 - width, horizon + 1)
    unique, inverse = np.unique(position, return_inverse=True)
    inverse = inverse.reshape(position.shape)
    flags = dict(panel.known.flags)
    for event in panel.known.events:
        name = f"event: {event.kind}"
        flag = flags.setdefault(name, np.zeros(position.shape, dtype=np.float32))
        rows = slice(None) if event.series is None else np.isin(panel.ids, event.series)
        flag[rows] = np.maximum(flag[rows], _share(panel, unique, event)[inverse[rows]])
    return replace(panel, known=replace(panel.known, flags=flags))


def _share(panel: Panel, position: Matrix, event: Event) -> Matrix:
    begins, ends = (each.astype(int) for each in _spans(panel, position))
    first, last = (np.datetime64(each).astype(int) for each in (event.starts_on, event.ends_on))
    within = np.minimum(ends, last + 1) - np.maximum(begins, first)
    return np.asarray(np.clip(within / np.maximum(ends - begins, 1), 0, 1).astype(np.float32))


def _spans(panel: Panel, position: Matrix) -> tuple[Matrix, Matrix]:
    """The first days of some steps, and the days after their last ones."""
    return begun(panel, position), begun(panel, position + 1)


def begun(panel: Panel, position: Matrix) -> Matrix:
    """The first day of some steps; a month begins with its first day, wherever in it it is stamped."""
    found = steps.days_at(panel.step, position)
    if panel.step.kind == "months":
        found = found.astype("datetime64[M]").astype("datetime64[D]")
    return found


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
