"""One gradient boosting over all series: what many have in common teaches each of them.

Every row is a series at an origin and a number of steps ahead; nothing in it is later than the origin, and amounts are divided
by the series' own size at the origin, so that large and small series teach each other. Two boostings are averaged: one
learns the amount, the other by how much a plain seasonal guess misses it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.forecasts import calendar, history
from analytics.forecasts.history import History
from analytics.forecasts.models import LONG_SEASON, RATIOS
from analytics.forecasts.panel import Matrix, Panel

ROWS_LEARNT, FEWEST_ROWS = 80_000, 200
ROWS_OF_A_SERIES = 2_000  # on average: more of them say the same again
CELLS_AT_ONCE = 8_000_000  # of a panel with its room, when it is looked back upon
ROWS_AT_ONCE = 100_000
WINDOWS = (4, 8, 13, 26)
LAGS = 4
LEAST_SIZE_WINDOW = 13
MOST = 20.0  # a target beyond so many times the series' size is a spike that nothing foretells
MOST_CATEGORIES = 255
YOUNGEST = 4  # points of a series before an origin it may teach from
SEED = 20
SETTINGS: dict[str, Any] = {
    "max_iter": 200,
    "learning_rate": 0.05,
    "max_leaf_nodes": 31,
    "min_samples_leaf": 40,
    "l2_regularization": 1.0,
    "max_features": 0.5,
    "early_stopping": False,
}


@dataclass(frozen=True)
class Cells:
    """Places in a history: the series, the column of the origin, the steps ahead."""

    row: Matrix
    origin: Matrix
    ahead: Matrix


def forecast(panel: Panel, asked: Panel, horizon: int) -> Matrix:
    """Learns from one panel and forecasts another, a row a series; NaN where there is too little to learn from."""
    learnt = learn(panel, horizon)
    if learnt is None:
        return np.full((len(asked.values), horizon), np.nan)
    size = max(1, min(_series_at_once(asked), ROWS_AT_ONCE // horizon))
    parts = [asked.rows(np.arange(at, min(at + size, len(asked.values)))) for at in range(0, len(asked.values), size)]
    return np.vstack([predict(learnt, part, horizon) for part in parts])


def learn(panel: Panel, horizon: int) -> tuple[Any, Any] | None:
    """The two boostings, fitted; None where there is too little to learn from."""
    from sklearn.ensemble import HistGradientBoostingRegressor
    from threadpoolctl import threadpool_limits

    drawn = np.random.default_rng(SEED)
    many = _series_at_once(panel)
    if many < len(panel.values):
        panel = panel.rows(np.sort(drawn.choice(len(panel.values), many, replace=False)))
    past, cells = history.of(panel), _taught(panel, horizon, drawn)
    found, size, guess = seen(past, cells)
    target = past.at(cells.row, cells.origin + cells.ahead)
    if panel.known.left_out is not None:
        target = np.where(panel.known.left_out[cells.row, cells.origin + cells.ahead], np.nan, target)
    is_named = _is_category(panel, found.shape[1])
    fitted = []
    for least in (np.zeros(len(guess)), guess):
        with np.errstate(invalid="ignore", divide="ignore"):
            missed = (target - least) / size
        usable = np.isfinite(missed) & (size > 0)
        if usable.sum() < FEWEST_ROWS:
            return None
        known = found[usable]
        known[:, ~np.isfinite(known).any(axis=0)] = 0  # a column of which nothing is known yet cannot be cut into bins
        model = HistGradientBoostingRegressor(random_state=SEED, categorical_features=is_named, **SETTINGS)
        # threads that wait for each other take many times as long where others use the processors, too: processes share the work
        with threadpool_limits(1):
            fitted.append(model.fit(known, np.clip(missed[usable], -MOST, MOST)))
    return fitted[0], fitted[1]


def predict(learnt: tuple[Any, Any], panel: Panel, horizon: int) -> Matrix:
    """The mean of both boostings for the steps after the panel's end, a row a series."""
    count, width = panel.values.shape
    row, ahead = np.repeat(np.arange(count), horizon), np.tile(np.arange(1, horizon + 1), count)
    found, size, guess = seen(history.of(panel), Cells(row, np.full(len(row), width - 1), ahead))
    amount, missed = (each.predict(found) for each in learnt)
    mean = (amount * size + np.where(np.isfinite(guess), guess + missed * size, amount * size)) / 2
    return np.asarray(np.where(size > 0, mean, 0).reshape(count, horizon))


