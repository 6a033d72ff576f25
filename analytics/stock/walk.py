"""Stock on any day, walked from one count to the next along what is known to have moved it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

import numpy as np

from analytics.stock import books
from analytics.stock.books import PARTS, Book

Matrix = np.ndarray[Any, Any]
UNKNOWN, IN, OUT = 0, 1, 2
# More than any stock, so that a running minimum starts anew at each count; small enough to keep whole numbers exact.
APART = 1e12
# An older count is not walked from: what moved since then and is not known would be most of it.
LOOKBACK = timedelta(days=92)
# So many products at a time that their numbers stay near the processor.
AT_ONCE = 1000


@dataclass(frozen=True)
class Walked:
    """By product and day, at the end of the day: `stock` as it is drawn; `lowest` and `highest`, between which it lies (`highest`
    is infinite after the last count); `state` IN, OUT or UNKNOWN; `is_after_count`: a count stands on the day or before it;
    `unexplained`: on the day of a count, what it has more than the moves since the count before say (NaN on other days)."""

    stock: Matrix
    lowest: Matrix
    highest: Matrix
    state: Matrix
    is_after_count: Matrix
    unexplained: Matrix


def of_store(store: int, start: date, stop: date, part: books.Part = books.WHOLE) -> Iterator[tuple[list[str], Walked]]:
    """The stock of a store's counted products, or of a part, from `start` until before `stop`, some products at a time: their
    keys, and what is known of them in pieces. Counts up to 92 days before `start` are walked from."""
    book = books.read(store, start - LOOKBACK, stop, part)
    for at in range(0, len(book.keys) if book.is_counted.any() else 0, AT_ONCE):
        some = book.rows(at, at + AT_ONCE)
        yield some.keys, in_pieces(of_book(some), LOOKBACK.days)


def states(store: int, days: tuple[date, date], place: dict[str, int], part: books.Part = books.WHOLE) -> Matrix:
    """IN, OUT or UNKNOWN by product (its place) and day, the second of `days` exclusive; before the first count UNKNOWN."""
    return states_and_evenings(store, days, place, part)[0]


def states_and_evenings(
    store: int, days: tuple[date, date], place: dict[str, int], part: books.Part = books.WHOLE
) -> tuple[Matrix, Matrix]:
    """The states, and whether nothing was left in the evening: a day that sells the last piece is a day in stock."""
    found = np.full((len(place), (days[1] - days[0]).days), UNKNOWN, dtype=np.int8)
    is_empty = np.zeros(found.shape, dtype=bool)
    for keys, told in of_store(store, *days, part):
        pairs = [(place[key], row) for row, key in enumerate(keys) if key in place]
        to, row = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
        found[to] = np.where(told.is_after_count, told.state, UNKNOWN)[row]
        is_empty[to] = (told.is_after_count & (told.highest <= 0))[row]
    return found, is_empty


def of_book(book: Book) -> Walked:
    """What is known of every day of a book, in ten-thousandths of a piece."""
    return walked(
        book.available, book.is_counted, book.restocked + book.received + book.adjusted - book.sold, book.sold
    )


def in_pieces(told: Walked, skipped: int = 0) -> Walked:
    """The same in pieces, without the first days."""
    cut = {field.name: getattr(told, field.name)[:, skipped:] for field in fields(told)}
    return Walked(**{name: each / PARTS if each.dtype == float else each for name, each in cut.items()})


def walked(counted: Matrix, is_counted: Matrix, change: Matrix, sold: Matrix) -> Walked:
    """Stock of each product (row) on each day (column) from counts and moves, all at the end of the day.

    Between two counts the moves are walked forward from the earlier one. Where they do not meet the later one, something came or
    went on a day that nobody knows: until then stock lies between `lowest` and `highest`. What must have come, because more was
    sold than there was, has come on that day. Before the first count the moves are walked backwards from it, and stock was at
    most that. `counted` is NaN where a product is not stocked: nothing is known from there to the next count. A day with a sale
    is a day in stock.
    """
    days = np.arange(counted.shape[1])
    moved = np.cumsum(change, axis=1)
    base = counted - moved
    last = np.maximum.accumulate(np.where(is_counted, days, -1), axis=1)
    following = _next(is_counted, days)
    is_after, has_next = last >= 0, following < len(days)
    own = np.where(is_after, last, np.minimum(following, len(days) - 1))
    is_known = is_after | has_next
    here = np.where(is_known, np.take_along_axis(base, own, axis=1), np.nan)
    level = np.where(is_known, np.take_along_axis(counted, own, axis=1), np.nan)
    there = np.take_along_axis(base, np.minimum(following, len(days) - 1), axis=1)
    gap = np.where(is_after & has_next, there, np.nan) - here
    walk = moved + here
    needed = np.maximum(0, np.minimum(level, 0) - _lowest_since(walk, is_counted))
    came = np.where(gap >= 0, np.minimum(needed, gap), np.where(gap < 0, 0, needed))
    stock = np.where(is_after, walk + came, np.maximum(walk, 0))
    lowest = np.where(gap < 0, np.maximum(walk + gap, np.minimum(walk, 0)), stock)
    lowest = np.where(is_after, lowest, np.where(is_known, 0, np.nan))
    highest = np.where(np.isnan(gap), np.where(np.isnan(walk), np.nan, np.inf), walk + np.maximum(gap, 0))
    highest = np.where(is_after, highest, stock)
    at_count = is_counted & ~np.isnan(counted)
    stock, lowest, highest = (np.where(at_count, counted, each) for each in (stock, lowest, highest))
    state = np.where((sold > 0) | (lowest > 0), IN, np.where(highest <= 0, OUT, UNKNOWN)).astype(np.int8)
    return Walked(stock, lowest, highest, state, is_after, _unexplained(base, is_counted, last))


def _next(is_counted: Matrix, days: Matrix) -> Matrix:
    """The day of the next count after each day, past the last day where there is none."""
    from_here = np.minimum.accumulate(np.where(is_counted, days, len(days))[:, ::-1], axis=1)[:, ::-1]
    return np.concatenate([from_here[:, 1:], np.full((len(is_counted), 1), len(days))], axis=1)


def _lowest_since(walk: Matrix, is_counted: Matrix) -> Matrix:
    """The lowest of each walk since its count."""
    steps = np.cumsum(is_counted, axis=1) * APART
    return np.minimum.accumulate(np.nan_to_num(walk) - steps, axis=1) + steps


def _unexplained(base: Matrix, is_counted: Matrix, last: Matrix) -> Matrix:
    before = np.concatenate([np.full((len(last), 1), -1), last[:, :-1]], axis=1)
    earlier = np.where(before >= 0, np.take_along_axis(base, np.maximum(before, 0), axis=1), np.nan)
    return np.where(is_counted, base - earlier, np.nan)
