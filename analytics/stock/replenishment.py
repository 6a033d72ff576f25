"""What to order, how much of it and by when."""

from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import wording
from analytics.scope import Scope
from analytics.stock import (
    foreseen,
    formulas,
    planning,
    policies,
    positions,
    purchase_orders,
    size_curves,
    unseen,
)
from analytics.stock.planning import Change, Row

COLUMNS = (
    "sku", "title", "location", "available", "incoming", "velocity", "safety_stock", "reorder_point", "order_by", "status",
    "late_days", "suggested_order", "order_value", "supplier", "lead_time_days", "cover", "stockout_on", "days_short",
    "units_short", "margin_at_risk", "reason", "currency", "landed_cost", "landed_basis", "order_unit_cost", "class", "rule",
    "service_level", "service_kind", "z", "z_basis", "deviation", "velocity_basis", "lead_time_deviation", "lead_time_basis", "cover_days",
    "minimum_order", "supplier_minimum", "pack_size", "incoming_basis", "in_time", "as_of", "counted_on", "counted",
    "order_by_basis", *positions.MOVES, *size_curves.COLUMNS, *unseen.COLUMNS, *planning.DEMAND, "demand_times",
    *foreseen.COLUMNS, "lead_demand", "cover_demand", "price", "product_key", "store_id",
)  # fmt: skip
NOW, LATER, ENOUGH, UNKNOWN, NEVER = "order now", "order later", "enough", "stock not known", "not reordered"
NOUGHT, THOUSANDTH, CENT, DAY = Decimal(0), Decimal("0.001"), Decimal("0.01"), timedelta(days=1)
AT_VELOCITY, BY_SALES, SINCE_KNOWN = "at the velocity", "sold since then", "since it was first there, or last ordered"
AS_FORECAST = "as forecast"
# What lasts longer than so many days needs no date.
FAR_DAYS = 3650


def suggestions(scope: Scope, change: Change = Change()) -> pd.DataFrame:
    """One row a store, product and location (all together unless channels are mapped to locations): what is due on top, the most
    margin at risk first, then the rest by day.

    Columns: COLUMNS. Units, and units a day; money in `currency`, at the landed cost of a piece. `demand_basis` says where demand
    comes from: a forecast of the product, whose weeks count for the days that they share with the lead time L (lead_demand) and with
    the days of cover after it (cover_demand), or its velocity v times those days. safety_stock = z·√(L·σ² + v²·σ_L²), with a forecast
    by the quantiles of its errors (see foreseen.plan): error_middle + √((error_at − error_middle)² + (z·d·σ_L)²) + at_once, d being
    the forecast a day; reorder_point = lead_demand + safety stock, suggested_order = lead_demand + cover_demand + safety stock −
    available − incoming, raised to the minimum order and whole packs. `order_by` is the day on which available + incoming in time
    (due within L days) falls to the reorder point of that day, before today when it is late by `late_days`: then as much was sold
    since as was missing then (`order_by_basis` says how it is known); `stockout_on` is when stock runs out, `days_short` the days
    without any until an order of today arrives, `units_short` what is asked for on them, `margin_at_risk` its margin. What is not
    known is None.
    """
    return pd.DataFrame(planned(scope, change), columns=list(COLUMNS), dtype=object)


def planned(scope: Scope, change: Change = Change()) -> list[Row]:
    """The rows of `suggestions`, with what each was made from."""
    day = purchase_orders.day_of(scope)
    return sorted((suggestion(row, day) for row in planning.inputs(scope, change)), key=_urgency)


def _urgency(row: Row) -> tuple[Any, ...]:
    at_risk = row["margin_at_risk"]
    return row["status"] != NOW, -(at_risk or 0), at_risk is None, row["order_by"] or date.max, str(row["sku"])


def suggestion(row: Row, day: date) -> Row:
    """One row of planning.inputs with what follows from it as of a day."""
    is_planned = row["_rule"].method == policies.REORDER_POINT
    lead, cover = foreseen.lead_and_cover(row)
    safety = _safety(row).quantize(THOUSANDTH) if is_planned else NOUGHT
    point = (lead + safety).quantize(THOUSANDTH) if is_planned else NOUGHT
    found = row | {"safety_stock": safety, "reorder_point": point, "in_time": _in_time(row, day)}
    found |= {"lead_demand": lead.quantize(THOUSANDTH), "cover_demand": cover.quantize(THOUSANDTH)}
    blank = (
        "order_by",
        "order_by_basis",
        "late_days",
        "suggested_order",
        "order_value",
        "stockout_on",
        "days_short",
        "units_short",
        "margin_at_risk",
        "cover",
    )
    found |= dict.fromkeys(blank)
    if row["available"] is None or row["available"] != row["available"]:
        return found | {"available": None, "status": UNKNOWN, "reason": "Its stock is not known: import a count of it."}
    if row["_rule"].method == policies.NEVER:
        return found | {"status": NEVER, "suggested_order": NOUGHT, "reason": f"Its rule: {row['rule']}."}
    found |= _quantity(found, is_planned)
    if row["_outlook"].is_asked:
        lasts = row["_outlook"].lasts(row["as_of"] + DAY, found["available"])
        found["cover"] = None if lasts is None else lasts.quantize(Decimal("0.1"))
        if is_planned:
            found |= _timing(found, day)
    is_wanted = found["suggested_order"] > 0
    is_due = is_wanted and (not is_planned or (found["order_by"] is not None and found["order_by"] <= day))
    found["status"] = NOW if is_due else LATER if is_wanted else ENOUGH
    if is_due and row["_outlook"].is_asked:
        found |= _risk(found, day)
    return found | {"reason": _reason(found)}


