"""Account: who you are here, what that lets you do, and signing out."""

import streamlit as st

from analytics import actor
from pages.ui import gate, login

st.title("Account")
login.account(actor.current(), gate.callback(login.sign_out))
