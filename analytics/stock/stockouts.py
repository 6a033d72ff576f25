"""When products were out of stock while they were asked for, which are now, and about what that lost."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, product_rows, stores
from analytics.scope import Scope
from analytics.stock import books, demand, outages, settings, walk
from analytics.stock.books import Book
from analytics.stock.outages import Outage

COLUMNS = (
    "store_id", "product", "product_key", "sku", "title", "category", "variants", "first_day", "last_day", "back_on",
    "is_open", "days", "days_at_most", "days_of_period", "basis", "velocity", "velocity_basis", "lost_days", "lost_units",
    "currency", "lost_revenue", "lost_margin",
)  # fmt: skip
PRODUCT_COLUMNS = (
    "product", "title", "category", "stockouts", "days", "is_open", "since", "basis", "lost_units", "currency",
    "lost_revenue", "lost_margin",
)  # fmt: skip
SUMMARY_COLUMNS = (
    "currency", "products_out", "products_stocked_out", "stockout_days", "lost_units", "lost_revenue", "lost_margin",
    "margin_covered_share",
)  # fmt: skip
COUNTED, WALKED, SILENT = "counted", "reconstructed", "told from sales alone"
BEFORE = "days before it"
CENT = Decimal("0.01")
Row = dict[Any, Any]
# a run of days, the products that it is of, and how it is known
Found = tuple[Outage, list[str], str]


@dataclass(frozen=True)
class _Shelf:
    """A store's book with what it is told by: the first column's day is `book.first`, the period's columns start at `start`."""

    store: int
    book: Book
    start: int
    days: int

    def day(self, column: int) -> date:
        return self.book.first + timedelta(days=column)

    def pace_before(self, key: str, column: int) -> Decimal:
        """Pieces a day on the days of the book before one, for what has sold nothing since."""
        sold = self.book.sold[bisect_left(self.book.keys, key), :column].sum() / books.PARTS
        return Decimal(repr(float(sold / column))).quantize(demand.DIGITS) if column else Decimal(0)


