"""What only some may use, drawn for them: buttons that change something, tables to edit, the way to the import."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import actor
from pages.ui import states

READ_ONLY = "Shown as it stands: to change it takes the role of an analyst."


def may(action: str = "edit") -> bool:
    """Whether whoever acts may do an action of actor.ACTIONS."""
    return actor.current().may(action)


def button(label: str, action: str = "edit", **how: Any) -> bool:
    """A button for those who may do an action; the others see none."""
    return may(action) and st.button(label, **how)


def table(frame: pd.DataFrame, **how: Any) -> pd.DataFrame:
    """A table to edit for those who may; the others see it as it stands. Gives its rows."""
    if may():
        return st.data_editor(frame, **how)
    made = st.data_editor(frame, **how | {"disabled": True, "num_rows": "fixed"})
    st.caption(READ_ONLY)
    return made


def import_link(label: str = "Import files") -> None:
    """The way to the import, for those who may."""
    if may("import"):
        st.page_link(states.IMPORT_PAGE, label=label, icon=":material/upload_file:")
