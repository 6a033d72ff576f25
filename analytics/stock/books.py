"""What is known of a store's stock day by day: what was counted, sold, put back and received, a row a product, a column a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import db
from analytics.scope import Scope

Matrix = np.ndarray[Any, Any]
# Summaries keep pieces in whole ten-thousandths: sums of those are exact in floating point, and divided at the end.
PARTS = 10_000
APART = "\x1f"


@dataclass(frozen=True)
class Part:
    """A part of a store's stock: some products, some locations with the channels that they serve; all of them without any."""

    products: Sequence[str] | None = None
    locations: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


WHOLE = Part()


@dataclass(frozen=True)
class Book:
    """Ten-thousandths of a piece by product (row) and day (column, from `first`): `sold`, `restocked`, `received`, `adjusted` (found
    above 0, lost below); `available` and `on_hand` as counted at the end of the day, NaN where they were not; `is_counted` tells a
    count, of nothing stocked too, and `is_whole` that every location which was counted before was counted that day."""

    keys: list[str]
    first: date
    sold: Matrix
    restocked: Matrix
    received: Matrix
    adjusted: Matrix
    available: Matrix
    on_hand: Matrix
    is_counted: Matrix
    is_whole: Matrix

    def rows(self, start: int, stop: int) -> "Book":
        """The same of some of the products."""
        some = slice(start, stop)
        matrices = (getattr(self, name)[some] for name in MATRICES)
        return Book(self.keys[some], self.first, *matrices)


MATRICES = ("sold", "restocked", "received", "adjusted", "available", "on_hand", "is_counted", "is_whole")


def pieces(values: Any) -> "pd.Series[Any]":
    """Quantities as exact numbers, whole ones without decimals; None for what is not known or has no bound."""
    known = [None if not np.isfinite(each) else Decimal(repr(float(each))) for each in values]
    return pd.Series([each if each is None or each % 1 else Decimal(int(each)) for each in known], dtype=object)


def read(store: int, start: date, stop: date, part: Part = WHOLE) -> Book:
    """The book of a store from `start` until before `stop`: of every product counted or moved, or of a part."""
    days = {"store_id": store, "start": start, "stop": stop}
    named = None if part.products is None else list(part.products)
    locations, channels = list(part.locations) or None, list(part.channels) or None
    counts = db.read("inventory/counted_by_day", **days, products=named, locations=locations)
    sold = db.read("inventory/sold_products", store_id=store, products=named)
    back = db.read("inventory/put_back_by_day", **days, locations=locations, channels=channels)
    back = back if named is None else back[back["product_key"].isin(named)]
    counted = [text.split(APART) for text in counts["products"]]
    found = set(sold["product_key"]) | set(back["product_key"]) | {key for keys in counted for key in keys}
    keys = sorted(found)
    place = {key: at for at, key in enumerate(keys)}
    shape = (len(keys), (stop - start).days)
    restocked, received, adjusted = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    at = [place[key] for key in back["product_key"]], [(day - start).days for day in back["day"]]
    for matrix, name in ((restocked, "restocked"), (received, "received"), (adjusted, "adjusted")):
        np.add.at(matrix, at, np.round(back[name].to_numpy(dtype=float) * PARTS))
    rows = [np.fromiter((place[key] for key in each), dtype=np.intp, count=len(each)) for each in counted]
    available, on_hand, is_counted, is_whole = _levels(counts, rows, start, shape)
    scope = Scope(store, start, stop, channels=part.channels)
    moved = by_day(scope, sold, place), restocked, received, adjusted
    return Book(keys, start, *moved, available, on_hand, is_counted, is_whole)


