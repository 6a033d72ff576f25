"""Which models a kind of demand is forecast by: each is held against the past, and the better ones are averaged."""

from dataclasses import dataclass

import numpy as np

from analytics.forecasts import kinds, models, pooled, prophet_model, shared
from analytics.forecasts.intervals import Errors
from analytics.forecasts.kinds import Kind
from analytics.forecasts.panel import Matrix, Panel

POOLED, SHARED, PROPHET = "PooledBoosting", "SharedMSTL", "Prophet"
ENSEMBLE, NAIVE = "Ensemble", "SeasonalNaive"
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
STEEP = 4  # the power with which a model's share falls with its error, where series are few
LEAST_ERROR = 1e-6  # of what came: below it a model does not err
FEW, MANY = 20, 100  # series
DOUBT = 50  # series of a kind at which what they say counts half, and each model's own error the other half
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

    def rows(self, index: Matrix) -> "Past":
        """Some of the rows."""
        said = {name: each[index] for name, each in self.forecasts.items()}
        return Past(self.actual[index], said, self.kinds[index], self.seen[index], self.series[index])


@dataclass(frozen=True)
class Score:
    """How a model (or the ensemble) of a kind did: series, WAPE and bias over all origins and steps (step 0), or at one step
    ahead; its weight; of the ensemble the share of what came that lay within its intervals, told from the errors of others."""

    kind: str
    model: str
    series: int
    wape: float
    bias: float
    weight: float
    step: int = 0
    coverage_80: float | None = None
    coverage_95: float | None = None


def candidates(kind: str, panel: Panel, count: int) -> list[str]:
    """The models that the series of a kind, of so many in all, are to be held against, as far as there is time for them."""
    names, left, found = CANDIDATES[Kind(kind)], float(BUDGET), []
    for name in names:
        left -= models.cost("MSTL" if name == SHARED else name, panel)
        is_fit = {
            POOLED: len(panel.values) >= FEWEST_FOR_POOL,
            PROPHET: count <= prophet_model.MOST_SERIES and prophet_model.is_fit(panel),
        }.get(name, True)
        if is_fit and (left >= 0 or name not in (*models.ALONE, SHARED)):
            found.append(name)
    return found


def origins(panel: Panel, horizon: int, is_young: bool) -> list[int]:
    """How many steps before the end forecasts are made to hold them against what came; more of them where series are few."""
    length = int(np.median(panel.length)) if len(panel.length) else 0
    least = FEWEST_POINTS if is_young else kinds.fewest_to_know(panel)
    count = len(panel.length)
    if count >= MANY:
        most, stride = 2 if is_young else 4, horizon
    else:
        most, stride = 8 if count < FEW else 4, max(horizon // 2, 1)
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
    drawn towards shares by how little each errs alone, the more the fewer series there are."""
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
    errors = np.maximum(errors, LEAST_ERROR * np.abs(came).mean() ** power)
    good = (errors.min() / errors) ** STEEP if errors.min() > 0 else np.ones(len(errors))
    many = len(np.unique(past.series[rows]))
    trust = many / (many + DOUBT)
    found = trust * _added(cells, came, power) + (1 - trust) * good / good.sum()
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
    """What came less what the ensemble would have said.

    Where series are few, it is mixed at each origin as the other origins would have it: shares that were chosen by what came
    know too well what came."""
    mean = np.full(past.actual.shape, np.nan)
    for kind, weight in chosen.items():
        rows = np.flatnonzero(past.kinds == kind)
        turn = _turns(past.series[rows])
        if len(np.unique(past.series[rows])) >= FEW or turn.max(initial=0) == 0:
            mean[rows] = _ensemble(past, rows, weight)
            continue
        names = [name for name, each in past.forecasts.items() if np.isfinite(each[rows]).any()]
        for each in np.unique(turn):
            other = past.rows(rows[turn != each])
            mean[rows[turn == each]] = _ensemble(past, rows[turn == each], weights(other, kind, names))
    return Errors(past.actual - mean, past.kinds, past.seen)


def _ensemble(past: Past, rows: Matrix, weight: dict[str, float]) -> Matrix:
    said, known = mixed({name: each[rows] for name, each in past.forecasts.items()}, weight)
    is_like_today = known >= LEAST_SHARE
    return np.asarray(np.where(is_like_today, said, np.nan) if is_like_today.any() else said)


def _turns(series: Matrix) -> Matrix:
    """Of each row the how many-th it is of its series: its origin."""
    seen: dict[str, int] = {}
    turns = []
    for each in series:
        turns.append(seen.get(each, 0))
        seen[each] = turns[-1] + 1
    return np.array(turns, dtype=int)


def scores(
    past: Past, chosen: dict[str, dict[str, float]], missed: Errors, inside: dict[str, Matrix] | None = None
) -> list[Score]:
    """WAPE and bias of every model of every kind, and of the ensemble, over what came at all origins; of the ensemble and of
    seasonal naive also at each step ahead. `inside`: by interval, whether what came lay within it (NaN where that is unknown)."""
    found = []
    for kind, weight in chosen.items():
        rows = past.kinds == kind
        said = {name: each[rows] for name, each in past.forecasts.items() if np.isfinite(each[rows]).any()}
        said[ENSEMBLE] = past.actual[rows] - missed.errors[rows]
        covered = {name: each[rows] for name, each in (inside or {}).items()}
        for name, each in said.items():
            told = (kind, name, weight.get(name, float(name == ENSEMBLE)))
            of = (each, past.actual[rows], past.series[rows])
            steps = range(1, each.shape[1] + 1) if name in (ENSEMBLE, NAIVE) else ()
            found += [_score(told, of, covered, step) for step in (0, *steps)]
    return found


def _score(
    told: tuple[str, str, float], of: tuple[Matrix, Matrix, Matrix], covered: dict[str, Matrix], step: int
) -> Score:
    kind, name, weight = told
    cells = slice(None) if step == 0 else slice(step - 1, step)
    each, actual = of[0][:, cells], of[1][:, cells]
    known = np.isfinite(each) & np.isfinite(actual)
    gap, size = (each - actual)[known], np.abs(actual[known]).sum()
    wape, bias = (float(part / size) if size else 0.0 for part in (np.abs(gap).sum(), gap.sum()))
    shares = {}
    for level, inside in covered.items() if name == ENSEMBLE else ():
        lies = inside[:, cells]
        shares[f"coverage_{level}"] = float(np.nanmean(lies)) if np.isfinite(lies).any() else None
    return Score(kind, name, len(np.unique(of[2])), wape, bias, weight, step, **shares)
