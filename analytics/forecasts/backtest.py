"""The models held against the past of a sample of series: what each would have said at several origins, and what came."""

import numpy as np

from analytics.forecasts import choice, intervals, models, pooled
from analytics.forecasts.choice import POOLED, Forecasts, Past
from analytics.forecasts.panel import Matrix, Panel

POOLED_MILLISECONDS = 20_000


def past(panel: Panel, found: Matrix, horizon: int, names: dict[str, list[str]]) -> Past:
    """What the models said of a sample of each kind, and what came; `names` are the models of each kind."""
    rows = choice.sampled(found, panel)
    parts = []
    for is_young in (False, True):
        own = rows[(found[rows] == "young") == is_young]
        if len(own):
            sample = panel.rows(own)
            at = choice.origins(sample, horizon, is_young)
            learnt = _pooled(panel, sample, at, horizon) if _wanted(names, POOLED) else [{} for _ in at]
            parts += [
                _at(panel, (sample, found[own]), (steps, horizon), (names, said))
                for steps, said in zip(at, learnt, strict=True)
            ]
    return _joined(parts, sorted({name for each in names.values() for name in each}), horizon)


def _wanted(names: dict[str, list[str]], name: str) -> bool:
    return any(name in each for each in names.values())


def _pooled(panel: Panel, sample: Panel, at: list[int], horizon: int) -> list[Forecasts]:
    """The pooled boosting at each origin, each learning from nothing later; several at once."""
    work = [(_begun(panel.before(steps)), sample.before(steps), horizon) for steps in at]
    cost = POOLED_MILLISECONDS if len(panel.values) > 100 else 0
    learnt = models.in_processes(pooled.forecast, work, cost)
    return [{POOLED: choice.bounded(each, sample.before(steps))} for steps, each in zip(at, learnt, strict=True)]


def _begun(panel: Panel) -> Panel:
    return panel.rows(np.flatnonzero(panel.length > 0))


def _at(
    panel: Panel, of: tuple[Panel, Matrix], when: tuple[int, int], what: tuple[dict[str, list[str]], Forecasts]
) -> Past:
    """One origin."""
    (sample, found), (steps, horizon), (names, learnt) = of, when, what
    width = sample.values.shape[1]
    actual = np.full((len(found), horizon), np.nan)
    reach = min(steps, horizon)
    cells = slice(width - steps, width - steps + reach)
    actual[:, :reach] = sample.values[:, cells]
    if sample.known.left_out is not None:
        actual[:, :reach][sample.known.left_out[:, cells]] = np.nan
    before = sample.before(steps)
    is_known = before.length >= choice.FEWEST_POINTS
    said = dict(learnt)
    whole = _begun(panel.before(steps))
    for kind, models_of in names.items():
        rows = np.flatnonzero(is_known & (found == kind))
        if not len(rows):
            continue
        own = choice.said(whole, before.rows(rows), horizon, [name for name in models_of if name != POOLED])
        for name, each in own.items():
            said.setdefault(name, np.full(actual.shape, np.nan))[rows] = each
    kept = np.flatnonzero(is_known)
    seen = intervals.seen(before.rows(kept))
    return Past(actual[kept], {name: each[kept] for name, each in said.items()}, found[kept], seen, sample.ids[kept])


def _joined(parts: list[Past], names: list[str], horizon: int) -> Past:
    nothing = np.empty((0, horizon))
    return Past(
        np.vstack([nothing, *(each.actual for each in parts)]),
        {
            name: np.vstack(
                [nothing, *(each.forecasts.get(name, np.full(each.actual.shape, np.nan)) for each in parts)]
            )
            for name in names
        },
        np.concatenate([np.empty(0, dtype=object), *(each.kinds for each in parts)]),
        np.vstack([np.empty((0, 3)), *(each.seen for each in parts)]),
        np.concatenate([np.empty(0, dtype=object), *(each.series for each in parts)]),
    )
