"""The form that says in which time zone a store lives."""

from zoneinfo import available_timezones

import streamlit as st

from analytics import imports, stores, wording
from pages.ui import editors, reads, states

UNKNOWN = "Not known"


def form(store: int, now: str | None) -> None:
    """A choice of the zone; files whose days it has cut already are named, because they keep them."""
    zones = [UNKNOWN, *sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")]
    if now and now not in zones:
        zones.append(now)
    with st.form(f"time_zone_{store}", width=520):
        chosen = st.selectbox("Time zone", zones, index=zones.index(now or UNKNOWN))
        st.caption("It decides which day is yesterday, and cuts the days of files that print their times in UTC.")
        is_saved = st.form_submit_button("Save time zone", type="primary")
    cut = reads.of_store(imports.cut_by_zone, (store,))
    if cut:
        files = states.plain(wording.listed([*cut[:5], *([f"{len(cut) - 5} more"] if len(cut) > 5 else [])]))
        st.caption(
            f"{files} came with times in UTC and keep the days they were imported with: to cut them by another zone, save it, "
            "undo these imports on History and import the files again."
        )
    if is_saved:
        wanted = None if chosen == UNKNOWN else str(chosen)
        editors.keep(lambda: stores.move(store, wanted), "The time zone is kept.")
