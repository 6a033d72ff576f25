"""Level, trend and season told apart: sales as counts whose logarithm is a trend and a part for the time of year."""

from collections.abc import Iterator
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
# So many series are fitted at once: their arrays then fit a processor's cache.
AT_ONCE = 250
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
    `time` (its middle, in years). Of several series, a row each, they share the keys."""

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
    """How each weekday (0 is Monday) sells beside the mean of the seven, which is 1; without sales all are 1. A row a series, where
    there are several."""
    seven = np.eye(7)[weekday]
    days, total = exposure @ seven, (sold * (exposure > 0)) @ seven
    rate = total / np.maximum(days, 1e-9)
    usual = (rate * (days > 0)).sum(axis=-1, keepdims=True) / np.maximum((days > 0).sum(axis=-1, keepdims=True), 1)
    rate = np.maximum(np.where(days > 0, rate, usual), 0.0)
    mean = rate.mean(axis=-1, keepdims=True)
    return np.asarray(np.where(mean > 0, rate / np.where(mean > 0, mean, 1.0), 1.0))


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
    exposure: so a period of which only a part is known is no lower for it. Days without exposure count in nothing.

    Of one series periods without exposure are left out; of several (a row each) their exposure is 0."""
    key, run = of(dates)
    day = dates.astype("datetime64[D]").astype(int)
    weight = weekdays(sold, (day + 3) % 7, exposure)[..., (day + 3) % 7] * exposure
    counts = np.where(exposure > 0, sold, 0.0)
    first = np.flatnonzero(np.diff(run, prepend=run[:1] - 1))
    total, exposed, middle = (np.add.reduceat(each, first, axis=-1) for each in (counts, weight, weight * day))
    known = exposed > 1e-9
    total, exposed = np.where(known, np.maximum(total, 0.0), 0.0), np.where(known, exposed, 0.0)
    time = middle / np.where(known, exposed, 1.0) / YEAR
    if sold.ndim == 1:
        return Cells(total[known], exposed[known], key[first][known], time[known])
    # what is not known is as early as the first that is: it bends no trend
    earliest = np.where(known, time, np.inf).min(axis=1, keepdims=True)
    earliest = np.where(np.isfinite(earliest), earliest, 0.0)
    return Cells(total, exposed, key[first], np.where(known, time, earliest))


def season(known: Cells, periods: int, days: int) -> Season | None:
    """The seasonal index of each of so many times of year, from cells of so many days; None below a year or without sales.

    The index of a time of year is what was sold in it in all years ÷ what the trend has for it, divided by the mean over the
    year: exp(season) where ln E(sold) = ln exposure + trend + season, fitted as counts whose variance is a multiple of their
    mean. The trend is a line in logarithms, bent once a year beyond two. The error follows from how far the years lie
    apart. Of less than two years trend and season cannot be told apart: the index is that of the last year beside its mean, and its
    error how far neighbouring weeks lie apart, and what is assumed for the difference between years.
    """
    return seasons(Cells(known.sold[None], known.exposure[None], known.key, known.time[None]), periods, days)[0]


def seasons(known: Cells, periods: int, days: int) -> list[Season | None]:
    """The same of several series of as many days at once, a row each."""
    found: list[Season | None] = [None] * len(known.sold)
    told = known.sold.sum(axis=1) > 0
    if days >= TWO_YEARS:
        for rows in _alike(known, told):
            for at, each in zip(rows, _two_years(_rows(known, rows), periods), strict=True):
                found[at] = each
    elif days >= ONE_YEAR:
        for at in np.flatnonzero(told):
            there = known.exposure[at] > 0
            one = Cells(known.sold[at, there], known.exposure[at, there], known.key[there], known.time[at, there])
            found[at] = _one_year(one, periods)
    return found


def _alike(known: Cells, told: Values) -> Iterator[Values]:
    """The rows that are told, in parts of a size that a computer likes, whose trends bend equally often."""
    often = bends(known.time)
    for each in np.unique(often[told]):
        rows = np.flatnonzero(told & (often == each))
        for start in range(0, len(rows), AT_ONCE):
            yield rows[start : start + AT_ONCE]


