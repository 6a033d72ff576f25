"""The page of scenarios: its sliders, kept in the address, and what they do as a table."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from analytics import wording
from analytics.forecasts import effects
from analytics.forecasts.course import Look
from analytics.forecasts.scenario import Plan
from analytics.metrics import METRICS
from pages.ui import forecast_panels, own, reads, tables
from pages.ui.filters import View

AS_IS = "as forecast"
GROWTH = tuple(f"{each:+d} %".replace("-", "−").replace("+0 %", AS_IS) for each in range(-50, 105, 5))
PRICES = tuple(f"{each:+d} %".replace("-", "−").replace("+0 %", "today's price") for each in range(-30, 31, 1))
NO_PROMOTION = "none"
STOCK = (
    "Stock that is enough is of the whole horizon, without what is on hand: Stock › Replenishment orders by lead time and what is "
    "there."
)
PARTS = {
    "{}": "as forecast",
    "changed_{}": "as planned",
    "changed_{}_low": "planned at least",
    "changed_{}_high": "planned at most",
}
NAMES = {"units": "forecast_units", "net_sales": "forecast_net_sales", "stock_needed": "stock_needed"}


def look(view: View) -> Look:
    """Of what a plan is: the store, a category or a product, in units by week."""
    level = own.few("level", "Of", effects.LEVELS)
    return Look("units", level, "week")


def plan(view: View, chosen: Look, key: str) -> Plan:
    """What the sliders and the address ask for."""
    base = Plan(chosen.level, key)
    growth, price, promotion = st.columns(3, gap="large")
    with growth:
        more = _percent(own.step("growth", "Growth", GROWTH, AS_IS))
        weeks = int(own.few("weeks", "Weeks ahead", ["13", "4", "8", "26"]))
    with price:
        other = _percent(own.step("price", "Price", PRICES, "today's price"))
    with promotion:
        known = reads.of(effects.known_promotions, view.scope.over(None, None), chosen.level, key)
        titles = list(dict.fromkeys(known["promotion"])) if len(known) else []
        options = {NO_PROMOTION: NO_PROMOTION} | {title: title for title in titles}
        name = own.one("promotion", "A promotion like", options)
        first = 1
        if name != NO_PROMOTION:
            first = int(own.step("begins", "It begins in week", [str(each) for each in range(1, weeks + 1)], "1"))
        elif not titles:
            st.caption("No promotion of the past can be told of these goods: see Prices › Promotions.")
    asked = "" if name == NO_PROMOTION else name
    return replace(base, weeks=weeks, growth=more, price=other, promotion=asked, first_week=first)


def _percent(words: str) -> Decimal:
    if not words.endswith("%"):
        return Decimal(0)
    return Decimal(words.removesuffix(" %").replace("−", "-").removeprefix("+")) / 100


def said(asked: Plan) -> str:
    """What is asked, in words."""
    parts = []
    if asked.growth:
        parts.append(f"growth {wording.change(asked.growth)}")
    if asked.price:
        parts.append(f"price {wording.change(asked.price)}")
    if asked.promotion:
        parts.append(f"a promotion like {asked.promotion} from week {asked.first_week} on")
    return wording.listed(parts) or "nothing is changed"


def drawn(rows: pd.DataFrame, currency: str) -> list[tuple[str, str]]:
    """The measures that are forecast, with the labels of their charts."""
    known = list(rows["number"])
    return [
        (measure, forecast_panels.unit(Look(measure), currency))
        for measure in ("units", "net_sales")
        if measure in known
    ]


def shown(rows: pd.DataFrame, currency: str) -> pd.DataFrame:
    """The sums as the table has them: figures in words, because units and money stand in one column."""
    found = []
    for row in rows.to_dict("records"):
        about = METRICS[NAMES[row["number"]]]
        ends = [_figure(about.unit, row[name], currency) for name in ("changed_low", "changed_high")]
        figures = {name: _figure(about.unit, row[name], currency) for name in ("now", "changed", "difference")}
        between = wording.BLANK if row["changed_low"] is None else f"{ends[0]} to {ends[1]}"
        found.append(
            {"label": about.label, "formula": about.formula, "between": between, "change": row["change"], **figures}
        )
    return pd.DataFrame(found, dtype=object)


def _figure(unit: str, value: Any, currency: str) -> str:
    if value is None:
        return wording.BLANK
    return f"{value:,.2f} {currency}" if unit == "money" else f"{value:,.0f}"


def weeks(currency: str) -> dict[str, tables.Column]:
    """The table of the weeks: of each measure as forecast and as planned."""
    columns = {"day": tables.day("Week of")}
    for measure, kind in (("units", "rate"), ("net_sales", "money")):
        label = forecast_panels.unit(Look(measure), currency)
        for name, words in PARTS.items():
            columns[name.format(measure)] = tables.Column(f"{label}, {words}", kind)
    return columns
