"""What to have in stock by when: the demand of each season that starts soon, less what is there and on its way, and when to order."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import product_rows, wording
from analytics.product_rows import framed
from analytics.scope import Scope
from analytics.seasons import days as sold_days
from analytics.seasons import season_demand
from analytics.seasons.days import DAY
from analytics.seasons.index import whole
from analytics.seasons.season_demand import Ahead, Expected
from analytics.stock import formulas, planning, purchase_orders, replenishment

COLUMNS = (
    "product", "product_key", "sku", "title", "category", "location", "season_starts_on", "season_ends_on", "order_by", "days_left",
    "season_units", "season_units_low", "season_units_high", "last_season_units", "units_until", "available", "incoming_before",
    "stock_at_start", "incoming_in_season", "missing_units", "suggested_order", "order_unit_cost", "order_value", "currency",
    "supplier", "supplier_minimum", "minimum_order", "pack_size", "lead_time_days", "lead_time_basis", "season_basis", "demand_basis",
    "status", "reason",
)  # fmt: skip
WITHIN = 26
NOUGHT, CENT, WHOLE = Decimal(0), Decimal("0.01"), Decimal(1)
METHOD = (
    "Demand of a season = today's level (what the product sold in the last half year of days in stock, its season taken out, at the pace "
    "of its growth) × its index, day by day; variants share it as they sold in the last year. Where forecasts are kept that reach to its "
    "end, it is theirs. To order = demand of the season − what is left of today's stock when it starts − what is on its way, in whole "
    "packs. It is the expected demand without a safety stock: its upper end stands beside it. Order by = start of the season − lead time."
)
Row = dict[str, Any]


def of(scope: Scope, weeks: int = WITHIN) -> pd.DataFrame:
    """One row a SKU (and location, where channels are mapped to some) whose product's season starts within so many weeks, by the
    day to order. Columns: COLUMNS.

    stock_at_start = available + incoming_before − units_until (0 at least), missing_units = season_units − stock_at_start −
    incoming_in_season (0 at least), suggested_order = that in whole packs and at least the minimum, order_by = season_starts_on −
    lead time, `days_left` until then (below 0: too late by so many). Units are expected, with the ends of an 80 % interval of the
    season's; `last_season_units` is what the same weeks sold a year before. No safety stock is in it. What is not known is None.
    """
    known = sold_days.of(scope.over(None, scope.stop))
    if known is None:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    today = purchase_orders.day_of(scope)
    ahead = season_demand.coming(scope, known, today, today + timedelta(weeks=whole("weeks", weeks)))
    if not ahead:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    parents = product_rows.told(scope).drop_duplicates("product_key").set_index("product_key")["parent"].to_dict()
    found = [(row, parents.get(row["product_key"]) or row["product_key"]) for row in planning.inputs(scope)]
    kept = [each for each in found if each[1] in ahead]
    shares = season_demand.shares(scope, known, [row for row, _ in kept], parents)
    told = today, season_demand.forecasts(known, {int(row["store_id"]) for row, _ in kept})
    rows = [
        _row(row, ahead[parent], season_demand.expected(row, ahead[parent], share, told), (parent, share[0], today))
        for (row, parent), share in zip(kept, shares, strict=True)
    ]
    rows.sort(
        key=lambda row: (row["order_by"] is None, row["order_by"], -(row["suggested_order"] or 0), str(row["sku"]))
    )
    return framed(rows, COLUMNS)


def _row(given: Row, ahead: Ahead, found: Expected, of: tuple[str, float, date]) -> Row:
    parent, share, today = of
    season, until = _pieces(found.inside), _pieces(found.until)
    row: Row = {name: given.get(name) for name in COLUMNS} | {
        "product": parent, "season_starts_on": ahead.first, "season_ends_on": ahead.last, "season_units": season,
        "season_units_low": _pieces(max(found.inside - found.reach, 0.0)), "season_units_high": _pieces(found.inside + found.reach),
        "last_season_units": None if ahead.before is None else _pieces(ahead.before * share), "units_until": until,
        "incoming_before": _due(given, date.min, ahead.first), "season_basis": ahead.basis,
        "demand_basis": found.basis,
        "incoming_in_season": _due(given, ahead.first, ahead.last + DAY), "reason": None,
    }  # fmt: skip
    lead = Decimal(given["lead_time_days"]).to_integral_value()
    row["order_by"] = ahead.first - timedelta(days=int(lead))
    row["days_left"] = (row["order_by"] - today).days
    if given["available"] is None or pd.isna(given["available"]):
        nothing = dict.fromkeys(("stock_at_start", "missing_units", "suggested_order", "order_value"))
        reason = "Its stock is not known: import a count of it."
        return row | nothing | {"status": replenishment.UNKNOWN, "reason": reason}
    row["stock_at_start"] = max(Decimal(given["available"]) + row["incoming_before"] - until, NOUGHT)
    row["missing_units"] = max(season - row["stock_at_start"] - row["incoming_in_season"], NOUGHT)
    order = formulas.rounded_up(row["missing_units"], given["minimum_order"], given["pack_size"])
    cost = given["landed_cost"]
    row |= {"suggested_order": order, "order_value": None if cost is None else (order * cost).quantize(CENT)}
    row["status"] = replenishment.NOW if order > 0 else replenishment.ENOUGH
    return row | {"reason": _reason(row)}


def _due(given: Row, first: date, stop: date) -> Decimal:
    return sum((Decimal(units) for due, units in given["arrivals"] if first <= due < stop), start=NOUGHT)


def _pieces(value: float) -> Decimal:
    return Decimal(repr(float(value))).quantize(WHOLE)


def _reason(row: Row) -> str:
    said = f"{row['season_units']:,.0f} pieces for the season from {wording.day(row['season_starts_on'])}"
    there = f"{row['stock_at_start']:,.0f} left of today's stock by then, {row['incoming_in_season']:,.0f} on their way after that"
    late = f"; the order is {-row['days_left']} days late" if row["days_left"] < 0 and row["suggested_order"] else ""
    return f"{said}; {there}{late}."


def summed(rows: pd.DataFrame) -> Row:
    """Of rows in one currency: preseason_products, season_units, missing_units, preseason_order, preseason_value, late_to_order."""
    due = rows.loc[[each is not None and each > 0 for each in rows["suggested_order"]]] if len(rows) else rows
    values = [each for each in due["order_value"] if each is not None]

    def total(name: str) -> Decimal:
        return sum((each for each in rows[name] if each is not None), start=NOUGHT)

    return {
        "preseason_products": rows["product"].nunique(), "season_units": total("season_units"),
        "missing_units": total("missing_units"), "preseason_order": total("suggested_order"),
        "preseason_value": sum(values, start=NOUGHT) if values else None,
        "late_to_order": sum(1 for each in due["days_left"] if each < 0),
    }  # fmt: skip


def in_words(rows: pd.DataFrame, currency: str) -> str:
    """What is to be ordered for the seasons to come, and by when first, in a sentence."""
    now = summed(rows)
    due = [row for row in rows.to_dict("records") if row["suggested_order"]]
    if not due:
        return "What is there and on its way covers the seasons to come"
    value = "" if now["preseason_value"] is None else f" for {wording.money(now['preseason_value'], currency)}"
    if value and (unknown := sum(row["suggested_order"] for row in due if row["order_value"] is None)):
        value += f" ({unknown:,.0f} of them without a known cost not counted)"
    first = min(due, key=lambda row: row["order_by"])
    return f"{now['preseason_order']:,.0f} pieces{value} to order for the seasons to come, the first by {wording.day(first['order_by'])}"


def by_product(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a product, that whose season starts first on top: name, season_starts_on, order_by (the first of its SKUs) and what its
    season's units are covered by, which adds up to them: from_stock, from_incoming, missing_units."""
    found: dict[str, Row] = {}
    for row in rows.to_dict("records"):
        if row["missing_units"] is None:
            continue
        known = found.setdefault(
            row["product"],
            {
                "name": str(row["title"]).split(" - ")[0],
                "season_starts_on": row["season_starts_on"],
                "order_by": row["order_by"],
            }
            | dict.fromkeys(("season_units", "from_stock", "from_incoming", "missing_units"), NOUGHT),
        )
        stock = min(row["stock_at_start"], row["season_units"])
        parts = (row["season_units"], stock, row["season_units"] - stock - row["missing_units"], row["missing_units"])
        for name, value in zip(("season_units", "from_stock", "from_incoming", "missing_units"), parts, strict=True):
            known[name] += value
        known["order_by"] = min(known["order_by"], row["order_by"])
    told = sorted(found.values(), key=lambda row: (row["season_starts_on"], row["name"]))
    names = ("name", "season_starts_on", "order_by", "season_units", "from_stock", "from_incoming", "missing_units")
    return framed(told, names)


def as_orders(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that have something to order, as suggestions of replenishment: all of them are due, whatever their day to order."""
    return rows.loc[[each is not None and each > 0 for each in rows["suggested_order"]]].reset_index(drop=True)
