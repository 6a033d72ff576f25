"""Series of units and net sales by period: what was sold, and what is changed of it where it was out of stock or marked."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analytics import stores
from analytics.forecasts import location_shares, money, shelf, sold
from analytics.forecasts.panel import Matrix
from analytics.forecasts.shelf import MARKED, STOCKOUT, Shelf
from analytics.forecasts.sold import Days, Sold
from analytics.scope import Scope
from analytics.stock import positions
from analytics.stock.books import PARTS
from analytics.stock.positions import ELSEWHERE, Place

# Of many products together some are always out: a period counts as changed where so much of it is estimated.
LEFT_SHARE = 0.1
REASONS = (STOCKOUT, MARKED)
KEYS = ("series_key", "location_key", "currency", "name", "category")


@dataclass(frozen=True)
class Series:
    """Series (rows; `keys` names them by KEYS) by whole period (columns): what was sold (`raw`), and a table for each of
    REASONS, what is put in its place more (`changes`) and how much of it is estimated (`sizes`): a period of which more than `share`
    is, counts as changed. `first` and `last` are the columns of days on which each began and was last sold."""

    keys: pd.DataFrame
    raw: Matrix
    changes: Matrix
    sizes: Matrix
    share: float
    first: Matrix
    last: Matrix


def of(over: Days, measure: str, level: str, length: int) -> Series:
    """The series of a measure and level by periods of so many days."""
    if measure == "net_sales":
        return _net_sales(over, level, length)
    if level == "location":
        return _locations(over, length)
    return _units(over, shelf.of(over), (level, length))


def _units(over: Days, own: Shelf, how: tuple[str, int]) -> Series:
    """The products of a shelf, or their sums by category or all together."""
    level, length = how
    products, amounts = own.sold.keys, own.sold.amounts
    by = {"product": products["series_key"], "category": products["category"]}.get(level)
    codes, names = pd.factorize(pd.Series("", index=products.index) if by is None else by, sort=True)
    keys = pd.DataFrame({"series_key": names, "name": names, "category": names}, dtype=object)
    if level == "product":
        keys = products.iloc[np.argsort(codes)].reset_index(drop=True)
    shape = len(names), over.count // length
    raw = np.zeros(shape)
    np.add.at(raw, codes, by_period(amounts, length))
    # a day that sold what was to be expected is still not learnt from
    size = np.maximum(np.abs(own.change), 1)
    changes, sizes = (_changed(own, codes, (shape, length), each) for each in (own.change, size))
    first = _by_code(codes, own.begins, (shape[0], over.count), np.minimum)
    last = _by_code(codes, _last(amounts), (shape[0], 0), np.maximum)
    keys = keys.assign(location_key="", currency="")[list(KEYS)]
    return Series(keys, raw / PARTS, changes, sizes, 0.0 if level == "product" else LEFT_SHARE, first, last)


def _changed(own: Shelf, codes: Matrix, how: tuple[tuple[int, int], int], amounts: Matrix) -> Matrix:
    """Amounts of the days that are changed, in pieces by reason, series and period."""
    shape, length = how
    found = np.zeros((len(REASONS), *shape))
    inside = own.columns // length < shape[1]
    for at, reason in enumerate(REASONS):
        of = inside & (own.why == reason)
        np.add.at(found[at], (codes[own.rows[of]], own.columns[of] // length), amounts[of])
    return found / PARTS


def _by_code(codes: Matrix, values: Matrix, of: tuple[int, int], reduce: Any) -> Matrix:
    found = np.full(of[0], of[1], dtype=int)
    reduce.at(found, codes, values)
    return found


def _last(amounts: Matrix) -> Matrix:
    return np.asarray(amounts.shape[1] - 1 - (amounts[:, ::-1] != 0).argmax(axis=1))


def by_period(days: Matrix, length: int) -> Matrix:
    """Columns of days added up to whole periods from the first column on; what is left at the end is not whole."""
    count = days.shape[1] // length
    return np.asarray(days[:, : count * length].reshape(len(days), count, length).sum(axis=2))


def _net_sales(over: Days, level: str, length: int) -> Series:
    found = sold.net_sales(over, "channel" if level == "channel" else "category")
    if level == "store":
        found = _of_shop(found)
    by_day = money.changes(over, shelf.of(over), level, found.keys)
    if level == "channel":
        by_day *= _is_open(found.amounts)
    changes, sizes = (np.stack([by_period(each, length) for each in all_]) / PARTS for all_ in (by_day, np.abs(by_day)))
    raw = by_period(found.amounts, length) / PARTS
    first = (found.amounts != 0).argmax(axis=1)
    keys = found.keys.assign(location_key="")[list(KEYS)]
    return Series(keys, raw, changes, sizes, LEFT_SHARE, first, _last(found.amounts))


def _is_open(amounts: Matrix) -> Matrix:
    """Whether each series ever sold on a weekday: a till that is closed on Sundays brings nothing then, whatever is put back."""
    weekday = np.arange(amounts.shape[1]) % 7
    return np.stack([(amounts[:, weekday == each] != 0).any(axis=1) for each in range(7)], axis=1)[:, weekday]


def _of_shop(found: Sold) -> Sold:
    """All categories together, by currency."""
    codes, names = pd.factorize(found.keys["currency"], sort=True)
    keys = pd.DataFrame({"series_key": "", "currency": names, "name": "", "category": ""}, dtype=object)
    amounts = np.zeros((len(names), found.amounts.shape[1]))
    np.add.at(amounts, codes, found.amounts)
    return Sold(keys, amounts)


def _locations(over: Days, length: int) -> Series:
    """The products at each place that is planned for apart, or by the share of what left each; no rows where nothing tells."""
    found = [
        _at(_units(over, shelf.of_part(over, place.part), ("product", length)), place.name)
        for place in _places(over.store)
    ]
    if not found:
        whole = _units(over, shelf.of(over), ("product", length))
        shares = location_shares.shares(over, list(whole.keys["series_key"]))
        found = [_at(_part(whole, share), place) for place, share in shares.items()]
        found = found or [_rows(whole, np.zeros(len(whole.keys), dtype=bool))]
    return _stacked(found)


def _places(store: int) -> list[Place]:
    """The places whose channels are known; what was sold by others is of no location, so that all of them add up."""
    found = [place for place in positions.places(Scope(store)) if place.locations]
    rest = set(stores.choices(store)["channel"]) - {channel for place in found for channel in place.channels}
    return [*found, Place(ELSEWHERE, (), tuple(sorted(rest)))] if found and rest else found


def _at(found: Series, place: str) -> Series:
    return replace(found, keys=found.keys.assign(location_key=place))


def _part(found: Series, share: Matrix) -> Series:
    """A share of each series, without those that have none."""
    shared = replace(
        found,
        raw=found.raw * share[:, None],
        changes=found.changes * share[:, None],
        sizes=found.sizes * share[:, None],
    )
    return _rows(shared, share > 0)


def _rows(found: Series, some: Matrix) -> Series:
    return Series(
        found.keys[some].reset_index(drop=True), found.raw[some], found.changes[:, some], found.sizes[:, some], found.share,
        found.first[some], found.last[some],
    )  # fmt: skip


def _stacked(found: list[Series]) -> Series:
    """The rows of several, one after the other."""
    return Series(
        pd.concat([each.keys for each in found], ignore_index=True),
        np.concatenate([each.raw for each in found]),
        np.concatenate([each.changes for each in found], axis=1),
        np.concatenate([each.sizes for each in found], axis=1),
        found[0].share,
        np.concatenate([each.first for each in found]),
        np.concatenate([each.last for each in found]),
    )
