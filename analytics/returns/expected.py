"""Expected returns: what is still to come back of orders already placed, and what net sales and gross profit are after it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from analytics import sales
from analytics.errors import Refused
from analytics.product_rows import Row, framed, quotient
from analytics.returns import cohorts, outstanding, resellable
from analytics.returns.development import WEEK
from analytics.returns.outstanding import PARTS, Outstanding
from analytics.scope import Scope

COLUMNS = (
    "currency", "name", "value_to_come", "to_come_at_least", "to_come_at_most", "units_to_come", "orders_to_come",
    "resellable_units", "value_open", "sku", "category", "product_key", "store_id",
)  # fmt: skip
SUMMARY_COLUMNS = (
    "currency", "as_of", "net_sales", "value_to_come", "to_come_at_least", "to_come_at_most", "net_sales_after",
    "orders_to_come", "units_to_come", "resellable_share", "resellable_units", "gross_profit", "profit_to_come",
    "gross_profit_after", "covered_share", "learnt_from",
)  # fmt: skip
BY = ("product", "category", "day", "due", "store")
KEYS = {
    "product": ["store_id", "product_key"], "category": ["category"], "day": ["day"], "due": ["due"], "store": ["currency"],
}  # fmt: skip
# Four of five lie between so many deviations to each side.
Z = NormalDist().inv_cdf(0.9)
NO_CATEGORY = "No category"
CENT, TENTH = Decimal("0.01"), Decimal("0.0001")


def of(scope: Scope, by: str = "product") -> pd.DataFrame:
    """One row a currency and product, category, day of the orders, week in which it is due back, or store: what of the scope's
    orders is expected to come back yet. Columns: COLUMNS; the most first, days in their order.

    `value_to_come` is what development.project expects of all open orders (younger than 90 days); each order and product has
    its part (see outstanding.of), so that all rows add up to the store's. Four of five times it lies between `to_come_at_least`
    and `to_come_at_most`. `units_to_come` is that value in units at what they sold for; `orders_to_come`, of the store and by
    day, are orders whose first return is to come; `resellable_units` those units × the share that goes back on the shelf, None
    where no file tells of one; `value_open` is what was sold. What nothing is expected of has no row, so orders of 90 days and
    older have none. Raises ValueError for another `by`, Refused where too little is known.
    """
    if by not in BY:
        raise ValueError(f"by is one of {', '.join(BY)}, not {by!r}")
    told = resellable.shares(scope.over(None, None))
    found: list[Row] = []
    for known in _known(scope):
        cells = _cells(scope, known, told)
        if not cells.empty:
            found += _rows(scope, known, _due(known, cells) if by == "due" else cells, by)
    return framed(found, COLUMNS)


def summary(scope: Scope) -> pd.DataFrame:
    """One row a currency: net sales and gross profit of the scope's orders as they stand, and after the returns expected of them.

    Columns: SUMMARY_COLUMNS, refunds on the day of their order. `net_sales_after` = net sales − value_to_come. `profit_to_come` is
    what goes with it of products with a known cost: value − what goods cost that go back on the shelf (none where no file says
    that any did), `gross_profit_after` = gross profit − that, and `covered_share` the share of net sales whose cost is known.
    Raises Refused where too little is known.
    """
    facts = {row["currency"]: row for row in sales.summary(_by_order(scope)).to_dict("records")}
    told = resellable.shares(scope.over(None, None))
    found = []
    for known in _known(scope):
        fact, cells = facts.get(known.currency), _cells(scope, known, told)
        if fact is None:
            continue
        row = _rows(scope, known, cells, "store")[0] if not cells.empty else _nothing(known)
        row |= {name: fact[name] for name in ("net_sales", "gross_profit", "covered_share")}
        row["net_sales_after"] = fact["net_sales"] - row["value_to_come"]
        row["profit_to_come"] = None if fact["gross_profit"] is None else _exactly(cells["profit"].sum(), CENT)
        row["gross_profit_after"] = (
            None if fact["gross_profit"] is None else fact["gross_profit"] - row["profit_to_come"]
        )
        row["resellable_share"] = quotient(row["resellable_units"], row["units_to_come"])
        found.append(row | {"as_of": known.last, "learnt_from": known.value.cohorts})
    return framed(found, SUMMARY_COLUMNS)


def refusal(scope: Scope) -> str:
    """Why nothing can be expected, in words; "" if it can."""
    return "" if outstanding.of(scope) else _why(scope)


def _why(scope: Scope) -> str:
    return (
        cohorts.refusal(scope.over(None, None), "quarter", "value")
        or "Nothing came back of orders that are old enough."
    )


def _known(scope: Scope) -> list[Outstanding]:
    found = outstanding.of(scope)
    if not found:
        raise Refused(_why(scope))
    return found


def _by_order(scope: Scope) -> Scope:
    return replace(scope, basis="order_date")


def _cells(scope: Scope, known: Outstanding, told: dict[Any, float]) -> pd.DataFrame:
    """The cells of the scope's days, with what is expected of each in money, units, units to sell again, and profit."""
    is_asked = [
        (not scope.start or day >= scope.start) and (not scope.stop or day < scope.stop) for day in known.cells["day"]
    ]
    cells = known.cells[is_asked].reset_index(drop=True)
    value, units, covered, cost = (cells[name].to_numpy(dtype=float) for name in ("value", "units", "covered", "cost"))
    to_come = cells["to_come"].to_numpy(dtype=float) / PARTS
    pieces = np.rint(to_come * units / value * PARTS).astype(np.int64)
    keys = zip(cells["store_id"], cells["product_key"], strict=True)
    shares = np.array([told.get(key, told.get(None, np.nan)) for key in keys], dtype=float)
    recovered = np.nan_to_num(shares) * cost * to_come / value
    return cells.assign(
        pieces=pieces,
        again=pieces / PARTS * shares,
        profit=to_come * covered / value - recovered,
        # a return takes a whole piece or none
        chance=to_come * value / np.maximum(units, 1e-9),
    )


