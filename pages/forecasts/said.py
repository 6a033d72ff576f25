"""What we said: forecasts of some weeks ago against what came, of one series and of all of a level, the worst first."""

import streamlit as st

from analytics.forecasts import hindsight
from pages.ui import (
    charts,
    filters,
    forecast_charts,
    forecast_panels,
    forecast_runs,
    forecast_series,
    forecast_tables,
    own,
    reads,
    states,
    tables,
)

view = filters.view("What we said", ["currency"], forecast_panels.NEEDS)
store = forecast_runs.head(view)
scope = view.scope.over(None, None)
look = forecast_panels.levels()
ago = int(own.few("ago", "Said so many weeks ago", ["4", "8", "13"]))
key = forecast_series.key(view, look)
if key is None:
    st.stop()
