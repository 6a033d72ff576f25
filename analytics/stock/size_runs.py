"""Broken size runs: styles that miss sizes which sell, while the others lie there."""

from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import product_options
from analytics.product_rows import Row, quotient, records
from analytics.scope import Scope
from analytics.stock import inventory, size_curves
from analytics.stock.inventory import StockLook

COLUMNS = (
    "product", "title", "colour", "currency", "sizes", "in_stock", "missing", "missing_share", "missing_velocity", "missed_units",
    "units_left", "value_left", "sizes_left",
)  # fmt: skip
MONTH_DAYS = 30
LEVEL = ("product_key", "currency", "available", "velocity", "unit_cost")


def broken(scope: Scope, look: StockLook = StockLook()) -> pd.DataFrame:
    """One row a style and colour that misses a size that sells while another size is there, the most missed a day first.

    Columns: COLUMNS. A size sells if it has a velocity in the look's window and is missing if nothing of it is available.
    `missing_velocity` is what the missing sizes sell a day, `missed_units` in 30 days, `missing_share` their
    share of the style's; `units_left` and `value_left` (at cost, None if unknown) are what is available of the others.
    """
    runs: dict[tuple[Any, ...], list[Row]] = {}
    for row in _sizes(scope, look):
        runs.setdefault((row["parent"], row["colour"], row["currency"]), []).append(row)
    rows = [_run(style, group) for style, group in runs.items()]
    found = [row for row in rows if row is not None]
    found.sort(key=lambda row: (-row["missing_velocity"], row["product"], row["colour"]))
    return pd.DataFrame(found, columns=list(COLUMNS), dtype=object)


def _sizes(scope: Scope, look: StockLook) -> list[Row]:
    """The levels of variants that are known by a size, with parent, parent_title, colour and size."""
    told = size_curves.told(scope)
    levels = records(inventory.levels(scope, look), LEVEL)
    found = [row | told[row["product_key"]] for row in levels if row["product_key"] in told]
    return [row for row in found if row["size"] not in size_curves.NO_SIZE]


def _run(style: tuple[Any, ...], rows: list[Row]) -> Row | None:
    there = [row for row in rows if row["available"] is not None and row["available"] > 0]
    # a variant may stand twice under one size, such as in another material: one of them is enough
    sizes_there = {row["size"] for row in there}
    missing = [row for row in rows if row["size"] not in sizes_there and (row["velocity"] or 0) > 0]
    if not there or not missing:
        return None
    pace = sum((row["velocity"] or Decimal(0) for row in rows), start=Decimal(0))
    missed = sum((row["velocity"] for row in missing), start=Decimal(0))
    values = [row["available"] * row["unit_cost"] for row in there if row["unit_cost"] is not None]
    return {
        "product": style[0],
        "title": rows[0]["parent_title"],
        "colour": style[1],
        "currency": style[2],
        "sizes": len({row["size"] for row in rows}),
        "in_stock": len(sizes_there),
        "missing": ", ".join(product_options.in_order([row["size"] for row in missing])),
        "sizes_left": ", ".join(product_options.in_order([row["size"] for row in there])),
        "missing_share": quotient(missed, pace),
        "missing_velocity": missed,
        "missed_units": missed * MONTH_DAYS,
        "units_left": sum((row["available"] for row in there), start=Decimal(0)),
        "value_left": sum(values, start=Decimal(0)) if values else None,
    }
