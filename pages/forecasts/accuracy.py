"""Accuracy: how far ours, last year's guess and every model were off when held against the past, by kind and steps ahead."""

import streamlit as st

from analytics.forecasts import accuracy, stored
from pages.ui import (
    charts,
    filters,
    forecast_charts,
    forecast_panels,
    forecast_runs,
    forecast_tables,
    reads,
    states,
    tables,
)
from pages.ui.forecast_panels import WORDS

view = filters.view("Accuracy", [], forecast_panels.NEEDS)
store = forecast_runs.head(view)
with st.container(horizontal=True, gap="medium"):
    look = forecast_panels.levels()
scores = reads.of(stored.scores, view.scope.over(None, None), look.measure, look.level, look.grain)
rows = accuracy.models(scores)
if rows.empty:
    states.nothing_in_scope()
    st.stop()
what = f"{WORDS[look.measure].lower()} by {look.level}, a {look.grain} a step"
charts.heading(
    accuracy.in_words(scores),
    f"Missed by (WAPE), {what}, out of sample: each past {look.grain} was forecast from what was known before it. Filled: ours, cross: "
    "guessing last year's, rings: single models",
)
forecast_charts.errors(rows, "Missed by (WAPE)")
for sentence in [*forecast_panels.lost(rows), accuracy.people(scores)]:
    st.write(sentence)
steps = accuracy.by_step(scores)
if len(steps) > 1:
    charts.heading(
        accuracy.by_step_in_words(steps, look.grain),
        f"Missed by (WAPE), {what}, by how many {look.grain}s ahead it was said; dashed: guessing last year's",
    )
    forecast_charts.by_step(steps, "Missed by (WAPE)")
st.subheader("Every model")
tables.show(rows, forecast_tables.MODELS, "Accuracy of models")
if len(steps):
    with st.expander("By steps ahead, as a table"):
        tables.show(steps, forecast_tables.STEPS, "Accuracy by steps ahead")
st.caption(forecast_panels.METHOD)
