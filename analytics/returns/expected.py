"""Expected returns: what is still to come back of orders already placed, and what net sales and gross profit are after it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import sales
from analytics.errors import Refused
from analytics.product_rows import Row, framed, quotient
from analytics.returns import between, cohorts, development, open_products, outstanding
from analytics.returns.development import HORIZON, WEEK
from analytics.returns.outstanding import PARTS, Outstanding
from analytics.scope import Scope

COLUMNS = (
    "currency", "name", "value_to_come", "to_come_at_least", "to_come_at_most", "units_to_come", "orders_to_come",
    "resellable_units", "value_open", "sku", "category", "product_key", "store_id",
)  # fmt: skip
SUMMARY_COLUMNS = (
    "currency", "as_of", "net_sales", "value_to_come", "to_come_at_least", "to_come_at_most", "net_sales_after",
    "orders_to_come", "units_to_come", "resellable_share_to_come", "resellable_units", "gross_profit", "profit_to_come",
    "gross_profit_after", "covered_share", "learnt_from",
)  # fmt: skip
BY = ("product", "category", "day", "due", "store")
KEYS = {"product": ["store_id", "product_key"], "category": ["category"]}
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
    told = _known(scope)
    cells = asked(scope, open_products.of(scope, told))
    found: list[Row] = []
    for known in told:
        own = cells[cells["currency"] == known.currency]
        if by in ("product", "category"):
            found += _of_products(known, own, by)
        else:
            found += _of_days(scope, known, own, by)
    return framed(found, COLUMNS)


def of_sales(scope: Scope, told: list[Outstanding], fact: Mapping[str, Any]) -> Row | None:
    """What is expected back of the scope's orders, as `summary` has it, from what is outstanding of all and a row of sales.summary
    in one currency: value_to_come with its interval, net_sales, net_sales_after. None if nothing is told of the currency."""
    known = next((each for each in told if each.currency == fact["currency"]), None)
    return None if known is None else _after(scope, known, fact)


def summary(scope: Scope) -> pd.DataFrame:
    """One row a currency: net sales and gross profit of the scope's orders as they stand, and after the returns expected of them.

    Columns: SUMMARY_COLUMNS, refunds on the day of their order. `net_sales_after` = net sales − value_to_come. `profit_to_come` is
    what goes with it of products with a known cost: value − what goods cost that go back on the shelf (none where no file says
    that any did), `gross_profit_after` = gross profit − that, and `covered_share` the share of net sales whose cost is known.
    Raises Refused where too little is known.
    """
    facts, told = _facts(scope), _known(scope)
    cells = asked(scope, open_products.of(scope, told))
    found = []
    for known in told:
        if known.currency not in facts:
            continue
        fact, own = facts[known.currency], cells[cells["currency"] == known.currency]
        profit = fact["gross_profit"]
        row = _after(scope, known, fact) | _counted(scope, known, own) | {"learnt_from": known.value.cohorts}
        row |= {"gross_profit": profit, "covered_share": fact["covered_share"]}
        row["profit_to_come"] = None if profit is None else _exactly(own["profit"].sum(), CENT)
        row["gross_profit_after"] = None if profit is None else profit - row["profit_to_come"]
        row["resellable_share_to_come"] = quotient(row["resellable_units"], row["units_to_come"])
        found.append(row)
    return framed(found, SUMMARY_COLUMNS)


def _facts(scope: Scope) -> dict[Any, Row]:
    return {row["currency"]: row for row in sales.summary(replace(scope, basis="order_date")).to_dict("records")}


def _after(scope: Scope, known: Outstanding, fact: Mapping[str, Any]) -> Row:
    """Net sales as they stand and after what is expected back of the scope's days."""
    days = asked(scope, known.days)
    lower, upper = between.of_days(known, days)
    to_come = Decimal(int(days["to_come"].sum())) / PARTS
    row = {"currency": known.currency, "as_of": known.last, "net_sales": fact["net_sales"], "value_to_come": to_come}
    row |= {"to_come_at_least": lower, "to_come_at_most": upper}
    return row | {"net_sales_after": fact["net_sales"] - to_come}


def _counted(scope: Scope, known: Outstanding, cells: pd.DataFrame) -> Row:
    """Orders, units, and units that can be sold again, expected of the scope's days."""
    orders = int(asked(scope, known.days)["orders_to_come"].sum())
    return {"orders_to_come": Decimal(orders) / PARTS} | _pieces(cells)


def open_days(scope: Scope) -> Scope:
    """The scope over the days of orders of which returns may still come: the 90 days up to the last day of data."""
    last = development.as_of(scope.stores) or date.today()
    return scope.over(last - timedelta(days=HORIZON - 1), last + timedelta(days=1))


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


