"""What the views of slices share: cards, the bars beside the compared days, the lines of the five biggest, the table."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analytics import grains, periods, ranking, sales, slices, stores, wording
from analytics.trend import Drawn
from pages.ui import cards, charts, choices, filters, over_time, panels, reads, slice_charts, states, tables
from pages.ui.filters import View

FILTERS = ("days", "compare", "clock", "channel", "country", "category", *filters.MONEY)
CARDS = ("net_sales", "orders", "average_order_value", "units", "discounts", "reversals")
ALL = "the five biggest"
WORDS = {"channel": "channel", "country": "country", "category": "category", "vendor": "brand", "region": "region"}


def view(title: str, names: Sequence[str] = CARDS, narrowed_by: Sequence[str] = FILTERS) -> View:
    """The head of a view of slices, and the cards of the whole; stops where there is nothing to show."""
    made = filters.view(title, narrowed_by)
    now = panels.one(reads.of(sales.summary, made.scope))
    if now is None:
        states.nothing_in_scope()
        st.stop()
    before = panels.one(reads.of(sales.summary, made.before)) if made.before else None
    cards.row([panels.card(name, now, before, made) for name in names], made.currency)
    return made


def charts_of(view: View, dimension: str, rows: pd.DataFrame) -> None:
    """The bars of the biggest slices beside the compared days, and the trend of the five biggest or of one of them."""
    left, right = st.columns(2, gap="large")
    with left:
        bars(view, dimension, rows)
    with right:
        trend(view, dimension, rows)


def bars(view: View, dimension: str, rows: pd.DataFrame) -> None:
    """Net sales of the ten biggest, a grey tick where the compared days were; the title says who brought most."""
    parts = rows[~rows["is_total"].astype(bool)]
    against = f", grey: {view.comparison}" if view.before else ""
    charts.heading(
        panels.leader(parts, WORDS[dimension]),
        f"Net sales, {view.currency}, {wording.days(view.scope.start, view.scope.stop)}{against}",
    )
    slice_charts.beside(_top(parts), "net_sales", f"Net sales, {view.currency}")


def _top(parts: pd.DataFrame) -> pd.DataFrame:
    """The ten biggest and the rest as one row, with what they were before."""
    named = parts.assign(title=parts["name"])
    shown = ranking.top(named, "net_sales")
    if parts["before"].isna().all():
        return shown
    shown = shown.assign(before=ranking.top(named, "before")["before"])
    pairs = zip(shown["net_sales"], shown["before"], strict=True)
    return shown.assign(change=pd.Series([periods.change(now, then) for now, then in pairs], dtype=object))


def trend(view: View, dimension: str, rows: pd.DataFrame) -> None:
    """Net sales over time of the five biggest, or of the one chosen beside the compared days."""
    parts = rows[~rows["is_total"].astype(bool)]
    leading = slices.leading(rows)
    names = {value or "": name for value, name in zip(parts["value"], parts["name"], strict=True)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        offered = {ALL: ALL.capitalize()} | {value or filters.UNKNOWN: name for value, name in names.items()}
        chosen = choices.one_of("line", "Trend of", offered, 240)
        grain = choices.switch("grain", "Each point is a", {each: each for each in grains.GRAINS}, "week")
    if chosen is None:
        return
    if chosen != ALL:
        _one(view, dimension, "" if chosen == filters.UNKNOWN and chosen not in names else chosen, grain)
        return
    found = reads.of(slices.over_time, view.scope, dimension, grain, leading)
    charts.heading(
        f"Net sales of {ALL} over time" if len(parts) > len(leading) else "Net sales over time",
        f"{view.currency}, by {grain}, refunds on the {view.clock}, {wording.days(view.scope.start, view.scope.stop)}",
    )
    by_value = slice_charts.colours(leading, _known(view, dimension, names))
    marked, placed = over_time.marks(view.scope, found["day"])
    slice_charts.lines(
        found, f"Net sales, {view.currency}", {names[value]: by_value[value] for value in leading}, placed
    )
    over_time.explain(marked)


def _one(view: View, dimension: str, value: str, grain: str) -> None:
    shop = view.shop
    drawn = Drawn("net_sales", grain, view.comparison, shop.last_day and shop.last_complete_day, shop.first_day)
    frame = reads.of(slices.one_over_time, view.scope, view.before, (dimension, value), drawn)
    if frame.empty:
        states.nothing_in_scope()
        return
    over_time.draw(view, drawn, frame)


def _known(view: View, dimension: str, names: dict[str, str]) -> list[str]:
    """All values of a dimension in one order, so that each keeps its colour whatever is filtered."""
    offered: dict[str, list[Any]] = reads.of_store(stores.choices, view.shop.stores)
    return [value or "" for value in offered[dimension]] if dimension in offered else sorted(names)


def table(view: View, dimension: str, rows: pd.DataFrame, click: tables.More | None = None) -> None:
    """Every slice with its comparison, the total first; a click on a row does what is said."""
    found = columns(view, dimension)
    if rows["before"].isna().all():
        found = {name: about for name, about in found.items() if name not in ("before", "change", "share_change")}
    name = f"Sales by {WORDS[dimension]}"
    if click is None:
        tables.show(rows, found, name)
    else:
        tables.clickable(rows, found, name, click)


def columns(view: View, dimension: str) -> dict[str, tables.Column]:
    """The columns of a table of slices: name, net sales and change first, because a phone shows three columns."""
    unit = view.currency
    code = {"value": tables.Column("Code")} if dimension in ("country", "region") else {}
    profit = {
        "gross_profit": tables.money(f"Gross profit, {unit}"),
        "gross_margin": tables.Column("Gross margin", "percent"),
        "covered_share": tables.Column("Covered share", "percent"),
    }
    average = (
        {} if dimension in ("category", "vendor") else {"average_order_value": tables.money(f"Average order, {unit}")}
    )
    return {
        "name": tables.Column(WORDS[dimension].capitalize()),
        "net_sales": tables.money(f"Net sales, {unit}"),
        "change": tables.Column("Change", "percent"),
        "before": tables.money(f"Before, {unit}"),
        "share": tables.share("Share"),
        "share_change": tables.Column("Share, points gained", "days"),
        "orders": tables.count("Orders"),
        "units": tables.count("Units"),
        **average,
        **profit,
        "gross_sales": tables.money(f"Gross sales, {unit}"),
        "discounts": tables.money(f"Discounts, {unit}"),
        "reversals": tables.money(f"Reversals, {unit}"),
        **code,
    }