def _rows(known: Cells, rows: Values) -> Cells:
    return Cells(known.sold[rows], known.exposure[rows], known.key, known.time[rows])


def bends(time: Values) -> Values:
    """How often the trend over some times (in years) bends: once a year beyond the first two."""
    return np.asarray(np.maximum(np.rint(np.ptp(time, axis=-1)) - 2, 0).astype(int))


def trend(time: Values) -> Values:
    """Columns of a line, in years from the middle, bent once a year beyond the first two; of several series those of each."""
    low, high = time.min(axis=-1, keepdims=True), time.max(axis=-1, keepdims=True)
    at = np.linspace(low, high, int(np.max(bends(time))) + 2, axis=-1)[..., 1:-1]
    line = (time - (low + high) / 2)[..., None]
    return np.concatenate([line, np.maximum(time[..., None] - at, 0.0)], axis=-1)


def _two_years(known: Cells, periods: int) -> list[Season]:
    line = trend(known.time)
    times = np.eye(periods)[known.key]
    columns = np.concatenate([np.broadcast_to(times, (len(known.sold), *times.shape)), line], axis=-1)
    found, free, unsure = counts(known.sold, known.exposure, columns, periods)
    seen = (known.exposure > 0) @ times
    highest = found[:, :periods].max(axis=1, keepdims=True)
    part = np.where(seen > 0, np.exp(found[:, :periods] - highest), 0.0)
    mean = part.sum(axis=1, keepdims=True) / (seen > 0).sum(axis=1, keepdims=True)
    # the index is a part beside the mean of all parts, so its error is that of the difference
    beside = np.eye(periods) - (part / part.sum(axis=1, keepdims=True))[:, None, :]
    error = np.sqrt(np.maximum(((beside @ unsure[:, :periods, :periods]) * beside).sum(axis=2), 0.0))
    growth = np.exp(found[:, periods]) - 1
    return [
        Season(part[at] / mean[at], error[at], float(free[at]), seen[at], float(growth[at]), int(seen[at].max()))
        for at in range(len(part))
    ]


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


def counts(sold: Values, exposure: Values, columns: Values, ridged: int = 0) -> tuple[Values, Values, Values]:
    """Coefficients, degrees of freedom and covariance of ln E(sold) = ln exposure + columns · coefficients, where the variance of
    what is sold is a multiple of its mean (quasi-Poisson); of several series at once, a row each, those of each. What has no
    exposure tells nothing. The first `ridged` columns are 1 for one of as many times and 0 else, and their coefficients are drawn towards
    their mean, so little that only what never sold is kept finite; without any the first column is 1 throughout."""
    known, width = exposure > 0, columns.shape[-1]
    many_known = np.maximum(known.sum(axis=-1), 1)
    scale = 100 / np.maximum(sold.sum(axis=-1) / many_known, 1e-9)
    many, log_exposure = sold * scale[..., None], np.log(np.where(known, exposure, 1.0))
    penalty = np.zeros((width, width))
    penalty[:ridged, :ridged] = RIDGE * (np.eye(ridged) - 1 / max(ridged, 1))
    penalty += 1e-9 * np.eye(width)
    found = np.zeros((*sold.shape[:-1], width))
    found[..., : max(ridged, 1)] = np.log(many.sum(axis=-1) / exposure.sum(axis=-1))[..., None]
    across = np.swapaxes(columns, -1, -2)
    for _ in range(STEPS):
        mean = _mean(log_exposure, columns, found) * known
        bend = (across * mean[..., None, :]) @ columns + penalty
        slope = (across @ (many - mean)[..., None])[..., 0] - found @ penalty
        step = np.linalg.solve(bend, slope[..., None])[..., 0]
        longest = np.abs(step).max(axis=-1, keepdims=True)
        found = found + step * np.minimum(1.0, 4.0 / np.maximum(longest, 1e-12))
        if (longest < 1e-9).all():
            break
    mean = _mean(log_exposure, columns, found) * known
    free = np.maximum(known.sum(axis=-1) - width, 1)
    # no less than chance: of counts a variance below the mean is luck
    spread = np.maximum(((many - mean) ** 2 / np.maximum(mean, 1e-9)).sum(axis=-1) / free, 1e-9)
    bend = (across * mean[..., None, :]) @ columns + penalty
    found[..., : max(ridged, 1)] -= np.log(scale)[..., None]
    return found, np.asarray(free, dtype=float), spread[..., None, None] * np.linalg.inv(bend)


