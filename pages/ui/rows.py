"""The first rows of a file as they would load, cells that cannot be used marked, and what is wrong with them."""

import streamlit as st

from analytics import wording
from analytics.ingest.preview import Preview
from pages.ui import tables

MARK = "✕ "


def show(found: Preview) -> None:
    """The rows of a preview; a cell that cannot be used has a cross in front of it."""
    marked = found.sample.copy()
    for row, header in found.bad:
        marked.at[row, header] = f"{MARK}{marked.at[row, header] or 'missing'}"
    config = {header: st.column_config.TextColumn(alignment=_side(found, header)) for header in marked.columns}
    st.dataframe(marked, hide_index=True, column_config=config, placeholder="–", alt=f"First rows of {found.file}")
    if found.bad:
        st.caption(f"{MARK.strip()} marks a cell that cannot be used: its row is set aside, and the rest loads.")


def _side(found: Preview, header: str) -> "str":
    return "right" if header in found.numbers else "left"


def problems(found: Preview) -> None:
    """The first cells at fault, with line and reason; nothing if there are none."""
    if found.problems.empty:
        return
    shown = found.problems
    title = f"{wording.count(found.rejected, 'row')} would be set aside"
    with st.expander(title, icon=":material/rule:"):
        config = {name: tables.REJECTS[name].label for name in shown.columns}
        st.dataframe(shown, hide_index=True, column_config=config, placeholder="–", alt=f"{title} of {found.file}")
        if found.rejected > len(shown):
            st.caption(f"The first {len(shown)} cells at fault; all can be downloaded after the import.")
