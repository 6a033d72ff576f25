"""Payouts and settlements: what went into each, what was paid out, and the way from there to the orders, every difference named."""

from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db, wording
from analytics.errors import Refused
from analytics.product_rows import Row, framed
from analytics.scope import Scope

PROVIDERS = {
    "amazon_settlement": "Amazon settlement",
    "amazon_transactions": "Amazon, by events",
    "ebay_transactions": "eBay",
    "etsy_statement": "Etsy",
    "paypal": "PayPal",
    "shopify_payments": "Shopify Payments",
    "stripe_balance": "Stripe",
}
# What is in the account between two transfers to the bank, where a provider does not say which movements a transfer pays out.
BY_TIME = ("etsy_statement", "paypal")
PARTS = ("payout_sales", "payout_refunds", "payout_tax", "payout_fees", "payout_other")
COLUMNS = (
    "payout", "name", "provider", "paid_on", "currency", "payout_orders", *PARTS, "payout_net", "payout_printed", "payout_difference",
    "state",
)  # fmt: skip
ORDER_COLUMNS = (
    "order_name", "ordered_on", "currency", "way", "label", "collected", "payout_paid", "payout_elsewhere", "difference",
    "paid_by",
)  # fmt: skip
SUMMARY_COLUMNS = (
    "currency", "paid_out", "payout_fees", "payout_unexplained", "not_paid_out", "in_no_payout", "orders_in_no_payout",
)  # fmt: skip
STEP_COLUMNS = ("payout", "currency", "step", "label", "amount", "is_total")
WAYS = {
    "same": "The same amount",
    "elsewhere": "The rest is in other payouts",
    "otherwise": "Another amount",
    "no_order": "No file has the order",
    "unnamed": "Names no order",
    "open": "Paid, not paid out yet",
    "missing": "In no payout",
    "other_means": "Paid by means whose payouts no file has",
}
OPEN, AGREES, DIFFERS, UNPRINTED, CARRIED = (
    "not paid out yet", "agrees", "differs", "prints no total", "part left in the account",
)  # fmt: skip


def of(scope: Scope) -> pd.DataFrame:
    """One row a payout of the days (by the day it was paid out) and currency, what is not paid out yet first. Columns: COLUMNS.

    The PARTS add up to `payout_net`. `payout_printed` is what the file says was paid out, None where it prints nothing;
    `payout_difference` is printed − net. Raises Refused for filters that a payout does not know.
    """
    return framed([_named(row) for row in _read(scope)], COLUMNS)


def summary(scope: Scope) -> pd.DataFrame:
    """One row a currency: paid out in the days, fees in it, what its rows do not explain, what waits, orders in no payout.

    Columns: SUMMARY_COLUMNS.
    """
    found: dict[str, Row] = {}
    for row in of(scope).to_dict("records"):
        sums = found.setdefault(row["currency"], _nothing(row["currency"]))
        if row["state"] == OPEN:
            sums["not_paid_out"] += row["payout_net"]
            continue
        sums["paid_out"] += row["payout_net"] if row["payout_printed"] is None else row["payout_printed"]
        sums["payout_fees"] += row["payout_fees"]
        if row["state"] == DIFFERS:
            sums["payout_unexplained"] += abs(row["payout_difference"])
    for row in orders(scope).to_dict("records"):
        if row["way"] == "missing" and row["currency"] in found:
            found[row["currency"]]["in_no_payout"] += row["collected"]
            found[row["currency"]]["orders_in_no_payout"] += 1
    return framed([found[currency] for currency in sorted(found)], SUMMARY_COLUMNS)


def walk(scope: Scope, payout: str | None = None) -> pd.DataFrame:
    """The way from what was collected for the orders of a payout to what was paid out, step by step. Columns: STEP_COLUMNS.

    Without `payout` it is the newest one that is paid out. The steps between two totals add up exactly; a step of 0 is left
    out. Raises Refused for a payout that is not there.
    """
    chosen = _chosen(scope, payout)
    if chosen is None:
        return framed([], STEP_COLUMNS)
    rows = orders(scope, chosen["payout"])
    steps = _to_buyers(rows.to_dict("records")) + _to_bank(chosen)
    about = {"payout": chosen["payout"], "currency": chosen["currency"]}
    return framed(
        [
            about | {"step": step, "label": label, "amount": amount, "is_total": is_total}
            for step, label, amount, is_total in steps
            if amount or is_total
        ],
        STEP_COLUMNS,
    )


def orders(scope: Scope, payout: str | None = None) -> pd.DataFrame:
    """One row an order of a payout; without one, an order of the days that no payout has. Columns: ORDER_COLUMNS.

    `payout_paid` is what its buyer paid less what went back in this payout, `payout_elsewhere` the same in all others, `collected`
    what the ledger has; `difference` = paid + elsewhere − collected. `way` is one of WAYS.
    """
    asked = _params(scope)
    if payout is None:
        rows = [_unpaid(row) for row in db.read("profit/not_paid_out", **asked).to_dict("records")]
    else:
        only = {name: asked[name] for name in ("store_ids", "currency")}
        rows = [_beside(row) for row in db.read("profit/payout_orders", **only, payout=payout).to_dict("records")]
        # those that differ first
        rows.sort(key=lambda row: -abs(row["difference"]))
    return framed(rows, ORDER_COLUMNS)


