"""People: who may come in from elsewhere, with which role, and which stores they see."""

import streamlit as st

from analytics import members
from pages.ui import editors, freshness, people_panels

st.title("People")
freshness.line()
known = members.everyone()
people_panels.told(known)
people_panels.table(known)
st.subheader("Add or change somebody")
people_panels.editor(known)
editors.told()
people_panels.matrix()
