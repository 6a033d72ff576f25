"""What to have in stock by when: the demand of each season that starts soon, less what is there and on its way, and when to order."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import product_rows, wording
from analytics.product_rows import framed
from analytics.scope import Scope
from analytics.seasons import days as sold_days
from analytics.seasons import season_calendar
from analytics.seasons.days import DAY, Days, Values
from analytics.seasons.index import place, whole
from analytics.seasons.season_calendar import SEASON, WEEKS, Curve
from analytics.stock import formulas, planning, purchase_orders, replenishment, velocity

COLUMNS = (
    "product", "product_key", "sku", "title", "category", "location", "season_starts_on", "season_ends_on", "order_by", "days_left",
    "season_units", "season_units_low", "season_units_high", "last_season_units", "units_until", "available", "incoming_before",
    "stock_at_start", "incoming_in_season", "missing_units", "suggested_order", "order_unit_cost", "order_value", "currency",
    "supplier", "supplier_minimum", "minimum_order", "pack_size", "lead_time_days", "lead_time_basis", "season_basis", "status",
    "reason",
)  # fmt: skip
WITHIN = 26
# The level of today: what was sold in the last half year, its season taken out.
LEVEL_DAYS, YEAR_DAYS = 182, 364
MOST_GROWTH = 0.5
Z_80 = 1.2816
NOUGHT, CENT, WHOLE = Decimal(0), Decimal("0.01"), Decimal(1)
METHOD = (
    "Demand of a season = today's level (what the product sold in the last half year of days in stock, its season taken out, at the pace "
    "of its growth) × its index, day by day; variants share it as they sold in the last year. To order = demand of the season − what is "
    "left of today's stock when it starts − what is on its way, in whole packs. It is the expected demand without a safety stock: its "
    "upper end stands beside it. Order by = start of the season − lead time."
)
Row = dict[str, Any]


@dataclass(frozen=True)
class Ahead:
    """A product's season to come: its days, what is expected until it and in it, the relative error of its level and shape, the
    spread of counts, what the season before sold, and whose season it is."""

    first: date
    last: date
    until: float
    inside: float
    error: float
    spread: float
    before: float | None
    basis: str


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
    ahead = coming(scope, known, today, today + timedelta(weeks=whole("weeks", weeks)))
    if not ahead:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    parents = product_rows.told(scope).drop_duplicates("product_key").set_index("product_key")["parent"].to_dict()
    found = [(row, parents.get(row["product_key"]) or row["product_key"]) for row in planning.inputs(scope)]
    shares = _shares(scope, known, [row for row, parent in found if parent in ahead], parents)
    rows = [
        _row(row, parent, ahead[parent], (shares[at], today)) for at, (row, parent) in enumerate(_kept(found, ahead))
    ]
    rows.sort(
        key=lambda row: (row["order_by"] is None, row["order_by"], -(row["suggested_order"] or 0), str(row["sku"]))
    )
    return framed(rows, COLUMNS)


def _kept(found: list[tuple[Row, str]], ahead: dict[str, Ahead]) -> list[tuple[Row, str]]:
    return [each for each in found if each[1] in ahead]


def coming(scope: Scope, known: Days, today: date, stop: date) -> dict[str, Ahead]:
    """The seasons that start after a day and before another one, by product: the first of each."""
    calm = season_calendar.calm_days(scope, known)
    rows = season_calendar.of(scope)
    found: dict[str, Ahead] = {}
    told = rows[rows["season_state"] == SEASON].sort_values("season_starts_on", kind="stable")
    for row in told.to_dict("records"):
        if not today < row["season_starts_on"] < stop or row["series"] in found:
            continue
        at = place(known, row["series"])
        curve = season_calendar.curve(known, calm, np.array([at]))
        # what is gone has no season to come
        if curve is not None and known.there[at, -1] + known.there[at, -season_calendar.WEEKS :].sum() > 0:
            found[row["series"]] = _ahead(known, at, curve, (row["season_starts_on"], row["season_ends_on"], today))
    return found


def _ahead(known: Days, at: int, curve: Curve, days: tuple[date, date, date]) -> Ahead:
    first, last, today = days
    level, sold = level_of(known, at, curve)
    shape, drawn = (_by_day(each, first, last) for each in (curve.index, curve.draws))
    until = _by_day(curve.index, today, first - DAY).sum()
    relative = float(drawn.sum(axis=1).std() / max(shape.sum(), 1e-9))
    start, stop = known.at(first) - YEAR_DAYS, known.at(last) + 1 - YEAR_DAYS
    before = float(known.demand[at, start:stop].sum()) if start >= 0 and stop <= known.count else None
    error = float(np.sqrt(relative**2 + curve.shape.spread / max(sold, 1.0)))
    return Ahead(
        first, last, level * float(until), level * float(shape.sum()), error, curve.shape.spread, before, curve.basis
    )


def level_of(known: Days, at: int, curve: Curve) -> tuple[float, float]:
    """What a product sells a day now, its season taken out, and the pieces it is told from: units of the last half year ÷ Σ index of the
    days in stock, from its middle to today at the growth of its trend (half as much more a year at most)."""
    days = slice(max(known.count - LEVEL_DAYS, 0), known.count)
    first = known.first_day + timedelta(days=days.start)
    there = known.there[at, days] * _by_day(curve.index, first, known.last_day)
    sold = float(known.units[at, days].sum())
    growth = float(np.clip(curve.shape.growth, -MOST_GROWTH, MOST_GROWTH))
    half = (1 + growth) ** (LEVEL_DAYS / 2 / 365.25)
    return (sold / float(there.sum()) * half if there.sum() > 0 else 0.0), sold


def _by_day(index: Values, first: date, last: date) -> Values:
    """The index of each day from first to last; a row a draw, where there are draws."""
    count = max((last - first).days + 1, 0)
    weeks = [min((first + timedelta(days=n)).isocalendar().week, WEEKS) - 1 for n in range(count)]
    return np.asarray(index[..., np.array(weeks, dtype=int)])


def _shares(scope: Scope, known: Days, rows: list[Row], parents: dict[str, str]) -> list[float]:
    """The share of its product's demand that each row has: as its SKU sold in the last year, and of several places as it sells there."""
    stop = known.last_day + DAY
    sold = velocity.over(scope, max(stop - timedelta(days=YEAR_DAYS), known.first_day), stop)
    units: dict[Any, float] = {}
    for key, each in zip(sold["product_key"], sold["units"], strict=True):
        units[key] = units.get(key, 0.0) + float(each)
    of_parent: dict[Any, float] = {}
    for key, each in units.items():
        parent = parents.get(key) or key
        of_parent[parent] = of_parent.get(parent, 0.0) + each
    pace: dict[Any, list[float]] = {}
    for row in rows:
        pace.setdefault(row["product_key"], []).append(float(row["velocity"] or 0))
    found = []
    for row in rows:
        key, every = row["product_key"], pace[row["product_key"]]
        here = float(row["velocity"] or 0) / sum(every) if sum(every) > 0 else 1 / len(every)
        whole = of_parent.get(parents.get(key) or key, 0.0)
        found.append(units.get(key, 0.0) / whole * here if whole else 0.0)
    return found


