"""How much safety stock a service level takes: the factor that would have met it when a shop's own past is replayed.

The normal formula supposes even demand of a known mean. Real demand comes in lumps, grows, and is only seen as far as there was
stock, so that its z misses fill rates by ten points (python -m tests.bench replenishment). So the formula stays,
z·√(L·σ_d² + d̄²·σ_L²), and z is learnt: see factors().
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analytics.stock import formulas, replay

Matrix = np.ndarray[Any, Any]
# Velocity is told over so many days, as the rest of the stock module does, from 14 of them on.
WINDOW_DAYS, LEAST_DAYS = 90, 14
# A replay begins when so many days are known, and counts from so many days later: until then full shelves serve everything.
KNOWN_DAYS, FIRST_DAYS = 56, 28
# The whole past tells of lumps, its last weeks of growth: the largest factor of all holds.
RECENT_DAYS = (98, 70)
# So many days without stock count as days on which it was asked for, as for the sales that a stockout loses.
TOLD_DAYS_OUT = 30
LEAST_PRODUCTS = 20
# So many products tell of all of them.
MOST_PRODUCTS = 1000
GRID = np.array([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 11])


@dataclass(frozen=True)
class Days:
    """Of each product (row) and day (column): what was sold; whether it was there when the day began; whether the last piece
    went that day; and whether the day is its own, not before it was first seen."""

    sold: Matrix
    in_stock: Matrix
    sold_out: Matrix
    own: Matrix

    def until(self, day: int) -> "Days":
        """The days before `day`."""
        return Days(self.sold[:, :day], self.in_stock[:, :day], self.sold_out[:, :day], self.own[:, :day])

    def of(self, rows: Matrix) -> "Days":
        """The same of some products."""
        return Days(self.sold[rows], self.in_stock[rows], self.sold_out[rows], self.own[rows])


@dataclass(frozen=True)
class Supply:
    """Of each product: days from order to shelf, their standard deviation, and the days of demand that an order covers."""

    lead_time: Matrix
    lead_time_deviation: Matrix
    cover: Matrix

    def of(self, rows: Matrix) -> "Supply":
        """The same of some products."""
        return Supply(self.lead_time[rows], self.lead_time_deviation[rows], self.cover[rows])


def without_one_offs(days: Days) -> Days:
    """The days with each counting at most twenty of the product's usual sale days, or half of what all its other days sold if
    that is more: one wholesale order is nothing to keep stock for until the next one."""
    total = days.sold.sum(axis=1, keepdims=True)
    ordered = np.sort(days.sold, axis=1)
    many = (days.sold > 0).sum(axis=1)
    middle = np.maximum(days.sold.shape[1] - 1 - (many - 1) // 2, 0)
    usual = np.take_along_axis(ordered, np.minimum(middle, days.sold.shape[1] - 1)[:, None], axis=1)
    most = np.maximum(20 * usual, (total - days.sold) / 2)
    return replace(days, sold=np.minimum(days.sold, most))


def restored(days: Days) -> Matrix:
    """Daily demand as it would have been with stock, an estimate of each day from the days before it.

    On a day out of stock: a drawn day in stock of the same product, raised to its pace of the 28 days before. On a day that
    sold out: the mean of the product's larger days at that pace, or twice what was sold if none was larger.
    """
    present = days.in_stock & days.own
    sold = np.where(present, days.sold, 0.0)
    touched = np.flatnonzero((days.own & (~days.in_stock | days.sold_out)).any(axis=1))
    if 0 < len(touched) < len(sold):
        sold[touched] = restored(days.of(touched))
    if len(touched) < len(sold):
        return sold
    ever = sold.shape[1]
    usual = _before(sold, ever)[:, :-1] / np.maximum(_before(present, ever)[:, :-1], 1)
    pace = _pace(sold, present, usual)
    whole = present & ~days.sold_out
    demand = _out_of_stock(sold, whole, days.own & ~days.in_stock, pace * usual, pace)
    rows, columns = np.nonzero(present & days.sold_out)
    for at in range(0, len(rows), 4000):  # a few at a time, for memory
        row, column = rows[at : at + 4000], columns[at : at + 4000]
        seen, raised = sold[row, column], pace[row, column]
        is_earlier = np.arange(ever) < column[:, None]
        larger = whole[row] & is_earlier & (sold[row] * raised[:, None] > seen[:, None])
        count = larger.sum(axis=1)
        mean = (sold[row] * larger).sum(axis=1) * raised / np.maximum(count, 1)
        demand[row, column] = np.where(count > 0, mean, 2 * seen)
    return demand


def _pace(sold: Matrix, present: Matrix, usual: Matrix) -> Matrix:
    """Of each day, what the 28 days before sold a day in stock ÷ what the product usually sold until then, from 1 to 4."""
    recent, days = _before(sold, 28)[:, :-1], _before(present, 28)[:, :-1]
    local: Matrix = (recent + 3 * usual) / (days + 3)
    return np.clip(local / np.maximum(usual, 1e-9), 1, 4)


def _out_of_stock(sold: Matrix, whole: Matrix, is_out: Matrix, mean: Matrix, pace: Matrix) -> Matrix:
    """Each day out of stock as a drawn earlier day at the pace of the day; the mean of them where there are too few."""
    demand, known = sold.copy(), _before(whole, whole.shape[1])[:, :-1].astype(int)
    rows, columns = np.nonzero(is_out)
    if len(rows):
        order = np.argsort(~whole, axis=1, kind="stable")
        drawn = np.asarray(np.random.default_rng(3).random(sold.shape))[rows, columns]
        many = known[rows, columns]
        day = order[rows, (drawn * many).astype(int)]
        like = sold[rows, day] * pace[rows, columns]
        demand[rows, columns] = np.where(many >= LEAST_DAYS, like, mean[rows, columns])
    return demand


def asked(days: Days) -> Matrix:
    """Units asked for on each day: what was sold, one-offs as they were, and what restored() puts back."""
    cut = without_one_offs(days)
    return np.asarray(np.where(days.in_stock & days.own, days.sold - cut.sold, 0) + restored(cut))


def told(days: Days) -> Matrix:
    """The days that tell of demand: a product's own, without those after its first 30 without stock in a row. Whether anyone
    would still have asked then, nobody knows."""
    is_out = days.own & ~days.in_stock
    number = np.arange(is_out.shape[1])
    there = np.maximum.accumulate(np.where(is_out, -1, number), axis=1)
    return np.asarray(days.own & (number - there <= TOLD_DAYS_OUT))


def _before(values: Matrix, window: int) -> Matrix:
    """Sums over the `window` columns before each column, and before the one after the last."""
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1, dtype=float)], axis=1)
    first = np.maximum(np.arange(sums.shape[1]) - window, 0)
    return np.asarray(sums - sums[:, first])


def velocities(days: Days, demand: Matrix, window: int = WINDOW_DAYS) -> Matrix:
    """Units asked for a day, over the days told of the window before each day, and before the day after the last: one column
    more than days. What was sold a day in stock would be too low, as the days that sell out are the good ones."""
    counts = told(days)
    return _before(np.where(counts, demand, 0.0), window) / np.maximum(_before(counts, window), LEAST_DAYS)


def days_there(days: Days, window: int) -> Matrix:
    """On how many of the last `window` days each product was there, from the day on which it was first seen."""
    return np.asarray((days.in_stock & days.own)[:, -window:].sum(axis=1))


def spreads(demand: Matrix, own: Matrix, velocity: Matrix, lead_time: Matrix) -> Matrix:
    """Standard deviation of demand over runs of a lead time's days, of all runs that ended before each day, at the day's pace;
    NaN before the first. One column more than days, as `velocity` has. Runs of days, not days: what sells well today does so
    tomorrow, and that adds up."""
    found = np.full((len(demand), demand.shape[1] + 1), np.nan)
    lengths = np.clip(np.rint(lead_time), 1, demand.shape[1]).astype(int)
    for length in np.unique(lengths):
        rows = np.flatnonzero(lengths == length)
        mean, spread = _of_runs(demand[rows], own[rows], int(length))
        found[rows, length:] = spread * _slowdown(velocity[rows, length:] * length, mean)
    return found


def _slowdown(expected: Matrix, mean: Matrix) -> Matrix:
    """What is left of the spread of a product that sells less than its past did: it shrinks with the root of the pace, as that
    of counts does, and never grows."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.sqrt(np.where(mean > 0, np.clip(expected / mean, 0, 1), 1))


