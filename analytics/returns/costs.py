"""What returns cost, part by part: what files know, what the store assumes, and what nobody knows."""

from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db
from analytics.product_rows import LEVELS, Row, framed, number, quotient, records, summed, told
from analytics.scope import Scope

COSTS = ("contribution_lost", "write_off", "outbound_shipping", "return_label", "handling", "fees_kept")
# A return fee that was kept takes from the cost.
PARTS = (*COSTS, "return_fee_kept")
TOTAL = "cost_of_returns"
# What no file tells of a parcel: the store's settings do.
OF_SETTINGS = ("outbound_shipping", "return_label", "handling")
COLUMNS = ("part", "currency", "amount", "covered_share", "is_assumed", "value_returned")
SUMMARY_COLUMNS = (
    "currency", TOTAL, "cost_coverage", "cost_per_return", "cost_share", "value_returned", "orders_with_return",
    "return_fee_kept", "unknown_parts",
)  # fmt: skip
PRODUCT_COLUMNS = (
    "sku", "title", "category", "currency", TOTAL, *PARTS, "cost_coverage", "cost_share", "value_returned", "variants",
    "product", "parent",
)  # fmt: skip
SUMS = ("value_returned", "known_whole", *PARTS)


def of(scope: Scope) -> pd.DataFrame:
    """One row a currency and part of the cost of returns, the total last; the parts add up to it exactly. Columns: COLUMNS.

    `amount` is what is known of a part (None: nothing is), a return fee kept with a minus; `covered_share` the share of the
    value returned of which it is known, of the total the share of which every part is. `is_assumed`: the store's settings say
    it, not a file. What comes back counts on the scope's clock, and only reversals of kind return whose line is known do.
    """
    rows = [_part(row, part) for row in _rows(scope) if row["is_total"] for part in (*PARTS, TOTAL)]
    return framed(rows, COLUMNS)


def summary(scope: Scope) -> pd.DataFrame:
    """One row a currency: the cost of returns in all, an order with a return and a unit of money given back.

    Columns: SUMMARY_COLUMNS. `unknown_parts` are how many of the parts nobody knows anything of.
    """
    found = []
    for row in _rows(scope):
        if row["is_total"]:
            cost = row[TOTAL]
            row["cost_per_return"] = quotient(cost, row["orders_with_return"])
            row["unknown_parts"] = sum(row[part] is None for part in PARTS)
            found.append(row)
    return framed(found, SUMMARY_COLUMNS)


def by_product(scope: Scope, level: str = "variant") -> pd.DataFrame:
    """One row a currency and variant (or product, all its variants together) of which something came back, dearest first.

    Columns: PRODUCT_COLUMNS; the rows add up to the parts of `of`. Raises ValueError for another level.
    """
    if level not in LEVELS:
        raise ValueError(f"level is {' or '.join(LEVELS)}, not {level!r}")
    rows = [row for row in _rows(scope) if not row["is_total"]]
    families = {row["product_key"]: row for row in records(told(scope), ("product_key", "parent", "parent_title"))}
    about: dict[Any, Row] = {}
    for row in rows:
        family = families.get(row["product_key"], {})
        row["parent"] = family.get("parent", row["product_key"])
        row["product"] = row["product_key"] if level == "variant" else row["parent"]
        title = row["title"] if level == "variant" else family.get("parent_title")
        first = about.setdefault(
            (row["currency"], row["product"]), row | {"title": title or row["product"], "variants": 0}
        )
        first["variants"] += 1
    found = []
    for sums in summed(rows, ("currency", "product"), SUMS):
        row = about[sums["currency"], sums["product"]] | sums
        found.append(_with_total(row if row["variants"] == 1 else row | {"sku": None}))
    found.sort(key=lambda row: (row["currency"], -number(row[TOTAL]), -row["value_returned"], str(row["title"])))
    return framed(found, PRODUCT_COLUMNS)


def _rows(scope: Scope) -> list[Row]:
    """A row a currency and product, and one for all of them: SUMS, the total, and how much of it is known."""
    frame = db.read("returns/costs", **scope.params())
    return [_with_total(row) for row in records(frame, tuple(frame.columns))]


def _with_total(row: Row) -> Row:
    known = [row[part] for part in PARTS if row[part] is not None]
    # a fee that was kept is no cost: where nothing else is known, nobody knows what returns cost
    is_known = any(row[part] is not None for part in COSTS)
    row[TOTAL] = sum(known, start=Decimal(0)) if is_known else None
    row["cost_coverage"] = quotient(number(row["known_whole"]), row["value_returned"])
    row["cost_share"] = quotient(row[TOTAL], row["value_returned"])
    return row


def _part(row: Row, part: str) -> Row:
    known = row["known_whole" if part == TOTAL else f"{part}_of"]
    assumed = [each for each in OF_SETTINGS if row[each] is not None] + ["write_off"] * bool(row["write_off_assumed"])
    return {
        "part": part,
        "currency": row["currency"],
        "amount": row[part],
        "covered_share": quotient(number(known), row["value_returned"]),
        "is_assumed": bool(assumed) if part == TOTAL else part in assumed,
        "value_returned": row["value_returned"],
    }
