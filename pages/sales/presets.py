"""As others count: what another report says of the same days, and every step from our figure to its."""

import streamlit as st

from analytics import presets, wording
from pages.ui import charts, choices, filters, others, reads, states, tables

view = filters.view("As others count", ["days", "clock", "channel", "country", "currency"])

preset = choices.one_of("preset", "Agree with", {name: each.label for name, each in presets.PRESETS.items()})
if preset is None:
    st.stop()
st.caption(presets.PRESETS[preset].words)
by = others.by_date(preset)
found = reads.of(presets.figures, view.scope, preset, by)
if found.empty:
    others.nothing(preset)
    st.stop()
walks = reads.of(presets.steps, view.scope, preset, by)

figure = choices.one_of("figure", "Figure", others.figures(found))
if figure is not None:
    steps = walks[walks["figure"] == figure]
    row = found.set_index("figure").loc[figure]
    unit = f", {view.currency}" if row["unit"] == "money" else ""
    charts.heading(
        others.finding(row, presets.PRESETS[preset].label, view.currency),
        f"{row['label']} = {row['definition']} {wording.days(view.scope.start, view.scope.stop)}{unit}.",
    )
    charts.waterfall(steps, f"{row['label']}{unit}")
    tables.show(steps, others.steps(row["unit"], view.currency), f"Steps to {row['label']}")

st.subheader(f"{presets.PRESETS[preset].label}'s figures")
tables.show(found, others.FIGURES, f"Figures as {presets.PRESETS[preset].label} counts")
states.partial("Figures without ours beside them are quotients, or have no counterpart here.")
others.cancelled_orders(view)
