"""What to order, how much of it and by when."""

from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import wording
from analytics.scope import Scope
from analytics.stock import formulas, planning, policies, positions, purchase_orders, size_curves, unseen
from analytics.stock.planning import Change, Row

COLUMNS = (
    "sku", "title", "location", "available", "incoming", "velocity", "safety_stock", "reorder_point", "order_by", "status",
    "late_days", "suggested_order", "order_value", "supplier", "lead_time_days", "cover", "stockout_on", "days_short",
    "margin_at_risk", "reason", "currency", "landed_cost", "landed_basis", "order_unit_cost", "class", "rule", "service_level",
    "service_kind", "z", "z_basis", "deviation", "velocity_basis", "lead_time_deviation", "lead_time_basis", "cover_days",
    "minimum_order", "supplier_minimum", "pack_size", "incoming_basis", "in_time", "as_of", "counted_on", "counted",
    "order_by_basis", *positions.MOVES, *size_curves.COLUMNS, *unseen.COLUMNS, *planning.DEMAND, "demand_times", "price",
    "product_key", "store_id",
)  # fmt: skip
NOW, LATER, ENOUGH, UNKNOWN, NEVER = "order now", "order later", "enough", "stock not known", "not reordered"
NOUGHT, THOUSANDTH, CENT, DAY = Decimal(0), Decimal("0.001"), Decimal("0.01"), timedelta(days=1)
AT_VELOCITY, BY_SALES, SINCE_KNOWN = "at the velocity", "sold since then", "since it was first there, or last ordered"
# What lasts longer than so many days needs no date.
FAR_DAYS = 3650


def suggestions(scope: Scope, change: Change = Change()) -> pd.DataFrame:
    """One row a store, product and location (all together unless channels are mapped to locations): what is due on top, the most
    margin at risk first, then the rest by day.

    Columns: COLUMNS. Units, and units a day; money in `currency`, at the landed cost of a piece. safety_stock = z·√(L·σ² + v²·σ_L²),
    reorder_point = v·L + safety stock, suggested_order = v·(L + cover_days) + safety stock − available − incoming, raised to the
    minimum order and whole packs. `order_by` is the day on which available + incoming in time (due within L days) falls to the
    reorder point, before today when it is late by `late_days`: then as much was sold since as was missing then (`order_by_basis`
    says how it is known); `stockout_on` is when stock runs out, `days_short` the days
    without any until an order of today arrives, `margin_at_risk` the margin of those days. What is not known is None.
    """
    day = purchase_orders.day_of(scope)
    rows = [suggestion(row, day) for row in planning.inputs(scope, change)]
    rows.sort(key=_urgency)
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _urgency(row: Row) -> tuple[Any, ...]:
    at_risk = row["margin_at_risk"]
    return row["status"] != NOW, -(at_risk or 0), at_risk is None, row["order_by"] or date.max, str(row["sku"])


def suggestion(row: Row, day: date) -> Row:
    """One row of planning.inputs with what follows from it as of a day."""
    velocity, lead_time = row["velocity"], row["lead_time_days"]
    spread = (lead_time * row["deviation"] ** 2 + velocity**2 * row["lead_time_deviation"] ** 2).sqrt()
    is_planned = row["_rule"].method == policies.REORDER_POINT
    safety = (row["z"] * spread).quantize(THOUSANDTH) if is_planned else NOUGHT
    point = (velocity * lead_time + safety).quantize(THOUSANDTH) if is_planned else NOUGHT
    found = row | {"safety_stock": safety, "reorder_point": point, "in_time": _in_time(row, day)}
    blank = (
        "order_by",
        "order_by_basis",
        "late_days",
        "suggested_order",
        "order_value",
        "stockout_on",
        "days_short",
        "margin_at_risk",
        "cover",
    )
    found |= dict.fromkeys(blank)
    if row["available"] is None or row["available"] != row["available"]:
        return found | {"available": None, "status": UNKNOWN, "reason": "Its stock is not known: import a count of it."}
    if row["_rule"].method == policies.NEVER:
        return found | {"status": NEVER, "suggested_order": NOUGHT, "reason": f"Its rule: {row['rule']}."}
    found |= _quantity(found, is_planned)
    if velocity > 0:
        found["cover"] = (found["available"] / velocity).quantize(Decimal("0.1"))
        if is_planned:
            found |= _timing(found, day)
    is_wanted = found["suggested_order"] > 0
    is_due = is_wanted and (not is_planned or (found["order_by"] is not None and found["order_by"] <= day))
    found["status"] = NOW if is_due else LATER if is_wanted else ENOUGH
    if is_due and velocity > 0:
        found |= _risk(found, day)
    return found | {"reason": _reason(found)}


