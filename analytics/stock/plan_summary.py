"""A plan of orders summed up: what is due now, what waits for which week, and a supplier's order."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import wording
from analytics.stock.positions import ELSEWHERE, EVERYWHERE
from analytics.stock.replenishment import LATER, NOUGHT, NOW

UNKNOWN = "no supplier known"
WEEKS = 12
TOP = 7
OTHERS = "others"
FILLS = "Ordered early to reach the supplier's minimum."


def summed(frame: pd.DataFrame) -> dict[str, Any]:
    """Of suggestions in one currency: products_to_order, suggested_value, late_products, margin_at_risk, units_to_order, covered (the
    share of pieces due whose cost is known; None if none is due)."""
    due = frame[frame["status"] == NOW]
    units = _sum(due["suggested_order"])
    known = _sum(due.loc[due["order_value"].notna(), "suggested_order"])
    return {
        "products_to_order": len(due),
        "units_to_order": units,
        "suggested_value": _sum(due["order_value"]) if due["order_value"].notna().any() else None,
        "late_products": sum(1 for days in due["late_days"] if days),
        "margin_at_risk": _sum(due["margin_at_risk"]),
        "covered": known / units if units else None,
    }


def by_week(frame: pd.DataFrame, day: date) -> pd.DataFrame:
    """Order value by supplier and Monday of the week of order-by, 12 weeks, what is due already in this week's; the seven biggest
    suppliers, then the others: supplier, day, order_value."""
    last = day + timedelta(weeks=WEEKS)
    rows = [
        (row["supplier"] or UNKNOWN, _monday(max(row["order_by"] or day, day)), row["order_value"])
        for row in frame[["supplier", "order_by", "order_value", "suggested_order"]].to_dict("records")
        if row["order_value"] and row["order_value"] > 0 and (row["order_by"] or day) < last
    ]
    found = pd.DataFrame(rows, columns=["supplier", "day", "order_value"], dtype=object)
    totals: dict[str, Decimal] = {}
    for supplier, _, value in rows:
        totals[supplier] = totals.get(supplier, NOUGHT) + value
    biggest = sorted(totals, key=lambda each: -totals[each])[:TOP]
    found["supplier"] = [each if each in biggest else OTHERS for each in found["supplier"]]
    return found.groupby(["supplier", "day"], as_index=False, sort=True)["order_value"].sum()


def finding(told: dict[str, Any], currency: str) -> str:
    """What is due, in a sentence."""
    if not told["products_to_order"]:
        return "Nothing has to be ordered today"
    value = "" if told["suggested_value"] is None else f" for {told['suggested_value']:,.0f} {currency}"
    late = f", {told['late_products']} of them late" if told["late_products"] else ""
    risk = f", {told['margin_at_risk']:,.0f} {currency} of margin at risk" if told["margin_at_risk"] else ""
    return f"{told['products_to_order']} products to order now{value}{late}{risk}"


def suppliers(frame: pd.DataFrame) -> dict[str, str]:
    """The suppliers of what is due now with their number of products, the most urgent money first."""
    due = frame[frame["status"] == NOW]
    names = sorted({each or UNKNOWN for each in due["supplier"]}, key=lambda each: (each == UNKNOWN, each))
    counts = {name: int(sum(1 for each in due["supplier"] if (each or UNKNOWN) == name)) for name in names}
    return {name: f"{name}: {wording.count(count, 'product')} due" for name, count in counts.items()}


def of_supplier(frame: pd.DataFrame, supplier: str) -> pd.DataFrame:
    """What is due now of one supplier; below its minimum of an order, also what will be due next, as much as reaches it."""
    named = frame.loc[[(each or UNKNOWN) == supplier for each in frame["supplier"]]]
    due, later = named[named["status"] == NOW], named[named["status"] == LATER].sort_values("order_by", kind="stable")
    missing = _minimum(due) - _sum(due["suggested_order"])
    added = 0
    for units in later["suggested_order"] if len(due) else ():
        if missing > 0:
            missing, added = missing - units, added + 1
    filled = later.head(added).assign(reason=[f"{FILLS} {each}" for each in later["reason"].head(added)])
    return pd.concat([due, filled]).reset_index(drop=True) if added else due.reset_index(drop=True)


def of_minimum(rows: pd.DataFrame, supplier: str) -> str:
    """Whether a supplier's order, as `of_supplier` gives it, reaches the supplier's minimum."""
    units, least = _sum(rows["suggested_order"]), _minimum(rows)
    said = f"{units:,.0f} pieces of {wording.count(len(rows), 'product')}"
    if not least:
        return f"{said}; no minimum of an order is known of {supplier}."
    early = int((rows["status"] == LATER).sum())
    filled = f", with {wording.count(early, 'product')} that would be due next" if early else ""
    if units < least:
        return f"{said}{filled}: {least - units:,.0f} short of the {least:,.0f} that {supplier} takes at least."
    return f"{said}{filled}; {supplier} takes {least:,.0f} at least."


def _minimum(rows: pd.DataFrame) -> Decimal:
    known = [Decimal(each) for each in rows["supplier_minimum"] if each is not None and each == each]
    return max(known, default=NOUGHT)


def lines(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The lines of a draft for rows of suggestions: sku, units, unit_cost, and the location where one is planned for."""
    return [
        {"sku": row["sku"], "units": row["suggested_order"], "unit_cost": row["order_unit_cost"]}
        | ({} if row["location"] in (EVERYWHERE, ELSEWHERE) else {"location": row["location"]})
        for row in frame.to_dict("records")
        if row["sku"] and row["suggested_order"]
    ]


def by_location(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The lines of drafts, a list an order: what goes to two locations is ordered apart."""
    found: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.get("location"), []).append(row)
    return list(found.values())


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _sum(values: "pd.Series[Any]") -> Decimal:
    return sum((Decimal(each) for each in values if each is not None and each == each), start=NOUGHT)
