"""Categories and brands: what sells, over time and beside other days, and what is left of it where costs are known."""

import streamlit as st

from analytics import slices as analysed
from pages.ui import choices, margins, reads, slices

view = slices.view("Categories", ("net_sales", "gross_profit", "gross_margin", "units", "discounts", "reversals"))

by = choices.switch("by", "Broken down by", {"category": "category", "vendor": "brand"}, "category")
rows = reads.of(analysed.compared, view.scope, view.before, by)
slices.charts_of(view, by, rows)

st.subheader(f"By {slices.WORDS[by]}")
margins.told(rows)
slices.table(view, by, rows)
