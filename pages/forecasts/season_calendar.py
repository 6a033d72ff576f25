"""Season calendar: when each product's season starts, peaks and ends, and which have none."""

import streamlit as st

from analytics.seasons import season_calendar
from analytics.stock import purchase_orders
from pages.ui import cards, charts, filters, own, reads, season_charts, season_panels, season_tables, states, tables

view = filters.view("Season calendar", season_panels.FILTERS, season_panels.NEEDS)
by = own.few("by", "By", ("product", "category"))
scope = season_panels.whole(view)
with st.skeleton(height=420):
    rows = reads.of(season_calendar.of, scope, by)
if rows.empty:
    states.nothing_in_scope()
    st.stop()
now = season_panels.seasons_counted(rows)
cards.row([cards.Card(name, value) for name, value in now.items()], view.currency)
found = season_panels.searched(rows, scope, by)
if found.empty:
    st.stop()
shown = season_panels.seasons_shown(found)
charts.heading(
    season_calendar.in_words(found, purchase_orders.day_of(scope), by),
    "Weeks of the year in which it sells a quarter more than in the mean of the year or more; the tick is the peak; grey: its category's",
)
if len(shown):
    season_charts.calendar(shown)
else:
    st.info(str(found["reason"].iloc[0]), title="No season is told")
st.caption(
    f"{season_panels.STOCKOUTS} Promotions of the calendar, and the days from Black Friday to Cyber Monday, are left out: a few days of "
    "lower prices are no season. Every product that was sold is in the table; drawn are the 40 that sold most of those found."
)
tables.show(found, season_tables.seasons(), "Season calendar")
