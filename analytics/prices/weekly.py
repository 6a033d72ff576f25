"""Each product's weeks: how many pieces it sold, at which price beside its usual one, and in how much of the week it was there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, events, product_rows, stores
from analytics.scope import Scope
from analytics.stock import stockouts, velocity

Values = np.ndarray[Any, Any]
WEEK = 7
MOST_WEEKS = 156
PARTS = 10_000
# What was out for half of a week or longer tells nothing of what it would have sold.
LEAST_EXPOSURE = 0.5
# After its last sale a product may be gone for good: weeks without a sale count so long.
STILL_THERE = 4
# A cut below the price that is usual in the weeks around, as a share, and how many weeks to either side those are.
CUT = 0.04
AROUND = 6
UNKNOWN = "unknown"
Rows = dict[str, Values]


@dataclass(frozen=True)
class Weeks:
    """By product (row) and week (column, the oldest first), of what sold in the currency that most of it did.

    `units`, `amount` (after discounts), `log_price` (0 is the usual price), `regular` (the log price usual in the weeks around), `depth`
    (share taken off by discounts), `exposure` (share of the week in which it could be bought, 0 where the week does not count), `promoted`
    (1 or 0). `about` has a row a product: product, title, sku, category, currency, variants.
    """

    about: pd.DataFrame
    first_day: date
    units: Values
    amount: Values
    log_price: Values
    regular: Values
    depth: Values
    exposure: Values
    promoted: Values

    @property
    def usual(self) -> Values:
        """What a piece of each product usually brings after discounts, its variants as they sell."""
        return np.asarray(self.amount.sum(axis=1) / (self.units * np.exp(self.log_price)).sum(axis=1))

    @property
    def days(self) -> list[date]:
        """The first day of each week."""
        return [self.first_day + timedelta(days=WEEK * each) for each in range(self.units.shape[1])]

    def some(self, rows: Values) -> "Weeks":
        """The same of some of the products."""
        cut = (getattr(self, name)[rows] for name in MATRICES)
        places = np.arange(len(self.about))[rows]
        return Weeks(self.about.iloc[places].reset_index(drop=True), self.first_day, *cut)


MATRICES = ("units", "amount", "log_price", "regular", "depth", "exposure", "promoted")


def of(scope: Scope) -> Weeks | None:
    """The weeks of the scope's products, of the last three years of its days at most; None if nothing was sold in a whole week.

    The price of a week is the one at which most pieces were sold (a median by pieces), beside what the same variant usually
    brings after discounts; countries and channels that always bring more or less, as their taxes do, are evened out. A week without
    a sale has the price of the week before it and the discount of its category. They are kept until the data of the stores change.
    """
    return _of(scope, stores.versions(scope.store), db.url())


@lru_cache(maxsize=4)
def _of(scope: Scope, versions: tuple[tuple[int, int], ...], where: str) -> Weeks | None:
    first, last = velocity.data_days(scope)
    if first is None or last is None:
        return None
    stop, first = last + timedelta(days=1), max(first, scope.start or first)
    count = min((stop - first).days // WEEK, MOST_WEEKS)
    start = stop - timedelta(days=WEEK * count)
    asked = scope.over(start, stop)
    told = numbers_of(asked)
    if count < 1 or told.empty:
        return None
    rows = _rows(asked, count, told)
    if not len(rows["week"]):
        return None
    return _built(asked, told, rows, count)


def numbers_of(scope: Scope) -> pd.DataFrame:
    """The summaries' numbers with the product (all of its variants) that each belongs to: its place, `at`."""
    known = db.read("prices/numbers", **{name: scope.params()[name] for name in ("store_ids", "categories")})
    parents = product_rows.told(scope).drop_duplicates("product_key").set_index("product_key")
    named = parents.reindex(known["product_key"])
    parent = [key if pd.isna(up) else up for key, up in zip(known["product_key"], named["parent"], strict=True)]
    title = [
        own if pd.isna(up) else up
        for own, up in zip(known["title"].fillna(known["product_key"]), named["parent_title"], strict=True)
    ]
    return known.assign(product=parent, product_title=title)


