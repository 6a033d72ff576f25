"""The orders behind a number of returns: each reversal with its order, what it adds, which file tells of it, what is inferred."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from analytics import db
from analytics.product_rows import told
from analytics.scope import Scope

COLUMNS = (
    "order_name", "ordered_on", "booked_on", "days_back", "title", "sku", "kind", "units", "amount", "reason", "condition",
    "inferred", "file", "document", "channel", "country", "currency", "store", "order_key",
)  # fmt: skip
# As many as a page shows; the file has all of them.
SHOWN = 1_000
KINDS = ("return", "cancellation", "edit", "goodwill", "chargeback", "unknown")
# Beside one kind of reversal: what the rates count, by either clock, and what they do not.
NUMBERS = {
    "returned": ("value_returned", "order_date"),
    "returned in period": ("value_returned_in_period", "refund_date"),
    "without a line": ("value_without_lines", "order_date"),
    "of unknown kind": ("value_of_unknown_kind", "order_date"),
}
# What the database infers, in words; see sql/ingest/shopify_refunds.sql and analytics/ingest/returned.py.
INFERRED = {
    "whole_order": "kind: the whole order was refunded",
    "fee_kept": "kind: the order less a round fee was refunded",
    "round_percentage": "kind: a round share of the order was refunded",
    "one_line": "line: exactly its price was refunded",
    "order_line_value": "amount: the value of its order line, no file names money",
    "same_customer_product_price": "order: bought by the customer at that price",
    "only_earlier_sale": "order: the only earlier sale that fits",
}
ASSUMED_DAY = "day: no file names it"


@dataclass(frozen=True)
class Found:
    """`rows` are the first reversals, as COLUMNS; `lines`, `orders` and `total` are of all of them."""

    rows: pd.DataFrame
    lines: int
    orders: int
    total: Decimal


def listed(scope: Scope, of: str = "returned", products: Sequence[str] = (), most: int | None = SHOWN) -> Found:
    """What adds up to a number: of NUMBERS, or all that was taken back of goods as one of KINDS on the scope's clock.

    `products` are the keys of variants or of products with all their variants; none for all. Raises ValueError for another
    number, or if the scope holds several currencies.
    """
    if of not in NUMBERS and of not in KINDS:
        raise ValueError(f"of is one of {', '.join((*NUMBERS, *KINDS))}, not {of!r}")
    metric, basis = NUMBERS.get(of, ("taken_back_of_goods", scope.basis))
    kind = of if of in KINDS else ""
    frame = db.read(
        "returns/orders", **asked(replace(scope, basis=basis), metric, most, kind, _variants(scope, products))
    )
    totals = frame[frame["is_total"].astype(bool)]
    if len(totals) > 1:
        raise ValueError("currency is missing: amounts of several currencies are never added")
    rows = in_words(frame[~frame["is_total"].astype(bool)].reset_index(drop=True))
    if totals.empty:
        return Found(rows[list(COLUMNS)], 0, 0, Decimal(0))
    whole = totals.iloc[0]
    return Found(rows[list(COLUMNS)], int(whole["lines"]), int(whole["orders"]), Decimal(whole["amount"]))


def rows(scope: Scope, of: str = "returned", product: str = "") -> pd.DataFrame:
    """All rows of `listed` as one frame. Columns: COLUMNS."""
    return listed(scope, of, (product,) if product else (), None).rows


def asked(
    scope: Scope, metric: str, most: int | None, kind: str = "", products: list[str] | None = None
) -> dict[str, object]:
    """The values of the query returns/orders."""
    return {**scope.params(), "metric": metric, "most": most, "kind": kind, "products": products}


def in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with `days_back` from the order to the refund (None where no file names its day), and what is `inferred`."""
    found = frame.to_dict("records")
    days = [None if row["is_date_assumed"] else (row["booked_on"] - row["ordered_on"]).days for row in found]
    return frame.assign(
        days_back=pd.Series(days, dtype=object),
        inferred=[_inferred(row["inferred_from"], bool(row["is_date_assumed"])) for row in found],
    )


def _inferred(how: str | None, is_date_assumed: bool) -> str | None:
    said = [INFERRED.get(how, how.replace("_", " "))] if how else []
    return "; ".join([*said, *([ASSUMED_DAY] if is_date_assumed else [])]) or None


def _variants(scope: Scope, products: Sequence[str]) -> list[str] | None:
    """The keys as they are sold: a product's are those of its variants."""
    if not products:
        return None
    known = told(scope)
    families = known[known["parent"].isin(list(products))]["product_key"]
    return sorted({*products, *families})
