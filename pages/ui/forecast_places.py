"""Forecasts by location: what each location will sell, one of them by week, and every product at every location."""

import pandas as pd
import streamlit as st

from analytics import products
from analytics.forecasts import by_location, locations, stored
from pages.ui import charts, choices, forecast_charts, forecast_tables, own, reads, tables
from pages.ui.filters import View

LEVEL = "location"
EVERY = "every location"
NAMES = {
    "forecast": "forecast_units", "lo_80": "forecast_units_low", "hi_80": "forecast_units_high", "share": "share_at_location",
    "naive": "naive_units", "model_forecast": "model_units",
}  # fmt: skip
METHOD = (
    "A product's forecast is shared among locations as its channels go to them (Sales › Channels), or, where nobody said so, as stock left "
    "each of them between counts; the parts add up to the product's. Intervals are those of single products; of a location as a whole "
    "none is told, as nobody knows how far its products are off together."
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
    shown = rows if place == EVERY else rows[rows["location"] == place]
    shown = products.matching(
        shown.assign(product=shown["series_key"], sku=shown["series_key"], title=shown["name"]), find
    )
    _by_week(view, shown, weeks, str(found["name"].iloc[0]) if place == EVERY else place)
    st.subheader("Every product at every location" if place == EVERY else f"Every product at {place}")
    shown = shown.rename(columns=NAMES)
    tables.show(shown, forecast_tables.PLACES, "Forecast by location")
    st.caption(METHOD)


def _by_week(view: View, shown: pd.DataFrame, weeks: int, place: str) -> None:
    """A location's weeks ahead, or with its intervals those of the only product that is shown, beside those guessed from last year."""
    key = str(shown["series_key"].iloc[0]) if shown["series_key"].nunique() == 1 else None
    found = reads.of(locations.by_week, view.scope.over(None, None), place, key).head(weeks)
    if found.empty:
        return
    course = found.assign(why=None, before=found["naive"]).reset_index(drop=True)
    course["period"] = [f"week of {day.day} {day:%b %Y}" for day in course["day"]]
    bands = " with its 80 % and 95 % intervals" if key else ""
    charts.heading(
        f"{place} by week", f"Units{_of(shown, key)}: dotted the forecast{bands}, dashed what is guessed from last year"
    )
    course = course if key else course.drop(columns=list(stored.BOUNDS))
    forecast_charts.course(course, "Units", pd.DataFrame())


def _of(shown: pd.DataFrame, key: str | None) -> str:
    return f" of {shown['name'].iloc[0]}" if key else " of all its products"
