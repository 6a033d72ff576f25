"""What the browser itself has to do: back and forward through the choices, and a chart saved as a drawing."""

from pathlib import Path

import streamlit as st

SCRIPTS = Path(__file__).with_name("scripts")


def scripts() -> None:
    """Hand the scripts over; the browser keeps them until the page is loaded again."""
    code = "\n".join(file.read_text(encoding="utf-8") for file in sorted(SCRIPTS.glob("*.js")))
    st.html(f"<script>{code}</script>", width="content", unsafe_allow_javascript=True)
