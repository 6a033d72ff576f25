"""What the pages of stock consist of: the window of velocity, the cards, where the money lies, what is too much, the counts."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analytics import ranking, wording
from analytics.scope import Scope
from analytics.stock import ageing, brackets, groups, inventory, settings, snapshots, velocity
from analytics.stock.inventory import StockLook
from pages.ui import cards, charts, level_tables, own, product_charts, reads, states, tables
from pages.ui.filters import View

BY = ("category", "location", "supplier", "brand", "class")
HELD = {"brand": "vendor"}
NO_COUNT = "No end of a month was counted yet. Each stock export that you import at one is kept."
NO_YEAR = "Orders have to reach back 12 whole months."
NO_START = "Nothing was counted in the week before the period."


def look(scope: Scope, has_rows: bool = False) -> StockLook:
    """The page's own choices: over which days velocity is told, and whether a row is a product or a location of it."""
    windows: Mapping[str, str] = reads.of(velocity.windows, scope)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        window = own.one(
            "window", "Velocity over", windows, width=260, help="Which pace of sales today's stock is held against."
        )
        rows = own.few("rows", "A row of the table is a", inventory.ROWS) if has_rows else inventory.ROWS[0]
    return StockLook(window, rows)


def window_in_words(scope: Scope, chosen: StockLook) -> str:
    """The window that was chosen: “last 90 days”."""
    return str(reads.of(velocity.windows, scope)[chosen.window])


def turned(now: "pd.Series[Any]", name: str) -> cards.Card:
    """The card of stock turn or GMROI, with what is missing where it is not known."""
    note = NO_YEAR if not now["is_whole_year"] else NO_COUNT if not now["month_ends"] else ""
    if now["month_ends"] and now["is_whole_year"] and now["month_ends"] < 12:
        note = f"over {wording.count(int(now['month_ends']), 'month end')} of 12"
    return cards.Card(name, now[name], note=note)


def money(view: View, scope: Scope, chosen: StockLook) -> None:
    """Where the money lies: value at cost by what is chosen, and the same as a table."""
    by = own.few("by", "Value by", BY)
    if by == "class":
        _classes(view, reads.of(groups.by_class, scope, chosen))
        return
    rows = reads.of(groups.by, scope, HELD.get(by, by), chosen)
    charts.heading(_leader(rows, by), f"Value at cost, {view.currency}, by {by}, {wording.day(max(rows['as_of']))}")
    known = rows[rows["value_at_cost"].notna()].assign(title=None).rename(columns={"name": "value"})
    charts.bars(ranking.top(known, "value_at_cost"), "name", "value_at_cost", f"Stock at cost, {view.currency}")
    with st.expander(f"By {by}, as a table"):
        tables.show(rows, level_tables.groups(by, view.currency), f"Stock by {by}")


def _leader(rows: pd.DataFrame, by: str) -> str:
    first = rows.iloc[0]
    if first["share_of_stock"] is None:
        return "What stock is worth is not known: no product has a cost"
    if first["name"] == groups.UNKNOWN and len(rows) == 1:
        return f"No product has a {by} that is known"
    return f"{first['name']}: {wording.percent(first['share_of_stock'])} of the money in stock"


def _classes(view: View, rows: pd.DataFrame) -> None:
    charts.heading(
        "What sells most (A) and most evenly (X) stands top left",
        f"Value at cost, {view.currency}; A, B, C by net sales of 52 weeks, X, Y, Z by how much weekly units vary",
    )
    told = rows.rename(columns={"xyz": "across", "abc": "down", "value_at_cost": "value"})
    label = f"Stock at cost, {view.currency}"
    product_charts.fields(told, label, ("XYZ", "ABC"), ("X", "Y", "Z", groups.UNKNOWN))
    with st.expander("By class, as a table"):
        found = groups.matrix(rows, "value_at_cost")
        tables.show(found, level_tables.matrix(list(found.columns[1:]), view.currency), "Value by class")
        tables.show(rows, level_tables.groups("class", view.currency), "Stock by class")


def cover(levels: pd.DataFrame) -> None:
    """How many products last how long."""
    charts.heading("How long it lasts", "Products by days of cover; stock that nobody bought in the window stands last")
    charts.bars(brackets.by_cover(levels), "name", "products", "Products")


