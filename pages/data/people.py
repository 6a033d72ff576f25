"""People: who may come in from elsewhere, with which role, and which stores they see."""

import streamlit as st

st.title("People")
