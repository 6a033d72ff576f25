"""Scenarios: growth, another price or a promotion, and what they would do to units, net sales and stock; nothing is kept."""

import streamlit as st

from analytics.errors import Refused
from analytics.forecasts import scenario
from pages.ui import (
    charts,
    filters,
    forecast_charts,
    forecast_panels,
    forecast_runs,
    forecast_series,
    reads,
    scenario_panels,
    states,
    tables,
)
from pages.ui.forecast_tables import SCENARIO

view = filters.view("Scenarios", ["currency"], forecast_panels.NEEDS)
store = forecast_runs.head(view)
look = scenario_panels.look(view)
key = forecast_series.key(view, look)
if key is None:
    st.stop()
scope = view.scope.over(None, None)
plan = scenario_panels.plan(view, look, key)
try:
    rows, weeks = reads.of(scenario.summed, scope, plan), reads.of(scenario.of, scope, plan)
except Refused as refused:
    st.warning(str(refused), title="This cannot be told")
    st.stop()
charts.heading(
    scenario.in_words(rows, plan, view.currency),
    f"By week, dashed: as forecast, dotted: as planned with its 80 % interval ({scenario_panels.said(plan)})",
)
for measure, label in scenario_panels.drawn(rows, view.currency):
    forecast_charts.scenario(weeks, measure, label)
tables.show(scenario_panels.shown(rows, view.currency), SCENARIO, "Scenario")
with st.expander("By week, as a table"):
    tables.show(weeks, scenario_panels.weeks(view.currency), "Scenario by week")
st.caption(scenario.METHOD)
states.partial(scenario_panels.STOCK)
