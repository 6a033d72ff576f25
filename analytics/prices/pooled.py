"""Price elasticities of many products at once, each drawn towards its category as far as it tells little by itself.

Weekly units are counts with the mean exp(level + trend + season + the shop's week + promotion + ε · log price) × the share of the week in
which the product could be bought, and a variance that grows beyond the mean (negative binomial), so that weeks without a sale count
for what they are. All products are fitted together, as arrays of a row a product and a column a week.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analytics.prices import drawn

Values = np.ndarray[Any, Any]
YEAR = 365.25 / 7
HARMONICS = 2
# Rounds at most, those before the shop's weeks are told, and how little slopes move when it is done: nearly all of them.
ROUNDS, ALONE, QUIET, NEARLY_ALL = 40, 8, 1e-3, 0.995
# Spread of the coefficients that a few products alone cannot tell: of trend, of season, of what a promotion does besides its price.
TREND, SEASON, PROMOTED = 0.6, 0.3, 0.3
LARGEST_STEP, SMALL_STEP, HALVINGS = 1.0, 0.2, 5
# A product's own excess variance and misfit count as much as so many weeks of the shop's.
AS_WEEKS = 20.0
EXCESS_AS_WEEKS = 150.0
LAGS = 8
MOST_DRIFT = 6.0


@dataclass(frozen=True)
class Panel:
    """By product (row) and week (column): `units`, `log_price`, `exposure` (share of the week in which it could be bought; 0 leaves the
    week out) and `promoted` (0 or 1); `group` numbers each product's category from 0, `week` counts weeks for season and trend.
    `regular` is the log price without promotions, where that is known."""

    units: Values
    log_price: Values
    exposure: Values
    promoted: Values
    group: Values
    week: Values
    regular: Values | None = None


@dataclass(frozen=True)
class Fit:
    """What came out, by product: `slope` (ε) with its standard error `error`; `own`, the slope that its own weeks alone tell, with
    `own_error`; `own_share`, how much of the answer is its own; `lift`, what a promotion does beside its price (a logarithm); `calm`,
    units by product and week at the regular price, without promotions and what moved the whole shop. By group: `centre` and
    `centre_error`; of all: `whole`, `whole_error`; `spread`, how far products of a category truly differ."""

    slope: Values
    error: Values
    own: Values
    own_error: Values
    own_share: Values
    lift: Values
    calm: Values
    centre: Values
    centre_error: Values
    whole: float
    whole_error: float
    spread: float


@dataclass
class _State:
    """What is improved round by round: coefficients, what they are drawn towards and how hard, and the weeks of the shop."""

    beta: Values
    towards: Values
    spread: Values
    week: Values
    excess: Values
    misfit: Values
    variance: Values
    pool: drawn.Pool


def fit(panel: Panel) -> Fit:
    """Elasticities of the products of a panel; each needs a week at least in which it could be bought and was sold.

    The prior of slopes is fitted to the products themselves (empirical Bayes), the standard error counts what the noise has in excess
    of chance and how it drags from week to week, as far as prices do, too.
    """
    shared, own = _columns(panel)
    state = _begin(panel, shared.shape[1])
    for turn in range(ROUNDS):
        moved = _step(panel, (shared, own), state)
        if turn >= ALONE // 2 and turn % 2 == 0:
            _spreads(panel, (shared, own), state)
        if turn >= ALONE and turn % 2 == 0:
            state.week = _weeks(panel, (shared, own), state)
        # only the step after what slopes are drawn towards has moved tells whether it is done
        if turn > ALONE + 4 and turn % 2 and moved < QUIET:
            break
    return _result(panel, (shared, own), state)


def _columns(panel: Panel) -> tuple[Values, Values]:
    """Columns that all products share (level, trend, season), and a product's own: promotion and price, around its mean."""
    weeks = panel.week.astype(float)
    span = max(float(np.ptp(weeks)), 1.0)
    turns = 2 * np.pi * weeks / YEAR
    waves = [wave(turns * each) for each in range(1, HARMONICS + 1) for wave in (np.sin, np.cos)]
    shared = np.column_stack([np.ones_like(weeks), 2 * (weeks - weeks.min()) / span - 1, *waves])
    is_there = panel.exposure > 0
    counted = np.maximum(is_there.sum(axis=1, keepdims=True), 1)
    around = np.where(is_there, panel.log_price, 0.0).sum(axis=1, keepdims=True) / counted
    return shared, np.stack([panel.promoted.astype(float), panel.log_price - around])