def _mean(log_exposure: Values, columns: Values, found: Values) -> Values:
    return np.asarray(np.exp(np.clip(log_exposure + (columns @ found[..., None])[..., 0], -30, 30)))


def waves(time: Values, harmonics: int = HARMONICS) -> Values:
    """Columns of sines and cosines of the year, a pair a harmonic."""
    turns = [2 * np.pi * each * time for each in range(1, harmonics + 1)]
    return np.stack([wave(turn) for turn in turns for wave in (np.cos, np.sin)], axis=-1)


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
    return shapes(Cells(known.sold[None], known.exposure[None], known.key, known.time[None]))[0]


def shapes(known: Cells) -> list[Shape | None]:
    """The same of several series at once, a row each."""
    found: list[Shape | None] = [None] * len(known.sold)
    width = 2 * HARMONICS + 2 + bends(known.time)
    told = (known.sold.sum(axis=1) > 0) & ((known.exposure > 0).sum(axis=1) > width + 10)
    for rows in _alike(known, told):
        for at, each in zip(rows, _shapes(_rows(known, rows)), strict=True):
            found[at] = each
    return found


def _shapes(known: Cells) -> list[Shape]:
    flat = np.concatenate([np.ones((*known.time.shape, 1)), trend(known.time)], axis=-1)
    full = np.concatenate([flat, waves(known.time)], axis=-1)
    sold = _without_single_orders(known, full)
    plain, _, _ = counts(sold, known.exposure, flat)
    found, free, unsure = counts(sold, known.exposure, full)
    means = [known.exposure * np.exp((of @ each[..., None])[..., 0]) for of, each in ((flat, plain), (full, found))]
    spread = ((sold - means[1]) ** 2 / np.maximum(means[1], 1e-9)).sum(axis=1) / free
    more = (_deviance(sold, means[0]) - _deviance(sold, means[1])) / (2 * HARMONICS) / np.maximum(spread, 1e-9)
    at, growth = slice(flat.shape[-1], None), np.exp(found[:, 1]) - 1
    return [
        Shape(
            found[row, at], unsure[row, at, at], chances.f_beyond(2 * HARMONICS, float(free[row]), float(more[row])),
            float(growth[row]), float(spread[row]),
        )
        for row in range(len(sold))
    ]  # fmt: skip


def _without_single_orders(known: Cells, columns: Values) -> Values:
    """What was sold, of weeks far above their course no more than MOST_ABOVE spreads: one huge order is no season."""
    found, _, _ = counts(known.sold, known.exposure, columns)
    mean = np.maximum(known.exposure * np.exp((columns @ found[..., None])[..., 0]), 1e-9)
    apart = np.where(known.exposure > 0, (known.sold - mean) / np.sqrt(mean), np.nan)
    around = np.abs(apart - np.nanmedian(apart, axis=1, keepdims=True))
    # of counts the spread is that of chance at least
    usual = np.maximum(np.nanmedian(around, axis=1, keepdims=True) * 1.4826, 1.0)
    return np.minimum(known.sold, mean + MOST_ABOVE * usual * np.sqrt(mean))


def _deviance(sold: Values, mean: Values) -> Values:
    logs = np.where(sold > 0, sold * np.log(np.maximum(sold, 1e-12) / np.maximum(mean, 1e-12)), 0.0)
    return np.asarray(2 * (logs - (sold - mean)).sum(axis=-1))
