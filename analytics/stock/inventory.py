"""Stock: what is there, what it is worth, how long it lasts, and what is low under assumed lead times."""

from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db
from analytics.sales import ratios
from analytics.scope import Scope

# Assumed for every product until the stock module knows its suppliers.
LEAD_TIME_DAYS = 14
Z = Decimal("1.65")
WINDOW_DAYS = 90
LEVEL_COLUMNS = (
    "sku", "product_key", "title", "category", "vendor", "location", "as_of", "on_hand", "committed", "unavailable",
    "available", "incoming", "currency", "unit_cost", "cost_value", "price", "retail_value", "velocity", "days_of_cover",
    "safety_stock", "reorder_point", "is_low", "velocity_basis",
)  # fmt: skip
SUMMARY_COLUMNS = (
    "currency", "as_of", "products", "on_hand", "available", "incoming", "value_at_cost", "value_at_retail",
    "covered_share", "negative", "not_stocked", "low_stock",
)  # fmt: skip


def levels(scope: Scope) -> pd.DataFrame:
    """One row a product with its newest stock, all locations together. Columns: LEVEL_COLUMNS.

    Quantities in units; velocity in units a day over `velocity_basis`; days_of_cover = available ÷ velocity, None without
    sales. safety_stock = z·√L·σ and reorder_point = velocity·L + safety_stock with L 14 days and z 1.65, both assumed;
    is_low is None where nothing was sold or nothing is counted.
    """
    params = {name: scope.params()[name] for name in ("store_ids", "stop", "categories", "currency")}
    frame = db.read("inventory/levels", window=WINDOW_DAYS, **params)
    frame["days_of_cover"] = ratios(frame["available"], frame["velocity"])
    rows = frame[["velocity", "deviation", "available"]].to_dict("records")
    frame["safety_stock"] = pd.Series([safety_stock(row["deviation"]) for row in rows], dtype=object)
    points = [_reorder_point(row["velocity"], row["deviation"]) for row in rows]
    frame["reorder_point"] = pd.Series(points, dtype=object)
    low = [_is_low(row["available"], row["velocity"], point) for row, point in zip(rows, points, strict=True)]
    frame["is_low"] = pd.Series(low, dtype=object)
    frame["velocity_basis"] = [_basis(days) for days in frame["window_days"]]
    return frame[list(LEVEL_COLUMNS)]


def summary(scope: Scope) -> pd.DataFrame:
    """One row a currency: as_of, products, on_hand, available, incoming, value_at_cost, value_at_retail, covered_share,
    negative, not_stocked, low_stock.

    Values count only what has a known cost (price); covered_share is the share of units on hand with a known cost.
    """
    frame = levels(scope)
    rows = [_summed(currency, rows) for currency, rows in frame.groupby("currency", dropna=False, sort=True)]
    return pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS), dtype=object)


def safety_stock(deviation: Decimal | None, lead_time: int = LEAD_TIME_DAYS, z: Decimal = Z) -> Decimal | None:
    """z·√L·σ_d in units, to the thousandth; None if the demand is unknown."""
    return None if deviation is None else (z * Decimal(lead_time).sqrt() * deviation).quantize(Decimal("0.001"))


def reorder_point(velocity: Decimal, safety: Decimal, lead_time: int = LEAD_TIME_DAYS) -> Decimal:
    """d̄·L + safety stock, in units, to the thousandth."""
    return (velocity * lead_time + safety).quantize(Decimal("0.001"))


def _reorder_point(velocity: Decimal | None, deviation: Decimal | None) -> Decimal | None:
    safety = safety_stock(deviation)
    return None if velocity is None or safety is None else reorder_point(velocity, safety)


def _is_low(available: Decimal | None, velocity: Decimal | None, point: Decimal | None) -> bool | None:
    if available is None or pd.isna(available) or not velocity or point is None:
        return None
    return bool(available <= point)


def _basis(days: Any) -> str:
    return "no sales known" if days is None or pd.isna(days) else f"{int(days)} calendar days"


def _total(values: "pd.Series[Any]") -> Decimal:
    return sum((Decimal(value) for value in values if value is not None and not pd.isna(value)), start=Decimal(0))


def _summed(currency: Any, rows: pd.DataFrame) -> dict[str, Any]:
    on_hand = _total(rows["on_hand"].map(lambda value: value if value and value > 0 else None))
    covered = _total(
        rows.loc[rows["unit_cost"].notna(), "on_hand"].map(lambda value: value if value and value > 0 else None)
    )
    return {
        "currency": currency,
        "as_of": rows["as_of"].max(),
        "products": len(rows),
        "on_hand": _total(rows["on_hand"]),
        "available": _total(rows["available"]),
        "incoming": _total(rows["incoming"]),
        "value_at_cost": _total(rows["cost_value"]) if rows["cost_value"].notna().any() else None,
        "value_at_retail": _total(rows["retail_value"]) if rows["retail_value"].notna().any() else None,
        "covered_share": covered / on_hand if on_hand else None,
        "negative": sum(1 for value in rows["on_hand"] if value is not None and value < 0),
        "not_stocked": int(rows["on_hand"].isna().sum()),
        "low_stock": sum(1 for value in rows["is_low"] if value is True),
    }
