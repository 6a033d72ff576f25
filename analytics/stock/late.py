"""What a purchase order that does not come puts at risk: when its products run out, the margin of those days, and its money."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import wording
from analytics.scope import Scope
from analytics.stock import cash, purchase_orders, replenishment
from analytics.stock.planning import Change
from analytics.stock.positions import unknown

COLUMNS = ("title", "sku", "available", "velocity", "stockout_on", "days_short", "margin_at_risk", "currency")


def at_stake(scope: Scope, order_no: str | None = None) -> pd.DataFrame:
    """One row a product of which that order has still something to bring, the most margin at risk first. Columns: COLUMNS.

    As if the order never came: `stockout_on` is when stock and what else is on its way are gone, `days_short` the days until an
    order placed today would arrive, `margin_at_risk` their margin, as `replenishment.suggestions` has them (None where none is
    due).
    """
    lines = purchase_orders.lines(scope)
    wanted = set(lines[(lines["order_no"] == order_no) & (lines["open_units"] > 0)]["product_key"].dropna())
    if not wanted:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    plan = replenishment.suggestions(scope, Change(without=order_no))
    return plan[plan["product_key"].isin(wanted)].reset_index(drop=True)[list(COLUMNS)]


def payments(scope: Scope, order_no: str | None = None) -> pd.DataFrame:
    """The payments of an order that are still to come, as the cash calendar has them."""
    found = cash.upcoming(scope)
    return found[found["order_no"] == order_no].reset_index(drop=True)


def finding(rows: pd.DataFrame, due: pd.DataFrame) -> str:
    """What is at stake, in a sentence or two."""
    short = rows.loc[[_is_some(each) for each in rows["days_short"]]]
    money = [
        f"{wording.exact(row['amount'])} {row['currency']} are due {_when(row)}"
        for row in due.to_dict("records")
        if not unknown(row["amount"])
    ]
    paid = f"; {', '.join(money)}" if money else ""
    if short.empty:
        return f"Stock lasts until an order of today would arrive{paid}"
    first = min(each for each in short["stockout_on"] if not unknown(each))
    risks: dict[str, Decimal] = {}
    for currency, margin in zip(short["currency"], short["margin_at_risk"], strict=True):
        risks[currency] = risks.get(currency, Decimal(0)) + (Decimal(margin) if not unknown(margin) else 0)
    runs = f"{len(short)} of {wording.count(len(rows), 'product')} {'runs' if len(short) == 1 else 'run'} out"
    at_risk = (
        " and ".join(f"{wording.exact(risk)} {currency}" for currency, risk in risks.items()) + " of margin at risk"
    )
    return f"Without it {runs}, the first on {wording.day(first)}: {at_risk}{paid}"


def _when(row: dict[Any, Any]) -> str:
    on: date = row["due_on"]
    return (
        f"when it lands, {wording.day(on)} at the earliest"
        if row["due_basis"] == cash.ON_LANDING
        else f"on {wording.day(on)}"
    )


def _is_some(value: Any) -> bool:
    return not unknown(value) and value > 0
