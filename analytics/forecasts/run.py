"""Forecasts of many series at once: the models that did best on series of their kind, averaged, with intervals."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.errors import Refused
from analytics.forecasts import backtest, calendar, choice, intervals, kinds, models, stamps, table
from analytics.forecasts.choice import POOLED, Score
from analytics.forecasts.intervals import LEVELS, Quantiles, Spread
from analytics.forecasts.known import Known
from analytics.forecasts.panel import Matrix, Panel

__all__ = ["AMOUNTS", "LEVELS", "SUMS", "Forecast", "forecast", "of_panel"]
Tell = Callable[[str], None]
MOST_STEPS = 1_000
AMOUNTS = ("forecast", "lo_80", "hi_80", "lo_95", "hi_95")
SUMS = ("sum", "sum_lo_80", "sum_hi_80", "sum_lo_95", "sum_hi_95")


@dataclass(frozen=True)
class Forecast:
    """A row a series, a column a step ahead: amounts by the names of AMOUNTS, and by those of SUMS their sums from the first
    step up to each. Of each series its kind, its models, and its scale: the error to expect of a step, in its own units.
    scores: every model and the ensemble in the past. quantiles: by kind `step` and `sum`, a row for each of LEVELS, a column a
    step ahead, which times the scale is by how much what comes may be above what is said (safety stock)."""

    amounts: dict[str, Matrix]
    sums: dict[str, Matrix]
    kinds: Matrix
    models: Matrix
    scale: Matrix
    scores: list[Score]
    quantiles: dict[str, dict[str, Matrix]]


@dataclass(frozen=True)
class Learnt:
    """What the past of a panel taught: how much each model counts by kind, how errors follow from a series, their quantiles by
    kind, and how every model and the ensemble did."""

    weights: dict[str, dict[str, float]]
    spread: Spread
    quantiles: dict[str, Quantiles]
    scores: list[Score]


@dataclass(frozen=True)
class Said:
    """What is said of some series of a panel, a row each: the forecasts, the error to expect of a step, and the models."""

    middle: Matrix
    scale: Matrix
    models: Matrix


def of_panel(panel: Panel, horizon: int, tell: Tell = lambda said: None, known: Known | None = None) -> Forecast:
    """The forecasts of every series of a panel; unknown values are drawn between their neighbours and left out.

    Raises ValueError where what is known does not fit the panel."""
    if known is not None:
        known.checked(panel.values.shape, horizon)
        panel = replace(panel, known=known)
    panel = calendar.with_events(panel.filled(), horizon)
    learnt = learn(panel, horizon, tell)
    each = said(panel, np.arange(len(panel.values)), horizon, (learnt, tell))
    found, is_above = kinds.of(panel), panel.bounds[0] >= 0
    of = (found, each.scale, learnt.quantiles)
    return Forecast(
        with_intervals(each.middle, is_above, of, is_sum=False),
        with_intervals(each.middle.cumsum(axis=1), is_above, of, is_sum=True),
        found,
        each.models,
        each.scale,
        learnt.scores,
        {kind: quantiles.upper for kind, quantiles in learnt.quantiles.items()},
    )


def learn(panel: Panel, horizon: int, tell: Tell = lambda said: None) -> Learnt:
    """The models held against the past of a panel whose unknown values are filled."""
    found = kinds.of(panel)
    names = {
        kind.value: choice.candidates(kind, panel.rows(np.flatnonzero(found == kind)), len(found))
        for kind in choice.CANDIDATES
        if (found == kind).any()
    }
    tell(f"{len(panel.values):,} series; holding the models against the past")
    past = backtest.past(panel, found, horizon, names)
    chosen = {kind: choice.weights(past, kind, each) for kind, each in names.items()}
    errors = choice.errors(past, chosen)
    spread = intervals.fitted(errors)
    quantiles = {str(kind): intervals.quantiles(errors, spread, str(kind), horizon) for kind in np.unique(found)}
    return Learnt(
        chosen, spread, quantiles, choice.scores(past, chosen, errors, intervals.covered(errors, past.series))
    )


def said(panel: Panel, rows: Matrix, horizon: int, how: tuple[Learnt, Tell]) -> Said:
    """What the models say of some series of a panel, by what its past has taught."""
    learnt, tell = how
    found = kinds.of(panel)[rows]
    own = panel.rows(rows)
    written = {kind: _in_words(each) for kind, each in learnt.weights.items()}
    labels = np.array([written.get(kind, "LastValue") for kind in found], dtype=object)
    scale = intervals.expected(learnt.spread, intervals.seen(own))
    return Said(_middle(panel, (rows, found), horizon, (learnt.weights, tell)), scale, labels)


def _middle(
    panel: Panel, of: tuple[Matrix, Matrix], horizon: int, how: tuple[dict[str, dict[str, float]], Tell]
) -> Matrix:
    """The forecasts themselves; a constant goes on as it was."""
    (asked, found), (chosen, tell) = of, how
    last = panel.values[asked, -1]
    middle = np.repeat(last[:, None], horizon, axis=1)
    # learnt once for all kinds
    by_pool = np.isin(found, [kind for kind, weight in chosen.items() if POOLED in weight])
    pooled = np.full(middle.shape, np.nan)
    if by_pool.any():
        pooled[by_pool] = choice.said(panel, panel.rows(asked[by_pool]), horizon, [POOLED])[POOLED]
    for kind, weight in chosen.items():
        rows = np.flatnonzero(found == kind)
        if not len(rows):
            continue
        own = panel.rows(asked[rows])
        tell(f"{len(rows):,} {kind} series: {_in_words(weight)}")
        said = choice.said(panel, own, horizon, [name for name in weight if name != POOLED]) | {POOLED: pooled[rows]}
        mean, _ = choice.mixed(said, weight)
        lacking = ~np.isfinite(mean)
        mean[lacking] = models.window_average(own, horizon)[lacking]
        middle[rows] = mean
    return choice.bounded(middle, panel.rows(asked))


def with_intervals(
    middle: Matrix, is_above: Matrix, of: tuple[Matrix, Matrix, dict[str, Quantiles]], *, is_sum: bool
) -> dict[str, Matrix]:
    """Forecasts, or their sums, and their bounds, by the names of AMOUNTS or SUMS; `of` are the kind and the scale of each series
    and the quantiles by kind. What never was below 0 (`is_above`) is not, and its sum never falls."""
    found, scale, quantiles = of
    names = SUMS if is_sum else AMOUNTS
    said = {names[0]: middle} | {name: middle.copy() for name in names[1:]}
    for kind, each in quantiles.items():
        rows = np.flatnonzero(found == kind)
        for level in intervals.INTERVALS:
            for side, bound in zip(("lo", "hi"), each.interval(level, is_sum), strict=True):
                reach = middle[rows] + scale[rows, None] * bound
                outer = np.minimum(reach, middle[rows]) if side == "lo" else np.maximum(reach, middle[rows])
                if is_sum:
                    outer = np.where(is_above[rows, None], np.maximum.accumulate(outer, axis=1), outer)
                said[f"{'sum_' if is_sum else ''}{side}_{level}"][rows] = outer
    return {name: np.where(is_above[:, None], np.maximum(amount, 0), amount) for name, amount in said.items()}


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
