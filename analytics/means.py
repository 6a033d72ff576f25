"""The mean of the same table for several ranges of days."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics.errors import Refused
from analytics.scope import SEVERAL

# Divide after summing: what is divided by what, each a sum of columns with their signs.
RATIOS: dict[str, tuple[dict[str, int], dict[str, int]]] = {
    "average_order_value": ({"gross_sales": 1, "discounts": -1}, {"orders": 1}),
    "average_order_value_nonzero": ({"gross_sales": 1, "discounts": -1}, {"orders": 1, "zero_total_orders": -1}),
    "gross_margin": ({"gross_profit": 1}, {"gross_profit": 1, "cost_of_goods_sold": 1}),
    "covered_share": ({"gross_profit": 1, "cost_of_goods_sold": 1}, {"net_sales": 1}),
    "return_rate_by_orders": ({"orders_with_return": 1}, {"orders": 1}),
    "return_rate_by_units": ({"units_returned": 1}, {"units_sold": 1}),
    "return_rate_by_value": ({"value_returned": 1}, {"value_sold": 1}),
    "period_return_ratio": ({"value_returned_in_period": 1}, {"value_sold": 1}),
    "return_coverage": ({"value_returned": 1}, {"value_returned": 1, "value_without_lines": 1}),
}
# Numbers that say where something belongs, not how much of it there is.
PLACES = ("weekday", "hour")
Row = dict[Any, Any]


def of(frames: Sequence[Any], every: int) -> pd.DataFrame:
    """One frame like each of `frames`, which are of ranges `every` days apart, the latest first.

    Rows are matched by their words and days (a `day` moved to the latest range); numbers are summed and divided by how
    many ranges there are, a row that a range does not have counting 0. What is unknown in one of them is unknown; a ratio
    is the ratio of the sums, and unknown where its parts do not stand in the frame. Raises Refused for what is no table.
    """
    if not all(isinstance(frame, pd.DataFrame) for frame in frames):
        raise Refused(SEVERAL)
    columns = list(frames[0].columns)
    numbers = [name for name in columns if name not in PLACES and any(_is_number(frame[name]) for frame in frames)]
    keys = [name for name in columns if name not in numbers]
    found: dict[tuple[Any, ...], list[Row]] = {}
    for at, frame in enumerate(frames):
        rows = [_moved(row, timedelta(days=every * at)) for row in _records(frame)]
        named = {tuple(row[name] for name in keys): row for row in rows}
        if len(named) < len(rows):
            raise Refused(SEVERAL)
        for key, row in named.items():
            found.setdefault(key, []).append(row)
    meant = [_mean(rows, numbers, len(frames)) for rows in found.values()]
    return _with_share(pd.DataFrame(meant, columns=columns, dtype=object))


def _records(frame: pd.DataFrame) -> list[Row]:
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def _moved(row: Row, by: timedelta) -> Row:
    return row | {"day": row["day"] + by} if "day" in row else row


def _is_number(values: "pd.Series[Any]") -> bool:
    """Whether a column holds amounts or counts; one of nothing but unknowns holds none."""
    known = [each for each in values if each is not None and not pd.isna(each)]
    return bool(known) and all(isinstance(each, Decimal | int | float) and not isinstance(each, bool) for each in known)


def _mean(rows: list[Row], numbers: list[str], ranges: int) -> Row:
    sums = dict(rows[0])
    for name in numbers:
        values = [row[name] for row in rows]
        sums[name] = None if any(each is None for each in values) else sum(map(Decimal, values)) / ranges
    for name in RATIOS.keys() & set(numbers):
        above, below = (_signed(sums, parts) for parts in RATIOS[name])
        sums[name] = None if above is None or not below else above / below
    return sums


def _signed(row: Row, parts: dict[str, int]) -> Decimal | None:
    values = [row.get(name) for name in parts]
    if any(each is None for each in values):
        return None
    return sum((sign * Decimal(row[name]) for name, sign in parts.items()), start=Decimal(0))


def _with_share(frame: pd.DataFrame) -> pd.DataFrame:
    """Shares of the mean: of the net sales of the currency, as sales.by_dimension has them."""
    if "share" not in frame:
        return frame
    if not {"net_sales", "currency"} <= set(frame.columns):
        return frame.assign(share=None)
    totals = frame.groupby("currency")["net_sales"].transform("sum")
    shares = [up / down if down else None for up, down in zip(frame["net_sales"], totals, strict=True)]
    return frame.assign(share=pd.Series(shares, index=frame.index, dtype=object))
