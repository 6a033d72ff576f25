"""The products of a store day by day: what was sold, and what is expected in place of days without stock and marked days."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from analytics import db, stores
from analytics.forecasts import corrected, outs, sold
from analytics.forecasts.panel import Matrix
from analytics.forecasts.sold import Days, Sold
from analytics.scope import Scope
from analytics.stock import books

# Why a day is not learnt from as it was; a day, and more so a week, can have both.
AS_SOLD, STOCKOUT, MARKED = 0, 1, 2


@dataclass(frozen=True)
class Shelf:
    """Products (rows) by day (columns) in ten-thousandths of a piece. `begins` is the column of each one's first sale, or first day
    in stock; `rows`, `columns`, `expected` and `why` are the days that are not learnt from as they were."""

    sold: Sold
    begins: Matrix
    rows: Matrix
    columns: Matrix
    expected: Matrix
    why: Matrix

    @property
    def change(self) -> Matrix:
        """What each of those days is learnt from as more than was sold; below 0 what is taken off."""
        return np.asarray(self.expected - self.sold.amounts[self.rows, self.columns])


def of(over: Days) -> Shelf:
    """The shelf of a whole store; the last one is kept until its data change."""
    version = int(stores.among(over.store)["data_version"].iloc[0])
    return _kept(over, version, db.url())


@lru_cache(maxsize=1)
def _kept(over: Days, version: int, where: str) -> Shelf:
    return of_part(over, books.WHOLE)


def forget() -> None:
    """Give back the room of the shelf that is kept."""
    _kept.cache_clear()


def of_part(over: Days, part: books.Part) -> Shelf:
    """The shelf of some locations and the channels that they serve."""
    found = sold.products(over, part.channels)
    is_out, since = outs.days_out(over, found, part)
    begins = np.minimum(_first(found.amounts), since)
    is_out = corrected.days_told(is_out & (np.arange(over.count) >= begins[:, None]))
    is_marked = _marked(over, list(found.keys["series_key"]))
    groups = pd.factorize(found.keys["category"])[0]
    cells = corrected.of(found.amounts, is_out | is_marked, begins, groups)
    at = cells.rows, cells.columns
    why = np.where(is_out[at], STOCKOUT, AS_SOLD) | np.where(is_marked[at], MARKED, AS_SOLD)
    return Shelf(found, begins, cells.rows, cells.columns, cells.expected, why.astype(np.int8))


def _first(amounts: Matrix) -> Matrix:
    return np.asarray((amounts != 0).argmax(axis=1)) if len(amounts) else np.zeros(0, dtype=int)


def _marked(over: Days, keys: list[str]) -> Matrix:
    """The days that somebody marked, of a product or of all of them; a bundle's mark is one of each of its parts."""
    found = np.zeros((len(keys), over.count), dtype=bool)
    asked = {name: Scope(over.store, over.start, over.stop).params()[name] for name in ("store_ids", "start", "stop")}
    marks = db.read("forecasts/marks", **asked)
    marks = marks[marks["withdrawn_at"].isna()]
    if marks.empty:
        return found
    place = {key: at for at, key in enumerate(keys)}
    parts = db.read("products/bundles", store_ids=[over.store])
    made_of = parts.groupby("bundle_key")["component_key"].agg(list).to_dict() if len(parts) else {}
    for mark in marks.to_dict("records"):
        days = slice(max((mark["first_day"] - over.start).days, 0), (mark["last_day"] - over.start).days + 1)
        if mark["product_key"] is None:
            found[:, days] = True
            continue
        rows = [place[key] for key in made_of.get(mark["product_key"], [mark["product_key"]]) if key in place]
        found[rows, days] = True
    return found
