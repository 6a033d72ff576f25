"""Costs of orders: of how many orders it is known what selling and sending them cost, and the rules that say it elsewhere."""

import streamlit as st

from analytics.profit import cost_coverage, cost_rules
from pages.ui import editors, filters, profit_panels, reads, rule_editor, states

view = filters.view("Costs of orders", ["days", "channel", "country", "currency"], states.COSTS)

found = reads.of(cost_coverage.of, view.scope)
if found.empty:
    states.nothing_in_scope()
else:
    profit_panels.coverage(view, found)

st.subheader("Rules")
st.caption(
    "A rule says what an order costs where no file has a line of it; a line always beats a rule, and what rules say is marked "
    "“estimated”. Of several rules of one cost the one with most conditions holds, then the one since the later day. Amounts are "
    "without tax; a rule counts for orders in its own currency. Add rows at the bottom; select rows to delete them."
)
if view.scope.only_store is None:
    st.info("Each store has its own rules. Choose one above.", title="Which store?")
    st.stop()
with states.in_words():
    rule_editor.show(view, view.scope.only_store)
editors.told()
profit_panels.rules(view, reads.of(cost_rules.used, view.scope))
