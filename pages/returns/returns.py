"""Returns: what share of the orders comes back, how that develops, and what else was taken back."""

import streamlit as st

from analytics.returns import rates
from pages.ui import filters, panels, reads, return_orders, return_panels, states

view = filters.view(
    "Returns", ["days", "compare", "clock", "channel", "country", "category", *filters.MONEY], states.RETURNS
)

now = panels.one(reads.of(rates.summary, view.scope))
kinds = reads.of(rates.by_kind, view.scope)
if now is None:
    states.nothing_in_scope()
    st.stop()
if not now["value_returned"] and not now["value_returned_in_period"]:
    return_panels.nothing_came_back(kinds)
    if kinds.empty:
        return_orders.alone(view)
        st.stop()
before = panels.one(reads.of(rates.summary, view.before)) if view.before else None
return_panels.overview(view, now, before)
return_orders.known(view)

left, right = st.columns([3, 2], gap="large")
with left:
    return_panels.over_time(view)
with right:
    if kinds.empty:
        st.caption(f"Nothing was taken back in these days on the {view.clock}.")
    else:
        return_panels.by_kind(view, kinds)

if not kinds.empty:
    st.subheader("Reversals by kind")
    return_panels.kinds_table(view, kinds)
    return_orders.behind(view, kinds, bool(now["value_returned"]))
return_orders.alone(view)
st.page_link("pages/returns/returned_products.py", label="Which products come back", icon=":material/sell:")
st.page_link("pages/returns/costs.py", label="What returns cost", icon=":material/request_quote:")
st.page_link(
    "pages/returns/breakdown.py", label="Returns by channel, country, supplier …", icon=":material/account_tree:"
)
