"""Unshipped: the orders that wait to be sent, wholly or in part, by how long they have waited and what they are worth."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd

from analytics import db, periods, stores, wording
from analytics.scope import Scope

# Hours from which an age begins. What has waited longer than the last was sent long ago and never marked.
AGES = {"under 24 hours": 0, "24–48 hours": 24, "2–4 days": 48, "4–7 days": 96, "7–90 days": 168, "over 90 days": 2160}
FORGOTTEN = "over 90 days"
LATE = 48
COLUMNS = (
    "store", "store_id", "order_key", "order_name", "ordered_on", "hours_waiting", "days_waiting", "age", "state", "is_paid",
    "amount", "financial_status", "fulfillment_status", "channel", "country", "currency", "as_of",
)  # fmt: skip
AGE_COLUMNS = ("currency", "age", "orders", "partly_sent", "amount", "unpaid_orders", "unpaid_amount")
SUMMARY_COLUMNS = (
    "currency", "orders_waiting", "value_waiting", "orders_late", "value_late", "partly_sent", "orders_unpaid",
    "orders_forgotten", "oldest_days",
)  # fmt: skip
# What each platform's status means here; shown on the page.
MEANINGS = pd.DataFrame(
    [
        ("Shopify", "unfulfilled, on hold, scheduled, in progress, open", "not sent"),
        ("Shopify", "partial", "partly sent"),
        ("Shopify", "fulfilled, restocked", "sent, or taken back into stock: not waiting"),
        ("Amazon", "Unshipped", "not sent, if the shop sends it (FBM); what Amazon sends (FBA) is left out"),
        ("Amazon", "PartiallyShipped", "partly sent, if the shop sends it"),
        ("Amazon", "Pending", "not waiting: Amazon has not confirmed the payment, and it must not be sent yet"),
        (
            "WooCommerce",
            "processing",
            "not sent: paid and waiting. WooCommerce has one status for payment and shipment",
        ),
        ("WooCommerce", "partially-shipped (shipment plug-ins)", "partly sent"),
        ("WooCommerce", "pending, on-hold", "not waiting: the payment is awaited. completed: sent"),
        ("eBay", "no shipping date on a line", "not sent, also where other lines of the order were sent"),
        ("Etsy, Square, tables of lines", "–", "unknown: these files do not say what is still to be sent"),
    ],
    columns=["platform", "status", "meaning"],
)


def orders(scope: Scope) -> pd.DataFrame:
    """One row an order that waits, the oldest first, at the end of the scope's last day. Columns: COLUMNS.

    Without a last day it is the data's last complete day. amount is the order's total less what was taken back; age is one
    of AGES; state is not sent or partly sent; is_paid is false where the money is not in yet. Cancelled and void orders,
    those given back whole and those without goods are out.
    """
    asked = {name: value for name, value in scope.params().items() if name not in ("start", "stop", "basis")}
    frame = db.read("orders/waiting", day=as_of(scope), **asked)
    return frame.assign(age=[_age(hours) for hours in frame["hours_waiting"]]).reindex(columns=list(COLUMNS))


def others(scope: Scope) -> pd.DataFrame:
    """One row a currency that a scope of one currency leaves out: currency, orders that wait, amount (their worth)."""
    if scope.currency is None:
        return pd.DataFrame(columns=["currency", "orders", "amount"], dtype=object)
    found = orders(replace(scope, currency=None))
    rest = found[found["currency"] != scope.currency]
    rows = [
        {"currency": currency, "orders": len(rows), "amount": sum(rows["amount"])}
        for currency, rows in rest.groupby("currency", sort=True)
    ]
    return pd.DataFrame(rows, columns=["currency", "orders", "amount"], dtype=object)


def as_of(scope: Scope) -> date:
    """The day at whose end orders are looked at: the scope's last, else the last complete day of the data."""
    if scope.stop is not None:
        return scope.stop - timedelta(days=1)
    known = stores.all_stores()
    chosen = known[known["store_id"].isin(scope.stores)] if scope.stores else known
    days = [
        periods.last_complete_day(zone, last)
        for zone, last in zip(chosen["time_zone"], chosen["last_day"], strict=True)
    ]
    return max(days, default=periods.yesterday(None))


def _age(hours: Decimal) -> str:
    return next(name for name, start in reversed(AGES.items()) if hours >= start or start == 0)


def by_age(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a currency and age of AGES, the youngest first, of rows of `orders`. Columns: AGE_COLUMNS.

    orders and amount are of paid orders, unpaid_orders and unpaid_amount of the others.
    """
    found = []
    for currency, of_currency in rows.groupby("currency", sort=True):
        for age in AGES:
            aged = of_currency[of_currency["age"] == age]
            paid, unpaid = _split(aged)
            found.append(
                {
                    "currency": currency,
                    "age": age,
                    "orders": len(paid),
                    "partly_sent": int((paid["state"] == "partly sent").sum()),
                    "amount": sum(paid["amount"], start=Decimal(0)),
                    "unpaid_orders": len(unpaid),
                    "unpaid_amount": sum(unpaid["amount"], start=Decimal(0)),
                }
            )
    return pd.DataFrame(found, columns=list(AGE_COLUMNS))


def late(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `orders` that are paid and have waited 48 hours or more, but not so long that they were forgotten."""
    pairs = zip(rows["is_paid"], rows["hours_waiting"], rows["age"], strict=True)
    return rows.loc[[bool(paid) and hours >= LATE and age != FORGOTTEN for paid, hours, age in pairs]].reset_index(
        drop=True
    )


def finding(rows: pd.DataFrame) -> str:
    """What stands above the chart: how many paid orders are late, and how long the oldest has waited."""
    overdue = late(rows)
    if overdue.empty:
        return "No paid order has waited 48 hours"
    days = int(max(overdue["days_waiting"]))
    said = wording.count(len(overdue), "paid order has", "paid orders have")
    return f"{said} waited 48 hours or more, the oldest {wording.count(days, 'day')}"


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a currency of rows of `orders`. Columns: SUMMARY_COLUMNS.

    Waiting are paid orders of at most 90 days; late ones have waited 48 hours or more; forgotten ones more than 90 days.
    """
    found = []
    for currency, of_currency in rows.groupby("currency", sort=True):
        paid, unpaid = _split(of_currency)
        waiting, overdue = paid[paid["age"] != FORGOTTEN], late(of_currency)
        found.append(
            {
                "currency": currency,
                "orders_waiting": len(waiting),
                "value_waiting": sum(waiting["amount"], start=Decimal(0)),
                "orders_late": len(overdue),
                "value_late": sum(overdue["amount"], start=Decimal(0)),
                "partly_sent": int((waiting["state"] == "partly sent").sum()),
                "orders_unpaid": len(unpaid[unpaid["age"] != FORGOTTEN]),
                "orders_forgotten": len(of_currency[of_currency["age"] == FORGOTTEN]),
                "oldest_days": max(waiting["hours_waiting"], default=None) and max(waiting["hours_waiting"]) / 24,
            }
        )
    return pd.DataFrame(found, columns=list(SUMMARY_COLUMNS), dtype=object)


def _split(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    is_paid = rows["is_paid"].astype(bool)
    return rows[is_paid], rows[~is_paid]
