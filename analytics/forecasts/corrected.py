"""What would have been sold on days that are not to be learnt from, estimated from the days around them. Pure: arrays in and out.

A product's day without stock, or one that is marked, is replaced by what was to be expected: the pace of the product against
the others of its category, which know the weekday, the season and the day's events, told by its own days in stock: those of the
same week, and RUN of them on either side, which count as PRIOR days do.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.forecasts.panel import Matrix
from analytics.stock.books import PARTS

WEEK = 7
# So many days in stock on either side of a day tell a product's pace, none farther away than REACH days.
RUN, REACH = 28, 91
# What those days say weighs as much as so many days of the same week.
PRIOR = 3.0
# Of the days of a run without stock that is not over after so many, and of one that came to an end at last, no more are put
# back: whether anyone would still have asked nobody knows.
LONGEST_OPEN, LONGEST = 91, 182
# Others tell what a day is like if they sell so many pieces a day.
LEAST_OTHERS = 10 * PARTS


@dataclass(frozen=True)
class Cells:
    """Single days of products: their rows and columns, and what is `expected` of them in ten-thousandths of a piece."""

    rows: Matrix
    columns: Matrix
    expected: Matrix


def of(sold: Matrix, hidden: Matrix, begins: Matrix, groups: Matrix) -> Cells:
    """What is expected on the `hidden` days of each product (row) that sold so much (ten-thousandths of a piece) by day (column).

    `begins` is each product's first day: those before it are not hidden; `groups` is the number of its category. A day of a product
    of which nothing else is known is expected to be as it was sold."""
    is_own = np.arange(sold.shape[1]) >= begins[:, None]
    hidden = hidden & is_own
    touched = np.flatnonzero(hidden.any(axis=1))
    rows, columns = np.nonzero(hidden[touched])
    rows = touched[rows]
    # by the product's own weekdays first, so that others that were hidden the same days do not look as if nobody came
    first = _of_rows(sold, hidden, is_own, {row: _weekdays(sold[row], is_own[row] & ~hidden[row]) for row in touched})
    by_group = np.zeros((int(groups.max(initial=-1)) + 1, sold.shape[1]))
    np.add.at(by_group, groups, sold)
    np.add.at(by_group, (groups[rows], columns), first - sold[rows, columns])
    likes: dict[Any, Matrix] = {}
    shop, filled = by_group.sum(axis=0), 0
    for row in touched:
        days = np.flatnonzero(hidden[row])
        own = sold[row].copy()
        own[days] = first[filled : filled + len(days)]
        filled += len(days)
        likes[row] = _like(own, (by_group[groups[row]], shop), is_own[row] & ~hidden[row])
    return Cells(rows, columns, _of_rows(sold, hidden, is_own, likes))


def _of_rows(sold: Matrix, hidden: Matrix, is_own: Matrix, likes: dict[Any, Matrix]) -> Matrix:
    """What is expected of the hidden days of some rows, one after the other, where the days were like so."""
    found = [
        _expected(sold[row], is_own[row] & ~hidden[row], like, np.flatnonzero(hidden[row]))
        for row, like in likes.items()
    ]
    return np.concatenate([*found, np.zeros(0)])


def days_told(is_out: Matrix) -> Matrix:
    """The days without stock that are put back: of each run the first ones, LONGEST_OPEN of one that is not over."""
    count = is_out.shape[1]
    number = np.arange(count)
    since = number - np.maximum.accumulate(np.where(is_out, -1, number), axis=1)
    later = np.where(is_out, count, number)[:, ::-1]
    is_over = np.minimum.accumulate(later, axis=1)[:, ::-1] < count
    return np.asarray(is_out & (since <= np.where(is_over, LONGEST, LONGEST_OPEN)))


def _like(own: Matrix, totals: tuple[Matrix, Matrix], shown: Matrix) -> Matrix:
    """What each day was like: to the others of the category or of the shop where they sell enough, else to the product's weekdays."""
    for total in totals:
        rest = np.maximum(total - own, 0)
        if rest.mean() >= LEAST_OTHERS:
            return rest
    return _weekdays(own, shown)


def _weekdays(own: Matrix, shown: Matrix) -> Matrix:
    """What a product sells by weekday, on each day."""
    weekday = np.arange(len(own)) % WEEK
    days = np.bincount(weekday, weights=shown, minlength=WEEK)
    sold = np.bincount(weekday, weights=np.where(shown, own, 0), minlength=WEEK)
    # one day more of the mean, so that a weekday that is hardly known is like the others
    return np.asarray(((sold + sold.sum() / max(days.sum(), 1)) / (days + 1))[weekday])


def _expected(sold: Matrix, shown: Matrix, like: Matrix, days: Matrix) -> Matrix:
    """The pace on the days around each of some days times what the day was like."""
    at = np.flatnonzero(shown)
    if not len(at) or like[at].sum() <= 0:
        return np.asarray(sold[days])
    brought, usual = (np.concatenate([[0], np.cumsum(each[at])]) for each in (sold, like))
    here = np.searchsorted(at, days)
    first = np.maximum(here - RUN, np.searchsorted(at, days - REACH))
    stop = np.minimum(here + RUN, np.searchsorted(at, days + REACH, side="right"))
    near = usual[stop] - usual[first]
    pace = np.where(near > 0, (brought[stop] - brought[first]) / np.maximum(near, 1e-9), brought[-1] / usual[-1])
    week = np.arange(len(sold)) // WEEK
    of_week, like_week = (np.bincount(week, weights=np.where(shown, each, 0)) for each in (sold, like))
    prior = PRIOR * usual[-1] / len(at)
    mixed = (of_week[week[days]] + pace * prior) / (like_week[week[days]] + prior)
    return np.asarray(np.maximum(mixed * like[days], 0))
