"""What days without stock and marked days change in net sales: the pieces put back or taken off, at what pieces bring."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics import db
from analytics.forecasts.panel import Matrix
from analytics.forecasts.shelf import MARKED, STOCKOUT, Shelf
from analytics.forecasts.sold import Days

# A piece brings what pieces of the product brought in so many days before the end.
PRICED_DAYS = 364


def changes(over: Days, shelf: Shelf, level: str, keys: pd.DataFrame) -> Matrix:
    """What each series of a level (a row of keys) changes by on each day, in 1/10,000 of its currency: days out of stock, then those
    marked.

    Pieces put back bring what a piece of the product brought lately, in the currencies and channels it was sold in, marked days
    aside. Marked days lose what the product brought on them, and get what is expected."""
    marked = _on_marked_days(over, shelf)
    brings = _brings(over, shelf, marked, (level, keys))
    found = np.zeros((2, len(keys), over.count))
    for table, reason in zip(found, (STOCKOUT, MARKED), strict=True):
        at = shelf.why == reason
        _add(table, (shelf.rows[at], shelf.columns[at], shelf.expected[at]), brings)
    if len(marked):
        place = _series_of(marked, shelf, (level, keys)), [(day - over.start).days for day in marked["day"]]
        np.subtract.at(found[1], place, marked["net_sales"].to_numpy(dtype=float))
    return found


def _on_marked_days(over: Days, shelf: Shelf) -> pd.DataFrame:
    """What marked products brought on marked days, by currency and channel."""
    at = shelf.why == MARKED
    names = shelf.sold.keys["series_key"].to_numpy()[shelf.rows[at]]
    days = [date.fromordinal(over.start.toordinal() + int(each)) for each in shelf.columns[at]]
    return db.read("forecasts/net_sales_on_days", store_id=over.store, products=list(names), days=days)


def _add(table: Matrix, cells: tuple[Matrix, Matrix, Matrix], brings: tuple[Matrix, Matrix, Matrix]) -> None:
    """Add to each series what pieces of products bring on their days."""
    rows, columns, pieces = cells
    product, series, amount = brings
    first, last = np.searchsorted(product, rows, "left"), np.searchsorted(product, rows, "right")
    for each in range(int((last - first).max(initial=0))):
        at = np.flatnonzero(first + each < last)
        of = first[at] + each
        np.add.at(table, (series[of], columns[at]), pieces[at] * amount[of])


def _brings(
    over: Days, shelf: Shelf, marked: pd.DataFrame, of: tuple[str, pd.DataFrame]
) -> tuple[Matrix, Matrix, Matrix]:
    """Products in their order, a series of each, and what a piece of the product brings to it."""
    names = list(shelf.sold.keys["series_key"].iloc[np.unique(shelf.rows)])
    start = over.stop - timedelta(days=PRICED_DAYS)
    rows = db.read("forecasts/net_sales_of_products", store_id=over.store, products=names, start=start, stop=over.stop)
    late = marked[marked["day"] >= start] if len(marked) else marked
    taken = late.assign(net_sales=-late["sold_for"], units=-late["units"])
    columns = ["product_key", "currency", "channel"]
    parts = [each[[*columns, "net_sales", "units"]] for each in (rows, taken) if len(each)]
    if not parts:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp), np.zeros(0)
    rows = pd.concat(parts).groupby(columns, as_index=False)[["net_sales", "units"]].sum()
    units = rows.groupby("product_key")["units"].transform("sum").to_numpy(dtype=float)
    amount = rows["net_sales"].to_numpy(dtype=float) / np.where(units > 0, units, np.inf)
    product, series = _place(shelf, rows), _series_of(rows, shelf, of)
    order = np.argsort(product, kind="stable")
    return product[order], series[order], amount[order]


def _place(shelf: Shelf, rows: pd.DataFrame) -> Matrix:
    place = {key: at for at, key in enumerate(shelf.sold.keys["series_key"])}
    return np.array([place[key] for key in rows["product_key"]], dtype=np.intp)


def _series_of(rows: pd.DataFrame, shelf: Shelf, of: tuple[str, pd.DataFrame]) -> Matrix:
    """The row of keys that each row's money belongs to."""
    level, keys = of
    if level == "channel":
        named = rows["channel"].to_numpy()
    elif level == "category":
        named = shelf.sold.keys["category"].to_numpy()[_place(shelf, rows)]
    else:
        named = np.full(len(rows), "", dtype=object)
    place = {pair: at for at, pair in enumerate(zip(keys["series_key"], keys["currency"], strict=True))}
    return np.array([place[pair] for pair in zip(named, rows["currency"], strict=True)], dtype=np.intp)