def _series_at_once(panel: Panel) -> int:
    return max(1, CELLS_AT_ONCE // (panel.values.shape[1] + history.room(panel)))


def _taught(panel: Panel, horizon: int, drawn: np.random.Generator) -> Cells:
    """The cells to learn from: their target is known and a season lies before them; drawn evenly where they are many."""
    width, season = panel.values.shape[1], max(panel.seasons, default=1)
    least = np.where(panel.length > season + YOUNGEST + horizon, season, YOUNGEST)
    origins = np.maximum(np.minimum(panel.length - 1, 3 * max(season, 26)) - least, 0)
    stops = (origins * horizon).cumsum()
    total = int(stops[-1]) if len(stops) else 0
    wanted = min(ROWS_LEARNT, ROWS_OF_A_SERIES * len(panel.values))
    most = 2 * wanted
    picked = np.arange(total) if total <= most else np.sort(drawn.choice(total, most, replace=False))
    row = np.searchsorted(stops, picked, side="right")
    within = picked - (stops[row] - origins[row] * horizon) if len(row) else picked
    ahead, origin = within % horizon + 1, width - 2 - within // horizon
    kept = np.flatnonzero(origin + ahead < width)
    if len(kept) > wanted:
        kept = np.sort(drawn.choice(kept, wanted, replace=False))
    return Cells(row[kept], origin[kept], ahead[kept])


def seen(past: History, cells: Cells) -> tuple[Matrix, Matrix, Matrix]:
    """What is known at each origin (a row a cell), the size that amounts were divided by, and the plain guess."""
    row, origin, ahead = cells.row, cells.origin, cells.ahead
    size = past.size(row, origin, max(*past.panel.seasons, LEAST_SIZE_WINDOW, 0))
    guess = _guess(past, cells)
    amounts = [guess, *(past.at(row, origin - lag) for lag in range(LAGS))]
    amounts += [past.mean(row, origin, window) for window in WINDOWS]
    for season in past.panel.seasons:
        amounts += _a_year_ago(past, cells, season) if season > LONG_SEASON else _same_weekday(past, cells, season)
    others = [ahead, past.age(row, origin), *calendar.of(past.panel, row, origin + ahead), *_known(past, cells)]
    with np.errstate(invalid="ignore", divide="ignore"):
        scaled = [amount / size for amount in amounts]
    return np.column_stack([*scaled, *others]).astype(np.float32), size, guess


def _known(past: History, cells: Cells) -> list[Matrix]:
    """Flags at the step ahead, a season before it, and of late; prices against those of late; the category last."""
    known, row, origin = past.panel.known, cells.row, cells.origin
    at = origin + cells.ahead
    found = []
    for name, each in {**known.flags, **known.prices}.items():
        past_cells = np.array([_cell(each, row, origin - lag) for lag in range(LAGS)])
        is_known = np.isfinite(past_cells)
        with np.errstate(invalid="ignore", divide="ignore"):
            late = np.where(is_known, past_cells, 0).sum(axis=0) / is_known.sum(axis=0)
        now = [_cell(each, row, at)]
        now += [_cell(each, row, at - _back(cells, season)) for season in past.panel.seasons]
        if name in known.prices:
            with np.errstate(invalid="ignore", divide="ignore"):
                found += [value / late for value in now]
        else:
            found += [*now, late]
    return found if known.category is None else [*found, known.category[row]]


def _cell(values: Matrix, row: Matrix, column: Matrix) -> Matrix:
    return np.asarray(np.where(column >= 0, values[row, np.clip(column, 0, values.shape[1] - 1)], np.nan))


def _is_category(panel: Panel, columns: int) -> Matrix | None:
    """Which columns are names and no amounts: the last one, if there are categories, and few enough for the boosting."""
    category = panel.known.category
    if category is None or len(category) == 0 or category.max() >= MOST_CATEGORIES:
        return None
    return np.arange(columns) == columns - 1


def _back(cells: Cells, season: int) -> Matrix:
    """Whole seasons back from the step ahead to what is known at the origin."""
    return np.asarray(-(-cells.ahead // season) * season)


def _guess(past: History, cells: Cells) -> Matrix:
    """A season ago times how now compares with then; without a season, the mean of the last weeks."""
    row, origin = cells.row, cells.origin
    found = past.mean(row, origin, WINDOWS[1])
    for season in past.panel.seasons:
        back, window = _back(cells, season), WINDOWS[1] if season > LONG_SEASON else season
        at = origin + cells.ahead - back
        before = past.at(row, at)
        if season > LONG_SEASON:
            before = before / 2 + (past.at(row, at - 1) + past.at(row, np.minimum(at + 1, origin))) / 4
        then = past.mean(row, origin - back, window)
        with np.errstate(invalid="ignore", divide="ignore"):
            ratio = np.clip(np.where(then > 0, past.mean(row, origin, window) / then, np.nan), *RATIOS)
        found = np.where(np.isfinite(before * ratio), before * ratio, found)
    return np.asarray(found)


def _a_year_ago(past: History, cells: Cells, season: int) -> list[Matrix]:
    row, origin, back = cells.row, cells.origin, _back(cells, season)
    at = origin + cells.ahead - back
    found = [past.at(row, np.minimum(at + shift, origin)) for shift in (-2, -1, 0, 1, 2)]
    found += [past.at(row, at - season), past.mean(row, origin, season), past.mean(row, origin - season, season)]
    return found + [past.mean(row, origin - back, window) for window in WINDOWS[:3]]


def _same_weekday(past: History, cells: Cells, season: int) -> list[Matrix]:
    row, origin, at = cells.row, cells.origin, cells.origin + cells.ahead - _back(cells, season)
    same = [past.at(row, at - lag * season) for lag in range(8)]
    means = [np.mean(same[:4], axis=0), np.mean(same, axis=0)]
    return [*same[:3], *means, past.mean(row, origin, season), past.mean(row, origin - season, season)]
