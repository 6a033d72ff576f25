"""Countries: where orders go, over time and beside other days, and the regions of one of them."""

import streamlit as st

from analytics import slices as analysed
from pages.ui import places, reads, slices

view = slices.view("Countries")

rows = reads.of(analysed.compared, view.scope, view.before, "country")
slices.charts_of(view, "country", rows)

st.subheader("By country")
st.caption("A click on a row shows the regions of the country.")
slices.table(view, "country", rows, places.click(rows))

st.subheader("Regions of a country")
chosen = places.choose(rows)
if chosen is not None:
    regions = reads.of(analysed.compared, view.scope, view.before, "region", chosen)
    places.show(view, chosen, regions)
