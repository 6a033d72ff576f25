"""What is still expected back: the line on the page of sales, the cards, the weeks in which it is due, and its parts."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analytics import wording
from analytics.returns import expected, outstanding
from analytics.scope import Scope
from pages.ui import cards, charts, cohort_charts, own, reads, tables
from pages.ui.cards import Card
from pages.ui.filters import View

PAGE = "pages/returns/expected.py"
BY = ("product", "category", "day")
NO_FILE_SAYS = "No file says of a returned unit whether it was put back."


def line(view: View, fact: "pd.Series[Any]") -> None:
    """What is still expected back of the orders of these days, and net sales after it; nothing where that cannot be told."""
    # whatever the days, it is told from all open orders, and so is kept for all of them
    now = expected.of_sales(view.scope, reads.of(outstanding.of, view.scope.over(None, None)), dict(fact))
    if now is None or not now["to_come_at_most"]:
        return
    told = (
        f":material/update: Of the orders of these days about {wording.money(now['value_to_come'], view.currency)} "
        f"({_between(now, view.currency)}) are still expected back"
    )
    if view.scope.basis == "order_date":
        told += (
            f": net sales after expected returns would be **{wording.money(now['net_sales_after'], view.currency)}**"
        )
    else:
        told += "; on this clock they count on the days on which they come"
    st.markdown(f"{told}. An estimate, in no other number here.")
    st.page_link(PAGE, label="What is still expected back, and when", icon=":material/arrow_forward:")


def _between(row: "Mapping[Any, Any] | pd.Series[Any]", currency: str) -> str:
    return f"{row['to_come_at_least']:,.0f} – {wording.money(row['to_come_at_most'], currency)} four of five times"


def overview(now: "pd.Series[Any]", currency: str) -> None:
    """The cards: value, orders and units to come, how many of them can be sold again, and net sales and gross profit after it."""
    covered = now["covered_share"]
    cards.row(
        [
            Card("value_to_come", now["value_to_come"], _between(now, currency)),
            Card("orders_to_come", round(now["orders_to_come"])),
            Card("units_to_come", round(now["units_to_come"])),
            Card("resellable_units", _whole(now["resellable_units"]), _resellable(now)),
            Card(
                "net_sales_after", round(now["net_sales_after"], 2), f"now {wording.money(now['net_sales'], currency)}"
            ),
            Card(
                "gross_profit_after",
                now["gross_profit_after"],
                f"costs are known of {wording.percent(covered)} of net sales" if covered else "No cost is known.",
            ),
        ],
        currency,
    )
    st.caption(
        f"Of orders of the 90 days up to {wording.day(now['as_of'])}, learnt from {now['learnt_from']} stretches of 90 days that are "
        "old enough. Estimates, in no other number of sales or stock."
    )


def _whole(units: Any) -> int | None:
    return None if units is None else round(units)


def _resellable(now: "pd.Series[Any]") -> str:
    return (
        NO_FILE_SAYS
        if now["resellable_share_to_come"] is None
        else f"{wording.percent(now['resellable_share_to_come'])} of them"
    )


def due(now: "pd.Series[Any]", rows: pd.DataFrame, currency: str) -> None:
    """In which week how much is due back."""
    if rows.empty:
        st.info(
            "All returns of these orders are in, as far as mature orders can tell.",
            title="Nothing is still expected back",
        )
        return
    first = rows.iloc[0]
    charts.heading(
        f"{wording.money(now['value_to_come'], currency)} of orders placed is still expected back, "
        f"{wording.money(first['value_to_come'], currency)} of it in the week from {wording.day(first['name'])}",
        f"Still expected back, {currency}, by the week in which it is due, with its 80 % interval",
    )
    cohort_charts.due(rows, f"Expected back, {currency}")


def parts(view: View, scope: Scope) -> None:
    """The same by product, category or day of the orders, as a table; the rows add up to the card."""
    by = own.few("by", "Broken down by", BY)
    rows = reads.of(expected.of, scope, by)
    st.subheader(f"By {by}")
    names = (
        "value_to_come",
        "to_come_at_least",
        "to_come_at_most",
        "units_to_come",
        "resellable_units",
        "orders_to_come",
        "value_open",
    )
    missing = ("orders_to_come",) if by != "day" else ()
    first = tables.day("Ordered on") if by == "day" else tables.Column(by.capitalize())
    more = {"category": tables.Column("Category"), "sku": tables.Column("SKU")} if by == "product" else {}
    columns = {name: tables.metric(name, view.currency) for name in names if name not in missing}
    tables.show(rows, {"name": first, **columns, **more}, f"Expected returns by {by}")
