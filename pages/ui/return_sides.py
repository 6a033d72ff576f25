"""Returns by side: the cards, the rates with their intervals beside the whole, and the table."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import wording
from analytics.returns import breakdown
from pages.ui import charts, return_charts, return_cost_panels, return_panels, states, tables
from pages.ui.cards import Card
from pages.ui.filters import View

WORDS = {side: "discount code" if side == "code" else side for side in breakdown.SIDES}
MOST_BARS = 10
RATE_OF = {"orders": "orders", **return_panels.RATE_OF}
# What each rate divides, as the catalogue of metrics calls it.
PARTS = {
    "orders": ("orders", "orders_with_return"),
    "units": ("units", "units_returned"),
    "lines": ("lines_sold", "lines_returned"),
}
ABOUT = {
    "supplier": "A supplier is whom the product is bought from: the one last ordered from, else one with terms for it. What nobody "
    "names one for stands under unknown; a table of suppliers tells it (Data › File formats).",
    "brand": "A brand is what the catalogue prints as vendor.",
    "code": "An order with several codes counts under each of them; its value is spread over them.",
}


def head(view: View, now: "pd.Series[Any]", rows: pd.DataFrame) -> list[Card]:
    """The cards: the rate of the whole, what came back, after how many days, and how many rows lie above the whole."""
    first = rows.iloc[0]
    above = [str(name) for name in rows.loc[[bool(each) for each in rows["is_flagged"]], "name"]]
    return [
        Card("whole_rate", first["whole_rate"], f"of {RATE_OF[first['rate_of']]}{return_cost_panels.growing(view)}"),
        Card("value_returned", now["value_returned"]),
        Card("return_rate_by_value", now["return_rate_by_value"]),
        Card("days_to_return_median", now["days_to_return_median"]),
        Card("above_the_whole", len(above), states.plain(wording.listed(above[:2]))),
    ]


def chart(view: View, side: str, rows: pd.DataFrame) -> None:
    """The rates of the ten with most value returned, each with its interval, and a grey mark at the whole's."""
    rate_of = rows["rate_of"].iloc[0]
    sold, returned = PARTS[rate_of]
    charts.heading(
        finding(side, rows),
        f"Return rate of {RATE_OF[rate_of]}, {wording.days(view.scope.start, view.scope.stop)}, by the day of the order. "
        "Thin line: 95 % interval; grey mark: the whole",
    )
    shown = as_metrics(rows)
    drawn = shown[shown["return_rate"].notna()].head(MOST_BARS)
    if drawn.empty:
        st.info(return_panels.NO_UNITS, title="Not known")
        return
    return_charts.rates(drawn.assign(sold=drawn[sold], returned=drawn[returned]), "whole_rate", "Return rate")


def finding(side: str, rows: pd.DataFrame) -> str:
    """What stands above the chart: which has surely more returns than the whole."""
    flagged = rows.loc[[bool(each) for each in rows["is_flagged"]]]
    if flagged.empty:
        return f"No {WORDS[side]} has surely more returns than the whole"
    first = max(flagged.to_dict("records"), key=lambda row: row["return_rate"])
    return (
        f"{states.plain(str(first['name']))} has more returns than the whole: {wording.percent(first['return_rate'])} against "
        f"{wording.percent(first['whole_rate'])}"
    )


def as_metrics(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with units sold under the catalogue's name for them."""
    return rows.rename(columns={"units_sold": "units"})


def table(view: View, side: str, rows: pd.DataFrame) -> None:
    """Every row with its rate, interval, value and days to return."""
    sold, returned = PARTS[rows["rate_of"].iloc[0]]
    names = (
        "return_rate", "value_returned", "whole_rate", "lower", "upper", sold, returned, "return_rate_by_value",
        "share_of_returned", "value_sold", "days_to_return_median", "days_to_return_p90",
    )  # fmt: skip
    columns = {
        "name": tables.Column(WORDS[side].capitalize()),
        **{name: tables.metric(name, view.currency) for name in names},
    }
    tables.show(as_metrics(rows), columns, f"Returns by {WORDS[side]}")
    st.caption(f"{ABOUT.get(side, '')} Rates are of the orders of these days, whenever something came back.".strip())
