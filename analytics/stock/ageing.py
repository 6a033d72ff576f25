"""How long stock has lain there: since it was received where receipts say so, else since a count last showed more of it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db
from analytics.product_rows import records
from analytics.scope import Scope
from analytics.stock import inventory
from analytics.stock.inventory import StockLook

BRACKETS: tuple[tuple[str, int], ...] = (
    ("up to 30 days", 30),
    ("31 – 60 days", 60),
    ("61 – 90 days", 90),
    ("91 – 180 days", 180),
    ("181 – 365 days", 365),
)
LONGER, UNKNOWN = "over a year", "unknown"
RECEIVED, GROWN = "received", "more of it at a count"
COLUMNS = (
    "sku", "product_key", "title", "category", "vendor", "location", "as_of", "on_hand", "unit_cost", "cost_value", "currency",
    "age_days", "bracket", "age_basis", "at_least_days", "store_id",
)  # fmt: skip
BRACKET_COLUMNS = ("bracket", "currency", "products", "on_hand", "value_at_cost", "share_of_stock")


def of(scope: Scope, look: StockLook = StockLook()) -> pd.DataFrame:
    """One row a product with stock on hand, the oldest first, unknown ages last. Columns: COLUMNS.

    `age_days` are the days from the last receipt, else from the last count that showed more of the product than the one before,
    beyond what customers brought back; up to the newest count. None is unknown: the product has not grown since its first
    count `at_least_days` ago. `age_basis` says which.
    """
    return aged(scope, inventory.levels(scope, look))


def aged(scope: Scope, levels: pd.DataFrame) -> pd.DataFrame:
    """The rows of `of` from levels of the same scope."""
    there = [at for at, value in enumerate(levels["on_hand"]) if value is not None and value > 0]
    frame = levels.iloc[there].reset_index(drop=True)
    keys = zip(frame["store_id"], frame["product_key"], frame["as_of"], strict=True)
    # what was received after the count is not in it
    known = ages(scope.over(None, max(frame["as_of"]) + timedelta(days=1))) if len(frame) else {}
    told = [_age(known.get((store, key)), as_of) for store, key, as_of in keys]
    names = ["age_days", "age_basis", "at_least_days"]
    frame = pd.concat([frame, pd.DataFrame(told, columns=names, dtype=object, index=frame.index)], axis=1)
    frame["bracket"] = [bracket(days) for days in frame["age_days"]]
    order = [
        (days is None, -(days or 0), -(value or 0)) for days, value in frame[["age_days", "cost_value"]].to_numpy()
    ]
    at = sorted(range(len(frame)), key=lambda row: order[row])
    return frame.iloc[at].reset_index(drop=True)[list(COLUMNS)]


def ages(scope: Scope) -> dict[tuple[Any, Any], dict[str, Any]]:
    """What is known of when products came, by store and product: received_on, grown_on, counted_from, is_first."""
    asked = {name: scope.params()[name] for name in ("store_ids", "stop")}
    found: dict[tuple[Any, Any], dict[str, Any]] = {}
    for name in ("inventory/changes", "inventory/received"):
        frame = db.read(name, **asked)
        for row in records(frame, list(frame.columns)):
            found.setdefault((row["store_id"], row["product_key"]), {}).update(row)
    return found


def _age(known: dict[str, Any] | None, as_of: date) -> tuple[int | None, str, int | None]:
    """Days, what they are counted from, and how many they are at least where that is all that is known."""
    if known is None:
        return None, UNKNOWN, None
    if known.get("received_on"):
        return max(0, (as_of - known["received_on"]).days), RECEIVED, None
    if known.get("grown_on"):
        return max(0, (as_of - known["grown_on"]).days), GROWN, None
    least = (as_of - known["counted_from"]).days
    why = f"at least {least} days, no more of it since the first count" if least else "it was counted on one day only"
    return None, f"{UNKNOWN}: {why}", least


def bracket(days: int | None) -> str:
    """The bracket that an age belongs to."""
    if days is None or pd.isna(days):
        return UNKNOWN
    return next((name for name, limit in BRACKETS if days <= limit), LONGER)


def by_age(scope: Scope) -> pd.DataFrame:
    """One row a currency and bracket of age, the youngest first, empty ones too. Columns: BRACKET_COLUMNS; `share_of_stock` is of
    the value at cost of what is on hand."""
    frame, rows = of(scope), []
    for currency, group in frame.groupby("currency", dropna=False):
        whole = inventory.total(group["cost_value"])
        for name in (*(name for name, _ in BRACKETS), LONGER, UNKNOWN):
            part = group[group["bracket"] == name]
            value = inventory.total(part["cost_value"]) if part["cost_value"].notna().any() else None
            rows.append(
                {
                    "bracket": name,
                    "currency": currency,
                    "products": len(part),
                    "on_hand": inventory.total(part["on_hand"]),
                    "value_at_cost": Decimal(0) if part.empty else value,
                    "share_of_stock": value / whole if value is not None and whole else None,
                }
            )
    return pd.DataFrame(rows, columns=list(BRACKET_COLUMNS), dtype=object)
