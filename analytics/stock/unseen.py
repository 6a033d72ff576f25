"""Demand that a stockout hid, put back into the velocity that a product is planned with."""

from decimal import Decimal
from typing import Any

import numpy as np

from analytics.stock import buffers, demand
from analytics.stock.buffers import Days

Row = dict[str, Any]
COLUMNS = ("seen_velocity", "seen_units", "unseen_units", "days_out", "days_sold_out", "days_told")
TENTH, DIGITS = Decimal("0.1"), Decimal("0.000001")


def put_back(rows: list[Row], known: Days, window: int) -> None:
    """In rows of planning.inputs: velocity = (units sold + units estimated to have been asked for without stock) ÷ days told;
    COLUMNS are added, None where nothing was hidden.

    `known` holds the rows' days, of which the last `window` count. `seen_velocity` is the velocity by what was sold, `seen_units`
    was sold on the days told, `unseen_units` (to a tenth) is what buffers.asked puts back on `days_out` without stock and on
    `days_sold_out`. Days after the first 30 without stock in a row tell nothing. A product of whose days stock history knows
    less than 80 %, one that was there on fewer than 14, one that sells as a sibling, and a size that its style's curve speaks for
    are left as they are.
    """
    counts = buffers.told(known)[:, -window:]
    asked, sold = buffers.asked(known)[:, -window:], known.sold[:, -window:]
    is_out, there = counts & ~known.in_stock[:, -window:], buffers.days_there(known, known.sold.shape[1])
    hidden = np.where(counts, asked - np.where(is_out, 0, sold), 0).sum(axis=1)
    sold_out = (counts & known.sold_out[:, -window:]).sum(axis=1)
    for at, row in enumerate(rows):
        row |= dict.fromkeys(COLUMNS)
        unseen = Decimal(repr(float(hidden[at]))).quantize(TENTH)
        if unseen > 0 and there[at] >= demand.LEAST_DAYS and _is_told(row):
            units = Decimal(repr(round(float((sold[at] * counts[at]).sum()), 4))).normalize()
            days = Decimal(max(int(counts[at].sum()), demand.LEAST_DAYS))
            row |= {
                "seen_velocity": row["velocity"], "seen_units": units, "unseen_units": unseen, "days_told": days,
                "days_out": int(is_out[at].sum()), "days_sold_out": int(sold_out[at]),
                "velocity": ((units + unseen) / days).quantize(DIGITS),
            }  # fmt: skip


def _is_told(row: Row) -> bool:
    """Whether stock history tells of the product's days, and nothing else stands in for those without stock."""
    if row["size_velocity"] is not None or row["days_known"] is None or row["days_known"] != row["days_known"]:
        return False
    return bool(row["days_known"] >= demand.KNOWN_SHARE * row["window_days"])
