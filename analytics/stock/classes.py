"""Products by what they bring (ABC) and by how evenly they sell (XYZ)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import bundles, db, products, sales, stores
from analytics.scope import Scope
from analytics.stock import settings
from analytics.stock.settings import StockSettings

WEEK = 7
WINDOW_WEEKS = 52
# Of fewer weeks the spread says little: two of eight without a sale already move it by half.
LEAST_WEEKS = 8
UNKNOWN = "unknown"
COLUMNS = (
    "product_key", "sku", "title", "abc", "xyz", "currency", "net_sales", "share", "coefficient", "weeks", "weekly_units",
    "xyz_basis",
)  # fmt: skip


def of(scope: Scope) -> pd.DataFrame:
    """One row a product of the scope's stores, sold or not, the biggest net sales first. Columns: COLUMNS.

    `abc` is by net sales of the scope's days (the last 52 weeks where it names no start), bundles as their components: A, B or
    C. `xyz` is by the coefficient of variation of weekly units: X, Y, Z, or None where fewer than 8 whole weeks lie behind the
    first sale or nothing was sold in them; `xyz_basis` says so. A class is one of the whole store: the scope's channels,
    countries and categories do not change it. In several currencies a product has the best of its classes.
    """
    limits, over = settings.of_scope(scope), window(scope)
    known = db.read("inventory/products", store_ids=scope.params()["store_ids"])
    sold = _sold(over, limits) if over.start else {}
    weeks = _weeks(over) if over.start else {}
    rows = []
    for product in known[["product_key", "sku", "title"]].to_dict("records"):
        key = product["product_key"]
        unsold = {"abc": "C", "currency": scope.unit or None, "net_sales": Decimal(0), "share": None}
        rows.append(product | sold.get(key, unsold) | _evenness(weeks.get(key), limits))
    rows.sort(key=lambda row: (-row["net_sales"], row["product_key"]))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def window(scope: Scope) -> Scope:
    """The whole store over the days that classes are told from: the scope's own, without a start the 52 weeks up to its end,
    without an end up to the last day of orders. Without any orders the scope is left without days."""
    whole = replace(scope, channels=(), countries=(), categories=())
    last = _last_day(scope)
    if last is None:
        return whole.over(None, None)
    stop = min(scope.stop, last + timedelta(days=1)) if scope.stop else last + timedelta(days=1)
    start = scope.start or stop - timedelta(days=WINDOW_WEEKS * WEEK)
    return whole.over(start, max(start, stop))


def _last_day(scope: Scope) -> date | None:
    days = stores.among(scope.store)["last_day"].dropna()
    return None if days.empty else max(days)


def _sold(over: Scope, limits: StockSettings) -> dict[Any, dict[str, Any]]:
    """Net sales with their class by product, of the currency in which it has the best class."""
    frame = sales.products(over)[["product_key", "currency", "gross_sales", "discounts", "reversals", "net_sales"]]
    made_of = bundles.parts(over)
    if len(made_of):
        frame = bundles.as_components(frame, made_of).groupby(["currency", "product_key"], as_index=False).sum()
    found: dict[Any, dict[str, Any]] = {}
    for currency, rows in frame[frame["product_key"].notna()].groupby("currency"):
        amounts = [Decimal(each) for each in rows["net_sales"]]
        total = sum((each for each in amounts if each > 0), start=Decimal(0))
        letters = products.abc(amounts, limits.a_until, limits.b_until)
        for key, amount, (letter, _) in zip(rows["product_key"], amounts, letters, strict=True):
            share = amount / total if total and amount > 0 else None
            row = {"abc": letter, "currency": currency, "net_sales": amount, "share": share}
            if key not in found or _rank(row) < _rank(found[key]):
                found[key] = row
    return found


def _rank(row: dict[str, Any]) -> tuple[str, Decimal]:
    return row["abc"], -(row["share"] or Decimal(0))


def _weeks(over: Scope) -> dict[Any, tuple[int, Decimal, Decimal]]:
    """By product: whole weeks since its first sale, units in them, and the sum of the squares of weekly units."""
    if over.start is None or over.stop is None:
        return {}
    whole = (over.stop - over.start).days // WEEK
    days = {"start": over.stop - timedelta(days=whole * WEEK), "stop": over.stop}
    frame = db.read("inventory/weeks", store_ids=over.params()["store_ids"], **days)
    columns = (frame[name].tolist() for name in ("product_key", "weeks", "units", "squares"))
    return {
        key: (weeks, Decimal(units).scaleb(-4), Decimal(squares).scaleb(-8))
        for key, weeks, units, squares in zip(*columns, strict=True)
    }


def _evenness(known: tuple[int, Decimal, Decimal] | None, limits: StockSettings) -> dict[str, Any]:
    if known is None:
        return {"xyz": None, "coefficient": None, "weeks": 0, "weekly_units": None, "xyz_basis": "never sold"}
    weeks, units, squares = known
    found = {"weeks": weeks, "weekly_units": units / weeks if weeks else None}
    if weeks < LEAST_WEEKS or not units:
        why = (
            f"not sold in {weeks} weeks"
            if weeks >= LEAST_WEEKS
            else f"on sale for {weeks} whole weeks of {LEAST_WEEKS}"
        )
        return {"xyz": None, "coefficient": None, **found, "xyz_basis": why}
    spread = coefficient(weeks, units, squares)
    letter = "X" if spread <= limits.x_until else "Y" if spread <= limits.y_until else "Z"
    return {"xyz": letter, "coefficient": spread, **found, "xyz_basis": f"{weeks} weeks"}


def coefficient(count: int, total: Decimal, squares: Decimal) -> Decimal:
    """Standard deviation (of the whole, not of a sample) ÷ mean of `count` numbers with this sum and sum of squares."""
    return max(count * squares - total * total, Decimal(0)).sqrt() / total
