"""Stock by where it lies, what it is, who brings it, and how it sells: every grouping adds up to the same whole."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics.scope import Scope
from analytics.stock import inventory, suppliers
from analytics.stock.inventory import StockLook

UNKNOWN = "unknown"
GROUPS = ("category", "location", "supplier", "vendor")
COLUMNS = (
    "name", "currency", "products", "on_hand", "available", "incoming", "value_at_cost", "share_of_stock", "value_at_retail",
    "covered_share", "days_of_cover", "negative", "not_stocked", "as_of",
)  # fmt: skip
CLASS_COLUMNS = ("abc", "xyz", *COLUMNS)


def by(scope: Scope, group: str, look: StockLook = StockLook()) -> pd.DataFrame:
    """One row a currency and category, location, supplier or vendor, the most value at cost first. Columns: COLUMNS.

    `share_of_stock` is of the currency's value at cost. What has no category, supplier or brand stands under “unknown”. Days of
    cover are of the group's products together; a location has none, because what it sells is not known. Raises ValueError for
    another group.
    """
    if group not in GROUPS:
        raise ValueError(f"group is one of {', '.join(GROUPS)}, not {group!r}")
    rows = inventory.levels(scope, StockLook(look.window, "location" if group == "location" else "product"))
    if group == "supplier":
        suppliers = _suppliers(scope)
        rows = rows.assign(
            supplier=[suppliers.get(key) for key in zip(rows["store_id"], rows["product_key"], strict=True)]
        )
    return _grouped(rows, (group,))[list(COLUMNS)]


def by_class(scope: Scope, look: StockLook = StockLook()) -> pd.DataFrame:
    """One row a currency, ABC and XYZ class that has products in stock, A to C and X to Z, unknown last. Columns: CLASS_COLUMNS;
    `name` is the class, such as AX."""
    rows = inventory.table(scope, look.of_products)
    frame = _grouped(rows, ("abc", "xyz"))
    return frame.sort_values(["currency", "abc", "xyz"], kind="stable").reset_index(drop=True)[list(CLASS_COLUMNS)]


def matrix(frame: pd.DataFrame, metric: str) -> pd.DataFrame:
    """The rows of `by_class` of one currency as a table: a row A, B, C and all, a column X, Y, Z, unknown and all.

    A class without products is None. Raises ValueError for a metric that does not add up.
    """
    if metric not in ("value_at_cost", "value_at_retail", "on_hand", "products"):
        raise ValueError(f"metric is one that adds up, such as value_at_cost, not {metric!r}")
    evenness = [each for each in ("X", "Y", "Z", UNKNOWN) if each in set(frame["xyz"])]
    values = {(row["abc"], row["xyz"]): row[metric] for row in frame.to_dict("records")}
    rows = []
    for letter in [each for each in ("A", "B", "C", UNKNOWN) if each in set(frame["abc"])]:
        told = {each: values.get((letter, each)) for each in evenness}
        rows.append({"abc": letter, **told, "all": _sum(list(told.values()))})
    whole = {"abc": "all", **{name: _sum([row[name] for row in rows]) for name in (*evenness, "all")}}
    return pd.DataFrame([*rows, whole] if rows else [], columns=["abc", *evenness, "all"], dtype=object)


def _grouped(rows: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    told = rows.assign(**{name: rows[name].astype(object).where(rows[name].notna(), UNKNOWN) for name in names})
    found: list[dict[str, Any]] = []
    for key, group in told.groupby(["currency", *names], dropna=False, sort=True):
        currency, *values = key
        words = "".join(values) if UNKNOWN not in values else " ".join(dict.fromkeys(values))
        found.append(
            {**dict(zip(names, values, strict=True)), "name": words, "currency": currency} | inventory.summed(group)
        )
    whole: dict[Any, Decimal] = {}
    for row in found:
        whole[row["currency"]] = whole.get(row["currency"], Decimal(0)) + (row["value_at_cost"] or 0)
    for row in found:
        value, all_of_it = row["value_at_cost"], whole[row["currency"]]
        row["share_of_stock"] = None if value is None or not all_of_it else value / all_of_it
    found.sort(key=lambda row: (str(row["currency"]), -(row["value_at_cost"] or Decimal(0)), row["name"]))
    return pd.DataFrame(found, columns=list(dict.fromkeys((*names, *COLUMNS))), dtype=object)


def _suppliers(scope: Scope) -> dict[Any, str | None]:
    names = ["store_id", "product_key", "supplier"]
    told = suppliers.terms(replace(scope, categories=()))[names]
    return {(store, key): supplier for store, key, supplier in told.itertuples(index=False)}


def _sum(values: Sequence[Any]) -> Decimal | None:
    known = [Decimal(each) for each in values if each is not None]
    return sum(known, start=Decimal(0)) if known else None
