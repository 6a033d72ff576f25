"""Year over year by event: this year against last with days aligned so that Black Friday, Easter … fall on each other."""

import streamlit as st

from analytics.seasons import by_event
from pages.ui import cards, charts, filters, panels, reads, season_charts, season_panels, season_tables, states, tables

view = filters.view("Year over year by event", ["clock", *season_panels.FILTERS], season_panels.NEEDS)
event, before, measure = season_panels.aligned(view)
if event is None:
    st.info(
        "Orders do not cover an event and the one a year before it yet. Import older orders to set two years beside each other.",
        title="Nothing to align",
    )
    st.stop()
rows = reads.of(by_event.of, season_panels.whole(view), event, before, measure)
if rows.empty:
    states.nothing_in_scope()
    st.stop()
told = season_tables.of_measure(rows, measure)
names = season_tables.UNITS if measure == "units" else season_tables.SALES
sums = [names.get(name, name) for name in ("sold_so_far", "sold_so_far_before")]
last = panels.one(told[told["change_so_far"].notna()].tail(1))
if last is not None:
    cards.row([cards.Card(name, last[name]) for name in (*sums, "change_so_far", "days_to_event")], view.currency)
label = tables.metric(names["sold"], view.currency).label
charts.heading(
    by_event.in_words(rows),
    f"{label} by days to {event}; dashed: the same days to it a year before; the rule is its day",
)
season_charts.aligned(told, (names["sold"], names["sold_before"]), label)
charts.heading("Added up from the first day shown", f"{label}, so far, by days to {event}; dashed: a year before")
season_charts.aligned(told, (sums[0], sums[1]), label)
tables.show(told, season_tables.aligned(measure, view.currency), "Year over year by event")
