"""What the page of payouts consists of: cards, the way from the orders to the bank, its orders, and the list of payouts."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import wording
from analytics.metrics import METRICS
from analytics.profit import payouts
from pages.ui import cards, charts, choices, reads, states, tables
from pages.ui.cards import Card
from pages.ui.filters import View

NEEDS = states.Needs(
    "what each payout to your bank consists of, whether it agrees with its orders, and which orders nobody paid out",
    "Shopify's payouts, PayPal's activity, Stripe's balance transactions, Etsy's statement, eBay's transaction report or "
    "Amazon's settlements, beside the orders",
    "In Shopify: Finances › Payouts › Transactions › Export. In Seller Central: Payments › Reports repository › All statements › "
    "Flat file V2. The others: Data › File formats.",
)
CARDS = ("paid_out", "payout_fees", "payout_unexplained", "not_paid_out", "in_no_payout")
EXPLAINED = (*CARDS, "payout_net", "payout_printed", "payout_difference", "payout_elsewhere")


def nothing(view: View) -> None:
    """No payout in these days, or none at all: then the files that bring them are named."""
    if reads.of(payouts.of, view.scope.over(None, None)).empty:
        states.empty(NEEDS)
    else:
        states.nothing_in_scope()


def head(view: View, row: "pd.Series[Any] | None") -> None:
    """What was paid out in the days, what it cost, what is not explained, what waits, and orders in no payout."""
    if row is None:
        return
    cards.row([Card(name, row[name], _note(name, row)) for name in CARDS], view.currency)


def _note(name: str, row: "pd.Series[Any]") -> str:
    if name == "payout_unexplained" and not row[name]:
        return "no printed total differs from its rows"
    return wording.count(int(row["orders_in_no_payout"]), "order") if name == "in_no_payout" else ""


def options(rows: pd.DataFrame) -> dict[str, str]:
    """The payouts by their keys, those that are paid out before those that are not."""
    paid = rows["state"] != payouts.OPEN
    ordered = pd.concat([rows[paid], rows[~paid]])
    return dict(zip(ordered["payout"], ordered["name"], strict=True))


def way(view: View, row: "pd.Series[Any]", walk: pd.DataFrame, orders: pd.DataFrame) -> None:
    """From what was collected for the orders to the bank, with a heading that says what differs."""
    charts.heading(
        _finding(view, row, orders),
        f"{row['name']}, {view.currency}: from what the orders collected to what was paid out",
    )
    charts.waterfall(walk, f"Amount, {view.currency}")
    tables.show(
        walk,
        {"label": tables.Column("Step"), "amount": tables.money(f"Amount, {view.currency}")},
        "From the orders to the bank",
    )
    with st.expander("How this is computed"):
        for name in EXPLAINED:
            st.markdown(f"**{METRICS[name].label}** = {METRICS[name].formula}")


def _finding(view: View, row: "pd.Series[Any]", orders: pd.DataFrame) -> str:
    amount = row["payout_net"] if row["payout_printed"] is None else row["payout_printed"]
    many = wording.count(int(row["payout_orders"]), "order")
    said = f"{wording.money(amount, view.currency)} for {many}"
    differing = int(orders["way"].isin(["otherwise", "no_order"]).sum())
    if differing:
        said += f", {differing:,} of them paid otherwise than the orders say or not known"
    elif row["payout_orders"]:
        said += ", each as its order says"
    if row["state"] == payouts.DIFFERS:
        said += f"; {wording.money(row['payout_difference'], view.currency)} is not explained by its rows"
    return said


def orders(view: View, rows: pd.DataFrame) -> None:
    """The orders of the payout, those that differ first."""
    st.subheader("Its orders")
    if rows.empty:
        st.write("It names no orders and holds no payments of buyers.")
        return
    tables.show(rows, _order_columns(view), "Orders of the payout")


def _order_columns(view: View) -> dict[str, tables.Column]:
    return {
        "order_name": tables.Column("Order"),
        "label": tables.Column("Paid"),
        "ordered_on": tables.day("Ordered on"),
        "collected": tables.metric("collected", view.currency),
        "payout_paid": tables.metric("payout_paid", view.currency),
        "payout_elsewhere": tables.metric("payout_elsewhere", view.currency),
        "difference": tables.money(f"Difference, {view.currency}"),
    }


def table(view: View, rows: pd.DataFrame) -> None:
    """Every payout of the days; a click chooses it."""
    amounts = (*payouts.PARTS, "payout_net", "payout_printed", "payout_difference")
    columns = {
        "name": tables.Column("Payout"),
        "state": tables.Column("State"),
        "paid_on": tables.day("Paid out on"),
        "payout_orders": tables.metric("payout_orders"),
        **{name: tables.metric(name, view.currency) for name in amounts},
    }
    keys = list(rows["payout"])
    tables.clickable(rows, columns, "payouts", tables.More(on_click=lambda: choices.clicked("payouts", "payout", keys)))


def missing(view: View, rows: pd.DataFrame) -> None:
    """Orders of the days that no payout has, with what payment histories say of them."""
    if rows.empty:
        st.caption("Every order of these days is in a payout, as far as its channel's files tell.")
        return
    st.subheader("Orders of these days in no payout")
    columns = {
        "order_name": tables.Column("Order"),
        "label": tables.Column("State"),
        "ordered_on": tables.day("Ordered on"),
        "collected": tables.metric("collected", view.currency),
        "paid_by": tables.Column("Paid by"),
    }
    tables.show(rows, columns, "Orders in no payout")
