"""Forecasts of many series at once: the models that did best on series of their kind, averaged, with intervals."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.errors import Refused
from analytics.forecasts import backtest, choice, intervals, kinds, models, stamps, table
from analytics.forecasts.choice import Score
from analytics.forecasts.intervals import Errors
from analytics.forecasts.panel import Matrix, Panel

Tell = Callable[[str], None]
MOST_STEPS = 1_000
AMOUNTS = ("forecast", "lo_80", "hi_80", "lo_95", "hi_95")


@dataclass(frozen=True)
class Forecast:
    """amounts: a row a series, a column a step ahead, by the names of AMOUNTS; kinds and models of each series; scores of every
    model and of the ensemble in the past."""

    amounts: dict[str, Matrix]
    kinds: Matrix
    models: Matrix
    scores: list[Score]


def of_panel(panel: Panel, horizon: int, tell: Tell = lambda said: None) -> Forecast:
    """The forecasts of every series of a panel."""
    found = kinds.of(panel)
    names = {
        kind.value: choice.candidates(kind, panel.rows(np.flatnonzero(found == kind)))
        for kind in choice.CANDIDATES
        if (found == kind).any()
    }
    tell(f"{len(panel.values):,} series; holding the models against the past")
    past = backtest.past(panel, found, horizon, names)
    chosen = {kind: choice.weights(past, kind, each) for kind, each in names.items()}
    errors = choice.errors(past, chosen)
    middle = _middle(panel, found, horizon, (chosen, tell))
    amounts = _with_intervals(panel, found, middle, errors)
    written = {kind: _in_words(each) for kind, each in chosen.items()}
    labels = np.array([written.get(kind, "LastValue") for kind in found], dtype=object)
    return Forecast(amounts, found, labels, choice.scores(past, chosen, errors))


def _middle(panel: Panel, found: Matrix, horizon: int, how: tuple[dict[str, dict[str, float]], Tell]) -> Matrix:
    """The forecasts themselves; a constant goes on as it was."""
    chosen, tell = how
    last = panel.values[:, -1]
    middle = np.repeat(last[:, None], horizon, axis=1)
    for kind, weight in chosen.items():
        rows = np.flatnonzero(found == kind)
        own = panel.rows(rows)
        tell(f"{len(rows):,} {kind} series: {_in_words(weight)}")
        said = choice.said(panel, own, horizon, list(weight))
        mean, _ = choice.mixed(said, weight)
        lacking = ~np.isfinite(mean)
        mean[lacking] = models.window_average(own, horizon)[lacking]
        middle[rows] = mean
    return choice.bounded(middle, panel)


def _with_intervals(panel: Panel, found: Matrix, middle: Matrix, errors: Errors) -> dict[str, Matrix]:
    amounts = {"forecast": middle} | {name: middle.copy() for name in AMOUNTS[1:]}
    spread = intervals.fitted(errors)
    expected = intervals.expected(spread, intervals.seen(panel))
    lowest = np.where(panel.bounds[0] >= 0, 0.0, -np.inf)[:, None]
    for kind in np.unique(found):
        rows = np.flatnonzero(found == kind)
        for level, bounds in intervals.quantiles(errors, spread, str(kind), middle.shape[1]).items():
            for name, bound, side in (("lo", bounds[0], np.minimum), ("hi", bounds[1], np.maximum)):
                reach = middle[rows] + expected[rows, None] * bound
                amounts[f"{name}_{level}"][rows] = np.maximum(side(reach, middle[rows]), lowest[rows])
    return amounts


def _in_words(weight: dict[str, float]) -> str:
    """The models and their shares, the largest first: 0.60 MSTL + 0.40 PooledBoosting."""
    return " + ".join(f"{share:.2f} {name}" for name, share in sorted(weight.items(), key=lambda each: -each[1]))


def forecast(
    frame: pd.DataFrame, horizon: int, frequency: str | None = None, tell: Tell = lambda said: None
) -> pd.DataFrame:
    """Forecasts of a table of unique_id, ds and y: a row for each series and each of the next `horizon` steps.

    Columns: unique_id, ds, forecast, lo_80, hi_80, lo_95, hi_95, model; sorted by series and time. Raises Refused."""
    if not 1 <= horizon <= MOST_STEPS:
        raise Refused(f"A horizon is from 1 to {MOST_STEPS:,} steps, not {horizon:,}.")
    found = table.tidied(frame, frequency)
    for notice in found.notices:
        tell(notice)
    panel, count = found.panel, len(found.panel.ids)
    said = of_panel(panel, horizon, tell)
    position = (panel.last[:, None] + np.arange(1, horizon + 1)).ravel()
    shift = 0 if panel.shift is None else np.repeat(panel.shift, horizon)
    return pd.DataFrame(
        {
            "unique_id": np.repeat(panel.ids, horizon),
            "ds": stamps.written(panel.step, position, found.how, shift),
            **{name: said.amounts[name].ravel() for name in AMOUNTS},
            "model": np.repeat(said.models, horizon),
        },
        index=pd.RangeIndex(count * horizon),
    )