def _in_time(row: Row, day: date) -> Decimal:
    """Of what is on its way, that which comes before an order of that day would."""
    until = day + timedelta(days=_whole(row["lead_time_days"]))
    return sum((units for due, units in row["arrivals"] if due <= until), start=NOUGHT)


def _quantity(row: Row, is_planned: bool) -> Row:
    ahead = row["velocity"] * (row["lead_time_days"] + row["cover_days"]) if is_planned else NOUGHT
    need = ahead + row["safety_stock"] - row["available"] - row["incoming"]
    if row["velocity"] <= 0 and row["available"] >= 0:
        need = NOUGHT
    order = formulas.rounded_up(need, row["minimum_order"], row["pack_size"])
    cost = row["landed_cost"]
    return {"suggested_order": order, "order_value": None if cost is None else (order * cost).quantize(CENT)}


def _timing(row: Row, day: date) -> Row:
    """When the position falls to the reorder point, at the velocity; where it is below it, when it fell there."""
    above = row["available"] + row["in_time"] - row["reorder_point"]
    days = int((above / row["velocity"]).to_integral_value(ROUND_FLOOR))
    if days > FAR_DAYS:
        return {}
    basis = AT_VELOCITY
    if above < 0:
        days, basis = _fell_before(-above, row, days)
    order_by = row["as_of"] + timedelta(days=days)
    return {"order_by": order_by, "order_by_basis": basis, "late_days": max((day - order_by).days, 0)}


def _fell_before(missing: Decimal, row: Row, at_velocity: int) -> tuple[int, str]:
    """How many days ago (below 0) the position fell to the reorder point: since then as much was sold as was missing at the pace of
    that day. What was first there or ordered later was not late before that; without any past it is told at the velocity."""
    if row["_back"] is None:
        return at_velocity, AT_VELOCITY
    sold, pace = row["_back"]
    is_above = np.cumsum(sold) >= float(missing) - float(row["reorder_point"]) * (1 - pace) - 1e-6
    return (-int(is_above.argmax()) - 1, BY_SALES) if is_above.any() else (-len(sold), SINCE_KNOWN)


def _risk(row: Row, day: date) -> Row:
    """What is lost until an order of this day arrives: from when, for how many days, and their margin."""
    arrives = day + timedelta(days=_whole(row["lead_time_days"]))
    first, short = shortage(row, day, arrives)
    margin = None
    if row["price"] is not None and row["price"] == row["price"] and row["landed_cost"] is not None:
        margin = (short * row["velocity"] * max(row["price"] - row["landed_cost"], NOUGHT)).quantize(CENT)
    return {"stockout_on": first, "days_short": short, "margin_at_risk": margin}


def shortage(row: Row, day: date, until: date) -> tuple[date | None, int]:
    """The first day on which stock no longer lasts, at the velocity, and how many days from `day` until before `until` have
    none; what is on order and overdue comes on `day` at the earliest."""
    stock, at = max(row["available"], NOUGHT), row["as_of"]
    first, short = None, 0
    for due, units in [
        *sorted((max(due, day), units) for due, units in row["arrivals"] if due < until),
        (until, NOUGHT),
    ]:
        ends = at + timedelta(days=int((stock / row["velocity"]).to_integral_value(ROUND_FLOOR)))
        if ends < due:
            first = first or ends
            short += max((due - max(ends, day)).days, 0)
            stock, at = NOUGHT, due
        else:
            stock, at = max(stock - row["velocity"] * (due - at).days, NOUGHT), due
        stock += units
    return first, short


def _reason(row: Row) -> str:
    if row["velocity"] <= 0:
        return (
            "It did not sell lately, so nothing is needed."
            if not row["suggested_order"]
            else "More is promised than there is."
        )
    if row["status"] == ENOUGH:
        return "What is available and on its way lasts beyond lead time and cover."
    if row["order_by"] is None:
        return "Bought only when it is ordered."
    if row["status"] == LATER:
        return f"Stock and what comes in time reach the reorder point on {row['order_by']}."
    said = f"Order now: {wording.count(row['late_days'], 'day')} late" if row["late_days"] else "Order today"
    if row["days_short"]:
        said += f", {wording.count(row['days_short'], 'day')} short from {max(row['stockout_on'], row['as_of'])}"
        if row["margin_at_risk"] is not None:
            said += f", margin at risk {row['margin_at_risk']:,} {row['currency'] or ''}".rstrip()
        return f"{said}."
    return f"{said}; safety stock should last until it arrives."


def _whole(days: Decimal) -> int:
    return int(Decimal(days).to_integral_value(ROUND_CEILING))
