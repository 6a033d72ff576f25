"""What another service level, lead time or demand would do to orders, stock and service."""

from decimal import Decimal
from typing import Any

import pandas as pd

from analytics.scope import Scope
from analytics.stock import formulas, replenishment
from analytics.stock.planning import Change
from analytics.stock.replenishment import CENT, NOUGHT

COLUMNS = ("currency", "number", "now", "changed", "difference")
NUMBERS = ("products_due", "value_due", "units_due", "safety_value", "mean_stock_value", "kept_service")


def compared(scope: Scope, change: Change = Change()) -> pd.DataFrame:
    """One row a currency and number, as it is and after the change. Columns: COLUMNS; numbers:

    products_due (today), value_due and units_due of those, safety_value (safety stock at landed cost),
    mean_stock_value (safety stock + half of what is asked for in the days of cover, the same), kept_service (share of cycles that
    today's reorder points would still end without a stockout, normal distribution, weighted by demand; as it is: of today's
    demand). Without a known cost a product is left out of values.
    """
    now, then = replenishment.suggestions(scope), replenishment.suggestions(scope, change)
    points = dict(
        zip(zip(now["store_id"], now["product_key"], now["location"], strict=True), now["reorder_point"], strict=True)
    )
    rows = []
    for currency in sorted({each for each in now["currency"] if isinstance(each, str)}):
        before, after = (_numbers(frame[frame["currency"] == currency], points) for frame in (now, then))
        for name in NUMBERS:
            known = before[name] is not None and after[name] is not None
            difference = after[name] - before[name] if known else None
            rows.append((currency, name, before[name], after[name], difference))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _numbers(frame: pd.DataFrame, points: dict[Any, Decimal]) -> dict[str, Any]:
    due = frame[frame["status"] == replenishment.NOW]
    priced = frame[frame["landed_cost"].notna()]
    safety = _sum(priced["safety_stock"] * priced["landed_cost"])
    cycle = _sum(priced["cover_demand"] / 2 * priced["landed_cost"])
    return {
        "products_due": len(due),
        "value_due": _sum(due["order_value"]),
        "units_due": _sum(due["suggested_order"]),
        "safety_value": safety,
        "mean_stock_value": safety + cycle,
        "kept_service": _kept(frame, points),
    }


def _kept(frame: pd.DataFrame, points: dict[Any, Decimal]) -> Decimal | None:
    weights, met = 0.0, 0.0
    for row in frame.to_dict("records"):
        lead, ahead = float(row["lead_time_days"]), float(row["lead_demand"])
        v = float(row["velocity"]) if row["error_level"] is None else ahead / max(lead, 1)
        if v <= 0:
            continue
        spread = float(
            formulas.deviation_over_lead_time(float(row["deviation"]), v, lead, float(row["lead_time_deviation"]))
        )
        above = float(points.get((row["store_id"], row["product_key"], row["location"]), 0)) - ahead
        weights += v
        met += v * (formulas.NORMAL.cdf(above / spread) if spread else float(above >= 0))
    return Decimal(repr(met / weights)).quantize(Decimal("0.0001")) if weights else None


def _sum(values: "pd.Series[Any]") -> Decimal:
    return sum((Decimal(each) for each in values if each is not None and each == each), start=NOUGHT).quantize(CENT)


def in_words(rows: pd.DataFrame) -> str:
    """What a change does to the money, of one currency."""
    known = {row["number"]: row for row in rows.to_dict("records")}
    stock, order = known["mean_stock_value"], known["value_due"]
    if not stock["difference"] and not order["difference"]:
        return "As it is: move a slider to see what changes"
    more = "more" if stock["difference"] >= 0 else "less"
    return (
        f"{abs(stock['difference']):,.0f} {more} in stock on average, orders of {order['changed']:,.0f} instead of "
        f"{order['now']:,.0f} due today"
    )
