"""Forecast: what a series will probably bring, how sure that is, how far such forecasts were off, and what people say instead."""

import streamlit as st

from analytics.forecasts import accuracy, course, stored
from pages.ui import (
    charts,
    filters,
    forecast_charts,
    forecast_panels,
    forecast_parts,
    forecast_places,
    forecast_runs,
    forecast_series,
    forecast_tables,
    override_panels,
    reads,
    tables,
)

view = filters.view("Forecast", ["currency"], forecast_panels.NEEDS)
store = forecast_runs.head(view)
scope = view.scope.over(None, None)
with st.container(horizontal=True, gap="medium"):
    look = forecast_panels.levels(more=(forecast_places.LEVEL,))
    steps = forecast_panels.horizon(look.grain)
if look.level == forecast_places.LEVEL:
    forecast_places.show(view, steps)
    st.stop()
series = forecast_series.picked(view, look)
if series is None:
    st.stop()
look, about = series
with st.skeleton(height=420):
    rows = reads.of(course.of, scope, look, steps)
charts.heading(
    forecast_panels.finding(rows, look, view.currency), forecast_panels.subtitle(look, about["title"], view.currency)
)
told, marks = forecast_parts.marked(scope, rows, about["category"])
forecast_charts.course(rows, forecast_panels.unit(look, view.currency), marks)
scores = reads.of(stored.scores, scope, look.measure, look.level, look.grain)
if said := accuracy.of_kind(scores, about["kind"], look.grain):
    st.markdown(said, help=forecast_panels.models_said(about))
forecast_parts.links(view, look)
forecast_parts.explain(told)
with st.expander("By step, as a table"):
    tables.show(rows[::-1], forecast_tables.course(look.measure, view.currency), "Forecast")
override_panels.show(view, look, about["title"], list(rows.loc[rows["is_ahead"].astype(bool), "day"]))
forecast_series.under(view, look, steps)
forecast_parts.components(view, scope, look)
st.caption(forecast_panels.METHOD)
