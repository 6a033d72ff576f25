"""How the demand of a product is shared among locations whose channels nobody has told: by what left each of them."""

from datetime import timedelta

import numpy as np

from analytics import db
from analytics.forecasts.panel import Matrix
from analytics.forecasts.sold import Days
from analytics.stock import channel_locations
from analytics.stock.books import APART

# What left a location is told from counts of the last year; how all products together are shared weighs as much as so many pieces.
TOLD_DAYS = 364
PRIOR = 5.0


def shares(over: Days, keys: list[str]) -> dict[str, Matrix]:
    """The share of each product by location, which add up to 1; empty with fewer than two locations, or where nothing left any.

    What left is what is less from one count to the next. A product of which nothing left is shared as all of them together."""
    names = channel_locations.counted(over.store)
    if len(names) < 2:
        return {}
    left = _left(over, {key: at for at, key in enumerate(keys)}, names)
    if not left.sum():
        return {}
    usual = left.sum(axis=1) / left.sum()
    mixed = (left + PRIOR * usual[:, None]) / (left.sum(axis=0) + PRIOR)
    return dict(zip(names, mixed, strict=True))


def _left(over: Days, place: dict[str, int], names: list[str]) -> Matrix:
    """Pieces that left each location (row) by product (column)."""
    found = np.zeros((len(names), len(place)))
    start = over.stop - timedelta(days=TOLD_DAYS)
    asked = {"store_id": over.store, "start": start, "stop": over.stop, "products": None, "locations": None}
    before = np.full(found.shape, np.nan)
    for row in db.read("inventory/counted_by_day", **asked).to_dict("records"):
        if row["location"] not in names:
            continue
        at = names.index(row["location"])
        known = [(place[key], number) for number, key in enumerate(row["products"].split(APART)) if key in place]
        here = np.array([each for each, _ in known], dtype=np.intp)
        counted = np.frombuffer(row["on_hand"], dtype=">f8").astype(float)[[number for _, number in known]]
        found[at, here] += np.nan_to_num(np.maximum(before[at, here] - counted, 0))
        before[at, here] = counted
    return found
