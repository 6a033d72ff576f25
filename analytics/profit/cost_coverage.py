"""How far it is known what orders cost beside their goods: from a file's own lines, from a rule, or not at all."""

import pandas as pd

from analytics import db
from analytics.product_rows import framed, quotient
from analytics.profit.cost_rules import NAMES
from analytics.scope import Scope

COLUMNS = (
    "cost", "what", "is_group", "orders", "with_lines", "with_estimate", "with_nothing", "lines_share", "estimate_share",
    "orders_known_share", "filled_by",
)  # fmt: skip
WHAT = {"selling_fees": "Selling fees", "sending": "Sending"} | NAMES
# Which files have lines of a kind.
FILES = {
    "selling_fees": "payments with their fees (Shopify, PayPal, Stripe), Amazon's settlement, Etsy's statement, or a rule",
    "payment_fee": "Shopify's payment transactions, PayPal's activity or Stripe's payments, or a rule",
    "marketplace_fee": "Amazon's settlement or date range report, Etsy's statement, or a rule",
    "sending": "a carrier's invoice, Amazon's settlement for what it sends, or a rule",
    "label": "a carrier's invoice, or a rule",
    "pick_pack": "a rule: a warehouse prints no order's packing",
    "fulfilment_fee": "Amazon's settlement or date range report, or a rule",
}


def of(scope: Scope) -> pd.DataFrame:
    """One row a group of costs and a kind of it, for the orders placed in these days: COLUMNS; none where there are no orders.

    Of `orders`, `with_lines` have a line of it in a file, `with_estimate` only a rule, `with_nothing` neither; a group is known
    of an order where one of its kinds is. An order that cost its buyer nothing has no selling fee and is not among them.
    """
    rows = []
    for row in db.read("profit/cost_coverage", **scope.params()).to_dict("records"):
        known = row["with_lines"] + row["with_estimate"]
        rows.append(
            row
            | {
                "what": WHAT[row["cost"]],
                "with_nothing": row["orders"] - known,
                "lines_share": quotient(row["with_lines"], row["orders"]),
                "estimate_share": quotient(row["with_estimate"], row["orders"]),
                "orders_known_share": quotient(known, row["orders"]),
                "filled_by": FILES[row["cost"]] if known < row["orders"] else None,
            }
        )
    return framed(rows, COLUMNS)
