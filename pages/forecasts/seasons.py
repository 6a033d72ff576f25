"""Seasons: how each month or week sells beside the mean of the year, by category and product, and every day of every year."""

import streamlit as st

from analytics.seasons import day_map, index
from pages.ui import cards, charts, choices, filters, reads, season_charts, season_panels, season_tables, states, tables

view = filters.view("Seasons", season_panels.FILTERS, season_panels.NEEDS)
by, grain, measure = season_panels.look()
scope = season_panels.whole(view)
with st.skeleton(height=420):
    rows = reads.of(index.of, scope, by, grain, measure)
if rows.empty:
    states.nothing_in_scope()
    st.stop()
one = season_panels.one_series(rows)
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

if by != "product":
    every = rows if by == "category" else reads.of(index.of, scope, "category", grain, measure)
    told = every[~every["is_refused"].astype(bool)]
    if len(told):
        charts.heading(
            "Categories over the year", f"The same index by category and {grain}; pale below the mean, strong above"
        )
        season_charts.fields(told, grain)

st.subheader("Every day")
layout = choices.switch("layout", "Laid out as", season_panels.LAYOUTS, "month")
days = reads.of(day_map.of, scope)
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
tables.show(one, season_tables.index(), "Seasonal index")
tables.show(days, season_tables.days(view.currency), "Days")
