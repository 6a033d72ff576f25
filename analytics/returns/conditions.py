"""In which condition goods come back, whether they are put back on the shelf, and which share can be sold again."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics.product_rows import Row, framed, quotient
from analytics.product_rows import told as catalogue
from analytics.returns import products, reasons, words
from analytics.returns.intervals import wilson
from analytics.scope import Scope

COLUMNS = (
    "currency", "condition", "name", "units", "orders", "value_returned", "share_of_units", "share_of_value", "units_restocked",
    "restocked_share",
)  # fmt: skip
SUMMARY_COLUMNS = (
    "currency", "value_returned", "units_returned", "condition_coverage", "units_restocked", "restocked_share", "units_judged",
    "units_resellable", "resellable_share", "lower", "upper",
)  # fmt: skip
SHARE_COLUMNS = (
    "title", "currency", "units_returned", "units_judged", "units_resellable", "resellable_share", "lower", "upper", "usual_share",
    "is_flagged", "judged_share", "value_returned", "category", "product",
)  # fmt: skip
BY = ("all", "category", "product", "variant")
SUMS = ("units_returned", "units_judged", "units_resellable", "value_returned")


def summary(scope: Scope) -> pd.DataFrame:
    """One row a currency: what came back, of how much of it a condition is told, what was put back. Columns: SUMMARY_COLUMNS."""
    found = []
    for row in reasons.read(scope, "condition"):
        if row["is_total"]:
            row |= {
                "units_returned": row["units"],
                "condition_coverage": quotient(row["value_told"], row["value_returned"]),
            }
            row["restocked_share"] = quotient(row["units_restocked"], row["units_restock_told"])
            lower, upper = wilson(row["units_resellable"], row["units_judged"])
            row |= {
                "resellable_share": quotient(row["units_resellable"], row["units_judged"]),
                "lower": lower,
                "upper": upper,
            }
            found.append(row)
    return framed(found, SUMMARY_COLUMNS)


def of(scope: Scope) -> pd.DataFrame:
    """One row a currency and condition, those of most value first, what was not told last. Columns: COLUMNS.

    Values and units of all rows add up to everything that came back; the shares are of what was told. `restocked_share` is of
    the units of which a file says whether they were put back on the shelf.
    """
    rows = reasons.read(scope, "condition")
    totals = {row["currency"]: row for row in rows if row["is_total"]}
    found = []
    for row in rows:
        if row["is_total"]:
            continue
        total, is_told = totals[row["currency"]], row["means"] != words.NOT_TOLD
        row |= {"condition": row["means"], "name": words.LABELS["condition"][row["means"]]}
        row["share_of_units"] = quotient(row["units"], total["units_told"]) if is_told else None
        row["share_of_value"] = quotient(row["value_returned"], total["value_told"]) if is_told else None
        row["restocked_share"] = quotient(row["units_restocked"], row["units_restock_told"])
        found.append(row)
    found.sort(key=lambda row: (row["currency"], row["condition"] == words.NOT_TOLD, -row["value_returned"]))
    return framed(found, COLUMNS)


def resellable_share(scope: Scope, by: str = "category") -> pd.DataFrame:
    """One row a currency and category, product, variant, or one for all: which share of what comes back can be sold again.

    Columns: SHARE_COLUMNS, of the orders of the scope, whichever clock it asks for. A unit can be sold again if a file says that
    it was put back, else if its condition says so; `units_judged` are those of which either is told, `resellable_share` is of
    them, with its 95 % interval, and None where there are none; `usual_share` is that of all, and a row is flagged if its
    interval lies below. Most units first. Raises ValueError for another way to group.
    """
    if by not in BY:
        raise ValueError(f"by is one of {', '.join(BY)}, not {by!r}")
    asked = replace(scope, basis="order_date")
    titles = {row["product_key"]: row["parent_title"] for row in catalogue(asked).to_dict("records")}
    known = {(row["currency"], row["product"]): row for row in products.of(asked).to_dict("records")}
    for (_, key), row in known.items():
        row["parent_title"] = titles.get(key, row["title"])
    sums: dict[Any, Row] = {}
    for row in reasons.read(asked, "condition", "product"):
        about = known.get((row["currency"], row["product_key"]))
        if row["is_total"] or about is None:
            continue
        key = {"all": None, "category": about["category"], "product": about["parent"], "variant": about["product"]}[by]
        kept = sums.setdefault((row["currency"], key), _begun(row["currency"], about, by))
        for name in SUMS:
            kept[name] += row[{"units_returned": "units"}.get(name, name)] or 0
    found = []
    usual = {currency: _share_of_all(sums, currency) for currency, _ in sums}
    for row in sums.values():
        lower, upper = wilson(row["units_resellable"], row["units_judged"])
        row |= {"lower": lower, "upper": upper, "usual_share": usual[row["currency"]]}
        row["is_flagged"] = upper is not None and upper < row["usual_share"]
        row["resellable_share"] = quotient(row["units_resellable"], row["units_judged"])
        found.append(row | {"judged_share": quotient(row["units_judged"], row["units_returned"])})
    found.sort(key=lambda row: (row["currency"], -row["units_returned"], str(row["title"])))
    return framed(found, SHARE_COLUMNS)


def _share_of_all(sums: dict[Any, Row], currency: Any) -> Decimal | None:
    rows = [row for key, row in sums.items() if key[0] == currency]
    judged = sum((row["units_judged"] for row in rows), start=Decimal(0))
    return quotient(sum((row["units_resellable"] for row in rows), start=Decimal(0)), judged)


def _begun(currency: Any, about: Row, by: str) -> Row:
    """What a group is called, with nothing added up yet."""
    title = {"all": "All", "category": about["category"], "product": about["parent_title"], "variant": about["title"]}[
        by
    ]
    row = {"currency": currency, "title": title, "category": None if by == "all" else about["category"]}
    row["product"] = {"product": about["parent"], "variant": about["product"]}.get(by)
    return row | dict.fromkeys(SUMS, Decimal(0))
