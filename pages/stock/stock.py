"""Stock: what is there, where the money lies, how long it lasts, and every product of it."""

import streamlit as st

from analytics import wording
from analytics.returns import back_in_stock
from analytics.stock import brackets, inventory, level_results, settings
from pages.ui import cards, charts, filters, level_panels, level_tables, panels, reads, states, tables

view = filters.view("Stock", ["category", "currency"], states.STOCK)
scope = view.scope.over(None, None)
look = level_panels.look(scope, has_rows=True)
with st.skeleton(height=420):
    now = panels.one(reads.of(level_results.summary_of, scope, look))
if now is None:
    states.empty(states.STOCK)
    st.stop()
panels.aged("Inventory", now["as_of"], view)

names = ("value_at_cost", "value_at_retail", "on_hand", "days_of_cover", "sell_through")
cards.row([*(cards.Card(name, now[name]) for name in names), level_panels.turned(now, "stock_turn")], view.currency)
states.partial(
    f"Costs are known for {wording.percent(now['covered_share'])} of the pieces; value at cost leaves the others out. "
    f"Below zero: {now['negative']:,}; not stocked: {now['not_stocked']:,} products at a location."
)

level_panels.money(view, scope, look)
levels = reads.of(inventory.table, scope, look)
left, right = st.columns(2, gap="large")
with left:
    level_panels.history(view, scope)
with right:
    level_panels.cover(levels if look.rows == "product" else reads.of(inventory.levels, scope, look.of_products))

charts.heading(
    f"{wording.count(len(levels), 'level')} in stock, the most money first",
    f"Velocity over the {level_panels.window_in_words(scope, look)}",
)
if look.rows == "product":
    levels = back_in_stock.beside(levels, reads.of(back_in_stock.by_product, scope.over(None, None)))
tables.show(levels, level_tables.levels(view.currency), "Stock levels")
st.caption(brackets.ASSUMPTION.format(days=reads.of(settings.of_scope, scope).lead_time_days))