def history(view: View, scope: Scope) -> None:
    """What all stock was worth on each day that was counted."""
    rows = reads.of(snapshots.history, scope)
    label = f"Stock at cost, {view.currency}"
    if len(rows) < 2:
        charts.heading("One count so far", "Value over time needs two: every stock export that is imported is kept")
        st.write(
            "Import an export of stock now and then, at the end of each month for one: each is a day of the history."
        )
        return
    said = f"{wording.count(len(rows), 'day')} of counts; hollow: only some locations were counted that day"
    charts.heading(_moved(rows), f"{label}. {said if rows['is_partial'].any() else said.split(';')[0]}")
    charts.trend(rows, "value_at_cost", label)
    with st.expander("Every count, as a table"):
        tables.show(rows.iloc[::-1], level_tables.history(view.currency), "Counts of stock")


def _moved(rows: pd.DataFrame) -> str:
    first, last = rows["value_at_cost"].iloc[0], rows["value_at_cost"].iloc[-1]
    if first is None or last is None or first == last:
        return "The money in stock, count by count"
    return f"There is {'more' if last > first else 'less'} money in stock than on {wording.day(rows['day'].iloc[0])}"


def tied_up(rows: pd.DataFrame, what: str, view: View, key: str) -> None:
    """A list of dead stock or overstock: the ten that hold most money, and all of them."""
    if rows.empty:
        st.write(f"There is no {what}.")
        return
    known = rows[rows["tied_up"].notna()].assign(value=rows["sku"])
    first = rows.iloc[0]
    label = tables.metric("tied_up", view.currency).label
    finding = f"{wording.count(len(rows), 'product')} of {what}"
    if len(known):
        finding += f", {first['title']} before all with {wording.money(first['tied_up'], view.currency)}"
    charts.heading(finding, f"{label}, at cost; the list adds up to the card")
    charts.bars(ranking.top(known, "tied_up"), "name", "tied_up", label)
    tables.show(rows, level_tables.excess(view.currency), key)
    if len(known) < len(rows):
        states.partial(
            f"{wording.count(len(rows) - len(known), 'product has', 'products have')} no cost: the money is not known."
        )


def limits(view: View, now: "pd.Series[Any]") -> None:
    """By which limits stock is called dead or too much, and what cannot be told yet."""
    held = reads.of(settings.of_scope, view.scope)
    said = (
        f"Dead: no sale in {held.dead_days:,.0f} days. Overstock: beyond {held.overstock_days:,.0f} days of cover. "
        f"Stock younger than {held.young_days:,.0f} days is exempt. The limits are the store's own: Data › Settings."
    )
    if now["order_days"] < held.dead_days:
        said = f"Only {wording.count(int(now['order_days']), 'day')} of orders are known: nothing can be called dead yet. {said}"
    if now["uncosted_products"]:
        verb = "is" if now["uncosted_products"] == 1 else "are"
        said += f" {wording.count(int(now['uncosted_products']), 'product')} without a cost {verb} in the lists and not in the money."
    states.partial(said)


def ages(view: View, found: pd.DataFrame, rows: pd.DataFrame) -> None:
    """Value at cost by how long it has lain there, and how long each product has."""
    whole = found[found["products"] > 0]
    unknown = whole[whole["bracket"] == ageing.UNKNOWN]
    share = unknown["share_of_stock"].iloc[0] if len(unknown) else None
    charts.heading(
        "How old the money in stock is"
        if share is None
        else f"The age of {wording.percent(share)} of the money is not known",
        "Value at cost; age since the last receipt, else since a count last showed more of it",
    )
    charts.bars(whole.rename(columns={"bracket": "name"}), "name", "value_at_cost", f"Stock at cost, {view.currency}")
    tables.show(found, level_tables.brackets(view.currency), "Stock by age")
    tables.show(rows, level_tables.ages(view.currency), "Age by product")


def runs(view: View, rows: pd.DataFrame) -> None:
    """The styles that miss sizes which sell, by what they miss a day."""
    if rows.empty:
        st.write("Every style that has a size in stock has all the sizes that sell.")
        return
    first = rows.iloc[0]
    charts.heading(
        f"{wording.count(len(rows), 'style misses', 'styles miss')} sizes that sell, {first['title']} before all",
        f"Units that the missing sizes sell in 30 days; {first['title']} {first['colour']} has no {first['missing']}",
    )
    named = rows.assign(value=rows["colour"])
    charts.bars(ranking.top(named, "missed_units"), "name", "missed_units", "Missed in 30 days")
    tables.show(rows, level_tables.runs(view.currency), "Broken size runs")


def sold_through(now: "pd.Series[Any]") -> str:
    """The days of sell-through and what all products together sold through."""
    of_start = (
        ""
        if now["sell_through_of_start"] is None
        else f", {wording.percent(now['sell_through_of_start'])} of starting stock"
    )
    missing = f". {NO_START}" if now["sell_through_of_start"] is None else ""
    return (
        f"{wording.days(now['start'], now['stop'])}: {wording.percent(now['sell_through'])} of all{of_start}{missing}"
    )