def _safety(row: Row) -> Decimal:
    if row["error_level"] is None:
        spread = row["lead_time_days"] * row["deviation"] ** 2 + row["velocity"] ** 2 * row["lead_time_deviation"] ** 2
        return Decimal(row["z"] * spread.sqrt())
    strays = row["z"] * foreseen.a_day(row) * row["lead_time_deviation"]
    reach = ((row["error_at"] - row["error_middle"]) ** 2 + strays**2).sqrt()
    return Decimal(max(row["error_middle"] + reach, NOUGHT) + row["at_once"])


def _in_time(row: Row, day: date) -> Decimal:
    """Of what is on its way, that which comes before an order of that day would."""
    until = day + timedelta(days=_whole(row["lead_time_days"]))
    return sum((units for due, units in row["arrivals"] if due <= until), start=NOUGHT)


def _quantity(row: Row, is_planned: bool) -> Row:
    ahead = sum(foreseen.lead_and_cover(row)) if is_planned else NOUGHT
    need = ahead + row["safety_stock"] - row["available"] - row["incoming"]
    if not row["_outlook"].is_asked and row["available"] >= 0:
        need = NOUGHT
    order = formulas.rounded_up(need, row["minimum_order"], row["pack_size"])
    cost = row["landed_cost"]
    return {"suggested_order": order, "order_value": None if cost is None else (order * cost).quantize(CENT)}


def _timing(row: Row, day: date) -> Row:
    """When the position falls to the reorder point of that day; where it is below it, when it fell there."""
    position = row["available"] + row["in_time"]
    above, basis = position - row["reorder_point"], AT_VELOCITY
    if row["_outlook"].weeks:
        # on the day of the order what is asked for until it arrives and the safety stock are all that is left
        lasts, basis = row["_outlook"].lasts(row["as_of"] + DAY, position - row["safety_stock"]), AS_FORECAST
        left = None if lasts is None else lasts - row["lead_time_days"]
    else:
        left = above / row["velocity"]
    if left is None or left > FAR_DAYS:
        return {}
    days = int(left.to_integral_value(ROUND_FLOOR))
    if above < 0:
        days, basis = _fell_before(-above, row, (days, basis))
    order_by = row["as_of"] + timedelta(days=days)
    return {"order_by": order_by, "order_by_basis": basis, "late_days": max((day - order_by).days, 0)}


def _fell_before(missing: Decimal, row: Row, told: tuple[int, str]) -> tuple[int, str]:
    """How many days ago (below 0) the position fell to the reorder point: since then as much was sold as was missing at the pace of
    that day. What was first there or ordered later was not late before that; without any past it is `told` at the pace to come."""
    if row["_back"] is None:
        return told
    sold, pace = row["_back"]
    is_above = np.cumsum(sold) >= float(missing) - float(row["reorder_point"]) * (1 - pace) - 1e-6
    return (-int(is_above.argmax()) - 1, BY_SALES) if is_above.any() else (-len(sold), SINCE_KNOWN)


def _risk(row: Row, day: date) -> Row:
    """What is lost until an order of this day arrives: from when, for how many days, and their margin."""
    arrives = day + timedelta(days=_whole(row["lead_time_days"]))
    first, gaps = _gaps(row, day, arrives)
    short, ahead = sum(days for _, days in gaps), row["_outlook"]
    margin, units = None, sum((ahead.over(start + DAY, Decimal(days)) for start, days in gaps), start=NOUGHT)
    units = units.quantize(THOUSANDTH) if ahead.weeks else units
    if row["price"] is not None and row["price"] == row["price"] and row["landed_cost"] is not None:
        margin = (units * max(row["price"] - row["landed_cost"], NOUGHT)).quantize(CENT)
    return {"stockout_on": first, "days_short": short, "units_short": units, "margin_at_risk": margin}


def shortage(row: Row, day: date, until: date) -> tuple[date | None, int]:
    """The first day on which stock no longer lasts, and how many days from `day` until before `until` have none; what is on order
    and overdue comes on `day` at the earliest."""
    first, gaps = _gaps(row, day, until)
    return first, sum(days for _, days in gaps)


def _gaps(row: Row, day: date, until: date) -> tuple[date | None, list[tuple[date, int]]]:
    """The first day of `shortage`, and each run of days without stock: the evening it begins on, and how many days."""
    stock, at, ahead = max(row["available"], NOUGHT), row["as_of"], row["_outlook"]
    first, gaps = None, []
    for due, units in [
        *sorted((max(due, day), units) for due, units in row["arrivals"] if due < until),
        (until, NOUGHT),
    ]:
        lasts = ahead.lasts(at + DAY, stock)
        ends = until if lasts is None else at + timedelta(days=int(lasts.to_integral_value(ROUND_FLOOR)))
        if ends < due:
            first = first or ends
            if (short := (due - max(ends, day)).days) > 0:
                gaps.append((max(ends, day), short))
            stock, at = NOUGHT, due
        else:
            stock, at = max(stock - ahead.over(at + DAY, Decimal((due - at).days)), NOUGHT), due
        stock += units
    return first, gaps


def _reason(row: Row) -> str:
    if not row["_outlook"].is_asked:
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
