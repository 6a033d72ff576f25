"""Spend on products: what ads cost each of them, and what of it was spent on those that were out, lose money or come back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import bundles, periods, sales, stores
from analytics.ads import mapping, margins
from analytics.ads.names import CATEGORY, PRODUCT
from analytics.ads.spend import Row, over, read
from analytics.product_rows import framed
from analytics.returns import products as returned
from analytics.scope import Scope
from analytics.stock import stockouts

SPEND_COLUMNS = ("product_key", "currency", "ad_spend", "is_guessed", "is_spread")
COLUMNS = (
    "product", "title", "category", "currency", "ad_spend", "wasted_spend", "reasons", "spend_while_out", "ad_days_out",
    "profit_before_ads", "profit_is", "left_after_ads", "net_sales", "return_rate", "category_rate", "is_out", "is_below_zero",
    "is_returning", "is_guessed",
)  # fmt: skip
SUMMARY_COLUMNS = (
    "currency", "ad_spend", "mapped_spend", "mapped_share", "wasted_spend", "spend_while_out", "spend_below_zero",
    "spend_on_returns", "products",
)  # fmt: skip
OUT, BELOW, BACK, MORE = "out of stock", "below zero", "comes back too often", "ads cost more than it earns"


def spend_of_products(scope: Scope) -> pd.DataFrame:
    """One row a currency and product (as it is sold) that ads are for: SPEND_COLUMNS; the parts add up to the spend known by product.

    Spend on a product with variants, or on a category, is spread over what of it sold in the days by value (evenly if nothing did) and
    marked `is_spread`; `is_guessed` if a campaign's name alone tells the product. Spend of the whole shop is in no row.
    """
    sums: dict[Any, Row] = {}
    sold = _sold(scope)
    every = _catalogue(scope)
    for (currency, kind, value), rows in _by_target(mapping.targeted(scope)).items():
        members = _members(every, kind, value)
        values = [max(sold.get((currency, key), Decimal(0)), Decimal(0)) for key in members]
        weights = values if any(values) else [Decimal(1)] * len(members)
        spent = sum((row["ad_spend"] for row in rows), start=Decimal(0))
        is_guessed = any(row["origin"] == mapping.GUESSED for row in rows)
        for key, part in zip(members, bundles.spread(spent, weights), strict=True):
            if part:
                kept = sums.setdefault(
                    (currency, key), {"ad_spend": Decimal(0), "is_guessed": False, "is_spread": False}
                )
                kept["ad_spend"] += part
                kept["is_guessed"] |= is_guessed
                kept["is_spread"] |= len(members) > 1
    found = [row | {"currency": currency, "product_key": key} for (currency, key), row in sums.items()]
    found.sort(key=lambda row: (row["currency"], -row["ad_spend"], row["product_key"]))
    return framed(found, SPEND_COLUMNS)


def _by_target(rows: Iterable[Row]) -> dict[tuple[str, str, str], list[Row]]:
    """The rows that are for a product or a category, by currency and what they are for."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        target = row["target"]
        if target is not None and target.value is not None:
            found.setdefault((row["currency"], target.kind, target.value), []).append(row)
    return found


def _catalogue(scope: Scope) -> list[Row]:
    rows = [row for store in stores.among(scope.store)["store_id"] for row in mapping.products(int(store))]
    return list({row["product_key"]: row for row in rows}.values())


def _members(every: list[Row], kind: str, value: str) -> list[str]:
    """The products that a target is: all variants of a parent, one variant, all of a category."""
    name = "category" if kind == CATEGORY else "parent"
    found = [row["product_key"] for row in every if row[name] == value]
    return found or [value]


def _sold(scope: Scope) -> dict[tuple[str, str], Decimal]:
    frame = sales.products(scope)
    return {
        (row["currency"], row["product_key"]): row["gross_sales"] - row["discounts"]
        for row in frame.to_dict("records")
        if row["product_key"] is not None
    }


def wasted(scope: Scope) -> pd.DataFrame:
    """One row a currency and product (all its variants) that ads are for, what is wasted first: COLUMNS.

    Wasted is all spend on a product whose sales of the days lose money before ads, or that comes back too often (flagged by
    returns.products in the year up to the end); else the spend of days on which it was out of stock, or what was spent beyond
    all that its sales left, whichever is more. Of a campaign for a
    whole product it was out when each variant that sold in that year was; of a SKU's own spend, when that one was. Spend on
    whole categories is not judged. Profit is None where costs are known of less than four fifths of net sales.
    """
    every = _catalogue(scope)
    parents = {row["product_key"]: row["parent"] for row in every}
    about = {row["parent"]: row for row in every}
    targets = _by_target(mapping.targeted(scope))
    out = _out(scope, every) if targets else {}
    families: dict[tuple[str, str], list[Row]] = {}
    for (currency, kind, value), rows in targets.items():
        if kind == PRODUCT:
            for row in rows:
                days = out.get(value, set())
                families.setdefault((currency, parents.get(value, value)), []).append(row | {"out": days})
    if not families:
        return framed([], COLUMNS)
    sold = margins.of_products(scope)
    back = _returning(scope)
    found = [
        _judged(rows, sold.get(key, {}), back.get(key, {})) | _named(key, about.get(key[1], {}))
        for key, rows in families.items()
    ]
    found.sort(key=lambda row: (row["currency"], -row["wasted_spend"], -row["ad_spend"], str(row["title"])))
    return framed(found, COLUMNS)


