"""Pieces that several views share: the line that says what is shown, cards with a comparison, the breakdown."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analytics import customers as people
from analytics import periods, ranking, wording
from analytics.scope import Scope
from pages.ui import cards, charts, own, states, tables
from pages.ui.cards import Card
from pages.ui.filters import View

AGAINST = {
    "same weekdays last year": "on last year",
    "same dates last year": "on last year",
    "previous period": "on the days before",
    "last four same weekdays": "on their mean",
    "same event last year": "on that event",
}
DIMENSIONS = ["channel", "country", "category", "product"]


def one(frame: pd.DataFrame) -> "pd.Series[Any] | None":
    """The only row of a result that has one a currency; None if nothing is in the scope."""
    return None if frame.empty else frame.iloc[0]


def card(name: str, now: "pd.Series[Any]", before: "pd.Series[Any] | None", view: View) -> Card:
    """A metric of a summary as a card, with what it was in the compared days and its ledger lines."""
    earlier = None if before is None else before[name]
    return Card(name, now[name], before=earlier, before_is=AGAINST.get(view.comparison, ""), scope=view.scope)


def breakdown(view: View, read: Callable[[Scope, str], pd.DataFrame]) -> tuple[str, pd.DataFrame]:
    """The choice of a dimension, the bars of its ten biggest, and the rows for the table."""
    dimension = own.few("by", "Broken down by", DIMENSIONS)
    rows = read(view.scope, dimension)
    rows = rows.assign(name=ranking.names(rows))
    charts.heading(
        leader(rows, dimension), f"Net sales, {view.currency}, {wording.days(view.scope.start, view.scope.stop)}"
    )
    charts.bars(ranking.top(rows, "net_sales"), "name", "net_sales", tables.metric("net_sales", view.currency).label)
    return dimension, rows


def leader(rows: pd.DataFrame, dimension: str) -> str:
    """The finding of a breakdown: who brought most, and how much of it all."""
    if rows.empty:
        return f"No {dimension} in these days"
    first = rows.iloc[0]
    return f"{first['name']} brought {wording.percent(first['share'])} of net sales"


def breakdown_columns(dimension: str, currency: str) -> dict[str, tables.Column]:
    """The table of a breakdown: its name, net sales and share first, because a phone shows three columns."""
    return {
        "name": tables.Column(dimension.capitalize()),
        "net_sales": tables.metric("net_sales", currency),
        "share": tables.share("Share"),
        **{
            name: tables.metric(name, currency) for name in ("orders", "units", "gross_sales", "discounts", "reversals")
        },
    }


def walk(steps: pd.DataFrame) -> pd.DataFrame:
    """The bridge as far as it is drawn: to what was collected, or to net sales where a filter ends it there. What the orders
    and the platform print stands after that, to be compared."""
    last = steps.index[steps["step"].isin(["net_sales", "collected"])].max()
    return steps.loc[:last]


def customers(view: View, row: "pd.Series[Any] | None") -> None:
    """New and returning customers of the days, with what makes them doubtful; nothing where nobody is known."""
    if row is None or not (row["customers"] or row["unknown_orders"]):
        return
    st.subheader("Customers")
    names = ("new_customers", "returning_customers", "returning_customer_rate", "repeat_purchase_rate")
    cards.row([Card(name, row[name], scope=view.scope) for name in names], view.currency)
    unknown = wording.count(int(row["unknown_orders"]), "order")
    said = [f"{unknown} of people who are not known: neither new nor returning."] if row["unknown_orders"] else []
    if doubt := people.caution(row):
        said.append(doubt)
    if said:
        states.partial(" ".join(said))


CONTROL_COLUMNS = {
    "day": tables.day("Day"),
    "metric": tables.Column("Metric"),
    "difference": tables.money("Difference"),
    "ours": tables.money("Here"),
    "platform": tables.money("Platform"),
}
UNRECONCILED_COLUMNS = {
    "order_name": tables.Column("Order"),
    "difference": tables.money("Difference"),
    "reason": tables.Column("Reason"),
    "ordered_on": tables.day("Ordered on"),
    "currency": tables.Column("Currency"),
}


def agreement(control: pd.DataFrame, unreconciled: pd.DataFrame) -> None:
    """Whether the numbers agree with the platform's own: the days that differ, and the orders that do not add up."""
    st.subheader("Agreement with the platform")
    differs = control[control["difference"] != 0] if len(control) else control
    if control.empty:
        st.write(
            "No report of the platform covers these days. Import its sales report to compare the numbers day by day."
        )
    elif differs.empty:
        days = wording.count(control["day"].nunique(), "day")
        st.write(f"{days} compared with the platform's report: every total is the same to the cent.")
    else:
        of = wording.count(control["day"].nunique(), "day")
        st.write(f"{wording.count(differs['day'].nunique(), 'day')} of {of} differ from the platform's report.")
        tables.show(differs, CONTROL_COLUMNS, "Differences to the platform")
    if not unreconciled.empty:
        st.write(f"{wording.count(len(unreconciled), 'order')} in the file do not add up to their own total.")
        tables.show(unreconciled, UNRECONCILED_COLUMNS, "Orders that do not add up")


def aged(what: str, as_of: date | None, view: View, limit: int = 7) -> None:
    """How old a snapshot is: a line where it is fresh, a warning where it is older than `limit` days."""
    days_old = periods.age(as_of, view.shop.time_zone)
    if days_old is not None and days_old > limit:
        states.stale(what, days_old)
    else:
        st.caption(f"{what} as of {wording.day(as_of)}.")
