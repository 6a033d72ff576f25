"""Holidays and events: what each brought before, during and after it, beside what its days would have sold without it."""

import streamlit as st

from analytics.seasons import uplift
from pages.ui import cards, charts, filters, reads, season_charts, season_panels, season_tables, tables

view = filters.view("Holidays and events", season_panels.FILTERS, season_panels.NEEDS)
measure = season_panels.measure()
with st.skeleton(height=420):
    rows = reads.of(uplift.of, season_panels.whole(view), measure)
shown = season_panels.events_shown(rows)
if shown.empty:
    st.info(
        "No holiday or event lies in these days with at least two weeks of calm days within four weeks of it. Import more orders, "
        "name the countries whose holidays count under Data › Settings, or enter events of your own under Data › Calendar.",
        title="No event can be told",
    )
    st.stop()
now = season_panels.events_counted(rows)
cards.row(
    [cards.Card("events_told", now["events_told"], "of which 80 % intervals do not hold 0")]
    + [cards.Card(name, row["uplift"], season_panels.of_event(row)) for name, row in now["rows"].items()],
    view.currency,
)
charts.heading(
    uplift.in_words(rows),
    f"Uplift of {season_panels.MEASURES[measure]} in the 7 days before, on the days of the event, and in the 14 days after; 80 % intervals",
)
season_charts.uplifts(shown, "Uplift")
st.caption(
    "Without the event = trend × weekday × smooth season, fitted to days in no event, at the level of the four weeks on either side. "
    "What lies within another event's days before or after is in both. One year seen is one year: its interval is wide."
)
told = season_tables.of_measure(rows, measure)
tables.show(told, season_tables.uplifts(measure, view.currency), "Holidays and events")
