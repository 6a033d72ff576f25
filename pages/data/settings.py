"""Settings of a store: its time zone, week, fiscal year and holidays, the limits of its stock and who sells from where."""

import streamlit as st

from analytics import festivals, settings
from analytics.settings import MONTHS, WEEKDAYS, Settings
from pages.ui import channel_locations, editors, filters, reads, return_settings, states, stock_limits, time_zone

view = filters.view("Settings", [], states.ORDERS)
if view.scope.only_store is None:
    st.info("Each store has its own settings. Choose one above.", title="Which store?")
    st.stop()
store = view.scope.only_store
now = reads.of_store(settings.of, store)

with st.form(f"settings_{store}", width=520):
    week = st.selectbox("A week starts on", WEEKDAYS, index=now.week_start - 1)
    month = st.selectbox("The fiscal year starts in", MONTHS, index=now.fiscal_year_start - 1)
    st.caption("Quarters and years on Sales are those of the fiscal year; from January they are the calendar's.")
    countries = st.multiselect("Holidays of", festivals.countries(), default=list(now.countries), placeholder="None")
    st.caption("Public holidays of these countries are marked on charts over time.")
    is_saved = st.form_submit_button("Save", type="primary")

if is_saved:
    wanted = Settings(WEEKDAYS.index(str(week)) + 1, MONTHS.index(str(month)) + 1, tuple(countries))
    editors.keep(lambda: settings.save(store, wanted), "The settings are kept.")
time_zone.form(store, view.shop.time_zone)
stock_limits.form(store)
return_settings.form(store, view.shop.currency or "the store's currency")
channel_locations.form(store)
editors.told()
