"""From whom each product is bought, on what terms, and how long that really takes."""

from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db
from analytics.scope import Scope
from analytics.stock import purchase_orders, settings
from analytics.stock.settings import StockSettings

TERMS = (
    "store_id", "product_key", "sku", "title", "supplier", "lead_time_days", "lead_time_deviation", "lead_time_basis", "receipts",
    "minimum_order", "supplier_minimum", "pack_size", "unit_cost", "freight", "duty", "landed_cost", "currency", "cost_basis",
    "valid_from",
)  # fmt: skip
GIVEN = (
    "supplier", "sku", "lead_time_days", "lead_time_deviation", "minimum_order", "pack_size", "unit_cost", "freight", "duty",
    "currency", "valid_from",
)  # fmt: skip
# So many receipts tell more of a lead time than its supplier's promise does.
ENOUGH_RECEIPTS = 3
OF_PRODUCT, OF_SUPPLIER = "receipts of this product", "receipts of this supplier"
PROMISED, ASSUMED = "the supplier's terms", "assumed for the store"
Row = dict[Any, Any]


def terms(scope: Scope) -> pd.DataFrame:
    """One row a store and product, those without a supplier too, as of the scope's end. Columns: TERMS.

    The supplier is the one last ordered from, else one with terms for the product itself, else the cheapest. `lead_time_days`
    and its standard deviation come from what was received if `receipts` of the product from that supplier, or else of the
    supplier, are at least ENOUGH_RECEIPTS, else from the terms, else from the store's settings; `lead_time_basis` says which.
    `minimum_order` is of the product, `supplier_minimum` of all pieces of an order. `landed_cost` = unit cost + freight + duty
    of one piece, a blank freight or duty being none; `cost_basis` is 'terms', 'product cost' or 'unknown'. What is not known is
    None.
    """
    params = {name: scope.params()[name] for name in ("store_ids", "categories")}
    day = purchase_orders.day_of(scope)
    frame = db.read("purchases/terms", day=day, **params)
    times = db.read("purchases/lead_times", store_ids=params["store_ids"], day=day)
    observed = {(row["store_id"], row["supplier"], row["sku"]): row for row in times.to_dict("records")}
    limits = {store: settings.of(int(store)) for store in frame["store_id"].unique()}
    rows = [_with_lead_time(row, observed, limits[row["store_id"]]) for row in frame.to_dict("records")]
    return pd.DataFrame(rows, columns=list(TERMS), dtype=object)


def given(scope: Scope) -> pd.DataFrame:
    """The terms as they were imported or edited, one row a supplier, product ('' for all of them) and first day. Columns: GIVEN."""
    return db.read("purchases/given_terms", store_ids=scope.params()["store_ids"])[list(GIVEN)]


def _with_lead_time(row: Row, observed: dict[tuple[Any, ...], Row], limits: StockSettings) -> Row:
    days, deviation, basis, receipts = _lead_time(row, observed, limits)
    return row | {
        "lead_time_days": days,
        "lead_time_deviation": deviation,
        "lead_time_basis": basis,
        "receipts": receipts,
        "landed_cost": _landed(row),
    }


def _lead_time(
    row: Row, observed: dict[tuple[Any, ...], Row], limits: StockSettings
) -> tuple[Decimal, Decimal, str, int]:
    for sku, basis in ((row["sku"], OF_PRODUCT), ("", OF_SUPPLIER)):
        seen = observed.get((row["store_id"], row["supplier"], sku)) if sku or basis == OF_SUPPLIER else None
        if seen and seen["receipts"] >= ENOUGH_RECEIPTS:
            return seen["lead_time_days"], seen["lead_time_deviation"], basis, int(seen["receipts"])
    deviation = row["lead_time_deviation"] if _known(row["lead_time_deviation"]) else limits.lead_time_deviation
    if _known(row["lead_time_days"]):
        return row["lead_time_days"], deviation, PROMISED, 0
    return limits.lead_time_days, deviation, ASSUMED, 0


def _landed(row: Row) -> Decimal | None:
    """A cost in another currency than the freight is not added to it."""
    if not _known(row["unit_cost"]):
        return None
    extras = [row[name] for name in ("freight", "duty") if _known(row[name]) and row[name]]
    if extras and row["terms_currency"] != row["currency"]:
        return None
    return sum(extras, start=Decimal(row["unit_cost"]))


def _known(value: Any) -> bool:
    return value is not None and not pd.isna(value)
