"""Contribution over time beside the days it is compared with, and contribution of products with all their variants."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import comparisons, grains, periods, settings
from analytics.product_rows import LEVELS, NOT_A_PRODUCT, Row, framed, number, quotient, records, summed, told
from analytics.profit import contribution, sums
from analytics.scope import Scope

STAGES = ("cm1", "cm2", "cm3")
# Contribution of two periods is compared where it is known of nearly the same share of their sales.
NEAR = Decimal("0.05")
TIME_COLUMNS = ("day", "period", "amount", "before", "change", "is_partial")
ADDED = (
    "net_sales", "landed_cost", "cm1", "cm1_left_out", "shipping", *sums.COSTS, "other_fee", "cm2", "ad_spend", "cm3",
    "cm1_net_sales", "cm2_net_sales", "ad_spend_spread", "estimated_costs",
)  # fmt: skip
ABOUT = ("product", "parent", "title", "sku", "variants", "is_of_no_order", "untold", "currency")
PRODUCT_COLUMNS = (
    *ABOUT, *ADDED[:-1], "cm1_share", "cm2_share", "cm3_share", "cm1_coverage", "cm2_coverage", "estimated_share",
)  # fmt: skip


def over_time(scope: Scope, before: Scope | None, asked: tuple[str, str], comparison: str) -> pd.DataFrame:
    """One row a period of the scope (one currency): TIME_COLUMNS; `asked` are one of STAGES and a grain.

    `before` is the same of the compared days that stand beside the period's, of several ranges their mean; `is_partial` marks
    a period that is not all in the scope. Raises ValueError for another stage or grain.
    """
    stage, grain = asked
    if stage not in STAGES:
        raise ValueError(f"stage is {', '.join(STAGES)}, not {stage!r}")
    run = settings.of(scope.stores)
    now = contribution.over_time(scope, grain)
    other = _compared(scope, before, asked, comparison)
    found = []
    for day, amount in zip(now["day"], now[stage], strict=True):
        after = grains.next_first_day(day, grain)
        is_cut = bool((scope.start and day < scope.start) or (scope.stop and after > scope.stop))
        row = {"day": day, "period": grains.name(day, grain, run), "amount": amount, "before": other.get(day)}
        found.append(row | {"change": periods.change(amount, other.get(day)), "is_partial": is_cut})
    return framed(found, TIME_COLUMNS)


def is_comparable(now: Mapping[Any, Any], before: Mapping[Any, Any] | None, stage: str) -> bool:
    """Whether a stage is known of nearly the same share of net sales in both (rows of contribution.summary).

    Otherwise what changed is mostly how much is known, not what is left.
    """
    name = "cm1_coverage" if stage == "cm1" else "cm2_coverage"
    if before is None or now[stage] is None or before[stage] is None:
        return False
    return abs(number(now[name]) - number(before[name])) <= NEAR


def _compared(scope: Scope, before: Scope | None, asked: tuple[str, str], comparison: str) -> dict[date, Decimal]:
    if before is None or scope.start is None:
        return {}
    (stage, grain), run, ranges = asked, settings.of(scope.stores), before.ranges()
    found: dict[date, Decimal] = {}
    for each in ranges:
        days = contribution.over_time(each)
        for day, amount in zip(days["day"], days[stage], strict=True):
            if amount is not None:
                first = grains.first_day(comparisons.place_of(day, scope.start, each, comparison), grain, run)
                found[first] = found.get(first, Decimal(0)) + amount
    return {day: amount / len(ranges) for day, amount in found.items()}


def by_product(scope: Scope, level: str = "product") -> pd.DataFrame:
    """One row a currency and product (all its variants together) or variant: PRODUCT_COLUMNS, net sales descending.

    The rows add up to the summary; what is of no order is a row of its own. Raises ValueError for another level.
    """
    if level not in LEVELS:
        raise ValueError(f"level is {' or '.join(LEVELS)}, not {level!r}")
    families = {
        row["product_key"]: row for row in records(told(scope), ("product_key", "parent", "parent_title", "options"))
    }
    rows = []
    for row in contribution.by(scope, "product").to_dict("records"):
        family = families.get(row["value"], {"parent": row["value"], "parent_title": row["title"], "options": None})
        costs = sum((number(row[name]) for name in sums.COSTS), start=Decimal(0))
        row["estimated_costs"] = number(row["estimated_share"]) * costs
        rows.append(row | {"parent": family["parent"], "title": _title(family, level), "product": row["value"]})
        if level == "product":
            rows[-1]["product"] = family["parent"]
    found = [_figures(row) for row in _rolled(rows)]
    found.sort(key=lambda row: (row["currency"], bool(row["is_of_no_order"]), -row["net_sales"], str(row["title"])))
    return framed(found, PRODUCT_COLUMNS)


def _title(family: dict[Any, Any], level: str) -> str:
    if family["parent_title"] is None:
        return NOT_A_PRODUCT
    is_whole = level == "product" or not family["options"]
    return str(family["parent_title"] if is_whole else f"{family['parent_title']} - {family['options']}")


def _rolled(rows: list[Row]) -> list[Row]:
    about: dict[Any, Row] = {}
    for row in rows:
        first = about.setdefault((row["currency"], row["product"]), {**row, "variants": 0})
        first["variants"] += 1
    named = ("parent", "title", "is_of_no_order", "untold", "variants")
    return [
        row | {name: about[row["currency"], row["product"]][name] for name in named}
        for row in summed(rows, ("currency", "product"), ADDED)
    ]


def _figures(row: Row) -> Row:
    costs = sum((number(row[name]) for name in sums.COSTS), start=Decimal(0))
    return row | {
        "sku": row["product"] if row["variants"] == 1 else None,
        "cm1_share": quotient(row["cm1"], row["cm1_net_sales"]),
        "cm2_share": quotient(row["cm2"], row["cm2_net_sales"]),
        "cm3_share": quotient(row["cm3"], row["cm2_net_sales"]),
        "cm1_coverage": quotient(row["cm1_net_sales"], row["net_sales"]),
        "cm2_coverage": quotient(row["cm2_net_sales"], row["net_sales"]),
        "estimated_share": quotient(row["estimated_costs"], costs),
    }
