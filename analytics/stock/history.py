"""Stock on any day: counted, or reconstructed between counts, and what no move explains."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, stores
from analytics.scope import Scope
from analytics.stock import books, walk
from analytics.stock.books import PARTS, Book, Matrix, Part
from analytics.stock.walk import Walked

COLUMNS = (
    "day", "product_key", "state", "available", "on_hand", "lowest", "highest", "counted", "is_counted", "basis", "sold",
    "restocked", "received", "adjusted", "unexplained", "has_count", "products",
)  # fmt: skip
STATES = {walk.UNKNOWN: "not known", walk.IN: "in stock", walk.OUT: "out of stock"}
COUNTED, BETWEEN, AFTER, BEFORE = "counted", "between counts", "after the last count", "before the first count"
SUMS = (
    "available",
    "on_hand",
    "lowest",
    "highest",
    "counted",
    "sold",
    "restocked",
    "received",
    "adjusted",
    "unexplained",
)
Values = dict[str, Matrix]


def counted(scope: Scope) -> pd.DataFrame:
    """One row a store and product that was ever counted: store_id, product_key, sku, title, category, counts (days),
    first_count, last_count."""
    return db.read("inventory/counted_products", **_named(scope, "store_ids", "categories"))


def daily(scope: Scope, product_key: str | None = None) -> pd.DataFrame:
    """One row a day of the scope: the stock of one product at all locations, or of all that were counted. Columns: COLUMNS.

    Pieces at the end of the day. `available` is what was counted, else reconstructed (`basis` says from where), and lies between
    `lowest` and `highest` (None: nothing bounds it); `counted` is None on days without a count of every product. `unexplained`
    is what a count has more than the one before with all that was sold, put back, received and adjusted; `has_count` says that some product
    was counted. `state` is told of one product
    alone; `products` are those that the row adds up. Days reach as far as orders or counts do.
    """
    known = counted(scope)
    known = known if product_key is None else known[known["product_key"] == product_key]
    frames = []
    for store, rows in known.groupby("store_id"):
        days = _days(scope, int(store), rows)
        if days is not None:
            keys = None if product_key is None and not scope.categories else sorted(rows["product_key"])
            frames.append(_of_store(int(store), days, keys))
    if not frames:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    whole = frames[0] if len(frames) == 1 else _together(frames)
    state = None if product_key is None else whole["state"].map(STATES)
    told = whole.assign(product_key=product_key, state=state, **{name: books.pieces(whole[name]) for name in SUMS})
    return told[list(COLUMNS)]


def summary(days: pd.DataFrame) -> dict[str, Any]:
    """What the rows of `daily` come to: available, on_hand, lowest, highest at the end; days_in_stock, days_out, days_unknown
    (of one product); count_days; unexplained, all of it added up, None without two counts to compare."""
    last, states = days.iloc[-1], days["state"]
    of_one = states.notna().all()
    unexplained = days["unexplained"].dropna()
    return {
        **{name: last[name] for name in ("available", "on_hand", "lowest", "highest")},
        "days_in_stock": int((states == STATES[walk.IN]).sum()) if of_one else None,
        "days_out": int((states == STATES[walk.OUT]).sum()) if of_one else None,
        "days_unknown": int((states == STATES[walk.UNKNOWN]).sum()) if of_one else None,
        "count_days": int(days["has_count"].sum()),
        "unexplained": sum(unexplained, start=Decimal(0)) if len(unexplained) else None,
    }


def _named(scope: Scope, *names: str) -> dict[str, Any]:
    return {name: scope.params()[name] for name in names}


def _days(scope: Scope, store: int, rows: pd.DataFrame) -> tuple[date, date] | None:
    """The days of the scope on which anything can be known: from the first order or count to the last of them."""
    orders = stores.among(store).iloc[0]
    first = [each for each in (orders["first_day"], rows["first_count"].min()) if not pd.isna(each)]
    last = [each for each in (orders["last_day"], rows["last_count"].max()) if not pd.isna(each)]
    start, stop = max(scope.start or date.min, min(first)), min(scope.stop or date.max, max(last) + timedelta(days=1))
    return (start, stop) if start < stop else None


def _of_store(store: int, days: tuple[date, date], keys: list[str] | None) -> pd.DataFrame:
    """Sums over products by day, in pieces."""
    skipped = walk.LOOKBACK.days
    book = books.read(store, days[0] - walk.LOOKBACK, days[1], Part(keys))
    sums: Values | None = None
    for at in range(0, max(len(book.keys), 1), walk.AT_ONCE):
        part = book.rows(at, at + walk.AT_ONCE)
        found = _summed(part, walk.of_book(part))
        sums = found if sums is None else {name: sums[name] + each for name, each in found.items()}
    assert sums is not None
    days_of = pd.date_range(days[0], periods=(days[1] - days[0]).days).date
    cut = {name: each[skipped:] for name, each in sums.items()}
    frame = pd.DataFrame({"day": days_of, **{name: cut[name] / PARTS for name in SUMS}})
    frame["products"], frame["is_counted"] = cut["known"], (cut["known"] > 0) & (cut["whole"] == cut["known"])
    frame["state"] = np.where(cut["in"] > 0, walk.IN, np.where(cut["out"] == cut["known"], walk.OUT, walk.UNKNOWN))
    where = np.where(cut["after"] == 0, BEFORE, np.where(cut["before_next"] == 0, AFTER, BETWEEN))
    frame["basis"] = np.where(frame["is_counted"], COUNTED, where)
    frame["has_count"] = cut["any_count"] > 0
    frame.loc[~frame["is_counted"], "counted"] = np.nan
    frame.loc[cut["counts"] == 0, "unexplained"] = np.nan
    for name in ("available", "on_hand", "lowest", "highest"):
        frame.loc[frame["products"] == 0, name] = np.nan
    return frame


def _summed(book: Book, told: Walked) -> Values:
    """What is added up over products: quantities of those whose stock is known, and how many stand how."""
    is_known = ~np.isnan(told.stock)
    has_next = np.cumsum(book.is_counted[:, ::-1], axis=1)[:, ::-1] > book.is_counted
    rows = {
        "available": told.stock,
        "on_hand": told.stock + _held(book),
        "lowest": told.lowest,
        "highest": told.highest,
        "counted": np.where(book.is_counted, book.available, 0),
        "unexplained": told.unexplained,
        "sold": book.sold,
        "restocked": book.restocked,
        "received": book.received,
        "adjusted": book.adjusted,
    }
    sums = {name: np.nansum(np.where(is_known, each, 0), axis=0) for name, each in rows.items()}
    told_of = {
        "known": is_known,
        "whole": is_known & book.is_whole,
        "any_count": book.is_counted,
        "counts": book.is_counted & ~np.isnan(told.unexplained),
        "in": is_known & (told.state == walk.IN),
        "out": is_known & (told.state == walk.OUT),
        "after": is_known & told.is_after_count,
        "before_next": is_known & has_next,
    }
    return sums | {name: each.sum(axis=0) for name, each in told_of.items()}


def _held(book: Book) -> Matrix:
    """What was on hand but not available by the last count before each day, or the first one after it."""
    held = book.on_hand - book.available
    days = np.arange(held.shape[1])
    last = np.maximum.accumulate(np.where(book.is_counted, days, -1), axis=1)
    first = np.where(book.is_counted.any(axis=1), book.is_counted.argmax(axis=1), 0)
    return np.nan_to_num(np.take_along_axis(held, np.where(last >= 0, last, first[:, None]), axis=1))


def _together(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Several stores as one, day by day; a day is counted if it is in each."""
    rows = pd.concat(frames, ignore_index=True).sort_values("day", kind="stable")
    grouped = rows.groupby("day", sort=True)
    sums = grouped[[*SUMS, "products"]].sum(min_count=1)
    is_counted, has_count = grouped["is_counted"].all(), grouped["has_count"].any()
    basis = grouped["basis"].agg(lambda each: each.iloc[0] if each.nunique() == 1 else BETWEEN)
    return sums.assign(
        is_counted=is_counted, has_count=has_count, basis=basis, state=grouped["state"].max()
    ).reset_index()
