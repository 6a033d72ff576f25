"""What each single model forecasts: a row a series, a column a step ahead; NaN where a series is too short for it."""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from analytics.forecasts.panel import Matrix, Panel

BATCH = 100
WORTH_PROCESSES = 4_000  # milliseconds of work below which starting other processes takes longer than it saves
RECENT_STEPS = 8
LONG_SEASON = 24  # above it a season is a year, and models of one short cycle do not fit it
SEASONS_FOR_MSTL = 1.7
MOST_JUMP = 10
RATIOS = (0.2, 5.0)  # this season held against the last one: beyond that it is no change of level
Alone = Callable[[Matrix, int, tuple[int, ...]], Matrix]


def seasonal_naive(panel: Panel, horizon: int) -> Matrix:
    """The value of a season ago (of the short season, where there are two); without a season, the last value."""
    season = next(iter(panel.seasons), 1)
    wide = padded(panel, season)
    return np.asarray(wide[:, wide.shape[1] - season + np.arange(horizon) % season])


def window_average(panel: Panel, horizon: int) -> Matrix:
    """The mean of the last eight steps, or of a short season if that is longer."""
    window = max(RECENT_STEPS, *(season for season in (0, *panel.seasons) if season <= LONG_SEASON))
    recent = padded(panel, window)[:, -window:]
    known = np.isfinite(recent)
    mean = np.where(known, recent, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return np.repeat(mean[:, None], horizon, axis=1)


def seasonal_level(panel: Panel, horizon: int) -> Matrix:
    """Last season's values times how the last weeks compare with the same weeks a season ago."""
    season = panel.seasons[-1] if panel.seasons else 1
    window = season if season <= LONG_SEASON else RECENT_STEPS * (panel.seasons[0] if len(panel.seasons) > 1 else 1)
    wide = padded(panel, season + window)
    now, then = wide[:, -window:].mean(axis=1), wide[:, -season - window : wide.shape[1] - season].mean(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.clip(np.where(then > 0, now / then, np.nan), *RATIOS)
    return np.asarray(wide[:, wide.shape[1] - season + np.arange(horizon) % season] * ratio[:, None])


def padded(panel: Panel, width: int) -> Matrix:
    """The values with at least so many columns, NaN where nothing is known."""
    missing = width - panel.values.shape[1]
    if missing <= 0:
        return panel.values
    return np.hstack([np.full((len(panel.values), missing), np.nan), panel.values])


def mstl_of(points: Matrix, horizon: int, seasons: tuple[int, ...]) -> Matrix:
    """Seasons taken out by repeated loess, the rest by complex exponential smoothing."""
    from statsforecast.models import MSTL, AutoCES

    cycles = [season for season in seasons if len(points) >= SEASONS_FOR_MSTL * season]
    if not cycles:
        return np.full(horizon, np.nan)
    # loess at every tenth point of a season and straight lines between: ten times as fast, and no worse
    jump = max(1, min(max(cycles) // 10, MOST_JUMP))
    loess = {"trend_jump": jump, "low_pass_jump": jump}
    model = MSTL(season_length=cycles, trend_forecaster=AutoCES(season_length=1, model="N"), stl_kwargs=loess)
    return np.asarray(model.forecast(y=points, h=horizon)["mean"])


def theta_of(points: Matrix, horizon: int, seasons: tuple[int, ...]) -> Matrix:
    """The optimised theta method."""
    from statsforecast.models import OptimizedTheta

    return np.asarray(OptimizedTheta(season_length=_cycle(points, seasons)).forecast(y=points, h=horizon)["mean"])


def ces_of(points: Matrix, horizon: int, seasons: tuple[int, ...]) -> Matrix:
    """Complex exponential smoothing, its kind of season chosen by the information criterion."""
    from statsforecast.models import AutoCES

    return np.asarray(AutoCES(season_length=_cycle(points, seasons)).forecast(y=points, h=horizon)["mean"])


def ses_of(points: Matrix, horizon: int, seasons: tuple[int, ...]) -> Matrix:
    """Simple exponential smoothing, its parameter fitted."""
    from statsforecast.models import SimpleExponentialSmoothingOptimized

    return np.asarray(SimpleExponentialSmoothingOptimized().forecast(y=points, h=horizon)["mean"])


def croston_of(points: Matrix, horizon: int, seasons: tuple[int, ...]) -> Matrix:
    """Croston's method as Syntetos and Boylan mended it."""
    from statsforecast.models import CrostonSBA

    return np.asarray(CrostonSBA().forecast(y=points, h=horizon)["mean"])


def tsb_of(points: Matrix, horizon: int, seasons: tuple[int, ...]) -> Matrix:
    """Teunter, Syntetos and Babai: what is no longer asked for fades."""
    from statsforecast.models import TSB

    return np.asarray(TSB(alpha_d=0.1, alpha_p=0.1).forecast(y=points, h=horizon)["mean"])


def imapa_of(points: Matrix, horizon: int, seasons: tuple[int, ...]) -> Matrix:
    """The mean of smoothings of sums over several steps."""
    from statsforecast.models import IMAPA

    return np.asarray(IMAPA().forecast(y=points, h=horizon)["mean"])


def _cycle(points: Matrix, seasons: tuple[int, ...]) -> int:
    """The season of a model that takes one: the shortest, if it was seen twice."""
    season = next(iter(seasons), 1)
    return season if len(points) >= 2 * season else 1


TOGETHER: dict[str, Callable[[Panel, int], Matrix]] = {
    "SeasonalNaive": seasonal_naive,
    "WindowAverage": window_average,
    "SeasonalLevel": seasonal_level,
}
# with the milliseconds that a hundred points take
ALONE: dict[str, tuple[Alone, float]] = {
    "MSTL": (mstl_of, 4.0),
    "OptimizedTheta": (theta_of, 4.0),
    "CES": (ces_of, 8.0),
    "SES": (ses_of, 0.02),
    "CrostonSBA": (croston_of, 0.03),
    "TSB": (tsb_of, 0.03),
    "IMAPA": (imapa_of, 0.1),
}
FEWEST_POINTS = 2
# series are fitted at a mean size of 1, rounded, so that a table in cents forecasts what the table in euros does
DIGITS = 9


def run(name: str, panel: Panel, horizon: int) -> Matrix:
    """One model's forecasts of a panel, a row a series."""
    if name in TOGETHER:
        return TOGETHER[name](panel, horizon)
    found = np.full((len(panel.values), horizon), np.nan)
    fit = np.flatnonzero(panel.length >= FEWEST_POINTS)
    if len(fit):
        alone, _ = ALONE[name]
        found[fit] = batches_of(alone, [panel.series(int(row)) for row in fit], horizon, panel.seasons)
    return found


def cost(name: str, panel: Panel) -> float:
    """About how many milliseconds of one processor a model takes, its trials in the past included."""
    if name not in ALONE:
        return 0.0
    trials = 1 + 4 * min(1.0, 500 / max(len(panel.values), 1))
    return trials * ALONE[name][1] * float(np.maximum(panel.length, 50).sum()) / 100


def batches_of(alone: Alone, series: list[Matrix], horizon: int, seasons: tuple[int, ...]) -> Matrix:
    """A model of single series on each of them, on all processors where that is worth it."""
    work = [(alone, series[start : start + BATCH], horizon, seasons) for start in range(0, len(series), BATCH)]
    dear = next((price for each, price in ALONE.values() if each is alone), 1.0)
    return np.vstack(in_processes(_batch, work, dear * sum(map(len, series)) / 100))


def in_processes(task: Callable[..., Any], work: list[Any], milliseconds: float) -> list[Any]:
    """The task's answer for each piece of work, in order; elsewhere than here if it takes that long."""
    if milliseconds < WORTH_PROCESSES or len(work) < 2:
        return [task(*each) for each in work]
    from joblib import Parallel, cpu_count, delayed

    return list(Parallel(n_jobs=min(cpu_count(), 8))(delayed(task)(*each) for each in work))


def _batch(alone: Alone, series: list[Matrix], horizon: int, seasons: tuple[int, ...]) -> Matrix:
    found = np.full((len(series), horizon), np.nan)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for at, points in enumerate(series):
            # a library's fit may fail in ways of its own on a strange series; the other models then stand for it
            try:
                scale = np.abs(points).mean() or 1.0
                found[at] = alone(np.round(points / scale, DIGITS), horizon, seasons) * scale
            except Exception:
                continue
    return found
