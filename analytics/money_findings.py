"""Findings of what sells or advertises at a loss, in the 30 days up to the morning."""

from collections.abc import Hashable
from typing import Any

import pandas as pd

from analytics import wording
from analytics.ads import margins
from analytics.ads import products as advertised
from analytics.finding import Finding, total_of
from analytics.product_rows import told
from analytics.scope import Scope

PROOF = ("title", "net_sales", "profit_before_ads")
ADS_PROOF = ("title", "reasons", "ad_spend", "wasted_spend", "ad_days_out", "net_sales", "profit_before_ads")


def below_zero(scope: Scope, month: Scope) -> Finding | None:
    """Products, all their variants together, of whose sales less than nothing was left after all costs that are known; at stake
    is what was lost."""
    titles = {row["parent"]: row["parent_title"] for row in told(month).to_dict("records")}
    rows = [
        {"title": titles.get(product, product), "net_sales": row["net_sales"], "profit_before_ads": row["profit"]}
        for (currency, product), row in margins.of_products(month).items()
        if currency == scope.unit and row["profit"] is not None and row["profit"] < 0 < row["net_sales"]
    ]
    if not rows:
        return None
    lost = pd.DataFrame(sorted(rows, key=lambda row: row["profit_before_ads"]), columns=list(PROOF), dtype=object)
    total = -total_of(lost["profit_before_ads"])
    margin = margins.of(month).get(scope.unit, {})
    after = margin.get("contribution_is") or "after goods"
    first = str(lost.iloc[0]["title"])
    who, most = (
        (first, "") if len(lost) == 1 else (wording.count(len(lost), "product", "products"), f", most of it on {first}")
    )
    sentence = f"{who} sold below zero in the last 30 days and lost {wording.money(total, scope.unit)} {after}{most}."
    return Finding("below_zero", sentence, "See the products", "product_profit", total, False, lost)


def ads_in_vain(scope: Scope, month: Scope) -> Finding | None:
    """Ads on products that were out of stock, lose money or come back too often; at stake is what was spent on them."""
    found = advertised.wasted(month)
    rows: list[dict[Hashable, Any]] = [
        row for row in found.to_dict("records") if row["currency"] == scope.unit and row["wasted_spend"] > 0
    ]
    if not rows:
        return None
    total = total_of(row["wasted_spend"] for row in rows)
    worst = rows[0]
    sentence = f"{wording.money(total, scope.unit)} of ads in the last 30 days was spent in vain on {_named(rows)}: {worst['reasons']}."
    proof = pd.DataFrame(rows, columns=list(ADS_PROOF), dtype=object)
    return Finding("ads_in_vain", sentence, "See the ads", "spend_on_products", total, False, proof)


def _named(rows: list[dict[Hashable, Any]]) -> str:
    """The product, or how many they are and the first of them."""
    first = str(rows[0]["title"])
    return first if len(rows) == 1 else f"{wording.count(len(rows), 'product', 'products')}, most on {first}"
