"""The form that says which location each channel sells from."""

import streamlit as st

from analytics import stores
from analytics.stock import channel_locations
from pages.ui import editors, reads

ANY = "any of the others"


def form(store: int) -> None:
    """A choice a channel; nothing where there is no location to choose or no channel to serve."""
    places = reads.of_store(_counted, store)
    channels = reads.of_store(_channels, store)
    if len(places) < 2 or not channels:
        return
    now = reads.of_store(_now, store)
    st.subheader("Locations")
    with st.form(f"channel_locations_{store}", width=760):
        st.markdown("**Which location serves which channel**")
        st.caption(
            "A location with channels of its own is replenished by what they sell; all others are planned as one."
        )
        chosen: dict[str, str] = {}
        with st.grid(3, min_column_width=200, gap="small"):
            for channel in channels:
                at = places.index(now[channel]) + 1 if now.get(channel) in places else 0
                chosen[channel] = str(
                    st.selectbox(channel, [ANY, *places], index=at, key=f"location_of_{store}_{channel}")
                )
        is_saved = st.form_submit_button("Save locations", type="primary")
    if is_saved:
        wanted = {channel: place for channel, place in chosen.items() if place != ANY}
        editors.keep(lambda: channel_locations.save(store, wanted), "The locations of the channels are kept.")


def _counted(chosen: tuple[int, ...]) -> list[str]:
    return channel_locations.counted(chosen[0])


def _channels(chosen: tuple[int, ...]) -> list[str]:
    return list(stores.choices(chosen)["channel"])


def _now(chosen: tuple[int, ...]) -> dict[str, str]:
    return channel_locations.of(chosen[0])
