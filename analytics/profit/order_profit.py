"""How many orders leave how much after sending and fees, from the smallest to the largest."""

from decimal import Decimal
from typing import Any

import pandas as pd

from analytics.product_rows import framed
from analytics.profit import order_contribution
from analytics.scope import Scope

# So many orders are looked at: of more, the latest.
LOOKED_AT = 50_000
# What an order leaves, as it is counted together: below the first, between two, from the last up.
EDGES = (-20, -10, -5, 0, 5, 10, 20, 30, 50, 75, 100, 200)
COLUMNS = ("name", "orders", "cm2", "is_below_zero")


def spread(scope: Scope) -> pd.DataFrame:
    """One row a span of what an order leaves (CM2, one currency), from the least up: COLUMNS; no row where it is known of none.

    A span holds its lower end and not its upper one; `cm2` is what its orders leave together.
    """
    amounts = [amount for amount in order_contribution.orders(scope, LOOKED_AT)["cm2"] if amount is not None]
    if not amounts:
        return framed([], COLUMNS)
    rows: list[dict[str, Any]] = []
    for low, high in zip((None, *EDGES), (*EDGES, None), strict=True):
        within = [amount for amount in amounts if (low is None or amount >= low) and (high is None or amount < high)]
        row = {"name": _name(low, high), "orders": len(within), "cm2": sum(within, start=Decimal(0))}
        rows.append(row | {"is_below_zero": high is not None and high <= 0})
    filled = [at for at, row in enumerate(rows) if row["orders"]]
    return framed(rows[filled[0] : filled[-1] + 1], COLUMNS)


def _name(low: int | None, high: int | None) -> str:
    if low is None:
        return f"below {high}"
    return f"{low} and more" if high is None else f"{low} to {high}"
