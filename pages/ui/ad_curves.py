"""What the page of diminishing returns consists of: one platform's cards and curve, all platforms, and what confounds it."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import periods, wording
from analytics.ads import diminishing
from analytics.metrics import METRICS
from pages.ui import ad_charts, cards, charts, choices, reads, tables
from pages.ui.cards import Card
from pages.ui.filters import View

CARDS = ("spend_a_day", "brought_a_day", "next_brings", "contribution_margin", "days_fitted")


def choose(rows: pd.DataFrame) -> "pd.Series[Any] | None":
    """The platform that the address names, else the one of most spend of which something can be told."""
    order = sorted(rows.to_dict("records"), key=lambda row: row["refused"] is not None)
    chosen = choices.one_of("platform", "Platform", {row["platform"]: row["platform_name"] for row in order}, 260)
    return None if chosen is None else rows[rows["platform"] == chosen].iloc[0]


def overview(view: View, row: "pd.Series[Any]") -> None:
    """The cards of a platform; a dash and the reason where nothing can be told."""
    why = "cannot be told, see below" if row["refused"] else ""
    days = wording.days(row["first_day"], row["last_day"] + periods.DAY) if row["first_day"] is not None else ""
    notes = {
        "brought_a_day": why or _between(row, "brought", view.currency),
        "next_brings": why or _between(row, "next", view.currency),
        "contribution_margin": row["contribution_is"] or "No cost is known.",
        "days_fitted": days,
    }
    cards.row([Card(name, row[name], notes.get(name, "")) for name in CARDS], view.currency)


def _between(row: "pd.Series[Any]", name: str, currency: str) -> str:
    low, high = (wording.money(row[f"{name}_{end}"], currency) for end in ("lower", "upper"))
    return f"80 %: {low} to {high}"


def curve(view: View, row: "pd.Series[Any]") -> None:
    """The curve with its band and a dot at today's spend; or in words why there is none."""
    if row["refused"]:
        st.info(row["refused"], title="This cannot be told")
        return
    charts.heading(
        diminishing.in_words(row.to_dict()),
        f"Net sales a day that go with each spend a day on {row['platform_name']}, beyond those without it, {view.currency}, by the day "
        f"of the order, {wording.days(row['first_day'], row['last_day'] + periods.DAY)}. Band: 80 %; dotted: spends beyond 9 of 10 days",
    )
    frame = reads.of(diminishing.curve, view.scope, row["platform"])
    frame = frame[frame["currency"] == view.currency].reset_index(drop=True)
    ad_charts.curve(frame, view.currency)
    st.caption(f":material/warning: {diminishing.CONFOUNDS}")
    with st.expander("The curve, as a table"):
        columns = {
            "spend_a_day": tables.metric("spend_a_day", view.currency),
            "brought_a_day": tables.metric("brought_a_day", view.currency),
            "lower": tables.Column(f"At least (80 %), {view.currency}"),
            "upper": tables.Column(f"At most (80 %), {view.currency}"),
        }
        tables.show(frame, columns, f"Curve of {row['platform_name']}")


def table(view: View, rows: pd.DataFrame) -> None:
    """Every platform: what its spend of late and the next 100 bring, or why that cannot be told."""
    names = ("spend_a_day", "brought_a_day", "next_brings", "next_lower", "next_upper", "days_fitted")
    columns = {
        "platform_name": tables.Column("Platform"),
        **{name: tables.metric(name, view.currency) for name in names},
        "refused": tables.Column("Why it cannot be told"),
    }
    tables.show(rows, columns, "What more spend brings")


def how() -> None:
    """How the curve is found, in words."""
    with st.expander("How is this computed?"):
        st.markdown(
            "Net sales of each day, by the day of the order, are held against weekday, a slowly changing level with a bend every six "
            "weeks, Black Friday, the other platforms' spend, and a curve of this platform's spend. Curves of four families (Hill, "
            "logarithm, exponential, power), bent early or late, working at once or carried over to the next days, are all tried; "
            "none is chosen, each counts as much as the days speak for it. The interval is drawn from all of them. In simulated "
            "shops whose curve is known it holds the truth in at least three of four."
        )
        for name in CARDS:
            st.markdown(f"**{METRICS[name].label}**: {METRICS[name].formula}")
