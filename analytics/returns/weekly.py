"""What was sold and came back week by week: a row a product and a column a week, and how much of it has come in by now."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from analytics import db, product_options, product_rows, sales, stores
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
    """A product, one of its sizes or one of its variants: its words, and the rows of the book and products that it is made of."""

    product: str
    level: str
    part: str
    title: str
    category: str
    sku: str | None
    members: tuple[int, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """One currency's order lines by product (row) and week (column, from the one that begins on `first_day`); `value` is what was
    given back by product and week, `come_in` the share of the returns of each week that have come in.

    It holds the products of which enough came back to tell of a rise, or those asked for; `series` are they, their sizes and
    their variants, and `priors` what is usual in each category. `watched` is how many series the whole shop has of which
    enough was sold.
    """

    currency: str
    first_day: date
    sold: Matrix
    returned: Matrix
    value: dict[tuple[int, int], Decimal]
    come_in: Matrix
    series: list[Series]
    priors: dict[str, Matrix]
    watched: int

    def day(self, week: int) -> date:
        """The first day of a week."""
        return self.first_day + week * WEEK


@dataclass(frozen=True)
class _Totals:
    """What was sold and came back of each product in all weeks, which products are one family, and what is known of them."""

    sold: dict[str, float]
    returned: dict[str, float]
    families: dict[str, list[str]]
    about: dict[str, Row]

    def of(self, family: str) -> tuple[float, float]:
        """Order lines sold and returned of a family."""
        keys = self.families[family]
        return sum(self.sold[key] for key in keys), sum(self.returned.get(key, 0) for key in keys)


def books(scope: Scope, products: tuple[str, ...] | None = None) -> list[Book]:
    """A book a currency, of the weeks counted back from the end of the scope or of the data; none without orders. With
    `products` it holds those alone, beside the same categories."""
    known = stores.among(scope.store).dropna(subset=["last_day"])
    if known.empty:
        return []
    last = max(known["last_day"])
    stop = min(scope.stop or date.max, last + timedelta(days=1))
    weeks = min(WATCHED + BEFORE, (stop - min(known["first_day"])).days // 7)
    if weeks <= 0:
        return []
    asked = replace(scope, start=stop - weeks * WEEK, stop=stop, basis="order_date", categories=())
    sold = sales.sums_of_goods(replace(asked, into=None), "product")
    sold = sold.assign(currency=asked.into) if asked.into else sold
    back = db.read("returns/back_by_week", **asked.params())
    about, come_in = _about(scope), _come_in(scope, last, asked)
    found = []
    for currency in sorted(set(sold["currency"])):
        here = [frame[frame["currency"] == currency].to_dict("records") for frame in (sold, back)]
        if here[1] or products:
            found.append(_book(asked, _totals(here[0], here[1], about), (currency, come_in, here[1]), products))
    return found


def _totals(sold: list[Row], back: list[Row], about: dict[str, Row]) -> _Totals:
    lines: dict[str, float] = {}
    for row in sold:
        if row["value"] is not None and row["orders"] > 0:
            lines[row["value"]] = lines.get(row["value"], 0) + float(row["orders"])
    returned: dict[str, float] = {}
    for row in back:
        returned[row["product_key"]] = returned.get(row["product_key"], 0) + row["lines"]
    families: dict[str, list[str]] = {}
    for key in sorted(lines):
        families.setdefault(about.get(key, {}).get("parent") or key, []).append(key)
    return _Totals(lines, returned, families, about)


def _book(asked: Scope, totals: _Totals, told: tuple[str, Matrix, list[Row]], products: tuple[str, ...] | None) -> Book:
    currency, come_in, back = told
    if products is None:
        wanted = [family for family in totals.families if totals.of(family)[1] >= control.RETURNED_SINCE]
    else:
        wanted = [family for family in products if family in totals.families]
    keys = [key for family in wanted for key in totals.families[family]]
    place = {key: at for at, key in enumerate(keys)}
    lines, returned = np.zeros((len(keys), len(come_in))), np.zeros((len(keys), len(come_in)))
    few = keys if len(keys) * 2 < len(totals.sold) else None
    for row in db.read("returns/sold_by_week", products=few, **asked.params()).to_dict("records"):
        if row["currency"] == currency and row["product_key"] in place:
            weeks = len(come_in) - 1 - np.array(row["weeks"], dtype=int)
            np.add.at(lines[place[row["product_key"]]], weeks, row["lines"])
    value: dict[tuple[int, int], Decimal] = {}
    for row in back:
        if row["product_key"] in place:
            at, week = place[row["product_key"]], len(come_in) - 1 - row["week"]
            returned[at, week] += row["lines"]
            value[at, week] = value.get((at, week), Decimal(0)) + row["value"]
    # what an exchange sold on a later day came back of no line of that day
    returned = np.minimum(returned, lines)
    found = [each for family in wanted for each in _family(family, totals, place)]
    watched = sum(_watched(totals, family) for family in totals.families)
    return Book(
        currency, asked.start or date.min, lines, returned, value, come_in, found, _priors(totals, come_in), watched
    )


def _watched(totals: _Totals, family: str) -> int:
    """How many series of a family could come to an alarm; what is sold too little asks for no patience with the others."""
    keys = totals.families[family]
    if len(keys) == 1:
        return int(totals.sold[keys[0]] >= control.RETURNED_SINCE)
    every = _family(family, totals, {key: at for at, key in enumerate(keys)})
    return sum(sum(totals.sold[keys[at]] for at in each.members) >= control.RETURNED_SINCE for each in every)


def _priors(totals: _Totals, come_in: Matrix) -> dict[str, Matrix]:
    """What is usual of the products of each category, as if each had sold the same every week; "" for the whole shop's."""
    families: dict[str, list[str]] = {}
    for family, keys in totals.families.items():
        families.setdefault(totals.about.get(keys[0], {}).get("category") or "", []).append(family)
    share = float(come_in.mean())

    def of(some: list[str]) -> Matrix:
        sums = np.array([totals.of(family) for family in some])
        known = sums[:, 0] * share
        return control.prior(known, np.minimum(sums[:, 1], known))

    every = of(list(totals.families))
    return {category: of(some) if len(some) >= CATEGORY else every for category, some in families.items()}


