"""What stands around the chart of a forecast: events, where to go from here, and the parts that Prophet sees in it."""

from datetime import timedelta

import pandas as pd
import streamlit as st

from analytics.forecasts import stored
from analytics.forecasts.course import Look
from analytics.scope import Scope
from pages.ui import charts, forecast_charts, over_time
from pages.ui.filters import View

REPLENISHMENT, PRODUCTS, SCENARIOS = (
    "pages/stock/replenishment.py",
    "pages/sales/products.py",
    "pages/forecasts/scenarios.py",
)
COMPONENTS = {
    "trend": "Trend",
    "weekly": "Weekdays",
    "yearly": "Time of the year",
    "holidays": "Holidays",
}


def marked(scope: Scope, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The events of the days of a chart, and where they stand on it."""
    days = list(rows["day"])
    length = days[1] - days[0] if len(days) > 1 else timedelta(days=1)
    return over_time.marks(scope.over(days[0], days[-1] + length), days)


def links(view: View, look: Look) -> None:
    """Where a series goes on: replenishment and sales of a product, and what if."""
    words = {"store": view.shop.name}
    with st.container(horizontal=True, gap="medium"):
        if look.level == "product":
            asked = words | {"product": look.key}
            st.page_link(
                REPLENISHMENT, label="What to order of it", icon=":material/add_shopping_cart:", query_params=asked
            )
            st.page_link(PRODUCTS, label="Its sales", icon=":material/sell:", query_params=asked)
        if look.level != "channel":
            asked = words | {"level": look.level} | _named(look)
            st.page_link(SCENARIOS, label="What if", icon=":material/tune:", query_params=asked)


def _named(look: Look) -> dict[str, str]:
    return {} if look.level == "store" else {f"{look.level}_of" if look.level != "product" else "product": look.key}


def components(view: View, scope: Scope, look: Look) -> None:
    """The parts of a forecast of the store, a channel or a category, each as a small chart; nothing where there are none."""
    found = stored.components(scope, look.measure, look.level, look.grain, look.key)
    if found.empty:
        return
    st.subheader("What Prophet sees in it")
    st.caption(
        "Prophet is one of the models that ours may be made of. It takes sales apart into a trend, the time of the year, weekdays, "
        "holidays and your events; its parts are shown as shares of the trend where they multiply it."
    )
    parts = list(dict.fromkeys(found["component"]))
    for left, right in zip(parts[::2], [*parts[1::2], None], strict=False):
        columns = st.columns(2, gap="large")
        for column, part in zip(columns, (left, right), strict=True):
            if part is None:
                continue
            with column:
                rows = found[found["component"] == part]
                label = COMPONENTS.get(part, part.capitalize())
                charts.heading(label, _about(rows, part))
                forecast_charts.component(rows, label)


def _about(rows: pd.DataFrame, part: str) -> str:
    lowest, highest = min(rows["amount"]), max(rows["amount"])
    return f"between {lowest:,.2f} and {highest:,.2f}"


explain = over_time.explain
