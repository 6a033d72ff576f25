"""Storeledger's entry: page settings, the gate, the database, the navigation."""

import streamlit as st

from pages.ui import address, browser, gate, navigation, reads, states

st.set_page_config(page_title="Storeledger", page_icon="pages/ui/mark.svg", layout="wide")

gate.enter()

page = navigation.menu()
browser.scripts()

with states.in_words():
    if reads.open_database() and page.url_path:
        states.reload()
    with address.kept():
        page.run()
