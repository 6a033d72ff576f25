"""The way from a product elsewhere to its forecast."""

import streamlit as st

from pages.ui.filters import View

FORECAST = "pages/forecasts/forecast.py"


def of_product(view: View, key: str) -> None:
    """To the forecast of one product, by its key."""
    _link(view, "Its forecast", {"product": key})


def of_variants(view: View, title: str) -> None:
    """To the forecasts of all products whose title holds another's: its variants."""
    _link(view, "Forecasts of its variants", {"find": title})


def _link(view: View, label: str, asked: dict[str, str]) -> None:
    if len(view.shop.names) == 1:  # forecasts are those of one store
        words = {"store": view.shop.name, "level": "product", "measure": "Units"} | asked
        st.page_link(FORECAST, label=label, icon=":material/query_stats:", query_params=words)
