"""Dead stock and overstock: what nobody buys, what lies there for too long, and the money in it."""

from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any

import pandas as pd

from analytics import db, stores
from analytics.product_rows import framed, records
from analytics.scope import Scope
from analytics.stock import ageing, inventory, settings, velocity
from analytics.stock.inventory import StockLook
from analytics.stock.settings import StockSettings

LEVEL = (
    "store_id", "sku", "product_key", "title", "category", "vendor", "location", "on_hand", "available", "unit_cost", "currency",
    "velocity", "days_of_cover",
)  # fmt: skip
AGE = ("store_id", "product_key", "age_days", "age_basis")
DEAD, OVERSTOCK = "dead", "overstock"
COLUMNS = (
    "sku", "product_key", "title", "category", "vendor", "location", "on_hand", "available", "excess_units", "unit_cost",
    "tied_up", "currency", "velocity", "days_of_cover", "last_sold_on", "days_since_sale", "age_days", "age_basis", "state",
    "is_young",
)  # fmt: skip
SUMMARY_COLUMNS = (
    "currency", "dead_products", "dead_units", "dead_value", "overstock_products", "overstock_units", "overstock_value",
    "young_products", "young_value", "uncosted_products", "tied_up_share", "order_days",
)  # fmt: skip


def of(scope: Scope, look: StockLook = StockLook()) -> pd.DataFrame:
    """One row a product that is dead or overstock by the store's limits, the most money first. Columns: COLUMNS.

    Dead: units on hand and no sale in `dead_days`; all of it is in excess. Overstock: available for more than `overstock_days`
    at its velocity; in excess are the whole units beyond them, one at least. tied_up = excess_units × unit cost, None without a cost.
    `is_young` are products whose stock came less than `young_days` ago: they are exempt, and named. No product is dead where
    the orders known do not reach back `dead_days`.
    """
    return among(scope, inventory.levels(scope, look))


def among(scope: Scope, levels: pd.DataFrame) -> pd.DataFrame:
    """The rows of `of` from levels of the same scope."""
    limits, until, known_days = settings.of_scope(scope), velocity.data_days(scope)[1], order_days(scope)
    old = {(row["store_id"], row["product_key"]): row for row in records(ageing.aged(scope, levels), AGE)}
    last = _last_sold(scope)
    rows = []
    for level in records(levels, LEVEL):
        key = (level["store_id"], level["product_key"])
        if (age := old.get(key)) is None:
            continue
        row: dict[Any, Any] = level | {"last_sold_on": last.get(key), "days_since_sale": None}
        if row["last_sold_on"] is not None and until is not None:
            row["days_since_sale"] = (until - row["last_sold_on"]).days
        row |= _excess(row, limits, known_days)
        row["tied_up"] = None if row["unit_cost"] is None else row["excess_units"] * row["unit_cost"]
        row |= {"age_days": age["age_days"], "age_basis": age["age_basis"]}
        row["is_young"] = age["age_days"] is not None and age["age_days"] < limits.young_days
        if row["state"]:
            rows.append(row)
    rows.sort(key=lambda row: (-(row["tied_up"] or Decimal(0)), -row["excess_units"], row["product_key"]))
    return framed(rows, COLUMNS)


def _excess(row: dict[Any, Any], limits: StockSettings, known_days: int) -> dict[str, Any]:
    """Whether a level is dead or overstock, and how many units of it are too many."""
    since, pace, available = row["days_since_sale"], row["velocity"], row["available"]
    if known_days >= limits.dead_days and (since is None or since >= limits.dead_days):
        return {"state": DEAD, "excess_units": Decimal(row["on_hand"])}
    wanted = (pace or Decimal(0)) * limits.overstock_days
    if pace and available is not None and available - wanted >= 1:
        return {"state": OVERSTOCK, "excess_units": (available - wanted).to_integral_value(ROUND_FLOOR)}
    return {"state": None, "excess_units": Decimal(0)}


def dead_stock(scope: Scope, look: StockLook = StockLook()) -> pd.DataFrame:
    """The rows of `of` that are dead and not exempt."""
    return _kept(of(scope, look), DEAD)


def overstock(scope: Scope, look: StockLook = StockLook()) -> pd.DataFrame:
    """The rows of `of` that are overstock and not exempt."""
    return _kept(of(scope, look), OVERSTOCK)


def _kept(frame: pd.DataFrame, state: str) -> pd.DataFrame:
    wanted = (frame["state"] == state) & ~frame["is_young"].astype(bool)
    return frame[wanted].reset_index(drop=True)


def summary(scope: Scope, look: StockLook = StockLook()) -> pd.DataFrame:
    """One row a currency of the stock: how many products, units and how much money are dead and overstock. Columns:
    SUMMARY_COLUMNS.

    The values are the sums of `tied_up` of the two lists; `uncosted_products` of these have no cost and are not in them.
    `tied_up_share` is of the value at cost of all stock, `order_days` the days of orders that are known.
    """
    return summed(scope, inventory.levels(scope, look))


def summed(scope: Scope, levels: pd.DataFrame) -> pd.DataFrame:
    """The rows of `summary` from levels of the same scope."""
    frame, known_days = among(scope, levels), order_days(scope)
    rows = []
    for currency, whole in levels.groupby("currency", dropna=False):
        of_currency = frame[frame["currency"].isna() if pd.isna(currency) else frame["currency"] == currency]
        value = inventory.total(whole["cost_value"])
        rows.append({"currency": currency, "order_days": known_days, **_added(of_currency, value)})
    return pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS), dtype=object)


def _added(rows: pd.DataFrame, value: Decimal) -> dict[str, Any]:
    dead, over = _kept(rows, DEAD), _kept(rows, OVERSTOCK)
    young = rows[rows["is_young"].astype(bool)]
    tied_up = inventory.total(dead["tied_up"]) + inventory.total(over["tied_up"])
    return {
        "dead_products": len(dead),
        "dead_units": inventory.total(dead["excess_units"]),
        "dead_value": inventory.total(dead["tied_up"]),
        "overstock_products": len(over),
        "overstock_units": inventory.total(over["excess_units"]),
        "overstock_value": inventory.total(over["tied_up"]),
        "young_products": len(young),
        "young_value": inventory.total(young["tied_up"]),
        "uncosted_products": int(dead["tied_up"].isna().sum() + over["tied_up"].isna().sum()),
        "tied_up_share": tied_up / value if value else None,
    }


def _last_sold(scope: Scope) -> dict[tuple[Any, Any], Any]:
    """The last day on which each product was sold, by store and product; bundles as their parts."""
    last: dict[tuple[Any, Any], Any] = {}
    nothing = {"channels": None, "countries": None, "categories": None}
    for store in stores.among(scope.store)["store_id"]:
        stop = scope.stop or date.max
        rows = db.read("inventory/sold_between", store_id=int(store), stop=stop, **nothing)
        last |= {(store, key): day for key, day in zip(rows["product_key"], rows["last_sold_on"], strict=True)}
    return last


def order_days(scope: Scope) -> int:
    """How many days of orders are known up to the scope's end; 0 for none."""
    first, last = velocity.data_days(scope)
    return 0 if first is None or last is None or last < first else (last - first + timedelta(days=1)).days
