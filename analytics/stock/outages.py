"""Runs of days without stock: told by stock itself, or by a silence in sales that cannot be chance. Pure: arrays in, runs out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.stock.walk import IN, OUT

Matrix = np.ndarray[Any, Any]
# How often a product sells is told from so many days before a silence and as many after it, and at least from the fewer.
AROUND, LEAST_AROUND = 28, 7
# A silence that chance would bring once in a million times is a stockout; of what sells on fewer than half of the days it is
# more likely to be a season.
CHANCE, LEAST_SHARE = 1e-6, 0.5
# Even what sells every day is not told to be out from fewer days than this.
SHORTEST = 5


@dataclass(frozen=True)
class Outage:
    """A run of days of a product (its row): out from the day `first` to `last`, back on `back` (None: not yet); `days` are known
    to be without stock, `days_at_most` count those too of which nothing is known; `known` are the columns of the first."""

    row: int
    first: int
    last: int
    back: int | None
    known: Matrix

    @property
    def days_at_most(self) -> int:
        """Days from the first until it was back, or until the last that is known."""
        return (self.last + 1 if self.back is None else self.back) - self.first


def told_by_stock(state: Matrix) -> Iterator[Outage]:
    """Each run from a day out of stock until the next day in stock; days not known between them do not end it."""
    for row in np.flatnonzero((state == OUT).any(axis=1)):
        here = state[row]
        out, there = np.flatnonzero(here == OUT), np.flatnonzero(here == IN)
        back_at = np.searchsorted(there, out)
        for number in np.unique(back_at):
            known = out[back_at == number]
            back = int(there[number]) if number < len(there) else None
            yield Outage(int(row), int(known[0]), int(known[-1]), back, known)


def told_by_sales(sold: Matrix, is_open: Matrix) -> Iterator[Outage]:
    """Each run of 5 days or more without a sale, with sales before and after it, that chance would bring once in a million times.

    The chance of a day with a sale is the smaller one of those in the 28 days before and after (one more day with and one
    without, so that it is never certain). Only days that are `is_open` count: where nothing at all was sold, no product was out.
    """
    open_days = np.flatnonzero(is_open)
    sells = sold[:, open_days] > 0
    for row in np.flatnonzero(sells.any(axis=1)):
        days = np.flatnonzero(sells[row])
        gaps = np.flatnonzero(np.diff(days) > SHORTEST)
        for before, after in zip(days[gaps], days[gaps + 1], strict=True):
            if _is_no_chance(sells[row], int(before), int(after)):
                first, last = int(open_days[before + 1]), int(open_days[after - 1])
                yield Outage(int(row), first, last, int(open_days[after]), np.arange(first, last + 1))


def _is_no_chance(sells: Matrix, before: int, after: int) -> bool:
    earlier, later = sells[max(0, before + 1 - AROUND) : before + 1], sells[after : after + AROUND]
    if min(len(earlier), len(later)) < LEAST_AROUND:
        return False
    share = min((each.sum() + 1) / (len(each) + 2) for each in (earlier, later))
    return bool(share >= LEAST_SHARE and (1 - share) ** (after - before - 1) <= CHANCE)