def _rows(scope: Scope, count: int, told: pd.DataFrame) -> Rows:
    """A row a variant, slice and day that sold: variant (place in `told`), slice, week from the oldest, units, amount, discount."""
    asked = {
        name: scope.params()[name]
        for name in ("store_ids", "start", "stop", "channels", "countries", "currency", "into")
    }
    packed = db.read("prices/weekly", **asked)
    parts: dict[str, list[Values]] = {
        name: [] for name in ("number", "slice", "week", "units", "amount", "discount", "currency")
    }
    currencies = {each: at for at, each in enumerate(sorted(set(packed["currency"])))}
    for row in packed.to_dict("records"):
        numbers = np.frombuffer(row["numbers"], dtype=">i4").astype(np.int64)
        parts["number"].append(numbers)
        for name, value in (
            ("slice", row["slice_no"]),
            ("week", count - 1 - row["week"]),
            ("currency", currencies[row["currency"]]),
        ):
            parts[name].append(np.full(len(numbers), value, dtype=np.int64))
        for name, column in (("units", "units"), ("amount", "amounts"), ("discount", "discounts")):
            parts[name].append(np.frombuffer(row[column], dtype=">f8").astype(float) / PARTS)
    found = {name: np.concatenate(each) if each else np.empty(0) for name, each in parts.items()}
    numbers = told["value_no"].to_numpy(dtype=np.int64)
    at = np.searchsorted(numbers, found["number"])
    is_asked = (at < len(numbers)) & (numbers[np.minimum(at, len(numbers) - 1)] == found["number"])
    is_asked &= found["amount"] - found["discount"] > 0.0
    found["variant"] = at
    kept = {name: each[is_asked] for name, each in found.items()}
    kept["currencies"] = np.array(list(currencies), dtype=object)
    return kept


def _built(scope: Scope, told: pd.DataFrame, rows: Rows, count: int) -> Weeks:
    product, names = pd.factorize(told["product"])
    shape = (len(names), count)
    currency = _main_currency(rows, product[rows["variant"]], shape[0])
    is_main = rows["currency"] == currency[product[rows["variant"]]]
    rows = {name: each if name == "currencies" else each[is_main] for name, each in rows.items()}
    at = product[rows["variant"]]
    cell = at * count + rows["week"]
    units, amount = (
        np.bincount(cell, each, shape[0] * count).reshape(shape)
        for each in (rows["units"], rows["amount"] - rows["discount"])
    )
    about = _about(told, product, names, rows["currencies"][currency])
    log_price, depth = _prices(rows, cell, (at, pd.factorize(about["category"])[0]), shape)
    exposure = _seen(units) * _in_stock(scope, told, product, (rows, shape))
    exposure[exposure < LEAST_EXPOSURE] = 0.0
    is_sold = units.sum(axis=1) > 0
    regular = _regular(log_price)
    promoted = _promoted(log_price < regular + np.log1p(-CUT), scope, count)
    whole = Weeks(about, scope.start or date.min, units, amount, log_price, regular, depth, exposure, promoted)
    return whole.some(is_sold)


def _main_currency(rows: Rows, at: Values, products: int) -> Values:
    kinds = max(len(rows["currencies"]), 1)
    sold = np.bincount(at * kinds + rows["currency"], rows["units"], products * kinds)
    return np.asarray(sold.reshape(products, kinds).argmax(axis=1))


def _about(told: pd.DataFrame, product: Values, names: Any, currency: Values) -> pd.DataFrame:
    first = told.assign(at=product).drop_duplicates("at").set_index("at").sort_index()
    variants = np.bincount(product, minlength=len(names))
    return pd.DataFrame({
        "product": list(names), "title": list(first["product_title"]),
        "sku": [sku if one == 1 else None for sku, one in zip(first["sku"], variants, strict=True)],
        "category": [UNKNOWN if pd.isna(each) or not each else each for each in first["category"]],
        "currency": list(currency), "variants": variants,
    }, dtype=object)  # fmt: skip


def _prices(rows: Rows, cell: Values, of_what: tuple[Values, Values], shape: tuple[int, int]) -> tuple[Values, Values]:
    """The logarithm of each week's price beside the usual one, and the share that discounts took off."""
    at, category = of_what
    net = np.log((rows["amount"] - rows["discount"]) / rows["units"])
    kind, weight = rows["variant"], rows["units"]
    beside = net - medians(net, weight, kind)[kind]
    beside -= medians(beside, weight, rows["slice"])[rows["slice"]]
    off = np.log1p(-np.minimum(rows["discount"] / rows["amount"], 0.99))
    size = shape[0] * shape[1]
    price, taken = (medians(each, weight, cell, size).reshape(shape) for each in (beside, off))
    of_category = medians(off, weight, category[at] * shape[1] + rows["week"], (category.max(initial=0) + 1) * shape[1])
    usual_off = np.nan_to_num(of_category.reshape(-1, shape[1]))[category]
    regular = _carried(price - taken)
    taken = np.where(np.isnan(taken), usual_off, taken)
    price = np.where(np.isnan(price), regular + taken, price)
    return price, 1 - np.exp(taken)