def _begin(panel: Panel, shared: int) -> _State:
    products = len(panel.units)
    beta = np.zeros((products, shared + 2))
    beta[:, 0] = np.log((panel.units.sum(axis=1) + 0.5) / np.maximum(panel.exposure.sum(axis=1), 1e-9))
    pool = drawn.first(products, panel.group)
    beta[:, -1] = pool.towards
    spread = np.array([30.0, TREND, *[SEASON] * (shared - 2), PROMOTED, 1.0])
    towards = np.zeros_like(beta)
    towards[:, 0] = beta[:, 0]
    ones = np.ones(products)
    return _State(beta, towards, spread, np.zeros(panel.units.shape), 0.1 * ones, ones, np.zeros_like(beta), pool)


def _mean(panel: Panel, columns: tuple[Values, Values], state: _State) -> Values:
    shared, own = columns
    told = state.beta[:, :-2] @ shared.T + state.beta[:, -2, None] * own[0] + state.beta[:, -1, None] * own[1]
    found = np.exp(np.clip(told + state.week, -20, 20)) * panel.exposure
    return np.asarray(found)


def _information(columns: tuple[Values, Values], weights: Values) -> Values:
    """XᵀWX of each product, from sums that are products of matrices wherever columns are shared."""
    shared, own = columns
    many, size = len(weights), shared.shape[1]
    found = np.empty((many, size + 2, size + 2))
    pairs = (shared[:, :, None] * shared[:, None, :]).reshape(len(shared), -1)
    found[:, :size, :size] = (weights @ pairs).reshape(many, size, size)
    for at, column in enumerate(own):
        found[:, size + at, :size] = found[:, :size, size + at] = (weights * column) @ shared
        for other in range(at, len(own)):
            both = (weights * column * own[other]).sum(axis=1)
            found[:, size + at, size + other] = found[:, size + other, size + at] = both
    return found


def _priors(state: _State) -> tuple[Values, Values]:
    """What coefficients are drawn towards and how hard, in units of the likelihood, which is too sure of itself by the misfit."""
    towards = state.towards.copy()
    towards[:, -1] = state.pool.towards
    spread = np.broadcast_to(state.spread, towards.shape).copy()
    spread[:, -1] = state.pool.spread
    return towards, state.misfit[:, None] / spread**2


def _score(panel: Panel, columns: tuple[Values, Values], state: _State, mean: Values) -> tuple[Values, Values]:
    """Which way each product's weeks draw its coefficients, and how sharply, without what these are drawn towards."""
    shared, own = columns
    softened = 1 / (1 + state.excess[:, None] * mean)
    missed = np.where(panel.exposure > 0, (panel.units - mean) * softened, 0.0)
    score = np.column_stack([missed @ shared, (missed * own[0]).sum(axis=1), (missed * own[1]).sum(axis=1)])
    return score, _information(columns, mean * softened)


def _step(panel: Panel, columns: tuple[Values, Values], state: _State) -> float:
    """One step of Newton for every product; gives how far nearly all of the slopes moved at most."""
    score, sharp = _score(panel, columns, state, _mean(panel, columns, state))
    towards, hard = _priors(state)
    score = score - hard * (state.beta - towards)
    places = range(score.shape[1])
    sharp[:, places, places] += hard
    inverse = np.linalg.inv(sharp)
    step = np.clip((inverse @ score[:, :, None])[:, :, 0], -LARGEST_STEP, LARGEST_STEP)
    step = _shortened(panel, columns, state, step)
    state.beta = state.beta + step
    state.variance = inverse[:, places, places] * state.misfit[:, None]
    return float(np.quantile(np.abs(step[:, -1]), NEARLY_ALL))


