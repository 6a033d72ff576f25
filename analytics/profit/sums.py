"""The sums that contribution is made of, by a dimension, and the figures that follow from them."""

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pandas as pd

from analytics import db, discounts, pieces, sales
from analytics.product_rows import quotient
from analytics.profit import ads_of
from analytics.scope import Scope

Row = dict[str, Any]
NOUGHT = Decimal(0)
DIGITS = 4  # what is summed up has no more decimals
# What is taken off CM1, in the order in which it is.
COSTS = ("label", "label_back", "pick_pack", "fulfilment_fee", "payment_fee", "marketplace_fee")
SUMS = (
    "net_sales", "cm1_net_sales", "landed_cost", "cm1_left_out", "cm2_net_sales", "cm2_landed_cost", "shipping", *COSTS,
    "estimated", "other_fee",
)  # fmt: skip
READ = SUMS[:-1]
FLAGS = ("misses_selling", "misses_sending")
FIGURES = (
    "net_sales", "landed_cost", "cm1", "cm1_left_out", "shipping", *COSTS, "other_fee", "cm2", "ad_spend", "cm3",
    "cm1_share", "cm2_share", "cm3_share", "cm1_coverage", "cm2_coverage", "cm3_coverage", "cm1_net_sales",
    "cm2_net_sales", "estimated_share", "untold", "ad_spend_left_out",
)  # fmt: skip
BEHIND_CM2 = ("cm2_landed_cost", "shipping", *COSTS, "other_fee")
GOODS = ("category", "vendor", "product")
CODE = "discount_code"


def told(scope: Scope) -> list[Row]:
    """One row a store of the scope: has_any, has_selling, has_sending, has_ads."""
    found: list[Row] = db.read("profit/told", store_ids=scope.params()["store_ids"]).to_dict("records")
    return found


def of(scope: Scope, dimension: str, known: list[Row]) -> list[Row]:
    """The sums of the scope by a dimension ('' for all of it, day, channel, country, category, vendor or product), with
    ad_spend and its like still to be told. Stores that are told of no cost have net sales alone, from the sums of sales.
    """
    found = records(read(scope, dimension)) if any(store["has_any"] for store in known) else []
    if dimension == CODE:
        found = _by_code(found)
    without = tuple(int(store["store_id"]) for store in known if not store["has_any"])
    if not without:
        return found
    rows = {(row["currency"], row["value"]): row for row in found}
    for row in _sales(replace(scope, store=without), dimension):
        to = rows.setdefault((row["currency"], row["value"]), empty(row["currency"], row["value"]))
        add(to, row)
    return [rows[key] for key in sorted(rows, key=lambda key: (key[0], key[1] or ""))]


