"""Forecasts by location: what each location will sell, one of them by week, and every product at every location."""

import pandas as pd
import streamlit as st

from analytics import products
from analytics.forecasts import by_location, locations
from pages.ui import charts, choices, forecast_charts, forecast_tables, own, reads, tables
from pages.ui.filters import View

LEVEL = "location"
EVERY = "every location"
METHOD = (
    "A product's forecast is shared among locations as its channels go to them (Sales › Channels), or, where nobody said so, as stock left "
    "each of them between counts; the parts add up to the product's. A location's interval is that of its products added up, as if all "
    "were off together: it is rather too wide."
)


def show(view: View, weeks: int) -> None:
    """Bars of locations, one location by week with its intervals, and a table of products and locations."""
    scope = view.scope.over(None, None)
    rows = reads.of(locations.ahead, scope, weeks)
    if rows.empty:
        st.info(
            "Locations are told apart where an inventory export counts at least two of them, and channels go to them (Sales › Channels) or "
            "a second count shows what left each. Then the next run forecasts them.",
            title="Forecasts do not tell locations apart",
        )
        return
    found = by_location.of(rows)
    charts.heading(by_location.in_words(found, weeks), f"Units forecast by location, {weeks} weeks, all products")
    charts.bars(found, "name", "forecast", "Units forecast")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        names = {name: name for name in (EVERY, *found["name"])}
        place = choices.one_of("at", "Location", names, 280)
        find = own.text("find", "Find", placeholder="Titles or SKUs, parted by commas", width=280)
    if place is None:
        return
    one = found["name"].iloc[0] if place == EVERY else place
    _by_week(reads.of(locations.by_week, scope, one), weeks, one)
    shown = rows if place == EVERY else rows[rows["location"] == place]
    shown = products.matching(
        shown.assign(product=shown["series_key"], sku=shown["series_key"], title=shown["name"]), find
    )
    st.subheader("Every product at every location" if place == EVERY else f"Every product at {place}")
    tables.show(shown, forecast_tables.PLACES, "Forecast by location")
    st.caption(METHOD)


def _by_week(found: pd.DataFrame, weeks: int, name: str) -> None:
    """One location's weeks ahead, beside those guessed from last year."""
    course = found.head(weeks).assign(why=None, before=found["naive"])
    course["period"] = [f"week of {day.day} {day:%b %Y}" for day in course["day"]]
    charts.heading(
        f"{name} by week", "Units: dotted the forecast with its 80 % and 95 % intervals, dashed a year before"
    )
    forecast_charts.course(course.reset_index(drop=True), "Units", pd.DataFrame())
