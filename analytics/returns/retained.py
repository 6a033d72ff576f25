"""What became of what came back: exchanged, turned into store credit, or paid out; and what was exchanged into what."""

from itertools import groupby
from typing import Any

import pandas as pd

from analytics import db, product_options, wording
from analytics.product_rows import Row, framed, quotient, summed, told
from analytics.scope import Scope

OUTCOMES = ("exchanged_value", "store_credit_value", "paid_out_value", "outcome_unknown")
COLUMNS = ("currency", "value_returned", *OUTCOMES, "retained_value", "retained_share", "outcome_coverage")
EXCHANGE_COLUMNS = (
    "title", "change", "returned", "taken", "currency", "exchanges", "value_back", "value_taken", "value_gained", "parent",
)  # fmt: skip
OTHER, SAME = "another product", "the same again"
SUMS = ("exchanges", "value_back", "value_taken")


def of(scope: Scope) -> pd.DataFrame:
    """One row a currency: what became of the value that came back, on the scope's clock. Columns: COLUMNS.

    The four outcomes add up to `value_returned`. `retained_value` = exchanged + store credit; its share is None where no file
    tells any outcome, and `outcome_coverage` is the share of the value of which one does.
    """
    found = []
    for row in db.read("returns/outcomes", **scope.params()).to_dict("records"):
        value, unknown = row["value_returned"], row["outcome_unknown"]
        row["retained_value"] = row["exchanged_value"] + row["store_credit_value"]
        row["outcome_coverage"] = quotient(value - unknown, value)
        row["retained_share"] = quotient(row["retained_value"], value) if row["outcome_coverage"] else None
        found.append(row)
    return framed(found, COLUMNS)


def exchanges(scope: Scope) -> pd.DataFrame:
    """One row a currency, product and pair of what came back and what was taken for it, the most frequent first.

    Columns: EXCHANGE_COLUMNS. `returned` and `taken` are options within a product, else titles; `change` says what differs
    (size, colour, both, another product). Known where files have the new line in the order, dated later than it; what came
    back and was taken of one product belongs together, the rest of the day to each other.
    """
    rows = _named(scope, db.read("returns/exchanged", **scope.params()).to_dict("records"))
    pairs: list[Row] = []
    for _, lines in groupby(rows, key=lambda row: (row["store_id"], row["sold_in"], row["exchanged_on"])):
        pairs += _pairs(list(lines))
    about = {(row["currency"], row["pair"]): row for row in pairs}
    found = [about[sums["currency"], sums["pair"]] | sums for sums in summed(pairs, ("currency", "pair"), SUMS)]
    for row in found:
        row["value_gained"] = row["value_taken"] - row["value_back"]
    found.sort(key=lambda row: (row["currency"], -row["exchanges"], -row["value_back"], row["pair"]))
    return framed(found, EXCHANGE_COLUMNS)


def _named(scope: Scope, rows: list[Row]) -> list[Row]:
    """The rows with their product, and what of its options is size and colour, which all its variants together tell."""
    wanted = {row["product_key"] for row in rows}
    every = told(scope).to_dict("records") if rows else []
    parents = {row["parent"] for row in every if row["product_key"] in wanted}
    known: dict[Any, Row] = {}
    for parent in parents:
        family = [row for row in every if row["parent"] == parent]
        sides = product_options.told([row["options"] for row in family])
        known |= {
            row["product_key"]: row | {"colour": colour, "size": size}
            for row, (colour, size) in zip(family, sides, strict=True)
        }
    return [known[row["product_key"]] | row for row in rows]


def _pairs(lines: list[Row]) -> list[Row]:
    """What came back of one order on one day beside what was taken for it: variants of one product, then all the rest."""
    back = [row for row in lines if not row["is_new"]]
    new = [row for row in lines if row["is_new"]]
    both = {row["parent"] for row in back} & {row["parent"] for row in new}
    groups = [
        ([row for row in back if row["parent"] == each], [row for row in new if row["parent"] == each])
        for each in sorted(both)
    ]
    rest = [row for row in back if row["parent"] not in both], [row for row in new if row["parent"] not in both]
    return [_pair(came, taken) for came, taken in [*groups, rest] if came and taken]


def _pair(back: list[Row], new: list[Row]) -> Row:
    first = back[0]
    is_inside = all(row["parent"] == first["parent"] for row in (*back, *new))
    names = tuple(
        wording.listed([str((row["options"] if is_inside else None) or row["parent_title"]) for row in rows])
        for rows in (back, new)
    )
    return {
        "currency": first["currency"],
        "pair": (str(first["parent"]), *names),
        "parent": first["parent"],
        "title": first["parent_title"],
        "change": _change(back, new),
        "returned": names[0],
        "taken": names[1],
        "exchanges": 1,
        "value_back": sum(row["amount"] for row in back),
        "value_taken": sum(row["amount"] for row in new),
    }


def _change(back: list[Row], new: list[Row]) -> str:
    if back[0]["parent"] != new[0]["parent"]:
        return OTHER
    differs = [name for name in ("size", "colour") if {row[name] for row in back} != {row[name] for row in new}]
    return " and ".join(differs) or SAME
