"""Which models a kind of demand is forecast by: each is held against the past, and the better ones are averaged."""

from dataclasses import dataclass

import numpy as np

from analytics.forecasts import kinds, models, pooled, prophet_model, shared
from analytics.forecasts.intervals import Errors
from analytics.forecasts.kinds import Kind
from analytics.forecasts.panel import Matrix, Panel

POOLED, SHARED, PROPHET = "PooledBoosting", "SharedMSTL", "Prophet"
# in the order in which they are left out, the last first, where there are too many series for all
REGULAR = (
    "MSTL",
    SHARED,
    "OptimizedTheta",
    "CES",
    "SES",
    PROPHET,
    "SeasonalLevel",
    "SeasonalNaive",
    "WindowAverage",
    POOLED,
)
SPARSE = ("TSB", "CrostonSBA", "IMAPA", "SES", "SeasonalLevel", "SeasonalNaive", "WindowAverage", POOLED)
YOUNG = ("SES", "OptimizedTheta", "CES", "SeasonalNaive", "WindowAverage", POOLED)
CANDIDATES = {
    Kind.SMOOTH: REGULAR,
    Kind.ERRATIC: REGULAR,
    Kind.INTERMITTENT: SPARSE,
    Kind.LUMPY: SPARSE,
    Kind.YOUNG: YOUNG,
}
SAMPLED = 500  # series of a kind
BUDGET = 260_000  # milliseconds of one processor for the forecasts of all series by models of single series
FEWEST_FOR_POOL = 10
FEWEST_POINTS = 4  # before an origin
ROUNDS = 30
# where most steps are 0, the mean of what may come is wanted, not the 0 that errs least in most of them
BY_SQUARES = (Kind.INTERMITTENT, Kind.LUMPY)
LEAST_SHARE = 0.7  # of the weight: where models worth more were still too short of history, the errors are not today's
GOOD = 1.25  # a model is good whose error is at most so many times the best one's
DOUBT = 50  # series of a kind at which what they say counts half, and equal weights the other half
LEAST_WEIGHT = 0.04
SEED = 8
Forecasts = dict[str, Matrix]


@dataclass(frozen=True)
class Past:
    """What the models said at origins of the past: a row a series and origin, a column a step ahead."""

    actual: Matrix
    forecasts: Forecasts
    kinds: Matrix
    seen: Matrix
    series: Matrix  # which series of the sample a row is of


@dataclass(frozen=True)
class Score:
    """How a model (or the ensemble) of a kind did: series, WAPE and bias over all origins, and its weight."""

    kind: str
    model: str
    series: int
    wape: float
    bias: float
    weight: float


def candidates(kind: str, panel: Panel) -> list[str]:
    """The models that a kind is to be held against, as far as there is time for so many series."""
    names, left, found = CANDIDATES[Kind(kind)], float(BUDGET), []
    for name in names:
        left -= models.cost("MSTL" if name == SHARED else name, panel)
        is_fit = {POOLED: len(panel.values) >= FEWEST_FOR_POOL, PROPHET: prophet_model.is_fit(panel)}.get(name, True)
        if is_fit and (left >= 0 or name not in (*models.ALONE, SHARED)):
            found.append(name)
    return found