def read(scope: Scope, dimension: str) -> pd.DataFrame:
    """The sums of stores that are told of costs, one row a currency and value of the dimension, most net sales first.

    Columns: currency, value, FLAGS and SUMS but other_fee. An order of several codes stands under all of them, with commas.
    """
    by_goods = bool(scope.categories) or dimension in GOODS
    if scope.into:
        frame = db.read("converted/contribution", dimension=dimension, by_goods=by_goods, **scope.params())
        # what was taken back of what was sold, and nothing else, is no row
        return frame[frame[list(READ)].astype(bool).any(axis=1)].reset_index(drop=True)
    frame = db.read("profit/sums", dimension=dimension, by_goods=by_goods, **_pieces(scope, dimension))
    return sales.exact_sums(frame, READ)


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame of sums: what is not there is 0, and nothing of it is of no order."""
    names = [*frame.columns, "other_fee"]
    columns = [
        [value or NOUGHT for value in frame[name].tolist()] if name in SUMS else frame[name].tolist()
        for name in frame.columns
    ]
    return [dict(zip(names, (*values, NOUGHT), strict=True)) for values in zip(*columns, strict=True)]


def _by_code(rows: list[Row]) -> list[Row]:
    """The sums of orders by what codes they were bought under; those of several codes are spread over them in equal parts."""
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        codes = (row["value"] or "").split(",")
        shared = {name: ads_of.parts(row[name], [Decimal(1)] * len(codes), DIGITS) for name in SUMS}
        for at, code in enumerate(codes):
            part = row | {name: shared[name][at] for name in SUMS}
            add(found.setdefault((row["currency"], code), empty(row["currency"], code)), part)
    return [found[key] for key in sorted(found)]


def _pieces(scope: Scope, dimension: str) -> dict[str, Any]:
    """The parameters of the query: goods over long ranges in months and years."""
    is_whole = dimension in GOODS and not scope.countries
    return pieces.of_periods(scope, (("year",) if scope.channels else ("month", "year")) if is_whole else ())


def _sales(scope: Scope, dimension: str) -> list[Row]:
    """Net sales alone, where nothing is known of costs."""
    if dimension == "":
        frame = sales.sums(scope).assign(value="")
    elif dimension == CODE:
        frame = discounts.codes(scope).assign(value=lambda frame: frame["code"])
    elif dimension == "day":
        frame = sales.daily(scope)
        frame = frame.assign(value=[str(day) for day in frame["day"]])
    else:
        frame = sales.by_dimension(scope, dimension)
        frame = frame.assign(value=[value or "" for value in frame["value"]])
    missing = {"misses_selling": True, "misses_sending": True}
    return [
        empty(row["currency"], row["value"]) | {"net_sales": row["net_sales"]} | missing
        for row in frame.to_dict("records")
    ]


def of_no_order(scope: Scope) -> list[Row]:
    """What was charged for no order: currency, day, cost_kind, amount; nothing where the scope is a part of the shop."""
    if is_part(scope):
        return []
    wanted = ("store_ids", "start", "stop", "currency", "into")
    params = {name: value for name, value in scope.params().items() if name in wanted}
    found: list[Row] = db.read("profit/of_no_order", **params).to_dict("records")
    return found


def is_part(scope: Scope) -> bool:
    """Whether the scope is a part of the shop, to which nothing belongs that is of no order."""
    return bool(scope.channels or scope.countries or scope.categories)


def empty(currency: str, value: str | None = "") -> Row:
    """The sums of nothing."""
    return {"currency": currency, "value": value, **dict.fromkeys(SUMS, NOUGHT), **dict.fromkeys(FLAGS, False)}


def add(to: Row, row: Row) -> None:
    """Add the sums of a row to another's."""
    for name in SUMS:
        to[name] += row[name]
    for name in FLAGS:
        to[name] = bool(to[name]) or bool(row[name])


def has_cm2(row: Row) -> bool:
    """Whether anything is known whole; what is of no order stands alone in a breakdown, as a cost of nothing."""
    return bool(row["cm2_net_sales"]) or any(row[name] for name in BEHIND_CM2)


def figures(row: Row) -> Row:
    """The row of sums with what follows from them: all of FIGURES. `ad_spend` is None where nobody ever told of ads."""
    spent = row.get("ad_spend")
    behind_cm1, behind_cm2, net = row["cm1_net_sales"], row["cm2_net_sales"], row["net_sales"]
    cm1 = behind_cm1 - row["landed_cost"] if behind_cm1 or row["landed_cost"] else None
    costs = (
        row["label"]
        + row["label_back"]
        + row["pick_pack"]
        + row["fulfilment_fee"]
        + row["payment_fee"]
        + row["marketplace_fee"]
    )
    kept = (cm1 or NOUGHT) - row["cm1_left_out"] + row["shipping"] - costs - row["other_fee"]
    cm2 = kept if has_cm2(row) else None
    cm3 = None if cm2 is None or spent is None else cm2 - spent
    covered = quotient(behind_cm2, net)
    row["landed_cost"] = None if cm1 is None else row["landed_cost"]
    row["cm1"], row["cm2"], row["ad_spend"], row["cm3"] = cm1, cm2, spent, cm3
    row["cm1_share"], row["cm2_share"] = quotient(cm1, behind_cm1), quotient(cm2, behind_cm2)
    row["cm3_share"] = quotient(cm3, behind_cm2)
    row["cm1_coverage"], row["cm2_coverage"] = quotient(behind_cm1, net), covered
    row["cm3_coverage"] = None if spent is None else covered
    row["estimated_share"] = quotient(row["estimated"], costs)
    row["untold"] = _untold(row)
    row["ad_spend_left_out"] = row.get("ad_spend_left_out")
    return row


def _untold(row: Row) -> str | None:
    return _missing(bool(row["misses_selling"]), bool(row["misses_sending"]), row["ad_spend"] is None)


@lru_cache
def _missing(selling: bool, sending: bool, advertising: bool) -> str | None:
    told = (("selling fees", selling), ("sending", sending), ("advertising", advertising))
    return ", ".join(name for name, is_missing in told if is_missing) or None
