"""What only the page of other reports shows: the finding, the tables, and whether cancelled orders are left out."""

from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from analytics import stores, woocommerce, wording
from pages.ui import access, choices, reads, states, tables
from pages.ui.filters import View

FIGURES = {
    "label": tables.Column("Figure"),
    "theirs": tables.money("Theirs"),
    "difference": tables.money("Difference"),
    "ours": tables.money("Ours"),
    "ours_label": tables.Column("Ours is called"),
    "definition": tables.Column("Their definition", width="large"),
}


def by_date(preset: str) -> str:
    """By which of an order's dates WooCommerce counts it, as its own settings say; every other report has but one."""
    if preset != "woocommerce":
        return "created"
    return choices.switch("by", "Orders count by", woocommerce.DATES, "created")


def steps(unit: str, currency: str) -> dict[str, tables.Column]:
    """The table of the steps to one figure."""
    amount = tables.money(f"Amount, {currency}") if unit == "money" else tables.count("Amount")
    return {"label": tables.Column("Step"), "amount": amount}


def figures(found: pd.DataFrame) -> dict[str, str]:
    """The figures that are reached from ours by steps, with their names."""
    return {row["figure"]: row["label"] for row in found.to_dict("records") if row["ours"] is not None}


def finding(row: "pd.Series[Any]", other: str, currency: str) -> str:
    """How far a figure of the other report is from ours."""
    difference, label, ours = row["difference"], str(row["label"]), str(row["ours_label"]).lower()
    if not difference:
        return f"{other}: {label.lower()} the same as our {ours}"
    by = _amount(abs(difference), row["unit"], currency)
    return f"{other}: {label.lower()} {by} {'above' if difference > 0 else 'below'} our {ours}"


def _amount(amount: Decimal, unit: str, currency: str) -> str:
    return f"{wording.exact(amount)} {currency}" if unit == "money" else f"{amount.normalize():,f}"


def nothing(preset: str) -> None:
    """Nothing in these days; for a settlement, the file that brings it."""
    if preset != "settlement":
        states.nothing_in_scope()
        return
    st.info(
        "No settlement, payments or transactions export that was imported has postings in these days. Import one, or choose "
        "other days.",
        title="Nothing was posted",
    )


def cancelled_orders(view: View) -> None:
    """Whether this store leaves cancelled orders out of every number, and the button that changes it."""
    if view.scope.only_store is None:
        return
    known = reads.all_stores()
    is_left_out = bool(known.loc[known["store_id"] == view.scope.only_store, "leaves_cancelled_out"].iloc[0])
    st.subheader("Cancelled orders")
    if is_left_out:
        st.write(
            "This store leaves cancelled orders out: neither the sale nor what was taken back counts, on any page."
        )
    else:
        st.write(
            "A cancelled order counts as a sale on its day and as a reversal on the day of the cancellation. A store can leave "
            "such orders out of every number instead."
        )
    if access.button("Count cancelled orders again" if is_left_out else "Leave cancelled orders out", "settings"):
        with st.spinner("Computing every day anew"):
            stores.leave_cancelled_out(view.scope.only_store, not is_left_out)
        reads.forget()
        st.rerun()
