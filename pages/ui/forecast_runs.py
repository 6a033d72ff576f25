"""How far the forecasts of a store are: of data up to which day, at work, failed, stale, or none yet."""

import streamlit as st

from pages.ui.filters import View


def head(view: View) -> int:
    if view.scope.only_store is None and len(view.shop.names) != 1:
        st.info("Each store is forecast by itself. Choose one above.", title="Which store?")
        st.stop()
    return 1
