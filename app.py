"""Storeledger's entry: page settings, the gate, the navigation."""

import streamlit as st

from pages.ui import address, browser, gate, navigation, shared, states

st.set_page_config(page_title="Storeledger", page_icon="pages/ui/mark.svg", layout="wide")

# a fault in here is told in words, and nobody comes in past a gate that has one
with states.in_words(), gate.entered(navigation.menu) as (page, is_new):
    browser.scripts()
    if is_new and page.url_path:
        states.reload()
    with shared.only(page), states.in_words(), address.kept():
        navigation.run(page)
