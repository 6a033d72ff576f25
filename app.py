"""Storeledger's entry: page settings, the gate, the database, the navigation."""

import streamlit as st

from pages.ui import gate, reads, states

st.set_page_config(page_title="Storeledger", page_icon="pages/ui/mark.svg", layout="wide")

gate.enter()

page = st.navigation(
    {
        "": [
            st.Page(
                "pages/overview/overview.py",
                title="Overview",
                icon=":material/today:",
                default=True,
                help="Yesterday against other days, and what deserves attention.",
            ),
            st.Page(
                "pages/sales/sales.py",
                title="Sales",
                icon=":material/show_chart:",
                help="Sales over time and by channel, country, category and product; the bridge to what was collected.",
            ),
            st.Page(
                "pages/stock/stock.py",
                title="Stock",
                icon=":material/inventory_2:",
                help="What is in stock, what it is worth, how long it lasts, and what to reorder.",
            ),
            st.Page(
                "pages/data/import_files.py",
                title="Import",
                icon=":material/upload_file:",
                url_path="import",
                help="Drop exports in, see what they are, and load them.",
            ),
            st.Page(
                "pages/data/agreement.py",
                title="Agreement",
                icon=":material/balance:",
                help="Your numbers beside the platform's own report, day by day, down to the orders.",
            ),
            st.Page(
                "pages/data/templates.py",
                title="File formats",
                icon=":material/table_view:",
                url_path="formats",
                help="Every file that can be imported, where to export it, and templates for your own tables.",
            ),
            st.Page(
                "pages/data/history.py",
                title="History",
                icon=":material/history:",
                help="Every file that was imported, and how fresh the data are.",
            ),
        ]
    },
    position="top",
)

with states.in_words():
    if reads.open_database() and page.url_path:
        states.reload()
    page.run()
