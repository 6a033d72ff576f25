"""Level, trend and season told apart: sales as counts whose logarithm is a trend and a part for the time of year."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.seasons import chances

Values = np.ndarray[Any, Any]
YEAR = 365.25
# Two years less a month: every month but one has then been seen twice.
TWO_YEARS, ONE_YEAR = 700, 350
# Keeps what never sold in a time of year at a small number; next to anything sold it is nothing.
RIDGE = 1e-3
STEPS = 40
# How far a time of year differs from one year to the next where only one year tells; assumed.
YEAR_TO_YEAR = 0.1
# As if so few years' differences were known, where they are not.
FEW = 3
HARMONICS = 3
# The logarithm of an interval's reach beyond which it says nothing, and is no number to show.
WIDEST = 5.0
MOST_ABOVE = 4.0


@dataclass(frozen=True)
class Cells:
    """What was sold in each period of each year: `sold`, `exposure` (its days as they usually count), `key` (which time of year) and
    `time` (its middle, in years)."""

    sold: Values
    exposure: Values
    key: Values
    time: Values


@dataclass(frozen=True)
class Season:
    """By time of year: `index` (1 is the mean of the year) and the standard `error` of its logarithm, which follows a t distribution of
    `freedom` degrees; `seen`, in how many years; `growth` a year (0 of one year, of which it cannot be told)."""

    index: Values
    error: Values
    freedom: float
    seen: Values
    growth: float
    years: int

    def interval(self, share: float) -> tuple[Values, Values]:
        """The ends of the interval that holds the true index with such a chance."""
        reach = np.exp(np.minimum(chances.t_quantile(self.freedom, (1 + share) / 2) * self.error, WIDEST))
        return self.index / reach, self.index * reach


def weekdays(sold: Values, weekday: Values, exposure: Values) -> Values:
    """How each weekday (0 is Monday) sells beside the mean of the seven, which is 1; without sales all are 1."""
    days = np.bincount(weekday, exposure, 7)
    rate = np.bincount(weekday, sold * (exposure > 0), 7) / np.maximum(days, 1e-9)
    rate = np.maximum(np.where(days > 0, rate, rate[days > 0].mean() if (days > 0).any() else 1.0), 0.0)
    return np.asarray(rate / rate.mean() if rate.mean() > 0 else np.ones(7))


def weeks_of(dates: Values) -> tuple[Values, Values]:
    """Of each day its time of year by ISO week (0 to 51; a 53rd week counts as the 52nd) and its run, one number a week and year."""
    day = dates.astype("datetime64[D]").astype(int)
    monday = day - (day + 3) % 7
    thursday = (monday + 3).astype("datetime64[D]")
    of_year = (thursday - thursday.astype("datetime64[Y]").astype("datetime64[D]")).astype(int)
    return np.minimum(of_year // 7, 51), (monday + 3) // 7


def months_of(dates: Values) -> tuple[Values, Values]:
    """Of each day its month (0 to 11) and its run, one number a month and year."""
    month = dates.astype("datetime64[M]").astype(int)
    return month % 12, month


def cells(sold: Values, exposure: Values, dates: Values, of: Any) -> Cells:
    """Days added up to weeks or months (`of` is weeks_of or months_of). A day counts as its weekday usually does, times its
    exposure: so a period of which only a part is known is no lower for it. Days without exposure are left out."""
    key, run = of(dates)
    day = dates.astype("datetime64[D]").astype(int)
    profile = weekdays(sold, (day + 3) % 7, exposure)
    weight = profile[(day + 3) % 7] * exposure
    counts = np.where(exposure > 0, sold, 0.0)
    runs, place = np.unique(run, return_inverse=True)
    total, exposed, middle = (np.bincount(place, each, len(runs)) for each in (counts, weight, weight * day))
    known = exposed > 1e-9
    first = np.zeros(len(runs), dtype=int)
    first[place] = key
    return Cells(np.maximum(total[known], 0.0), exposed[known], first[known], middle[known] / exposed[known] / YEAR)


def season(known: Cells, periods: int, days: int) -> Season | None:
    """The seasonal index of each of so many times of year, from cells of so many days; None below a year or without sales.

    The index of a time of year is what was sold in it in all years ÷ what the trend has for it, divided by the mean over the
    year: exp(season) where ln E(sold) = ln exposure + trend + season, fitted as counts whose variance is a multiple of their
    mean. The trend is a line in logarithms, bent once a year beyond two. The error follows from how far the years lie
    apart. Of less than two years trend and season cannot be told apart: the index is that of the last year beside its mean, and its
    error how far neighbouring weeks lie apart, and what is assumed for the difference between years.
    """
    if days < ONE_YEAR or known.sold.sum() <= 0:
        return None
    return _two_years(known, periods) if days >= TWO_YEARS else _one_year(known, periods)


def trend(time: Values) -> Values:
    """Columns of a line, in years from the middle, bent once a year beyond the first two."""
    middle = (time.min() + time.max()) / 2
    bends = max(round(float(np.ptp(time))) - 2, 0)
    at = np.linspace(time.min(), time.max(), bends + 2)[1:-1]
    return np.column_stack([time - middle, *(np.maximum(time - each, 0.0) for each in at)])


def _two_years(known: Cells, periods: int) -> Season:
    line = trend(known.time)
    columns = np.column_stack([np.eye(periods)[known.key], line])
    found, spread, unsure = counts(known.sold, known.exposure, columns, periods)
    seen = np.bincount(known.key, known.exposure > 0, periods)
    part = np.where(seen > 0, np.exp(found[:periods] - found[:periods].max()), 0.0)
    mean = part[seen > 0].mean()
    # the index is a part beside the mean of all parts, so its error is that of the difference
    share = part / part.sum()
    beside = np.eye(periods) - share[None, :]
    of_parts = unsure[:periods, :periods]
    error = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", beside, of_parts, beside), 0.0))
    return Season(part / mean, error, spread, seen, float(np.exp(found[periods])) - 1, int(seen.max()))


def _one_year(known: Cells, periods: int) -> Season:
    last = known.time > known.time.max() - 1 + 0.5 / periods
    sold, exposure = (np.bincount(known.key[last], each[last], periods) for each in (known.sold, known.exposure))
    rate = np.where(exposure > 0, sold / np.maximum(exposure, 1e-9), np.nan)
    index = rate / np.nanmean(rate)
    around = (np.roll(index, 1) + np.roll(index, -1)) / 2
    apart = (index - around)[np.isfinite(index - around)]
    # of months a neighbour is another season: their difference is mostly that, and is not noise
    is_fine = periods > 12
    rough = float((apart**2).mean() / 1.5) if is_fine and len(apart) else 0.0
    by_chance = 1 / np.maximum(sold, 1.0)
    error = np.sqrt(np.maximum(rough / np.maximum(index, 0.05), by_chance) + YEAR_TO_YEAR**2)
    return Season(index, error, FEW, (exposure > 0).astype(int), 0.0, 1)


def counts(sold: Values, exposure: Values, columns: Values, ridged: int = 0) -> tuple[Values, float, Values]:
    """Coefficients, degrees of freedom and covariance of ln E(sold) = ln exposure + columns · coefficients, where the variance of
    what is sold is a multiple of its mean (quasi-Poisson). The first `ridged` coefficients are drawn towards their mean, so
    little that only what never sold is kept finite."""
    scale = 100 / max(float(sold.mean()), 1e-9)
    many, log_exposure = sold * scale, np.log(exposure)
    penalty = np.zeros((columns.shape[1], columns.shape[1]))
    penalty[:ridged, :ridged] = RIDGE * (np.eye(ridged) - 1 / max(ridged, 1))
    penalty += 1e-9 * np.eye(columns.shape[1])
    start = np.log(many.sum() / exposure.sum())
    found = np.linalg.lstsq(columns, np.full(len(many), start), rcond=None)[0]
    for _ in range(STEPS):
        mean = np.exp(np.clip(log_exposure + columns @ found, -30, 30))
        bend = (columns * mean[:, None]).T @ columns + penalty
        step = np.linalg.solve(bend, columns.T @ (many - mean) - penalty @ found)
        found = found + step * min(1.0, 4.0 / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < 1e-9:
            break
    mean = np.exp(np.clip(log_exposure + columns @ found, -30, 30))
    free = max(len(many) - columns.shape[1], 1)
    # no less than chance: of counts a variance below the mean is luck
    spread = max(float(((many - mean) ** 2 / np.maximum(mean, 1e-9)).sum()) / free, 1e-9)
    bend = (columns * mean[:, None]).T @ columns + penalty
    found[:ridged] -= np.log(scale)
    if not ridged:
        found[0] -= np.log(scale)
    return found, float(free), np.asarray(spread * np.linalg.inv(bend))


def waves(time: Values, harmonics: int = HARMONICS) -> Values:
    """Columns of sines and cosines of the year, a pair a harmonic."""
    turns = [2 * np.pi * each * time for each in range(1, harmonics + 1)]
    return np.column_stack([wave(turn) for turn in turns for wave in (np.cos, np.sin)])


@dataclass(frozen=True)
class Shape:
    """A smooth season: the mean and the covariance of its waves, and the chance that so much is none (`chance`)."""

    waves: Values
    unsure: Values
    chance: float
    growth: float
    spread: float

    def index(self, time: Values, draws: Values | None = None) -> Values:
        """The index at times in years, beside the mean of the year; a row a draw of the waves, where there are draws."""
        parts = self.waves if draws is None else draws
        year = np.exp(waves(np.arange(0, 1, 1 / 104)) @ parts.T).mean(axis=0)
        return np.asarray((np.exp(waves(time) @ parts.T) / year).T)

    def drawn(self, many: int = 200) -> Values:
        """Draws of the waves from how unsure they are, always the same ones."""
        return np.random.default_rng(11).multivariate_normal(self.waves, self.unsure, many, method="eigh")


def shape(known: Cells) -> Shape | None:
    """The smooth season of cells of at least two years: three waves of the year beside the trend; None where too little was sold.

    A single huge order is cut to what its week may have. `chance` is that of an F test of the waves: how often a product without any
    season would show as much.
    """
    width = 2 * HARMONICS + 1 + trend(known.time).shape[1]
    if known.sold.sum() <= 0 or len(known.sold) <= width + 10:
        return None
    flat = np.column_stack([np.ones(len(known.time)), trend(known.time)])
    full = np.column_stack([flat, waves(known.time)])
    sold = _without_single_orders(known, full)
    plain, _, _ = counts(sold, known.exposure, flat)
    found, free, unsure = counts(sold, known.exposure, full)
    means = [known.exposure * np.exp(columns @ each) for columns, each in ((flat, plain), (full, found))]
    spread = float(((sold - means[1]) ** 2 / np.maximum(means[1], 1e-9)).sum() / free)
    more = (_deviance(sold, means[0]) - _deviance(sold, means[1])) / (2 * HARMONICS)
    chance = chances.f_beyond(2 * HARMONICS, free, more / max(spread, 1e-9))
    at = slice(flat.shape[1], None)
    return Shape(found[at], unsure[at, at], chance, float(np.exp(found[1])) - 1, spread)


def _without_single_orders(known: Cells, columns: Values) -> Values:
    """What was sold, of weeks far above their course no more than MOST_ABOVE spreads: one huge order is no season."""
    found, _, _ = counts(known.sold, known.exposure, columns)
    mean = np.maximum(known.exposure * np.exp(columns @ found), 1e-9)
    apart = (known.sold - mean) / np.sqrt(mean)
    # of counts the spread is that of chance at least
    usual = max(float(np.median(np.abs(apart - np.median(apart)))) * 1.4826, 1.0)
    return np.minimum(known.sold, mean + MOST_ABOVE * usual * np.sqrt(mean))


def _deviance(sold: Values, mean: Values) -> float:
    logs = np.where(sold > 0, sold * np.log(np.maximum(sold, 1e-12) / np.maximum(mean, 1e-12)), 0.0)
    return float(2 * (logs - (sold - mean)).sum())