def _shortened(panel: Panel, columns: tuple[Values, Values], state: _State, step: Values) -> Values:
    """A step, of each product halved as long as it would lead away from what its weeks say; small steps never do."""
    large = np.flatnonzero(np.abs(step).max(axis=1) > SMALL_STEP)
    if not len(large):
        return step
    asked = _of_rows(panel, columns, state, large)
    now, some = _likely(*asked), step[large]
    for turn in range(HALVINGS + 1):
        moved = replace(asked[2], beta=asked[2].beta + some)
        is_worse = (_likely(*asked[:2], moved) < now - 1e-9 * np.abs(now))[:, None]
        if not is_worse.any():
            break
        some = np.where(is_worse, some / 2 if turn < HALVINGS else 0.0, some)
    found = step.copy()
    found[large] = some
    return found


def _of_rows(
    panel: Panel, columns: tuple[Values, Values], state: _State, rows: Values
) -> tuple[Panel, tuple[Values, Values], _State]:
    """The same of some of the products."""
    names = ("units", "log_price", "exposure", "promoted", "group")
    some = replace(panel, **{name: getattr(panel, name)[rows] for name in names}, regular=None)
    kept = {name: getattr(state, name)[rows] for name in ("beta", "towards", "week", "excess", "misfit", "variance")}
    pool = replace(state.pool, towards=state.pool.towards[rows], doubt=state.pool.doubt[rows])
    return some, (columns[0], columns[1][:, rows]), replace(state, **kept, pool=pool)


def _likely(panel: Panel, columns: tuple[Values, Values], state: _State) -> Values:
    """The logarithm of how likely each product's weeks are under its coefficients, with what these are drawn towards."""
    mean, excess = _mean(panel, columns, state), state.excess[:, None]
    towards, hard = _priors(state)
    told = panel.units * np.log(mean + 1e-12) - (panel.units + 1 / excess) * np.log1p(excess * mean)
    drawn_to = (hard * (state.beta - towards) ** 2).sum(axis=1) / 2
    return np.where(panel.exposure > 0, told, 0.0).sum(axis=1) - drawn_to


def _spreads(panel: Panel, columns: tuple[Values, Values], state: _State) -> None:
    """What the products together say of the noise, of trend and season, and of how their slopes differ."""
    mean = _mean(panel, columns, state)
    is_there = panel.exposure > 0
    counted = is_there.sum(axis=1)
    freed = counted / np.maximum(counted - state.beta.shape[1], counted / 2)
    state.excess = _excess(panel, mean, state.excess, freed)
    residual = np.where(is_there, (panel.units - mean) / np.sqrt(mean + state.excess[:, None] * mean**2 + 1e-12), 0.0)
    squared = (residual**2).sum(axis=1) * freed
    state.misfit = (squared + AS_WEEKS) / (counted + AS_WEEKS)
    state.misfit = np.maximum(state.misfit, 0.8) * _drift(columns, mean, state, residual)
    if len(panel.units) >= drawn.LEAST:
        _towards(panel.group, state)
    own, own_variance = _own(panel, columns, mean, state)
    state.pool = drawn.pooled(own, own_variance, panel.group)


def _excess(panel: Panel, mean: Values, before: Values, freed: Values) -> Values:
    """The variance beyond the mean, as a share of the mean squared, of each product drawn towards the shop's."""
    weight = np.where(panel.exposure > 0, 1 / (mean + before[:, None] * mean**2 + 1e-9) ** 2, 0.0)
    beyond = (weight * ((panel.units - mean) ** 2 * freed[:, None] - mean)).sum(axis=1)
    size = (weight * mean**2).sum(axis=1)
    usual = max(float(beyond.sum() / max(size.sum(), 1e-12)), 0.0)
    counted = np.maximum((panel.exposure > 0).sum(axis=1), 1)
    found = (beyond + EXCESS_AS_WEEKS * usual * size / counted) / np.maximum(
        size * (1 + EXCESS_AS_WEEKS / counted), 1e-12
    )
    return np.asarray(np.clip(found, 1e-4, 20.0))


def _drift(columns: tuple[Values, Values], mean: Values, state: _State, residual: Values) -> Values:
    """How much wider an interval is because noise and price both last for more than a week; at least 1."""
    left = _apart(columns, mean / (1 + state.excess[:, None] * mean)) * np.sqrt(mean)
    drift = np.ones(len(mean))
    whole, own = (residual**2).sum(), np.maximum((left**2).sum(axis=1), 1e-12)
    for lag in range(1, min(LAGS, mean.shape[1] - 2) + 1):
        noise = float((residual[:, lag:] * residual[:, :-lag]).sum() / max(whole, 1e-12))
        price = (left[:, lag:] * left[:, :-lag]).sum(axis=1) / own
        drift += 2 * (1 - lag / (LAGS + 1)) * noise * price
    return np.clip(drift, 1.0, MOST_DRIFT)