def by_day(scope: Scope, sold: pd.DataFrame, place: dict[str, int]) -> Matrix:
    """Ten-thousandths sold by product (its place) and day of a scope of one store with both ends; `sold` tells which of the
    summaries' numbers are demand of what: value_no, product_key, pieces."""
    assert scope.start is not None and scope.stop is not None
    matrix = np.zeros((len(place), (scope.stop - scope.start).days))
    if sold.empty:
        return matrix
    asked = {name: scope.params()[name] for name in ("start", "stop", "channels", "countries")}
    # naming nearly all of the numbers would only cost time
    few = sold["value_no"].tolist() if len(sold) < 50 else None
    days = db.read("inventory/sold_by_day", store_id=scope.only_store, numbers=few, **asked)
    numbers, rows, pieces = _by_number(sold, place)
    for day, packed, units in zip(days["day"], days["numbers"], days["units"], strict=True):
        asked_of = np.frombuffer(packed, dtype=">i4")
        first, last = np.searchsorted(numbers, asked_of, "left"), np.searchsorted(numbers, asked_of, "right")
        amounts = np.frombuffer(units, dtype=">f8").astype(float)
        column = matrix[:, (day - scope.start).days]
        for step in range(int((last - first).max(initial=0))):  # the parts of a bundle, one after the other
            at = np.flatnonzero(first + step < last)
            part = first[at] + step
            column += np.bincount(rows[part], weights=np.round(amounts[at] * pieces[part]), minlength=len(place))
    return matrix


def _by_number(sold: pd.DataFrame, place: dict[str, int]) -> tuple[Matrix, Matrix, Matrix]:
    ordered = sold[sold["product_key"].isin(place)].sort_values("value_no", kind="stable")
    rows = np.fromiter((place[key] for key in ordered["product_key"]), dtype=np.intp, count=len(ordered))
    return ordered["value_no"].to_numpy(dtype=np.int64), rows, ordered["pieces"].to_numpy(dtype=float)


def _levels(
    counts: pd.DataFrame, rows: list[Matrix], start: date, shape: tuple[int, int]
) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    """Stock of all locations on the days of a count; a location that was not counted on one has what it had before."""
    available, on_hand = np.full(shape, np.nan), np.full(shape, np.nan)
    is_counted, is_whole = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    latest: dict[str, tuple[Matrix, Matrix, Matrix]] = {}
    for day, at in counts.groupby("as_of", sort=True).indices.items():
        column, here = (day - start).days, np.zeros(shape[0], dtype=int)
        for each in at:
            location = counts["location"].iloc[each]
            known = latest.setdefault(
                location, (np.full(shape[0], np.nan), np.full(shape[0], np.nan), np.zeros(shape[0], dtype=bool))
            )
            for kept, name in zip(known, ("available", "on_hand"), strict=False):
                amounts = np.frombuffer(counts[name].iloc[each], dtype=">f8").astype(float)
                kept[rows[each]] = _added(rows[each], amounts, shape[0])
            known[2][rows[each]] = True
            here[np.unique(rows[each])] += 1
        touched = here > 0
        available[touched, column] = _together([known[0] for known in latest.values()])[touched]
        on_hand[touched, column] = _together([known[1] for known in latest.values()])[touched]
        is_counted[:, column] = touched
        is_whole[:, column] = touched & (here == sum(known[2].astype(int) for known in latest.values()))
    return available, on_hand, is_counted, is_whole


def _added(rows: Matrix, amounts: Matrix, size: int) -> Matrix:
    """The counts of each product named, in the order of `rows`, those of one product added up; NaN is not stocked."""
    is_known = ~np.isnan(amounts)
    sums = np.bincount(rows, weights=np.round(np.nan_to_num(amounts) * PARTS), minlength=size)
    stocked = np.bincount(rows, weights=is_known, minlength=size)
    return np.asarray(np.where(stocked > 0, sums, np.nan)[rows])


def _together(known: list[Matrix]) -> Matrix:
    """The sum of what is stocked anywhere; NaN where it is stocked nowhere."""
    stocked = ~np.isnan(known)
    return np.where(stocked.any(axis=0), np.nansum(known, axis=0), np.nan)