def _due(known: Outstanding, cells: pd.DataFrame) -> pd.DataFrame:
    """The same parts by the week in which they are due back, the first one from the day after the last day of data."""
    found = []
    for day, part in cells.groupby("day", sort=True):
        left = known.coming[(known.last - day).days + 1 :]
        weeks = np.add.reduceat(left, np.arange(0, len(left), WEEK)) if len(left) else left
        if not weeks.sum() > 0:
            continue
        parts = outstanding.spread(int(part["to_come"].sum()) / PARTS, weeks)
        pieces = outstanding.spread(int(part["pieces"].sum()) / PARTS, weeks)
        for week, share in enumerate(weeks / weeks.sum()):
            row: Row = {name: part[name].sum(skipna=False) * share for name in ("again", "chance")}
            row |= {"due": known.last + timedelta(days=1 + WEEK * week), "to_come": parts[week], "pieces": pieces[week]}
            found.append(row | {"product_key": "", "rate_variance": 0.0})
    return pd.DataFrame(found)


def _rows(scope: Scope, known: Outstanding, cells: pd.DataFrame, by: str) -> list[Row]:
    rows = [_row(known, key, part, by) for key, part in cells.groupby(KEYS[by], sort=True, dropna=False)]
    if by == "store":
        return [rows[0] | _of_all(scope, known)]
    rows = [row for row in rows if row["value_to_come"] or row["units_to_come"] or row.get("orders_to_come")]
    return rows if by in ("day", "due") else sorted(rows, key=lambda row: -row["value_to_come"])


def _row(known: Outstanding, key: Any, part: pd.DataFrame, by: str) -> Row:
    row: Row = dict(zip(KEYS[by], key, strict=True)) | {"currency": known.currency}
    row["name"] = row[KEYS[by][-1]] or NO_CATEGORY
    if by == "product":
        row |= {name: part[name].iloc[0] for name in ("sku", "category")} | {"name": part["title"].iloc[0]}
    row["value_to_come"] = Decimal(int(part["to_come"].sum())) / PARTS
    row["units_to_come"], again = Decimal(int(part["pieces"].sum())) / PARTS, part["again"].sum(skipna=False)
    row["resellable_units"] = None if np.isnan(again) else _exactly(again, TENTH)
    row["value_open"] = None if by == "due" else sum(part["value"], start=Decimal(0))
    row["to_come_at_least"], row["to_come_at_most"] = _between(known, part)
    if by == "day":
        row["orders_to_come"] = Decimal(known.orders_of.get(row["day"], 0)) / PARTS
    return row


def _between(known: Outstanding, part: pd.DataFrame) -> tuple[Decimal, Decimal]:
    """Four of five times the sum of these cells is between what: whole pieces come by chance, at a rate that is itself uncertain,
    of each product and of all. A gamma distribution, by Wilson and Hilferty (1931)."""
    mean = part["to_come"].sum() / PARTS
    if not mean > 0:
        return Decimal(0), Decimal(0)
    products = part.groupby("product_key").agg({"to_come": "sum", "rate_variance": "first"}).to_numpy(dtype=float)
    of_rates = ((products[:, 0] / PARTS) ** 2 * products[:, 1]).sum()
    shape = mean**2 / (part["chance"].sum() + of_rates + (mean * _uncertain(known)) ** 2)
    low, high = (mean * max(1 - 1 / (9 * shape) + each / (3 * shape**0.5), 0) ** 3 for each in (-Z, Z))
    piece = mean / max(part["pieces"].sum() / PARTS, 1e-9)
    return _exactly(np.floor(low / piece) * piece, CENT), _exactly(np.floor(high / piece + 0.5) * piece, CENT)


def _uncertain(known: Outstanding) -> float:
    """The standard deviation of all that is to come, relative to it."""
    told = known.value
    return (told.upper - told.lower) / 2 / Z / max(told.expected - told.returned, 1e-9)


def _of_all(scope: Scope, known: Outstanding) -> Row:
    """The orders of the scope's days; and of all open ones the interval that was learnt."""
    first, last = scope.start or date.min, scope.stop or date.max
    orders = sum(each for day, each in known.orders_of.items() if first <= day < last)
    found: Row = {"name": "", "orders_to_come": Decimal(orders) / PARTS}
    if first <= known.first and last > known.last:
        told = known.value
        ends = (told.lower - told.returned, told.upper - told.returned)
        found["to_come_at_least"], found["to_come_at_most"] = (_exactly(each, CENT) for each in ends)
    return found


def _nothing(known: Outstanding) -> Row:
    """Of orders that are all 90 days old nothing is to come."""
    names = ("value_to_come", "to_come_at_least", "to_come_at_most", "units_to_come", "orders_to_come")
    return {"currency": known.currency, "resellable_units": None} | dict.fromkeys(names, Decimal(0))


def _exactly(amount: float, unit: Decimal) -> Decimal:
    return Decimal(repr(float(amount))).quantize(unit)