def _apart(columns: tuple[Values, Values], weights: Values) -> Values:
    """What of each product's log price its other columns do not tell."""
    shared, own = columns
    sharp = _information(columns, weights)
    few = sharp[:, :-1, :-1] + 1e-6 * np.eye(sharp.shape[1] - 1)
    told = np.linalg.solve(few, sharp[:, :-1, -1:])[:, :, 0]
    return np.asarray(own[1] - told[:, :-1] @ shared.T - told[:, -1, None] * own[0])


def _towards(group: Values, state: _State) -> None:
    """Trend, season and the lift of promotions are drawn towards their means in the category."""
    for at in range(1, state.beta.shape[1] - 1):
        mean = drawn.means(state.beta[:, at], state.variance[:, at] + state.spread[at] ** 2, group)
        state.towards[:, at] = mean[group]
        apart = (state.beta[:, at] - state.towards[:, at]) ** 2 + state.variance[:, at]
        state.spread[at] = float(np.clip(np.sqrt(apart.mean()), 0.02, 2.0))


def _own(panel: Panel, columns: tuple[Values, Values], mean: Values, state: _State) -> tuple[Values, Values]:
    """The slope that each product's own weeks tell and its variance: one step of Newton from where it stands, with nothing that the
    slope is drawn towards."""
    score, sharp = _score(panel, columns, state, mean)
    towards, hard = _priors(state)
    others = sharp[:, :-1, :-1] + hard[:, :-1, None] * np.eye(sharp.shape[1] - 1)
    rest = (score - hard * (state.beta - towards))[:, :-1, None]
    cross = sharp[:, :-1, -1:]
    told = np.maximum(sharp[:, -1, -1] - (cross * np.linalg.solve(others, cross)).sum(axis=(1, 2)), 1e-9)
    drawn_by = score[:, -1] - (cross * np.linalg.solve(others, rest)).sum(axis=(1, 2))
    return state.beta[:, -1] + drawn_by / told, state.misfit / told


def _weeks(panel: Panel, columns: tuple[Values, Values], state: _State) -> Values:
    """What moved the whole shop in each week, told by the other products: of one product alone it is nothing.

    A week is drawn towards 0 as far as chance explains it.
    """
    plain = _mean(panel, columns, replace(state, week=np.zeros_like(state.week)))
    softened = np.where(panel.exposure > 0, 1 / (1 + state.excess[:, None] * plain), 0.0)
    sold, meant = softened * panel.units, softened * plain
    sums = [each.sum(axis=0) - each for each in (sold, meant)]
    of_others, expected = sums[0] + 0.5, sums[1] + 0.5
    chance = 1 / expected
    apart = np.log(of_others / expected)
    whole = np.log((sold.sum(axis=0) + 0.5) / (meant.sum(axis=0) + 0.5))
    real = max(float(whole.var() - np.mean(1 / (meant.sum(axis=0) + 0.5))), 0.0)
    kept = apart * real / (real + chance)
    return np.asarray(kept - kept.mean(axis=1, keepdims=True))


def _result(panel: Panel, columns: tuple[Values, Values], state: _State) -> Fit:
    mean = _mean(panel, columns, state)
    own, own_variance = _own(panel, columns, mean, state)
    pool = drawn.pooled(own, own_variance, panel.group)
    slope, error, share = drawn.answers(own, own_variance, pool)
    regular = panel.log_price if panel.regular is None else panel.regular
    moved = state.beta[:, -2, None] * panel.promoted + state.beta[:, -1, None] * (panel.log_price - regular)
    calm = mean * np.exp(np.clip(-moved - state.week, -20, 20))
    return Fit(
        slope, error, own, np.sqrt(own_variance), share, state.beta[:, -2], calm,
        pool.centre, pool.centre_error, pool.whole, pool.whole_error, pool.spread,
    )  # fmt: skip
