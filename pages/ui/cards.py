"""A number as a card: how it is computed, what it is compared with, and the ledger lines that add up to it."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import streamlit as st

from analytics import periods, proof, wording
from analytics.metrics import METRICS
from analytics.scope import Scope
from pages.ui import tables

COMPACT_FROM = 1_000_000
NARROWEST = 150
# what was converted has more digits than there is money
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Card:
    """A metric by its name in METRICS, its value (None: unknown, with the reason in `note`), and what stood before."""

    name: str
    value: Decimal | int | None
    note: str = ""
    before: Decimal | int | None = None
    before_is: str = ""
    # the scope whose ledger lines add up to the value; None where there are none
    scope: Scope | None = None


def row(cards: list[Card], currency: str) -> None:
    """The cards side by side, two abreast on a phone."""
    with st.grid(len(cards), min_column_width=NARROWEST, gap="small"):
        for card in cards:
            with st.container(border=True, height="stretch", gap="xsmall"):
                _number(card, currency)
                _footer(card, currency)


def _number(card: Card, currency: str) -> None:
    about = METRICS[card.name]
    change = periods.change(card.value, card.before)
    st.metric(
        f"{about.label}, {currency}" if about.unit == "money" else about.label,
        wording.BLANK if card.value is None else card.value,
        delta=None if change is None else wording.change(change),
        delta_color=_colour(about.direction, change),
        delta_arrow="off" if change is None or not round(change, 3) else "auto",
        delta_description=card.before_is or None if change is not None else None,
        format=_format(about.unit, card.value),
    )
    if card.note:
        st.caption(card.note)


def _colour(direction: str, change: Decimal | None) -> Literal["normal", "inverse", "off"]:
    """Green is good and red is bad only where a metric has a good side, and only where something changed."""
    if change is None or not round(change, 3) or direction not in ("up", "down"):
        return "off"
    return "normal" if direction == "up" else "inverse"


def _format(unit: str, value: Decimal | int | None) -> str | None:
    if value is None:
        return None
    if unit == "money":
        # to the cent as long as a card has room for it: it is what the platform's own page is compared with
        return "%,.2f" if -COMPACT_FROM < value < COMPACT_FROM else "compact"
    return {"percent": "percent", "count": "localized", "ratio": "%.2f", "days": "%.1f"}.get(unit)


def _footer(card: Card, currency: str) -> None:
    about = METRICS[card.name]
    st.space("stretch")
    with st.container(horizontal=True, gap="small"):
        with st.popover("How", type="tertiary", help="How this is computed"):
            st.markdown(f"**{about.label}** = {about.formula}")
        if card.scope is not None and card.value is not None and proof.has_lines(card.name):
            name = f"rows_{card.name}_{card.scope.start}_{card.scope.basis}"
            if st.button("Rows", type="tertiary", key=name, help="The ledger lines that add up to this number"):
                rows_behind(card, card.scope, currency)


@st.dialog("The rows behind the number", width="large")
def rows_behind(card: Card, scope: Scope, currency: str) -> None:
    """The ledger lines of a card, their sum in words, and the lines as a file."""
    about = METRICS[card.name]
    with st.spinner("Reading the ledger"):
        behind = proof.lines(scope, card.name)
    if card.name == "average_order_value":
        st.write("Gross sales less discounts, before they are divided by the number of orders:")
    exact = behind.total if scope.into is None else behind.total.quantize(CENT, ROUND_HALF_UP)
    total = f"{behind.total:,}" if about.unit == "count" else f"{wording.exact(exact)} {currency}"
    st.write(f"{wording.count(len(behind.lines), 'line')} of the ledger add up to **{total}**.")
    tables.show(behind.lines, LINE_COLUMNS, f"{about.label} rows", key=f"behind_{card.name}")


LINE_COLUMNS = {
    "order_name": tables.Column("Order"),
    "amount": tables.money("Amount"),
    "ordered_on": tables.day("Ordered on"),
    "booked_on": tables.day("Booked on"),
    "entry": tables.Column("Entry"),
    "kind": tables.Column("Kind"),
    "sku": tables.Column("SKU"),
    "title": tables.Column("Title"),
    "units": tables.count("Units"),
    "channel": tables.Column("Channel"),
    "country": tables.Column("Country"),
}
