"""How far the forecasts of a store are: of data up to which day, at work, failed, stale, or none yet."""

import re
from datetime import date
from typing import Any

import streamlit as st

from analytics import stores, wording
from analytics.forecasts import job
from analytics.scope import Stores
from pages.ui import access, gate, reads, states
from pages.ui.filters import View

EVERY = 2.0


def begin(store: Stores = ()) -> None:
    """Begin a run in the background where forecasts are not of their store's data, of one store after the other."""
    job.ensure_one([int(number) for number in stores.among(store)["store_id"]])


def head(view: View) -> int:
    """The number of the one store that is looked at, under a line that says of what its forecasts are; begins a run where they
    are not of its data. Stops the page for several stores, and where nothing is forecast yet."""
    if len(view.shop.names) != 1:
        st.info("Each store is forecast by itself. Choose one above.", title="Which store?")
        st.stop()
    store = view.scope.only_store or int(stores.among(view.scope.stores)["store_id"].iloc[0])
    if view.shop.first_day is None:
        states.empty(states.ORDERS)
        st.stop()
    job.ensure(store)
    now = job.state(store)
    if now["status"] == "working":
        _working(store)
    else:
        _stands(store, now)
    if now["as_of"] is None:
        st.stop()
    return store


def _stands(store: int, now: dict[str, Any]) -> None:
    """What is to be said of forecasts that nobody is making: that they failed, are of other data, or of which day."""
    if now["status"] == "failed":
        st.warning(_failed(now), title="The forecasts could not be made anew")
    elif now["as_of"] is None:
        st.info(
            "Nothing is forecast yet. It takes some seconds for a small shop, some minutes for ten thousand products, and goes on if "
            "you leave this page.",
            title="No forecast yet",
        )
    elif not now["is_current"]:
        st.info(
            f"{_made(now['as_of'])}, but the data have changed since. They stay as they are until they are made anew."
        )
    else:
        st.caption(f"{_made(now['as_of'])}.")
        return
    if access.button("Forecast now", type="primary", icon=":material/play_arrow:", key="forecast_now"):
        _make(store)


def _failed(now: dict[str, Any]) -> str:
    why = states.plain(str(now["words"]))
    still = f" Those below are of {wording.day(now['as_of'])}." if now["as_of"] else ""
    return (
        f"The last run did not come to an end: {why}.{still} Try again; if it comes back, look at "
        "Data › History for a file that is wrong."
    )


def _made(as_of: date) -> str:
    return f"Forecasts of orders up to {wording.day(as_of)}"


def _make(store: int) -> None:
    """A run in the background, or right here where nothing may run there."""
    if not job.ensure(store):
        bar = st.progress(0.0, text="starting")
        with states.in_words():
            job.run(store, say_progress=lambda share, words: bar.progress(min(max(share, 0.0), 1.0), text=words))
    reads.forget()
    st.rerun()


@gate.fragment(run_every=EVERY)
def _working(store: int) -> None:
    """How far the run at work is; draws the page anew when it is done."""
    now = job.state(store)
    if now["status"] != "working":
        reads.forget()
        st.rerun()
    still = f" Until then: {_made(now['as_of'])[0].lower()}{_made(now['as_of'])[1:]}." if now["as_of"] else ""
    share = min(max(float(now["share"] or 0.0), 0.0), 1.0)
    # which models it is trying is nobody's business here
    words = re.sub(r": \d\.\d\d .*", "", str(now["words"]))
    st.progress(share, text=f"Forecasts are being made: {states.plain(words)}.{still}")
