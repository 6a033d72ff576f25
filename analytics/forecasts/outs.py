"""On which days each product was out of stock: told by its stock, or by a silence in its sales that is no chance."""

from datetime import date

import numpy as np

from analytics import db, product_rows
from analytics.forecasts.panel import Matrix
from analytics.forecasts.sold import Days, Sold
from analytics.scope import Scope
from analytics.stock import books, outages, stockouts, walk

# Older counts only take time and room: what is forecast is learnt from the last years.
KEPT_DAYS = 1_092
# No week of what a silence tells of has fewer days with a sale around it.
LEAST_SALES = 4


def days_out(over: Days, found: Sold, part: books.Part = books.WHOLE) -> tuple[Matrix, Matrix]:
    """The days without stock by product and day, and the column from which stock history knows each product there (past the end
    where it never does)."""
    keys = list(found.keys["series_key"])
    state = _states(over, keys, part)
    is_there = state == walk.IN
    since = np.where(is_there.any(axis=1), is_there.argmax(axis=1), over.count)
    is_out = _known_out(state)
    is_out |= _silent(found.amounts, is_there, stockouts.families(keys, _parents(over.store)))
    return is_out, since


def _known_out(state: Matrix) -> Matrix:
    """Days without stock: those that are known, and those after the last count of what was out then and has not sold since."""
    days = np.arange(state.shape[1])
    known = np.where(state != walk.UNKNOWN, days, -1)
    last = known.max(axis=1, initial=-1)
    is_open = (last >= 0) & (np.take_along_axis(state, np.maximum(last, 0)[:, None], axis=1)[:, 0] == walk.OUT)
    return np.asarray((state == walk.OUT) | (is_open[:, None] & (days > last[:, None])))


def _states(over: Days, keys: list[str], part: books.Part) -> Matrix:
    found = np.full((len(keys), over.count), walk.UNKNOWN, dtype=np.int8)
    if part.channels and not part.locations:  # channels that no location serves
        return found
    first = min(db.read("forecasts/first_count", store_id=over.store)["day"], default=over.stop)
    if first >= over.stop:
        return found
    begin = max(over.count - KEPT_DAYS, (first - over.start).days, 0)
    place = {key: at for at, key in enumerate(keys)}
    days = date.fromordinal(over.start.toordinal() + begin), over.stop
    found[:, begin:] = walk.states(over.store, days, place, part)
    return found


def _parents(store: int) -> dict[str, stockouts.Row]:
    return {row["product_key"]: row for row in product_rows.told(Scope(store)).to_dict("records")}


def _silent(sold: Matrix, is_there: Matrix, families: list[list[int]]) -> Matrix:
    """Days of silences that cannot be chance, of products and of all variants of a product together, where stock says nothing
    else."""
    found = np.zeros(sold.shape, dtype=bool)
    is_open = np.asarray(sold.any(axis=0))
    several = [each for each in families if len(each) > 1]
    together = np.array([sold[each].sum(axis=0) for each in several]).reshape(len(several), sold.shape[1])
    for amounts, members in ((together, several), (sold, [[at] for at in range(len(sold))])):
        often = np.flatnonzero(_is_often_sold(amounts))
        for each in outages.told_by_sales(amounts[often], is_open):
            rows = members[often[each.row]]
            if not is_there[rows, each.first : each.last + 1].any():
                found[rows, each.first : each.last + 1] = True
    return found


def _is_often_sold(sold: Matrix) -> Matrix:
    """Whether a series sold on most days of any week: no silence of another is told."""
    running = np.cumsum(np.pad(sold > 0, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    week = running[:, 7:] - running[:, :-7]
    return np.asarray((week >= LEAST_SALES).any(axis=1) if week.shape[1] else np.zeros(len(sold), dtype=bool))
