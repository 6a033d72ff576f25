"""Launches: new products beside their siblings at equal age, and what their first half year comes to."""

import streamlit as st

from analytics.seasons import launches
from pages.ui import cards, charts, filters, reads, season_charts, season_panels, season_tables, sibling_panels, tables

view = filters.view("Launches", season_panels.FILTERS, season_panels.NEEDS)
weeks, siblings, measure = season_panels.launch_choices(view)
scope = season_panels.whole(view)
with st.skeleton(height=420):
    rows = reads.of(launches.of, scope, weeks, siblings, measure)
if rows.empty:
    st.info(
        "No product of these filters was first sold in the days of orders: whatever sold in their first four weeks may be older. "
        "Import newer orders, or take a filter away.",
        title="No launch is known",
    )
    st.stop()
picked = season_panels.launched(rows)
if picked is None:
    st.stop()
row = rows[rows["product"] == picked].iloc[0]
names = season_tables.LAUNCH_UNITS if measure == "units" else season_tables.LAUNCH_SALES
cards.row(
    [
        cards.Card(names.get(each, each), row[each])
        for each in ("sold_so_far", "age_weeks", "siblings_median_so_far", "siblings_below")
    ]
    + [cards.Card(names["projected"], row["projected"], season_panels.projected(row, measure, view.currency))],
    view.currency,
)
label = tables.metric(names["sold_so_far"], view.currency).label
charts.heading(
    launches.in_words(row, measure, view.currency),
    f"{label} by week since the first sale; grey: {row['siblings_basis']}, their quartiles; dotted: projection with its 80 % interval",
)
season_charts.launch(reads.of(launches.curve, scope, picked, weeks, siblings, measure), label)
if row["reason"]:
    st.caption(row["reason"])
if row["is_young"]:
    sibling_panels.show(view, picked, row["title"])
told = rows.rename(columns=names)
tables.show(told, season_tables.launches(measure, view.currency), "Launches")