def origins(panel: Panel, horizon: int, is_young: bool) -> list[int]:
    """How many steps before the end forecasts are made to hold them against what came; more of them where series are few."""
    length = int(np.median(panel.length)) if len(panel.length) else 0
    least = FEWEST_POINTS if is_young else kinds.fewest_to_know(panel)
    many = len(panel.length) >= 100
    most, stride = (2 if is_young else 4, horizon) if many else (8, max(horizon // 2, 1))
    found = [horizon + stride * turn for turn in range(most)]
    found = [steps for steps in found if length - steps >= least]
    return found or [max(1, min(horizon, max(length - least, length // 4)))]


def said(panel: Panel, sample: Panel, horizon: int, names: list[str]) -> Forecasts:
    """Forecasts of a sample by each model, of which the pooled ones learn from the whole panel."""
    found: Forecasts = {}
    for name in names:
        if name == POOLED:
            found[name] = pooled.forecast(panel, sample, horizon)
        elif name == SHARED:
            found[name] = shared.shared_mstl(panel, sample, horizon)
        elif name == PROPHET:
            found[name] = prophet_model.forecast(sample, horizon)
        else:
            found[name] = models.run(name, sample, horizon)
    return {name: bounded(forecasts, sample) for name, forecasts in found.items()}


def bounded(forecasts: Matrix, panel: Panel) -> Matrix:
    """Forecasts that do not run away: no further beyond what was seen than twice its range, never below 0 where nothing was."""
    low, high = panel.bounds
    reach = 2 * (high - low)
    floor = np.where(low >= 0, 0, low - reach)
    return np.asarray(np.clip(forecasts, floor[:, None], (high + reach)[:, None]))


def sampled(found: Matrix, panel: Panel) -> Matrix:
    """At most 500 series of each kind, by row; the same ones whatever the order of the rows they came in."""
    drawn = np.random.default_rng(SEED)
    picked = []
    for kind in CANDIDATES:
        rows = np.flatnonzero(found == kind)
        picked.append(rows if len(rows) <= SAMPLED else np.sort(drawn.choice(rows, SAMPLED, replace=False)))
    return np.concatenate(picked)


def weights(past: Past, kind: str, names: list[str]) -> dict[str, float]:
    """How much each model of a kind counts; they add up to 1.

    Models are added one by one, each time the one with which the mean of all added so far errs least; the share of each is
    drawn towards equal shares of all good models, the more the fewer series there are."""
    rows = past.kinds == kind
    if not rows.any():
        return dict.fromkeys(names, 1 / len(names))
    size = np.maximum(past.seen[rows, 0], 1e-12)[:, None]
    actual = past.actual[rows] / np.sqrt(size)
    said = {name: past.forecasts[name][rows] / np.sqrt(size) for name in names}
    known = np.isfinite(actual)
    share = {name: (np.isfinite(each) & known).sum() / max(known.sum(), 1) for name, each in said.items()}
    names = [name for name in names if share[name] >= 0.2]
    for name in names:
        known &= np.isfinite(said[name])
    if not known.any():
        return {"WindowAverage": 1.0}
    cells = np.column_stack([said[name][known] for name in names])
    came = actual[known]
    power = 2 if kind in BY_SQUARES else 1
    errors = (np.abs(cells - came[:, None]) ** power).mean(axis=0)
    good = (errors <= GOOD * errors.min()) / (errors <= GOOD * errors.min()).sum()
    many = len(np.unique(past.series[rows]))
    trust = many / (many + DOUBT)
    found = trust * _added(cells, came, power) + (1 - trust) * good
    found = np.where(found < LEAST_WEIGHT, 0, found)
    return {name: float(weight) for name, weight in zip(names, found / found.sum(), strict=True) if weight}


def _added(cells: Matrix, came: Matrix, power: int) -> Matrix:
    counts, total = np.zeros(cells.shape[1]), np.zeros(len(came))
    for turn in range(1, ROUNDS + 1):
        errors = (np.abs((total[:, None] + cells) / turn - came[:, None]) ** power).sum(axis=0)
        best = int(errors.argmin())
        counts[best] += 1
        total += cells[:, best]
    return counts / ROUNDS


def mixed(forecasts: Forecasts, weight: dict[str, float]) -> tuple[Matrix, Matrix]:
    """The weighted mean of what the models say, of those that say something, and the share of the weight they have."""
    nothing = np.zeros(next(iter(forecasts.values())).shape)
    total = sum((np.nan_to_num(forecasts[name]) * each for name, each in weight.items()), nothing)
    known = sum((np.isfinite(forecasts[name]) * each for name, each in weight.items()), nothing)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(known > 0, total / known, np.nan)), np.asarray(known)


def errors(past: Past, chosen: dict[str, dict[str, float]]) -> Errors:
    """What came less what the ensemble would have said."""
    mean = np.full(past.actual.shape, np.nan)
    for kind, weight in chosen.items():
        rows = past.kinds == kind
        said, known = mixed({name: each[rows] for name, each in past.forecasts.items()}, weight)
        is_like_today = known >= LEAST_SHARE
        mean[rows] = np.where(is_like_today, said, np.nan) if is_like_today.any() else said
    return Errors(past.actual - mean, past.kinds, past.seen)


def scores(past: Past, chosen: dict[str, dict[str, float]], missed: Errors) -> list[Score]:
    """WAPE and bias of every model of every kind, and of the ensemble, over what came at all origins."""
    found = []
    for kind, weight in chosen.items():
        rows = past.kinds == kind
        many = len(np.unique(past.series[rows]))
        said = {name: each[rows] for name, each in past.forecasts.items() if np.isfinite(each[rows]).any()}
        said["Ensemble"] = past.actual[rows] - missed.errors[rows]
        for name, each in said.items():
            known = np.isfinite(each) & np.isfinite(past.actual[rows])
            gap, came = (each - past.actual[rows])[known], past.actual[rows][known]
            size = np.abs(came).sum()
            wape, bias = (float(each / size) if size else 0.0 for each in (np.abs(gap).sum(), gap.sum()))
            found.append(Score(kind, name, many, wape, bias, weight.get(name, float(name == "Ensemble"))))
    return found
