"""Publish: this computer's shop copied to the database that others look at."""

import streamlit as st

from pages.ui import freshness, publish_panels

st.title("Publish")
freshness.line()
publish_panels.last()
publish_panels.form()
publish_panels.backups()
