"""How far the data reach: the quiet line on a page that has no filters to say it beside."""

import streamlit as st

from analytics import imports
from pages.ui import reads


def line(store: int | None = None) -> None:
    """One line on each kind of data, of a store or of all; nothing before there are data."""
    if said := imports.in_words(reads.of_store(imports.freshness, store)):
        st.caption(f"{said[0].upper()}{said[1:]}")