def _spread_now(demand: Matrix, own: Matrix, velocity: Matrix, lead_time: Matrix) -> Matrix:
    """The last column of spreads(); 0 where there was no run."""
    found = np.zeros(len(demand))
    lengths = np.clip(np.rint(lead_time), 1, demand.shape[1]).astype(int)
    sums = np.concatenate([np.zeros((len(demand), 1)), np.cumsum(demand, axis=1)], axis=1)
    first = np.where(own.any(axis=1), own.argmax(axis=1), own.shape[1])
    for length in np.unique(lengths):
        rows = np.flatnonzero(lengths == length)
        runs = sums[rows, length:] - sums[rows, :-length]
        counts = np.arange(runs.shape[1]) >= first[rows, None]
        many = np.maximum(counts.sum(axis=1), 1)
        mean = (runs * counts).sum(axis=1) / many
        spread = np.sqrt(np.maximum((runs**2 * counts).sum(axis=1) / many - mean**2, 0))
        found[rows] = spread * _slowdown(velocity[rows] * length, mean)
    return found


def _of_runs(demand: Matrix, own: Matrix, length: int) -> tuple[Matrix, Matrix]:
    """Mean and standard deviation of all runs so far."""
    sums = np.concatenate([np.zeros((len(demand), 1)), np.cumsum(demand, axis=1)], axis=1)
    runs = sums[:, length:] - sums[:, :-length]
    first = np.where(own.any(axis=1), own.argmax(axis=1), own.shape[1])
    counts = np.arange(runs.shape[1]) >= first[:, None]
    many = np.cumsum(counts, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.cumsum(runs * counts, axis=1) / many
        variance = np.cumsum(runs**2 * counts, axis=1) / many - mean**2
    return mean, np.sqrt(np.where(many > 0, np.maximum(variance, 0), np.nan))


def deviations(days: Days, supply: Supply) -> Matrix:
    """σ_d of each product: the deviation over runs of a lead time ÷ √L, so that √L·σ_d is what such runs really stray by, at
    the pace of now: a product that fades needs no buffer for the sales of its best days."""
    found = np.zeros(len(days.sold))
    for at in range(0, len(found), MOST_PRODUCTS):
        rows = np.arange(at, min(at + MOST_PRODUCTS, len(found)))
        some = without_one_offs(days.of(rows))
        demand = restored(some)
        found[rows] = _spread_now(demand, some.own, velocities(some, demand)[:, -1], supply.lead_time[rows])
    return np.asarray(found / np.sqrt(np.clip(np.rint(supply.lead_time), 1, days.sold.shape[1])))


def factors(days: Days, supply: Supply, targets: list[float]) -> list[float] | None:
    """The safety factor under which each share of demand would have been met in the days told; None if they tell too little.

    The past is replayed day by day with every factor of GRID: an order is placed when stock falls to velocity·L + factor ×
    deviation over the lead time, up to `cover` days more, each as it was known that day, and arrives after a drawn lead time.
    Demand is that of restored(), one-offs cut. It takes 112 days, and 20 products sold before the replay begins. Of more than
    1,000 products evenly chosen ones are replayed. No factor is above 11.
    """
    count = days.sold.shape[1]
    rows = np.unique(np.linspace(0, len(days.sold) - 1, min(len(days.sold), MOST_PRODUCTS)).astype(int))
    if count < KNOWN_DAYS + 2 * FIRST_DAYS:
        return None
    some, terms = without_one_offs(days.of(rows)), supply.of(rows)
    demand = restored(some)
    velocity = velocities(some, demand)
    runs = np.nan_to_num(spreads(demand, some.own, velocity, terms.lead_time))
    spread = np.sqrt(runs**2 + (velocity * terms.lead_time_deviation[:, None]) ** 2)
    chosen = np.zeros(len(targets))
    for first in sorted({KNOWN_DAYS, *(max(KNOWN_DAYS, count - each) for each in RECENT_DAYS)}):
        if (velocity[:, first] > 0).sum() < LEAST_PRODUCTS:
            return None
        rates = [_fill_rate(demand, (velocity, spread), terms, first, factor) for factor in GRID]
        rising = np.maximum.accumulate(rates) + np.arange(len(GRID)) * 1e-9
        chosen = np.maximum(chosen, np.interp(targets, rising, GRID))
    return [float(each) for each in chosen]


def _fill_rate(demand: Matrix, known: tuple[Matrix, Matrix], supply: Supply, first: int, factor: float) -> float:
    """Share of demand met by one factor from day `first` on, of products that were sold before it."""
    velocity, spread = known
    rows = np.flatnonzero(velocity[:, first] > 0)
    terms, length = supply.of(rows), demand.shape[1] - first
    drawn = replay.lead_times(terms.lead_time, terms.lead_time_deviation, length)
    served = asked = 0.0
    shelves = None
    for day in range(length):
        plan = levels(velocity[rows, first + day], spread[rows, first + day], terms, factor)
        shelves = shelves or replay.begin(plan, length)
        wanted = demand[rows, first + day]
        met = replay.pass_day(shelves, day, wanted, plan, drawn[:, day])
        if day >= FIRST_DAYS:
            served, asked = served + met.sum(), asked + wanted.sum()
    return served / asked if asked else 1.0


def levels(velocity: Matrix, spread: Matrix, supply: Supply, factor: float | Matrix) -> tuple[Matrix, Matrix]:
    """Reorder point, and the level up to which is ordered: d̄·L + factor × spread, and that + d̄ × days of cover."""
    point = formulas.reorder_point(velocity, supply.lead_time, formulas.safety_stock(factor, spread))
    return point, point + velocity * supply.cover