def medians(values: Values, weights: Values, groups: Values, size: int | None = None) -> Values:
    """The median of each group's values by weight; NaN for a group without any."""
    found = np.full(size if size is not None else int(groups.max(initial=-1)) + 1, np.nan)
    order = np.lexsort((values, groups))
    sums = np.cumsum(weights[order])
    of_group = groups[order]
    first = np.flatnonzero(np.r_[True, of_group[1:] != of_group[:-1]]) if len(order) else np.empty(0, dtype=int)
    before = np.r_[0.0, sums[first[1:] - 1]] if len(first) else sums
    last = np.r_[first[1:], len(order)]
    half = (before + sums[last - 1]) / 2 if len(first) else before
    # the sums rise over all groups, so one search finds the middle of each
    middle = np.minimum(np.searchsorted(sums, half * (1 - 1e-12)), last - 1) if len(first) else first
    found[of_group[first]] = values[order][middle]
    return found


def _carried(values: Values) -> Values:
    """Each row's last known value at every place; before the first one, that one."""
    places = np.where(np.isnan(values), -1, np.arange(values.shape[1]))
    last = np.maximum.accumulate(places, axis=1)
    first = np.where(np.isnan(values), values.shape[1], np.arange(values.shape[1])).min(axis=1, keepdims=True)
    chosen = np.minimum(np.where(last >= 0, last, first), values.shape[1] - 1)
    return np.nan_to_num(np.take_along_axis(values, chosen, axis=1))


def _seen(units: Values) -> Values:
    """1 from the week after the one of a product's first sale (from that of the first week known) to soon after its last."""
    weeks, is_sold = np.arange(units.shape[1]), units > 0
    first = np.where(is_sold.any(axis=1), is_sold.argmax(axis=1), units.shape[1])[:, None]
    last = units.shape[1] - 1 - is_sold[:, ::-1].argmax(axis=1)[:, None]
    has_begun = (weeks > first) | ((first == 0) & (weeks == 0))
    return np.asarray(has_begun & (weeks <= last + STILL_THERE), dtype=float)


def _in_stock(scope: Scope, told: pd.DataFrame, product: Values, sold: tuple[Rows, tuple[int, int]]) -> Values:
    """The share of each week in which a product could be bought; of several variants, by what they sell."""
    rows, shape = sold
    out = np.zeros(shape)
    for at, share, first, last in out_of_stock(
        scope, told, product, np.bincount(rows["variant"], rows["units"], len(told))
    ):
        for week in range(max(first // WEEK, 0), min(last // WEEK, shape[1] - 1) + 1):
            days = min(last, week * WEEK + WEEK - 1) - max(first, week * WEEK) + 1
            out[at, week] += share * days / WEEK
    return np.clip(1 - out, 0.0, 1.0)


def out_of_stock(
    scope: Scope, told: pd.DataFrame, product: Values, units: Values
) -> Iterator[tuple[int, float, int, int]]:
    """Each stockout of the scope's days: the product's place, the share of it that was out (a variant's of what all of them sell,
    by `units` of each variant), first and last day, counted from the scope's first. `product` has the place of each row of `told`."""
    of_product = np.maximum(np.bincount(product, units), 1e-9)
    at_key = {key: at for at, key in enumerate(told["product_key"])}
    at_product = dict(zip(told["product"], product, strict=True))
    whole = Scope(store=scope.store).over(scope.start, scope.stop)
    start = scope.start or date.min
    for row in stockouts.of(whole).to_dict("records"):
        variant = at_key.get(row["product_key"])
        at = at_product.get(row["product"]) if variant is None else product[variant]
        if at is not None:
            share = 1.0 if variant is None else units[variant] / of_product[at]
            yield int(at), float(share), (row["first_day"] - start).days, (row["last_day"] - start).days


def _regular(log_price: Values) -> Values:
    """The price without promotions: of a week that lies clearly below the middle of the weeks around it, the last one that did not."""
    found = log_price.copy()
    moving = np.flatnonzero(np.ptp(log_price, axis=1) > CUT)
    for some in np.array_split(moving, max(len(moving) // 1000, 1)):
        # mirrored at both ends: a promotion in the first week is not what is usual
        around = np.pad(log_price[some], ((0, 0), (AROUND, AROUND)), mode="symmetric")
        windows = np.lib.stride_tricks.sliding_window_view(around, 2 * AROUND + 1, axis=1)
        is_cut = log_price[some] < np.median(windows, axis=2) + np.log1p(-CUT)
        found[some] = _carried(np.where(is_cut, np.nan, log_price[some]))
    return found


def _promoted(is_cut: Values, scope: Scope, count: int) -> Values:
    """1 in weeks whose price lies below the usual one of the weeks around, and in those of a promotion in the calendar."""
    found = is_cut.astype(float)
    start = scope.start or date.min
    for row in promotions(scope):
        first, last = ((day - start).days // WEEK for day in (row["starts_on"], row["ends_on"]))
        found[:, max(first, 0) : max(min(last, count - 1) + 1, 0)] = 1.0
    return found


def promotions(scope: Scope) -> Sequence[dict[Any, Any]]:
    """The promotions of the shop's own calendar that touch the days."""
    entered = events.own(scope)
    return [row for row in entered.to_dict("records") if row["kind"] == "promotion"]
