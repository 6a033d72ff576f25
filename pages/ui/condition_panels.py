"""What the page of conditions consists of: its cards, and which share of what comes back can be sold again."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import wording
from analytics.returns import words
from analytics.scope import Scope
from pages.ui import cards, charts, reads, return_charts, states, tables
from pages.ui.cards import Card
from pages.ui.filters import View

MOST_BARS = 10
NO_CONDITION = (
    "No file tells in which condition these goods came back. A table of returns has columns for the condition and for what was put "
    "back (its template is under Data › File formats); Amazon's FBA customer returns tell both."
)


def overview(view: View, now: "pd.Series[Any]") -> None:
    """The cards of conditions."""
    between = ""
    if now["lower"] is not None:
        between = f"between {wording.percent(now['lower'])} and {wording.percent(now['upper'])}"
    cards.row(
        [
            Card("units_returned", now["units_returned"]),
            Card("resellable_share", now["resellable_share"], between or "no file tells it"),
            Card("units_restocked", now["units_restocked"]),
            Card("restocked_share", now["restocked_share"]),
            Card("condition_coverage", now["condition_coverage"]),
            Card("unknown_words", reads.of(words.unknown, Scope(store=view.scope.store), "condition")),
        ],
        view.currency,
    )


def resellable(view: View, rows: pd.DataFrame, by: str) -> None:
    """Which share of what comes back can be sold again, by category or product, with intervals."""
    known = rows[rows["resellable_share"].notna()]
    if known.empty:
        st.info(NO_CONDITION, title="Not known")
        return
    low = known.loc[[bool(each) for each in known["is_flagged"]]]
    usual = wording.percent(known["usual_share"].iloc[0])
    worst = wording.listed([states.plain(str(each)) for each in low["title"].head(2)])
    finding = (
        f"{worst}: surely less than the usual {usual}" if worst else f"No {by} lies surely below the usual {usual}"
    )
    charts.heading(
        finding, "Units to sell again ÷ units judged, by the day of the order. Thin line: 95 % interval; grey mark: all"
    )
    drawn = known.head(MOST_BARS).assign(
        name=known["title"],
        return_rate=known["resellable_share"],
        sold=known["units_judged"],
        returned=known["units_resellable"],
    )
    look = return_charts.Bars(parts=("To sell again", "Judged"))
    return_charts.bars(drawn, "usual_share", "Can be sold again", look)
    named = {"lower": "resellable_lower", "upper": "resellable_upper"}
    names = (
        "resellable_share", "resellable_lower", "resellable_upper", "units_returned", "units_judged", "units_resellable", "judged_share",
        "value_returned",
    )  # fmt: skip
    columns = {name: tables.metric(name, view.currency) for name in names}
    tables.show(
        rows.rename(columns=named), {"title": tables.Column(by.capitalize())} | columns, "What can be sold again"
    )
