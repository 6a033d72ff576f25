"""The ledger lines behind a number: every line that adds to it, and their sum."""

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from analytics import sales
from analytics.scope import Scope

# What a metric adds and takes, in columns of sales.lines.
NET = {"gross_sales": 1, "discounts": -1, "reversals": -1}
TOTAL = NET | {"shipping": 1, "tax": 1, "duties": 1, "fees": 1}
PARTS: dict[str, dict[str, int]] = {
    **{name: {name: 1} for name in ("gross_sales", "discounts", "reversals", "shipping", "tax", "tips", "gift_cards")},
    "net_sales": NET,
    "total_sales": TOTAL,
    "month_to_date": NET,
    "collected": {"collected": 1},
    # both are quotients: the lines are those of what is divided
    "average_order_value": {"gross_sales": 1, "discounts": -1},
}


@dataclass(frozen=True)
class Behind:
    """`lines` with a column `amount`, and `total`, which is their exact sum in the scope's currency."""

    lines: pd.DataFrame
    total: Decimal


def has_lines(name: str) -> bool:
    """Whether a metric is a sum of ledger lines."""
    return name in PARTS or name == "orders"


def lines(scope: Scope, name: str) -> Behind:
    """The lines that add to a metric of PARTS, the newest first; for orders, one line an order with the amount 1.

    Raises KeyError for a metric that has no lines.
    """
    found = sales.lines(scope)
    if name == "orders":
        placed = found[found["line_kind"].isin(["order", "zero_order"])]
        return Behind(placed.assign(amount=1).reset_index(drop=True), Decimal(len(placed)))
    amounts = sum((found[column] * sign for column, sign in PARTS[name].items()), start=pd.Series(0, index=found.index))
    found = found.assign(amount=amounts)
    found = found[found["amount"] != 0].sort_values(["booked_on", "order_name"], ascending=False, kind="stable")
    return Behind(found.reset_index(drop=True), sum(found["amount"], start=Decimal(0)))
