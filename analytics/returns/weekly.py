"""What was sold and came back week by week: a row a product and a column a week, and how much of it has come in by now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from analytics import db, product_options, product_rows, stores
from analytics.returns import control, rates
from analytics.returns.control import Counts, Matrix
from analytics.scope import Scope

WEEK = timedelta(days=7)
# A year in which a rise may begin, and half a year before it that tells what is usual.
WATCHED, BEFORE = 52, 26
# A week of which less than this share of the returns has come in tells nothing yet.
TELLING = 0.15
# Of fewer products nobody can tell how alike a category's are: then the shop's are asked.
CATEGORY = 5
WHOLE, SIZE, VARIANT = "whole product", "size", "variant"
Row = dict[Any, Any]


@dataclass(frozen=True)
class Series:
    """A product, one of its sizes or one of its variants: its words, and the rows of the book that it is made of."""

    product: str
    level: str
    part: str
    title: str
    category: str
    sku: str | None
    members: tuple[int, ...]


@dataclass(frozen=True)
class Book:
    """One currency's order lines by product (row) and week (column, from the one that begins on `first_day`); `value` is what was
    given back by product and week, `come_in` the share of the returns of each week that have come in."""

    currency: str
    keys: list[str]
    first_day: date
    sold: Matrix
    returned: Matrix
    value: dict[tuple[int, int], Decimal]
    come_in: Matrix

    def day(self, week: int) -> date:
        """The first day of a week."""
        return self.first_day + week * WEEK


def books(scope: Scope) -> list[Book]:
    """A book a currency, of the weeks counted back from the end of the scope or of the data; none without orders."""
    known = stores.among(scope.store).dropna(subset=["last_day"])
    if known.empty:
        return []
    last = max(known["last_day"])
    stop = min(scope.stop or date.max, last + timedelta(days=1))
    weeks = min(WATCHED + BEFORE, (stop - min(known["first_day"])).days // 7)
    if weeks <= 0:
        return []
    asked = replace(scope, start=stop - weeks * WEEK, stop=stop, basis="order_date", categories=())
    sold = db.read("returns/sold_by_week", **asked.params()).to_dict("records")
    back = db.read("returns/back_by_week", **asked.params()).to_dict("records")
    come_in = _come_in(scope, last, asked)
    found = []
    for currency in sorted({row["currency"] for row in sold}):
        here = [[row for row in rows if row["currency"] == currency] for rows in (sold, back)]
        found.append(_book(currency, here[0], here[1], (asked.start or date.min, come_in)))
    return found


def _book(currency: str, sold: list[Row], back: list[Row], about: tuple[date, Matrix]) -> Book:
    first_day, come_in = about
    keys = [row["product_key"] for row in sold]
    place = {key: at for at, key in enumerate(keys)}
    lines, returned = np.zeros((len(keys), len(come_in))), np.zeros((len(keys), len(come_in)))
    value: dict[tuple[int, int], Decimal] = {}
    for at, row in enumerate(sold):
        np.add.at(lines[at], len(come_in) - 1 - np.array(row["weeks"], dtype=int), row["lines"])
    for row in back:
        if row["product_key"] in place:
            at, week = place[row["product_key"]], len(come_in) - 1 - row["week"]
            returned[at, week] += row["lines"]
            value[at, week] = value.get((at, week), Decimal(0)) + row["value"]
    # what an exchange sold on a later day came back of no line of that day
    return Book(currency, keys, first_day, lines, np.minimum(returned, lines), value, come_in)


def _come_in(scope: Scope, last: date, asked: Scope) -> Matrix:
    """By week of orders: the share of their returns that came in until the last day of the data, 0 where that tells nothing.

    It is learnt from a year of orders that are 90 days old, as their maturity is (see rates.maturity).
    """
    old = last - timedelta(days=rates.OLD_ENOUGH)
    lags: dict[int, int] = {}
    for start in (old - timedelta(days=rates.LEARNT_FROM), None):
        learnt = Scope(scope.store, start, old if start else None)
        lags = {row["days"]: row["lines"] for row in _lags(learnt)}
        if sum(lags.values()) >= rates.ENOUGH_RETURNS:
            break
    stop = asked.stop or date.max
    ages = np.array([(last - stop).days + 1 + day for day in range((stop - (asked.start or stop)).days)])
    if lags:
        days, lines = np.array(sorted(lags)), np.cumsum([lags[each] for each in sorted(lags)])
        within = np.concatenate([[0], lines / lines[-1]])[np.searchsorted(days, ages, "right")]
    else:
        within = 1 - 0.1 ** (ages / rates.ASSUMED_DAYS)
    shares = within.reshape(-1, 7).mean(axis=1)[::-1]
    return np.where(shares < TELLING, 0.0, shares)


def _lags(scope: Scope) -> list[Row]:
    asked = {name: scope.params()[name] for name in ("store_ids", "start", "stop")}
    return db.read("returns/lags", **asked).to_dict("records")


def series(scope: Scope, book: Book) -> list[Series]:
    """Every product of the book, its sizes and its variants; where two of them are the same goods, the larger alone."""
    told = {row["product_key"]: row for row in product_rows.told(scope).to_dict("records")}
    named = {
        row["product_key"]: row
        for store in stores.among(scope.store)["store_id"]
        for row in db.read("inventory/named_products", store_id=int(store)).to_dict("records")
    }
    families: dict[str, list[int]] = {}
    for at, key in enumerate(book.keys):
        families.setdefault(told.get(key, {}).get("parent") or key, []).append(at)
    found = []
    for product, rows in families.items():
        about = [told.get(book.keys[at], {}) | named.get(book.keys[at], {}) for at in rows]
        found += list(_family(product, rows, about))
    return found


def _family(product: str, rows: list[int], about: list[Row]) -> Iterator[Series]:
    title = about[0].get("parent_title") or about[0].get("title") or product
    category, sku = about[0].get("category") or "", [row.get("sku") for row in about]
    whole = tuple(rows)
    yield Series(product, WHOLE, "", title, category, sku[0] if len(rows) == 1 else None, whole)
    seen = {whole}
    sizes: dict[str, list[int]] = {}
    for at, (_, size) in zip(rows, product_options.told([row.get("options") for row in about]), strict=True):
        if size not in (product_options.NONE, product_options.UNKNOWN):
            sizes.setdefault(size, []).append(at)
    parts = [
        (VARIANT, row.get("options") or row.get("title") or "", [at], sku[n])
        for n, (at, row) in enumerate(zip(rows, about, strict=True))
    ]
    for level, part, members, code in [
        *((SIZE, size, each, None) for size, each in sizes.items() if len(each) > 1),
        *parts,
    ]:
        if tuple(members) not in seen:
            seen.add(tuple(members))
            yield Series(product, level, part, title, category, code, tuple(members))


def counts(book: Book, some: Sequence[Series]) -> Counts:
    """The weeks of series, each beside its category's products, ready for the chart; weeks that tell nothing yet are empty."""
    telling = book.come_in > 0
    sold = np.array([book.sold[list(each.members)].sum(axis=0) for each in some]) * telling
    returned = np.array([book.returned[list(each.members)].sum(axis=0) for each in some]) * telling
    sums = (sold * book.come_in).sum(axis=1), returned.sum(axis=1)
    members: dict[str, list[int]] = {}
    for at, each in enumerate(some):
        if each.level == WHOLE:
            members.setdefault(each.category, []).append(at)
    every = control.prior(*(part[[at for each in members.values() for at in each]] for part in sums))
    priors = {
        category: control.prior(sums[0][rows], sums[1][rows]) if len(rows) >= CATEGORY else every
        for category, rows in members.items()
    }
    start = max(0, sold.shape[1] - WATCHED)
    return Counts(sold, returned, book.come_in, np.array([priors[each.category] for each in some]), start)
