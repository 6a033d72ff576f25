"""Audit: who did what and when."""

import streamlit as st

st.title("Audit")
