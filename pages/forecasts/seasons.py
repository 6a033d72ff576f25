"""Seasons: how each month or week sells beside the mean of the year, by category and product, and every day of every year."""

import streamlit as st

from analytics.seasons import day_map, index
from pages.ui import (
    cards,
    charts,
    choices,
    filters,
    reads,
    season_charts,
    season_panels,
    season_series,
    season_tables,
    states,
    tables,
)

view = filters.view("Seasons", season_panels.FILTERS, season_panels.NEEDS)
look = by, grain, measure = season_panels.look()
scope = season_panels.whole(view)
with st.skeleton(height=420):
    days = reads.of(day_map.of, scope)
if days.empty:
    states.nothing_in_scope()
    st.stop()
one, several = season_series.look_at(scope, look)
if len(one) and not season_panels.refused(one):
    high, low = season_panels.extremes(one)
    cards.row(
        [
            cards.Card("highest_index", high["season_index"], str(high["period_name"])),
            cards.Card("lowest_index", low["season_index"], str(low["period_name"])),
            cards.Card("growth_a_year", high["growth_a_year"], "season taken out"),
            cards.Card("put_back_share", high["put_back_share"], "of its units"),
        ],
        view.currency,
    )
    charts.heading(
        index.in_words(one),
        f"Index of {season_panels.MEASURES[measure]} sold a day by {grain}, 1 is the mean of the year, with 80 % and 95 % intervals",
    )
    season_charts.index(one, grain)
    st.caption(season_panels.index_said(one, ""))

season_series.beside(scope, several, look)
if len(one):
    tables.show(one, season_tables.index(), "Seasonal index")

st.subheader("Every day")
layout = choices.switch("layout", "Laid out as", season_panels.LAYOUTS, "month")
label = tables.metric(measure, view.currency).label
charts.heading(
    day_map.in_words(days, measure, view.currency),
    f"{label} a day; a dot is a holiday or an event, a red frame a day without orders",
)
year = "iso_year" if layout == "week" else "year"
strong = day_map.strong(days, measure)
for each, of_year in days.groupby(year, sort=True):
    st.caption(f"**{each}**")
    season_charts.days(of_year, (measure, label), strong, layout == "week")
tables.show(days, season_tables.days(view.currency), "Days")