def _params(scope: Scope) -> dict[str, Any]:
    if scope.channels or scope.countries or scope.categories:
        raise Refused("A payout does not tell channels, countries or categories apart. Take these filters away.")
    return {name: scope.params()[name] for name in ("store_ids", "start", "stop", "currency")}


def _read(scope: Scope, payout: str | None = None) -> list[Row]:
    return db.read("profit/payouts", **_params(scope), payout=payout).to_dict("records")


def _named(row: Row) -> Row:
    provider = PROVIDERS[row["source"]]
    difference = None if row["payout_printed"] is None or row["is_open"] else row["payout_printed"] - row["payout_net"]
    number = row["payout"].split("|", 2)[2]
    # a payout that is known by its day alone, and one that a transfer closes, have no number of their own
    is_numbered = row["source"] not in BY_TIME and not row["is_open"] and number != f"{row['paid_on']:%Y-%m-%d}"
    day = OPEN if row["is_open"] else wording.day(row["paid_on"])
    return row | {
        "provider": provider,
        "name": f"{provider}{f' {number}' if is_numbered else ''}, {day}",
        "paid_on": None if row["is_open"] else row["paid_on"],
        "payout_difference": difference,
        "state": _state(row, difference),
    }


def _state(row: Row, difference: Decimal | None) -> str:
    if row["is_open"]:
        return OPEN
    if difference is None:
        return UNPRINTED
    if not difference:
        return AGREES
    return CARRIED if row["source"] in BY_TIME else DIFFERS


def _nothing(currency: str) -> Row:
    return {name: currency if name == "currency" else Decimal(0) for name in SUMMARY_COLUMNS}


def _chosen(scope: Scope, payout: str | None) -> Row | None:
    if payout is None:
        found = _read(scope)
        return next((row for row in found if not row["is_open"]), found[0] if found else None)
    # whatever days are looked at: the payout is named
    found = _read(scope.over(None, None), payout)
    if not found:
        raise Refused(f"There is no payout {payout}. profit.payouts lists those that there are.")
    return found[0]


def _to_buyers(rows: list[Row]) -> list[tuple[str, str, Decimal, bool]]:
    """From what the ledger has of the orders to what their buyers paid in this payout."""

    def apart(way: str) -> Decimal:
        return sum((row["payout_paid"] - (row["collected"] or 0) for row in rows if row["way"] == way), Decimal(0))

    ours = sum((row["collected"] for row in rows if row["collected"] is not None), Decimal(0))
    return [
        ("collected", "Collected for its orders", ours, True),
        ("elsewhere", "In other payouts", apart("elsewhere"), False),
        ("otherwise", "Paid with other amounts", apart("otherwise"), False),
        ("no_order", "Orders that no file has", apart("no_order"), False),
        ("unnamed", "Payments that name no order", apart("unnamed"), False),
        ("paid", "Paid by buyers", sum((row["payout_paid"] for row in rows), Decimal(0)), True),
    ]


def _to_bank(row: Row) -> list[tuple[str, str, Decimal, bool]]:
    """From what buyers paid to what arrived at the bank."""
    steps = [
        ("fees", "Fees", row["payout_fees"], False),
        ("other", "Adjustments, reserves and the like", row["payout_other"], False),
    ]
    if row["is_open"]:
        return [*steps, ("net", "Not paid out yet", row["payout_net"], True)]
    if row["payout_printed"] is None:
        return [*steps, ("net", "Paid out, as its rows add up", row["payout_net"], True)]
    left = "Left in the account or taken from it" if row["source"] in BY_TIME else "Not explained by its rows"
    return [
        *steps,
        ("net", "Its rows add up to", row["payout_net"], True),
        ("unexplained", left, row["payout_printed"] - row["payout_net"], False),
        ("printed", "Paid out", row["payout_printed"], True),
    ]


def _beside(row: Row) -> Row:
    ours = row["collected"] or Decimal(0)
    if row["order_name"] is None:
        way = "unnamed"
    elif not row["is_known"]:
        way = "no_order"
    elif row["payout_paid"] == ours:
        way = "same"
    else:
        way = "elsewhere" if row["payout_paid"] + row["payout_elsewhere"] == ours else "otherwise"
    # what agrees here by itself needs nothing from elsewhere
    rest = row["payout_elsewhere"] if way in ("elsewhere", "otherwise") else Decimal(0)
    return row | {"way": way, "label": WAYS[way], "difference": row["payout_paid"] + rest - ours, "paid_by": None}


def _unpaid(row: Row) -> Row:
    means = "other_means" if row["is_by_other_means"] else "missing"
    way = "open" if row["is_open"] else means
    nothing = Decimal(0)
    return row | {
        "way": way, "label": WAYS[way], "payout_paid": nothing, "payout_elsewhere": nothing, "difference": -row["collected"],
    }  # fmt: skip
