"""Excess: what nobody buys, what lasts for too long, how old stock is, and styles that miss sizes."""

import streamlit as st

from analytics.stock import ageing, excess, level_results, size_runs, turnover
from pages.ui import cards, charts, choices, filters, level_panels, level_tables, panels, reads, states, tables

view = filters.view("Excess", ["category", "currency"], states.STOCK)
scope = view.scope.over(None, None)
look = level_panels.look(scope)
with st.skeleton(height=420):
    now = panels.one(reads.of(level_results.summary_of, scope, look))
if now is None:
    states.empty(states.STOCK)
    st.stop()
panels.aged("Inventory", now["as_of"], view)

names = ("dead_value", "overstock_value", "tied_up_share", "young_value")
cards.row(
    [cards.Card(name, now[name]) for name in names]
    + [level_panels.turned(now, "gmroi"), level_panels.turned(now, "stock_turn")],
    view.currency,
)
level_panels.limits(view, now)

ways = ("dead stock", "overstock", "age", "size runs", "sell-through")
show = choices.switch("show", "View", {each: each for each in ways}, ways[0])
if show == "dead stock":
    level_panels.tied_up(reads.of(excess.dead_stock, scope, look), "dead stock", view, "Dead stock")
elif show == "overstock":
    level_panels.tied_up(reads.of(excess.overstock, scope, look), "overstock", view, "Overstock")
elif show == "age":
    level_panels.ages(view, reads.of(ageing.by_age, scope), reads.of(ageing.of, scope, look))
elif show == "size runs":
    level_panels.runs(view, reads.of(size_runs.broken, scope, look))
elif show == "sell-through":
    charts.heading("What sells through", level_panels.sold_through(now))
    tables.show(reads.of(turnover.of, scope, look), level_tables.turns(view.currency), "Sell-through")