def of(scope: Scope) -> pd.DataFrame:
    """One row a stockout of the days: a product that was asked for and had nothing available. Columns: COLUMNS.

    `basis` says how it is known: counted at 0, reconstructed from counts and moves, or told from sales alone, where a product
    that sold on most days before and after sold nothing for so long that it is no chance. All variants of a product that were
    silent together are one row (`variants` of them, no product_key). `days` are known to be without stock, `days_at_most` until
    it was back; `days_of_period` are those of `days` in the scope. Estimates: lost_units = velocity × lost_days, which are the
    days of the period up to the store's cap for the whole stockout; lost_revenue at what a piece brought after discounts,
    lost_margin that less its cost, None where no cost is known. Ranked by lost margin, unknown ones after it by revenue.
    """
    rows = [row for store in stores.among(scope.store).to_dict("records") for row in _of_store(scope, store)]
    rows.sort(key=_rank)
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def by_product(found: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The stockouts of each product in the scope (its variants together) added up, ranked as they are. Columns: PRODUCT_COLUMNS.

    `days` are days on which it, or any of its variants, was out; `since` the first day of one that is open. Margins that are
    not known are left out of the sum; it is None where none is known.
    """
    rows = []
    for (product, currency), each in found.groupby(["product", "currency"], sort=False, dropna=False):
        is_open = each["is_open"].astype(bool)
        rows.append({
            "product": product, "title": each["title"].iloc[0].split(" - ")[0], "category": each["category"].iloc[0],
            "stockouts": len(each), "days": _days_together(each, scope), "is_open": bool(is_open.any()),
            "since": min(each.loc[is_open, "first_day"], default=None), "basis": ", ".join(sorted(set(each["basis"]))),
            "currency": currency, **{name: _sum(each[name]) for name in ("lost_units", "lost_revenue", "lost_margin")},
        })  # fmt: skip
    rows.sort(key=_rank)
    return pd.DataFrame(rows, columns=list(PRODUCT_COLUMNS), dtype=object)


def summary(found: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """One row a currency of the stockouts of the scope. Columns: SUMMARY_COLUMNS.

    products_out are out at the end of the days, each variant by itself; stockout_days those of every product added up; lost_*
    are estimates; margin_covered_share is the share of lost_revenue whose cost is known.
    """
    rows = []
    for currency, each in found.groupby("currency", sort=True, dropna=False):
        lost, covered = _sum(each["lost_revenue"]), _sum(each.loc[each["lost_margin"].notna(), "lost_revenue"])
        rows.append({
            "currency": currency,
            "products_out": sum(row["variants"] for row in each.to_dict("records") if row["is_open"]),
            "products_stocked_out": each["product"].nunique(), "stockout_days": sum(by_product(each, scope)["days"]),
            "lost_units": _sum(each["lost_units"]), "lost_revenue": lost, "lost_margin": _sum(each["lost_margin"]),
            "margin_covered_share": (covered or Decimal(0)) / lost if lost else None,
        })  # fmt: skip
    return pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS), dtype=object)


def runs(scope: Scope, products: Sequence[str]) -> pd.DataFrame:
    """The stockouts of some products that touch the days, alone or with all of their variants, without estimates: the columns of
    `of` up to `basis`, the earliest first, and `asked`: the first of `products` that it is of."""
    rows = []
    for store in stores.among(scope.store).to_dict("records"):
        about = _products(int(store["store_id"]))
        parents = {about[key].get("parent") for key in products if key in about}
        keys = [key for key, row in about.items() if row.get("parent") in parents]
        shelf = _shelf(scope, store, keys)
        if shelf is None:
            continue
        for found in _found(scope, shelf, about):
            asked = next((key for key in products if key in found[1]), None)
            rows.append(_row(shelf, found, about) | {"asked": asked})
    rows = [row for row in rows if row["asked"] is not None]
    rows.sort(key=lambda row: (row["first_day"], row["title"]))
    return pd.DataFrame(rows, columns=[*COLUMNS[: COLUMNS.index("basis") + 1], "asked"], dtype=object)


def _shelf(scope: Scope, store: Row, products: Sequence[str] | None = None) -> _Shelf | None:
    """The book of a store for the scope's days, from as long before them as is walked from; None if it has no such days."""
    if not store["last_day"]:
        return None
    end = store["last_day"] + timedelta(days=1)
    start, stop = max(scope.start or date.min, store["first_day"]), min(scope.stop or date.max, end)
    if start >= stop:
        return None
    first = max(start - walk.LOOKBACK, store["first_day"] - timedelta(days=1))
    # what sold after the period tells of a silence inside it
    book = books.read(
        int(store["store_id"]), first, min(stop + timedelta(days=outages.AROUND), end), books.Part(products)
    )
    return _Shelf(int(store["store_id"]), book, (start - first).days, (stop - first).days)


def _found(scope: Scope, shelf: _Shelf, about: dict[str, Row]) -> list[Found]:
    """The stockouts of a store that touch the period, of the categories asked for."""
    dead_days = int(settings.of(shelf.store).dead_days)
    found = [each for each in _all(shelf, about, dead_days) if _in_period(each[0], shelf)]
    if not scope.categories:
        return found
    return [each for each in found if about.get(each[1][0], {}).get("category") in scope.categories]


def _of_store(scope: Scope, store: Row) -> list[Row]:
    shelf = _shelf(scope, store)
    about = _products(int(store["store_id"]))
    found = _found(scope, shelf, about) if shelf else []
    if shelf is None or not found:
        return []
    stop, limits = shelf.day(shelf.days), settings.of(shelf.store)
    rates = demand.by_product(Scope(shelf.store, stop=stop, channels=scope.channels, countries=scope.countries))
    pace = {row["product_key"]: row for row in rates.to_dict("records")}
    values = _values(scope, shelf.store, (stop - timedelta(days=int(limits.window_days)), stop))
    how = (pace, values, int(limits.lost_sales_cap_days))
    rows = [_row(shelf, each, about) | _lost(each[0], each[1], shelf, how) for each in found]
    return [row for row in rows if scope.currency in (None, row["currency"])]


def _all(shelf: _Shelf, about: dict[str, Row], dead_days: int) -> Iterator[Found]:
    """Each run of days without stock with the products that it is of, and how it is known."""
    book = shelf.book
    told = walk.of_book(book)
    spans: dict[str, list[tuple[int, int]]] = {}
    for each in outages.told_by_stock(told.state[:, : shelf.days]):
        if book.sold[each.row, max(0, each.first - dead_days) :].any():
            key = book.keys[each.row]
            spans.setdefault(key, []).append((each.first, each.last))
            yield each, [key], COUNTED if book.is_counted[each.row, each.known].any() else WALKED
    is_there, is_open = (told.state == walk.IN) & told.is_after_count, np.asarray(book.sold.any(axis=0))
    several = [each for each in families(book.keys, about) if len(each) > 1]
    together = np.array([book.sold[each].sum(axis=0) for each in several]).reshape(len(several), book.sold.shape[1])
    silent: set[str] = set()
    for sold, members in ((together, several), (book.sold, [[at] for at in range(len(book.keys))])):
        for each in outages.told_by_sales(sold, is_open):
            rows = [at for at in members[each.row] if book.sold[at].any()]
            keys = [book.keys[at] for at in rows]
            is_told = any(
                first <= each.last and last >= each.first for key in keys for first, last in spans.get(key, ())
            )
            if is_told or is_there[rows, each.first : each.last + 1].any() or silent >= set(keys):
                continue
            silent |= set(keys)
            yield each, keys, SILENT


def families(keys: list[str], about: dict[str, Row]) -> list[list[int]]:
    """The places of keys that are variants of one product, product by product; `about` tells the `parent` of each key."""
    found: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        found.setdefault(about.get(key, {}).get("parent") or key, []).append(at)
    return list(found.values())


def _in_period(outage: Outage, shelf: _Shelf) -> bool:
    return bool(((outage.known >= shelf.start) & (outage.known < shelf.days)).any())


def _products(store: int) -> dict[str, Row]:
    known = db.read("inventory/named_products", store_id=store)
    told = product_rows.told(Scope(store))
    parents = {row["product_key"]: row for row in told.to_dict("records")}
    return {row["product_key"]: row | parents.get(row["product_key"], {}) for row in known.to_dict("records")}


def _values(scope: Scope, store: int, days: tuple[date, date]) -> dict[str, Row]:
    asked = {"store_id": store, "start": days[0], "stop": days[1], "currency": scope.currency}
    return {row["product_key"]: row for row in db.read("inventory/unit_values", **asked).to_dict("records")}


def _row(shelf: _Shelf, found: Found, about: dict[str, Row]) -> Row:
    outage, keys, basis = found
    first = about.get(keys[0], {})
    is_one = len(keys) == 1
    return {
        "store_id": shelf.store, "product": first.get("parent") or keys[0], "product_key": keys[0] if is_one else None,
        "sku": first.get("sku") if is_one else None, "variants": len(keys), "category": first.get("category"),
        "title": (first.get("title") if is_one else first.get("parent_title")) or first.get("title") or keys[0],
        "first_day": shelf.day(outage.first), "last_day": shelf.day(outage.last),
        "is_open": outage.back is None or outage.back >= shelf.days,
        "back_on": None if outage.back is None else shelf.day(outage.back), "days": len(outage.known),
        "days_at_most": outage.days_at_most, "basis": basis,
        "days_of_period": int(((outage.known >= shelf.start) & (outage.known < shelf.days)).sum()),
    }  # fmt: skip


def _lost(
    outage: Outage, keys: list[str], shelf: _Shelf, how: tuple[dict[str, Row], dict[str, Row], int]
) -> dict[str, Any]:
    """About what a stockout lost on its days in the period; of those, only the first ones of the stockout up to the cap."""
    pace, values, cap = how
    counting = outage.known[:cap]
    days = int(((counting >= shelf.start) & (counting < shelf.days)).sum())
    velocities = [_velocity(key, outage, shelf, pace) for key in keys]
    units = [days * each for each in velocities]
    known = [values.get(key, {}) for key in keys]
    revenue = [None if row.get("price") is None else n * row["price"] for n, row in zip(units, known, strict=True)]
    margin = [
        None if row.get("price") is None or row.get("unit_cost") is None else n * (row["price"] - row["unit_cost"])
        for n, row in zip(units, known, strict=True)
    ]
    bases = {pace[key]["velocity_basis"] if key in pace and pace[key]["velocity"] else BEFORE for key in keys}
    return {
        "velocity": sum(velocities, start=Decimal(0)), "velocity_basis": bases.pop() if len(bases) == 1 else "several bases",
        "lost_days": days, "lost_units": _cents(sum(units, start=Decimal(0))),
        "currency": next((row["currency"] for row in known if row.get("currency")), None),
        "lost_revenue": _cents(_sum(revenue)), "lost_margin": None if None in margin else _cents(_sum(margin)),
    }  # fmt: skip


def _velocity(key: str, outage: Outage, shelf: _Shelf, pace: dict[str, Row]) -> Decimal:
    known: Decimal = pace[key]["velocity"] if key in pace else Decimal(0)
    return known or shelf.pace_before(key, outage.first)


def _days_together(rows: pd.DataFrame, scope: Scope) -> int:
    """Days of the period on which any of the rows was out; one on which two were counts once."""
    if len(rows) == 1:
        return int(rows["days_of_period"].iloc[0])
    days = {
        row["first_day"] + timedelta(days=n)
        for row in rows.to_dict("records")
        for n in range((row["last_day"] - row["first_day"]).days + 1)
    }
    inside = [day for day in days if (scope.start or date.min) <= day < (scope.stop or date.max)]
    return min(len(inside), sum(rows["days_of_period"]))


def _rank(row: Row) -> tuple[Any, ...]:
    is_known = row["lost_margin"] is not None
    most = row["lost_margin"] if is_known else row["lost_revenue"]
    return (not is_known, -(most or 0), str(row["title"]), str(row.get("first_day")))


def _sum(values: Any) -> Decimal | None:
    known = [each for each in values if each is not None and not pd.isna(each)]
    return sum(known, start=Decimal(0)) if known else None


def _cents(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(CENT, ROUND_HALF_UP)
