"""What only the page of unshipped orders shows: the day it is about, the list, and what each platform's status means."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import rates, unshipped, wording
from pages.ui import reads, tables
from pages.ui.filters import View
from pages.ui.order_panels import KEY, OF
from pages.ui.order_panels import PAGE as ORDERS

AGES = {
    "age": tables.Column("Age"),
    "amount": tables.money("Worth, paid"),
    "orders": tables.count("Orders"),
    "partly_sent": tables.count("Of them partly sent"),
    "unpaid_orders": tables.count("Not paid yet"),
    "unpaid_amount": tables.money("Worth, not paid yet"),
}
COLUMNS = {
    "order_name": tables.Column("Order"),
    "amount": tables.money("Worth"),
    "hours_waiting": tables.Column("Hours", "days"),
    "age": tables.Column("Age"),
    "state": tables.Column("State"),
    "payment": tables.Column("Payment"),
    "ordered_on": tables.day("Ordered on"),
    "fulfillment_status": tables.Column("As the platform says"),
    "channel": tables.Column("Channel"),
    "country": tables.Column("Country"),
    "as_of": tables.day("Told on"),
    "store": tables.Column("Store"),
}
MEANINGS = {
    "platform": tables.Column("Platform"),
    "status": tables.Column("Its status"),
    "meaning": tables.Column("What it means here"),
}


def as_of(view: View, rows: pd.DataFrame) -> str:
    """Until when orders are looked at, and how old the newest word on what was sent is."""
    told = f" What was sent is known as of {wording.day(max(rows['as_of']))}." if len(rows) else ""
    return f"Orders placed until the end of {wording.day(unshipped.as_of(view.scope))}, the last complete day.{told}"


def other_currencies(view: View) -> None:
    """How many orders wait in other currencies: each has its own, and they are not added."""
    if told := rates.others_in_words(reads.of(unshipped.others, view.scope)):
        st.info(told)


def left_out(now: "pd.Series[Any]") -> str:
    """What the cards count in and out."""
    said = "Cancelled orders, those given back whole and those without goods are out."
    if now["partly_sent"]:
        partly = wording.count(now["partly_sent"], "is partly sent", "are partly sent")
        said += f" Of the paid orders {partly}."
    if now["orders_forgotten"]:
        many = wording.count(now["orders_forgotten"], "order has", "orders have")
        said += f" {many} waited more than 90 days, most likely sent and never marked: they stand in the tables alone."
    return said


def orders(view: View, rows: pd.DataFrame) -> None:
    """The orders that wait; a click opens one."""
    shown = rows.assign(payment=["paid" if paid else "not paid yet" for paid in rows["is_paid"]])
    columns = {key: about for key, about in COLUMNS.items() if key != "store" or len(view.shop.names) > 1}
    tables.clickable(
        shown, columns, "Unshipped orders", tables.More(lambda: _keep(rows), [not paid for paid in rows["is_paid"]])
    )
    if opened := st.session_state.pop("opened_order", None):
        st.switch_page(ORDERS, query_params=opened)
    st.caption("A click on a row opens the order. Grey orders are not paid yet.")


def _keep(rows: pd.DataFrame) -> None:
    chosen = st.session_state["table_Unshipped orders"]["selection"]["rows"]
    if chosen:
        row = rows.iloc[chosen[0]]
        st.session_state["opened_order"] = {KEY: row["order_key"], OF: row["store"]}


def meanings() -> None:
    """What each platform's status means here."""
    with st.expander("What each platform calls unsent"):
        tables.guide(unshipped.MEANINGS, MEANINGS)