def _named(key: tuple[str, str], about: Row) -> Row:
    currency, product = key
    return {
        "currency": currency, "product": product, "title": about.get("parent_title") or product, "category": about.get("category"),
    }  # fmt: skip


def _judged(rows: list[Row], sold: Row, back: Row) -> Row:
    """What was spent on a product, and what of it in vain, with the reasons in words."""
    spent = sum((row["ad_spend"] for row in rows), start=Decimal(0))
    while_out = sum((row["ad_spend"] for row in rows if _days(row) <= row["out"]), start=Decimal(0))
    profit = sold.get("profit")
    is_below, is_back = profit is not None and profit < 0, bool(back.get("is_flagged"))
    # even if the sales whose costs are not known left as much
    whole = None if profit is None else profit / sold["profit_coverage"]
    beyond = Decimal(0) if whole is None or is_below else max(spent - whole, Decimal(0))
    told = ((OUT, while_out > 0), (BELOW, is_below), (BACK, is_back), (MORE, beyond > 0))
    reasons = [words for words, holds in told if holds]
    return {
        "ad_spend": spent, "spend_while_out": while_out, "is_out": while_out > 0,
        "ad_days_out": len({day for row in rows for day in _days(row) & row["out"]}),
        "wasted_spend": spent if is_below or is_back else max(while_out, beyond), "reasons": ", ".join(reasons) or None,
        "net_sales": sold.get("net_sales"), "profit_before_ads": profit, "profit_is": sold.get("profit_is"),
        "left_after_ads": None if profit is None else profit - spent, "is_below_zero": is_below, "is_returning": is_back,
        "return_rate": back.get("return_rate"), "category_rate": back.get("category_rate"),
        "is_guessed": any(row["origin"] == mapping.GUESSED for row in rows),
    }  # fmt: skip


def _days(row: Row) -> set[date]:
    return set(periods.days(row["first_day"], row["last_day"]))


def _returning(scope: Scope) -> dict[tuple[str, str], Row]:
    frame = returned.of(_year(scope), "product")
    return {(row["currency"], row["product"]): row for row in frame.to_dict("records")}


def _year(scope: Scope) -> Scope:
    """The year up to the end of the scope."""
    return scope.over(scope.stop and periods.year_before(scope.stop), scope.stop)


def _out(scope: Scope, every: list[Row]) -> dict[str, set[date]]:
    """The days of the scope on which each variant was out, and on which each product with all that sold in a year was."""
    found: dict[str, set[date]] = {}
    members: dict[str, list[str]] = {}
    lively = {
        row["product_key"] for row in sales.products(replace(_year(scope), currency=None, into=None)).to_dict("records")
    }
    for row in every:
        if row["product_key"] in lively:
            members.setdefault(row["parent"], []).append(row["product_key"])
    whole: dict[str, set[date]] = {}
    for row in stockouts.of(replace(scope, currency=None, into=None)).to_dict("records"):
        days = set(periods.days(row["first_day"], row["last_day"] if row["back_on"] else _end(scope, row)))
        if row["product_key"] is None:
            whole.setdefault(row["product"], set()).update(days)
        else:
            found.setdefault(row["product_key"], set()).update(days)
    for parent, keys in members.items():
        together = set.intersection(*(found.get(key, set()) | whole.get(parent, set()) for key in keys))
        for key in keys:
            found.setdefault(key, set()).update(whole.get(parent, set()))
        found[parent] = found.get(parent, set()) | together
    return found


def _end(scope: Scope, row: Row) -> date:
    return max(row["last_day"], scope.stop - timedelta(days=1)) if scope.stop else row["last_day"]


def summary(scope: Scope, found: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row a currency: what ads cost, how much of it is known by product or category, and what is wasted. Columns: SUMMARY_COLUMNS."""
    rows = wasted(scope) if found is None else found
    targets = _by_target(mapping.targeted(scope))
    result = []
    for spent in read(scope):
        own = rows[rows["currency"] == spent["currency"]].to_dict("records")
        mapped = sum(
            (row["ad_spend"] for key, each in targets.items() if key[0] == spent["currency"] for row in each),
            start=Decimal(0),
        )
        result.append({
            "currency": spent["currency"], "ad_spend": spent["ad_spend"], "mapped_spend": mapped,
            "mapped_share": over(mapped, spent["ad_spend"]), "products": len(own),
            **{name: _sum(own, name) for name in ("wasted_spend", "spend_while_out")},
            "spend_below_zero": _sum([row for row in own if row["is_below_zero"]], "ad_spend"),
            "spend_on_returns": _sum([row for row in own if row["is_returning"]], "ad_spend"),
        })  # fmt: skip
    return framed(result, SUMMARY_COLUMNS)


def _sum(rows: list[Row], name: str) -> Decimal:
    return sum((row[name] for row in rows), start=Decimal(0))
