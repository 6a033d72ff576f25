"""How far it is known what came back: which share has a kind, a line, pieces, a reason, a day and money; what has no purchase."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db
from analytics.product_rows import framed, quotient
from analytics.scope import Scope

COLUMNS = ("currency", "what", "known_share", "known_value", "not_known_value", "filled_by")
UNMATCHED_COLUMNS = (
    "document", "booked_on", "title", "sku", "kind", "units", "amount", "why", "counts", "file", "currency", "store",
)  # fmt: skip
SHOWN = 1_000
TABLE = "a table of returns"
# What may be known of what came back, and which file tells it where it is not.
PARTS = {
    "kind": ("Whether goods came back", f"{TABLE} or the platform's returns report"),
    "line": ("Which line of the order", f"{TABLE} or the platform's returns report, with order and SKU"),
    "units": ("How many pieces", f"{TABLE} with quantities, or Amazon's return reports"),
    "reason": ("Why", f"{TABLE} with reasons, or Amazon's return reports"),
    "day": ("On which day", "Shopify's transactions or payouts, Amazon's settlement, or a table of returns"),
    "money": ("What was given back", "Amazon's settlement or date range report, or a table of returns with amounts"),
}
WHY = {
    "customer": "the document names no customer",
    "never": "the customer bought it in no file",
    "later": "the customer bought it only afterwards",
    "price": "the customer bought it only at other prices",
    "fewer": "the customer bought fewer of it, or they were taken back before",
    "order": "no file has the order",
}


@dataclass(frozen=True)
class Alone:
    """What has no purchase: `rows` the largest of them, `reasons` all of them by `why` and `counts`."""

    rows: pd.DataFrame
    reasons: pd.DataFrame


def of(scope: Scope) -> pd.DataFrame:
    """One row a currency and thing that may be known of what came back, on the scope's clock. Columns: COLUMNS.

    Of returns and of refunds of unknown kind, by value: `known_share` is the share of which files say it; `filled_by` are the
    files that say the rest, None where nothing is left. Money is known where a file names it; elsewhere a return takes
    the value of its order line.
    """
    found: list[dict[str, Any]] = []
    for row in db.read("returns/coverage", **scope.params()).to_dict("records"):
        for name, (what, files) in PARTS.items():
            left = row["taken_back"] - row[name]
            found.append(
                {
                    "currency": row["currency"],
                    "what": what,
                    "known_share": quotient(row[name], row["taken_back"]),
                    "known_value": row[name],
                    "not_known_value": left,
                    "filled_by": files if left else None,
                }
            )
    return framed(found, COLUMNS)


def alone(scope: Scope, most: int | None = SHOWN) -> Alone:
    """What was taken back whose purchase no file has, by the day on which it was taken back, each with the reason.

    `counts` is false for what counts nowhere: rows of returns files and payments of orders that no file has, whose amounts
    hold their tax. A file that names no money has None.
    """
    frame = db.read("returns/unmatched", most=most, **_without_clock(scope))
    totals, rows = (frame[frame["is_total"].astype(bool) == is_total] for is_total in (True, False))
    named = [each.assign(why=[WHY[why] for why in each["why"]], counts=each["is_counted"]) for each in (totals, rows)]
    reasons = named[0][["why", "counts", "lines", "amount", "currency"]].reset_index(drop=True)
    return Alone(named[1][list(UNMATCHED_COLUMNS)].reset_index(drop=True), reasons)


def unmatched(scope: Scope) -> pd.DataFrame:
    """All rows of `alone`. Columns: UNMATCHED_COLUMNS."""
    return alone(scope, None).rows


def _without_clock(scope: Scope) -> dict[str, Any]:
    """What has no purchase lies on its own day, whichever clock is asked for."""
    return {name: value for name, value in scope.params().items() if name != "basis"}


def is_known(found: pd.DataFrame) -> bool:
    """Whether files say all of it."""
    return all(left == Decimal(0) for left in found["not_known_value"])