def _row(given: Row, parent: str, ahead: Ahead, of: tuple[float, date]) -> Row:
    share, today = of
    expected = ahead.inside * share
    reach = Z_80 * float(np.sqrt(max(ahead.spread, 1.0) * expected + (ahead.error * expected) ** 2))
    season, until = _pieces(expected), _pieces(ahead.until * share)
    row: Row = {name: given.get(name) for name in COLUMNS} | {
        "product": parent, "season_starts_on": ahead.first, "season_ends_on": ahead.last, "season_units": season,
        "season_units_low": _pieces(max(expected - reach, 0.0)), "season_units_high": _pieces(expected + reach),
        "last_season_units": None if ahead.before is None else _pieces(ahead.before * share), "units_until": until,
        "incoming_before": _due(given, date.min, ahead.first), "season_basis": ahead.basis,
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
    """Of rows in one currency: preseason_products, season_units, missing_units, suggested_order, order_value, late_to_order."""
    due = rows.loc[[each is not None and each > 0 for each in rows["suggested_order"]]] if len(rows) else rows
    values = [each for each in due["order_value"] if each is not None]

    def total(name: str) -> Decimal:
        return sum((each for each in rows[name] if each is not None), start=NOUGHT)

    return {
        "preseason_products": rows["product"].nunique(), "season_units": total("season_units"),
        "missing_units": total("missing_units"), "units_to_order": total("suggested_order"),
        "suggested_value": sum(values, start=NOUGHT) if values else None,
        "late_to_order": sum(1 for each in due["days_left"] if each < 0),
    }  # fmt: skip


def in_words(rows: pd.DataFrame, currency: str) -> str:
    """What is to be ordered for the seasons to come, and by when first, in a sentence."""
    now = summed(rows)
    due = [row for row in rows.to_dict("records") if row["suggested_order"]]
    if not due:
        return "What is there and on its way covers the seasons to come"
    value = "" if now["suggested_value"] is None else f" for {wording.money(now['suggested_value'], currency)}"
    first = min(due, key=lambda row: row["order_by"])
    return f"{now['units_to_order']:,.0f} pieces{value} to order for the seasons to come, the first by {wording.day(first['order_by'])}"


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
