"""The address bar as the saved view."""

from pathlib import Path

import streamlit as st

STEPS = Path(__file__).with_name("history.js")


def steps() -> None:
    """Let the browser's back and forward go through the choices made, not only through the pages."""
    st.html(f"<script>{STEPS.read_text(encoding='utf-8')}</script>", width="content", unsafe_allow_javascript=True)