def _about(scope: Scope) -> dict[str, Row]:
    """What each product is called, its category, and whose variant it is."""
    told = {row["product_key"]: row for row in product_rows.told(scope).to_dict("records")}
    for store in stores.among(scope.store)["store_id"]:
        for row in db.read("inventory/named_products", store_id=int(store)).to_dict("records"):
            told[row["product_key"]] = told.get(row["product_key"], {}) | row
    return told


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


def _family(product: str, totals: _Totals, place: dict[str, int]) -> Iterator[Series]:
    """A product, its sizes and its variants; where two of them are the same goods, the larger alone."""
    keys, about = totals.families[product], [totals.about.get(key, {}) for key in totals.families[product]]
    rows = [place[key] for key in keys]
    title = about[0].get("parent_title") or about[0].get("title") or product
    category, sku = about[0].get("category") or "", [row.get("sku") for row in about]
    yield Series(product, WHOLE, "", title, category, sku[0] if len(rows) == 1 else None, tuple(rows), tuple(keys))
    if len(rows) == 1:
        return
    named = dict(zip(rows, keys, strict=True))
    sizes: dict[str, list[int]] = {}
    for at, (_, size) in zip(rows, product_options.told([row.get("options") for row in about]), strict=True):
        if size not in (product_options.NONE, product_options.UNKNOWN):
            sizes.setdefault(size, []).append(at)
    for size, some in sizes.items():
        if 1 < len(some) < len(rows):
            yield Series(product, SIZE, size, title, category, None, tuple(some), tuple(named[at] for at in some))
    for at, row, code, key in zip(rows, about, sku, keys, strict=True):
        part = row.get("options") or row.get("title") or key
        yield Series(product, VARIANT, part, title, category, code, (at,), (key,))


def counts(book: Book) -> Counts:
    """The weeks of the book's series, ready for the chart; weeks that tell nothing yet are empty."""
    telling = book.come_in > 0
    rows = [list(each.members) for each in book.series]
    shape = (len(rows), len(book.come_in))
    sold, returned = (
        np.array([matrix[each].sum(axis=0) for each in rows]).reshape(shape) * telling
        for matrix in (book.sold, book.returned)
    )
    priors = np.array([book.priors[each.category] for each in book.series]).reshape(len(rows), len(control.LOGITS))
    return Counts(sold, returned, book.come_in, priors, max(0, shape[1] - WATCHED))
