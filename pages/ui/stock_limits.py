"""The form of a store's limits for its stock: what is dead, too much, an A product, and what is assumed."""

from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from analytics.stock import settings
from analytics.stock.settings import SHARES, StockSettings
from pages.ui import editors, reads

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Limit:
    """A limit: its name in StockSettings, what it is called, in which unit, and what it decides."""

    name: str
    label: str
    unit: str
    decides: str


GROUPS: dict[str, tuple[Limit, ...]] = {
    "Dead stock and overstock": (
        Limit("dead_days", "Dead after", "days", "Stock of which nothing was sold for so long is dead."),
        Limit(
            "overstock_days", "Overstock beyond", "days of cover", "What lasts longer is overstock, as far as it does."
        ),
        Limit("young_days", "Exempt until", "days of age", "Stock that came less than so long ago is neither."),
    ),
    "Velocity and classes": (
        Limit("window_days", "Velocity over the last", "days", "The days of sales that today's stock is held against."),
        Limit("a_until", "A products bring", "% of net sales", "The products that bring the first of net sales."),
        Limit("b_until", "A and B products bring", "% of net sales", "What comes after them is C."),
        Limit("x_until", "X up to a variation of", "", "Standard deviation ÷ mean of weekly units: X sells evenly."),
        Limit("y_until", "Y up to a variation of", "", "What varies more is Z."),
    ),
    "Assumed where suppliers and policies say nothing": (
        Limit("lead_time_days", "Delivery takes", "days", "From the order until it is there."),
        Limit("lead_time_deviation", "Give or take", "days", "The standard deviation of that time."),
        Limit("cover_days", "An order lasts", "days", "How long an order should last once it is there."),
        Limit("service_level", "Demand that is met", "%", "Which share of demand should be met from stock."),
        Limit("lost_sales_cap_days", "Lost sales are counted for", "days", "At most so many days of one stockout."),
    ),
    "Plans of orders by forecasts": (
        Limit("forecast_days", "Forecasts count for", "days", "Older ones do not plan orders; with 0 none ever does."),
        Limit(
            "forecast_gain",
            "If they erred less by",
            "%",
            "Than the mean of the last eight weeks, in the past, by kind of demand.",
        ),
    ),
}


def form(store: int) -> None:
    """Every limit of a store to edit; “Save limits” keeps them all or says what is wrong."""
    now = reads.of_store(of_store, store)
    st.subheader("Stock")
    chosen: dict[str, Decimal] = {}
    with st.form(f"stock_limits_{store}", width=760):
        for title, limits in GROUPS.items():
            st.markdown(f"**{title}**")
            with st.grid(3, min_column_width=200, gap="small"):
                for limit in limits:
                    chosen[limit.name] = _number(limit, getattr(now, limit.name))
        is_saved = st.form_submit_button("Save limits", type="primary")
    if is_saved:
        wanted = StockSettings(**chosen)
        editors.keep(lambda: settings.save(store, wanted), "The limits of stock are kept.")


def of_store(stores: tuple[int, ...]) -> StockSettings:
    """The limits of the one store."""
    return settings.of(stores[0])


def _number(limit: Limit, now: Decimal) -> Decimal:
    is_share = limit.name in SHARES
    shown = float(now * HUNDRED if is_share else now)
    typed = st.number_input(
        f"{limit.label}, {limit.unit}" if limit.unit else limit.label,
        value=shown,
        step=1.0 if limit.unit else 0.1,
        format="%.2f" if not limit.unit else "%.1f" if shown % 1 else "%.0f",
        help=limit.decides,
        key=f"limit_{limit.name}",
    )
    value = Decimal(str(typed))
    return value / HUNDRED if is_share else value
