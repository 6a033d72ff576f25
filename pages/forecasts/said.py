"""What we said: forecasts of some weeks ago against what came, of one series and of all of a level, the worst first."""

import streamlit as st

from analytics import wording
from analytics.forecasts import hindsight
from pages.ui import (
    charts,
    choices,
    filters,
    forecast_charts,
    forecast_panels,
    forecast_runs,
    forecast_series,
    forecast_tables,
    own,
    reads,
    tables,
)

view = filters.view("What we said", ["currency"], forecast_panels.NEEDS)
store = forecast_runs.head(view)
scope = view.scope.over(None, None)
with st.container(horizontal=True, gap="medium"):
    look = forecast_panels.levels(grains=("week",))
    ago = int(own.few("ago", "Weeks ago", ["4", "8", "13"]))
found = forecast_series.picked(view, look)
if found is None:
    st.stop()
look, about = found
with st.skeleton(height=420):
    weeks, rows = reads.of(hindsight.weeks, scope, look, ago), reads.of(hindsight.series, scope, look, ago)
its = rows[rows["series_key"] == look.key]
if weeks.empty or its.empty:
    forecast_panels.nothing_said(ago)
    st.stop()
row = its.iloc[0].to_dict()
charts.heading(
    hindsight.in_words(row, look, view.currency),
    f"{forecast_panels.unit(look, view.currency)} of {about['title']} by week, said of orders up to {wording.day(row['as_of'])}: dotted "
    "what was said, with its 80 % and 95 % intervals, line what came, dashed last year's weeks; rings: outside of the 80 % band",
)
forecast_charts.said(weeks, forecast_panels.unit(look, view.currency))
st.write(hindsight.beside_last_year(row))
if row["made"] == hindsight.AFTERWARDS:
    st.caption(forecast_panels.AFTERWARDS)
name = f"Said {ago} weeks ago, by {look.level}"
st.subheader(name)
more = tables.More(lambda: choices.clicked(name, *forecast_series.click(look, rows)))
tables.clickable(rows, forecast_tables.said(look.measure, look.level, view.currency), name, more)
with st.expander("By week, as a table"):
    tables.show(weeks, forecast_tables.weeks_said(look.measure, view.currency), "Said and came by week")
