"""What we said: forecasts of some weeks ago against what came, of one series and of all of a level, the worst first."""

import streamlit as st

from pages.ui import (
    filters,
    forecast_panels,
    forecast_runs,
    forecast_series,
    own,
)

view = filters.view("What we said", ["currency"], forecast_panels.NEEDS)
store = forecast_runs.head(view)
scope = view.scope.over(None, None)
look = forecast_panels.levels()
ago = int(own.few("ago", "Said so many weeks ago", ["4", "8", "13"]))
key = forecast_series.key(view, look)
if key is None:
    st.stop()
