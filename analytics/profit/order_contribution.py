"""Contribution order by order, what lies below zero, and the lines of costs behind the numbers."""

from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db
from analytics.errors import Refused
from analytics.profit import contribution, sums
from analytics.profit.sums import FIGURES, NOUGHT
from analytics.scope import Scope

ORDER_COLUMNS = (
    "store", "order_name", "order_key", "ordered_on", "channel", "country", "currency",
    *(name for name in FIGURES if name not in ("other_fee", "ad_spend_left_out")),
)  # fmt: skip
FEE_COLUMNS = (
    "store", "day", "cost_kind", "amount", "currency", "order_name", "sku", "source", "is_estimated", "is_refund",
    "happened_on", "is_of_no_order", "channel", "country",
)  # fmt: skip
WHAT = ("products", "orders")
# So many rows a page shows.
MOST = 1_000


def orders(scope: Scope, most: int = MOST) -> pd.DataFrame:
    """One row an order that has anything on the days asked for, the latest first, `most` of them at most. Columns: ORDER_COLUMNS.

    Amounts as in `contribution.summary`, in the order's own currency; an order is listed whole, whatever its categories.
    ad_spend is its part of what was spent on its day, by net sales over the day's orders (Amazon's ads over those of its channels);
    what was spent in longer periods belongs to no order.
    """
    return _orders(scope, False, most)


def below_zero(scope: Scope, what: str = "products", most: int = MOST) -> pd.DataFrame:
    """Products or orders of which less than nothing is left after sending and fees (CM2 < 0), the greatest `loss` first.

    Columns: `loss`, the amount below zero, and those of contribution.by or of `orders`. Raises ValueError for anything else.
    """
    if what not in WHAT:
        raise ValueError(f"what is {' or '.join(WHAT)}, not {what!r}")
    if what == "orders":
        found = _orders(scope, True, most)
    else:
        rows = contribution.by(scope, "product")
        is_below = [
            cm2 is not None and cm2 < 0 and not alone
            for cm2, alone in zip(rows["cm2"], rows["is_of_no_order"], strict=True)
        ]
        found = rows.loc[is_below].sort_values("cm2", kind="stable").head(_number(most)).reset_index(drop=True)
    found.insert(0, "loss", pd.Series([-cm2 for cm2 in found["cm2"]], index=found.index, dtype=object))
    return found


def fees(scope: Scope, cost_kind: str | None = None, most: int = MOST) -> pd.DataFrame:
    """The lines of costs that add up to the figures, the newest first: files' and, where they say nothing, rules'. Columns: FEE_COLUMNS.

    Amounts in their own currency, a cost positive; `day` is that on which the line counts on the clock asked for.
    """
    frame = db.read("profit/fees", cost_kind=cost_kind, most=_number(most), **_params(scope))
    return frame[list(FEE_COLUMNS)]


def _orders(scope: Scope, is_below_zero: bool, most: int) -> pd.DataFrame:
    told = any(store["has_ads"] for store in sums.told(scope))
    frame = db.read("profit/orders", is_below_zero=is_below_zero, most=_number(most), **_params(scope))
    rows: list[dict[str, Any]] = []
    for row in sums.records(frame):
        spent: Decimal | None = (row["ad_spend"] or NOUGHT) if told else None
        rows.append(sums.figures(row | {"ad_spend": spent}))
    return pd.DataFrame(rows, columns=list(ORDER_COLUMNS), dtype=object)


def _number(most: int | str) -> int:
    if not str(most).isdigit():
        raise ValueError(f"most is a number of rows, not {most!r}")
    return int(most)


def _params(scope: Scope) -> dict[str, Any]:
    if scope.into:
        raise Refused("Orders and lines of costs keep their own currency. Take the conversion off to see them.")
    return {name: value for name, value in scope.params().items() if name not in ("into", "categories")}
