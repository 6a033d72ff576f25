"""Settlements and payments by posted date, beside what was collected for the same orders."""

from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db, sales
from analytics.errors import Refused
from analytics.scope import Scope
from analytics.steps import Figure, Step

# Of several files about the same money the one nearest to the bank is taken.
SOURCES = ("amazon_settlement", "amazon_transactions", "shopify_payments", "shopify_transactions")
BUYERS = ("sale", "shipping", "tax", "promotion", "refund", "chargeback")
WAYS = {
    "not_posted": "Nothing posted so far",
    "posted_outside": "Posted on other days",
    "ordered_outside": "Orders of other days",
    "no_order": "Orders that are not here",
    "posted_otherwise": "Posted with other amounts",
}


def figures(scope: Scope) -> list[tuple[str, list[Figure]]]:
    """For each currency: what was posted for orders with the steps from what was collected, fees, other postings, the net.

    Empty if nothing was posted in the days. Raises Refused for filters that a settlement does not know.
    """
    if scope.channels or scope.countries:
        raise Refused("A settlement does not tell channels or countries apart. Take these filters away.")
    asked = {
        name: value for name, value in scope.params().items() if name not in ("categories", "channels", "countries")
    }
    posted = db.read("presets/posted", **{name: value for name, value in asked.items() if name != "basis"})
    if posted.empty:
        return []
    source = _nearest(set(posted["source"]))
    ways = db.read("presets/settled", **asked, source=source)
    summed = sales.summary(scope)
    collected = dict(zip(summed["currency"], summed["collected"], strict=True))
    of_source = posted[posted["source"] == source]
    return [
        (
            currency,
            _of_currency(rows, ways[ways["currency"] == currency], collected.get(currency, Decimal(0)), source),
        )
        for currency, rows in of_source.groupby("currency")
    ]


def _nearest(there: set[str]) -> str:
    return next((source for source in SOURCES if source in there), min(there))


def _of_currency(rows: pd.DataFrame, ways: pd.DataFrame, collected: Decimal, source: str) -> list[Figure]:
    by_kind: dict[Any, Decimal] = dict(zip(rows["kind"], rows["amount"], strict=True))
    inside_fees = sum(rows["fee"], start=Decimal(0))
    buyers = sum((by_kind.get(kind, Decimal(0)) for kind in BUYERS), start=Decimal(0))
    fees = by_kind.get("fee", Decimal(0)) - inside_fees
    other = sum((amount for kind, amount in by_kind.items() if kind not in (*BUYERS, "fee")), start=Decimal(0))
    refunds = by_kind.get("refund", Decimal(0)) + by_kind.get("chargeback", Decimal(0))
    walk = [Step(row["way"], WAYS[row["way"]], row["theirs"] - row["ours"]) for row in ways.to_dict("records")]
    walk.sort(key=lambda step: list(WAYS).index(step.name))
    file = source.replace("_", " ")
    return [
        Figure(
            "collected",
            "Posted for orders",
            f"what buyers paid less what they got back, by posted date ({file}).",
            "money",
            buyers,
            "Collected",
            collected,
            walk,
        ),
        Figure("refunds", "Refunds posted", "the part of it that went back, with chargebacks.", "money", refunds),
        Figure("posted_fees", "Fees", "what was kept for selling, payment and fulfilment.", "money", fees),
        Figure("other", "Other postings", "adjustments, reserves and what names no order.", "money", other),
        Figure(
            "net_proceeds", "Net proceeds", "all postings together, before payouts.", "money", buyers + fees + other
        ),
    ]
