"""What stands around the chart of a forecast: events, where to go from here, and the parts that Prophet sees in it."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import streamlit as st

from analytics.forecasts import effects, parts
from analytics.forecasts.course import Look
from analytics.scope import Scope
from pages.ui import charts, forecast_charts, over_time, reads
from pages.ui.filters import View

REPLENISHMENT, PRODUCTS, SCENARIOS = (
    "pages/stock/replenishment.py",
    "pages/sales/products.py",
    "pages/forecasts/scenarios.py",
)


def marked(scope: Scope, rows: pd.DataFrame, category: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The events of the days of a chart, of one category where there is one, and where they stand on it."""
    scope = replace(scope, categories=(category,)) if category else scope
    days = list(rows["day"])
    length = days[1] - days[0] if len(days) > 1 else timedelta(days=1)
    return over_time.marks(scope.over(days[0], days[-1] + length), days)


def links(view: View, look: Look) -> None:
    """Where a series goes on: replenishment and sales of a product, and what if."""
    words = {"store": view.shop.name}
    with st.container(horizontal=True, gap="medium"):
        if look.level == "product":
            asked = words | {"product": look.key}
            whole = words | {"product": reads.of(effects.parent, view.scope.over(None, None), look.key)}
            st.page_link(
                REPLENISHMENT, label="What to order of it", icon=":material/add_shopping_cart:", query_params=asked
            )
            st.page_link(PRODUCTS, label="Its sales", icon=":material/sell:", query_params=whole)
        if look.level != "channel":
            asked = words | {"level": look.level} | _named(look)
            st.page_link(SCENARIOS, label="What if", icon=":material/tune:", query_params=asked)


def _named(look: Look) -> dict[str, str]:
    return {} if look.level == "store" else {f"{look.level}_of" if look.level != "product" else "product": look.key}


def components(view: View, scope: Scope, look: Look) -> None:
    """The parts of a forecast of the store, a channel or a category, each as a small chart; nothing where there are none."""
    found = reads.of(parts.of, scope, look)
    if found.empty:
        return
    st.subheader("What Prophet sees in it")
    st.caption(
        "Prophet is one of the models that ours may be made of. It takes sales apart into a trend, the time of the year, weekdays, "
        "holidays, your events and prices, which add up to what it alone says."
    )
    told = list(dict.fromkeys(found["part"]))
    for at in range(0, len(told), 2):
        columns = st.columns(2, gap="large")
        for column, part in zip(columns, told[at : at + 2], strict=False):
            with column:
                charts.heading(parts.in_words(found, part, look, view.currency), _subtitle(look, part, view.currency))
                forecast_charts.component(parts.summed(found, part), parts.PARTS[part])


def _subtitle(look: Look, part: str, currency: str) -> str:
    unit = currency if look.measure == "net_sales" else "pieces"
    return f"{parts.PARTS[part]}, {unit} a {look.grain}"


explain = over_time.explain