def asked(scope: Scope, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of the scope's days."""
    first, stop = scope.start or date.min, scope.stop or date.max
    return frame.loc[[first <= day < stop for day in frame["day"]]]


def _of_products(known: Outstanding, cells: pd.DataFrame, by: str) -> list[Row]:
    if cells.empty:
        return []
    keys, names = KEYS[by], ("sku", "category", "title") if by == "product" else ()
    ends = between.of_products(known, cells, keys)
    groups = cells.groupby(keys, sort=True)
    sums = (
        groups[["to_come", "pieces"]].sum().assign(again=groups["again"].sum(min_count=1), value=groups["value"].sum())
    )
    firsts = groups[[*names, *keys]].first().to_dict("records")
    rows = []
    for about, row, (lower, upper) in zip(firsts, sums.to_dict("records"), ends, strict=True):
        if not row["to_come"]:
            continue
        found: Row = dict(about) | {"name": about.get("title") or about["category"] or NO_CATEGORY}
        found |= {
            "value_to_come": Decimal(int(row["to_come"])) / PARTS,
            "units_to_come": Decimal(int(row["pieces"])) / PARTS,
        }
        found |= {"resellable_units": _or_unknown(row["again"]), "value_open": row["value"], "currency": known.currency}
        rows.append(found | {"to_come_at_least": lower, "to_come_at_most": upper})
    return sorted(rows, key=lambda row: -row["value_to_come"])


def _of_days(scope: Scope, known: Outstanding, cells: pd.DataFrame, by: str) -> list[Row]:
    days = asked(scope, known.days)
    if by == "due":
        return _due(known, days, cells)
    parts = dict(list(cells.groupby("day")))
    rows = []
    for key, part in [("", days)] if by == "store" else days.groupby("day", sort=True):
        own = cells if by == "store" else parts.get(key, cells.iloc[:0])
        row: Row = {"name": key, "currency": known.currency, "value_open": sum(part["value"], start=Decimal(0))}
        row |= _pieces(own) | {"orders_to_come": Decimal(int(part["orders_to_come"].sum())) / PARTS}
        row["value_to_come"] = Decimal(int(part["to_come"].sum())) / PARTS
        row["to_come_at_least"], row["to_come_at_most"] = between.of_days(known, part)
        rows.append(row)
    return [row for row in rows if by == "store" or row["value_to_come"] or row["orders_to_come"]]


def _due(known: Outstanding, days: pd.DataFrame, cells: pd.DataFrame) -> list[Row]:
    """The same by the week in which it is due back, the first one from the day after the last day of data."""
    sums: dict[int, list[Any]] = {}
    own = cells.groupby("day")[["pieces", "again"]].agg(lambda each: each.sum(skipna=False))
    for row in days[days["to_come"] > 0].to_dict("records"):
        left = np.diff(known.back_by)[(known.last - row["day"]).days :]
        weeks = np.add.reduceat(left, np.arange(0, len(left), WEEK))
        pieces, again = own.loc[row["day"]] if row["day"] in own.index else (0, np.nan)
        amounts, units = (outstanding.spread(int(each) / PARTS, weeks) for each in (row["to_come"], pieces))
        for week, share in enumerate(weeks / weeks.sum()):
            kept = sums.setdefault(week, [0, 0, 0.0, 0.0])
            parts = (int(amounts[week]), int(units[week]), again * share, amounts[week] / PARTS * between.price(row))
            sums[week] = [one + other for one, other in zip(kept, parts, strict=True)]
    found = []
    for week, (amount, units, again, chance) in sorted(sums.items()):
        lower, upper = between.gamma(amount / PARTS, chance, between.uncertain(known))
        found.append({
            "currency": known.currency, "name": known.last + timedelta(days=1 + WEEK * week),
            "value_to_come": Decimal(amount) / PARTS, "units_to_come": Decimal(units) / PARTS,
            "resellable_units": _or_unknown(again), "to_come_at_least": lower, "to_come_at_most": upper,
        })  # fmt: skip
    return [row for row in found if row["value_to_come"] or row["units_to_come"]]


def _pieces(cells: pd.DataFrame) -> Row:
    units = Decimal(int(cells["pieces"].sum())) / PARTS
    return {"units_to_come": units, "resellable_units": _or_unknown(cells["again"].sum(skipna=False))}


def _or_unknown(units: float) -> Decimal | None:
    return None if np.isnan(units) else _exactly(units, TENTH)


def _exactly(amount: float, unit: Decimal) -> Decimal:
    return Decimal(repr(float(amount))).quantize(unit)
