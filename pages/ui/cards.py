"""A number as a card: what it is compared with, and the way to how it is computed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import streamlit as st

from analytics import periods, proof, wording
from analytics.metrics import METRICS
from analytics.reports import shown
from analytics.scope import Scope
from pages.ui import computed

NARROWEST = 150


@dataclass(frozen=True)
class Card:
    """A metric by its name in METRICS, its value (None: unknown, with the reason in `note`), and what stood before."""

    name: str
    value: Decimal | int | None
    note: str = ""
    before: Decimal | int | None = None
    before_is: str = ""
    # the scope whose rows add up to the value; None where there are none
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
        wording.BLANK if card.value is None else card.value * (100 if about.unit == "percent" else 1),
        delta=None if change is None else wording.change(change),
        delta_color=_colour(about.direction, change),
        delta_arrow="off" if change is None or not round(change, 3) else "auto",
        delta_description=card.before_is or None if change is not None else None,
        format=None if card.value is None else shown.card_form(about.unit, card.value),
    )
    if card.note:
        st.caption(card.note)


def _colour(direction: str, change: Decimal | None) -> Literal["normal", "inverse", "off"]:
    """Green is good and red is bad only where a metric has a good side, and only where something changed."""
    if change is None or not round(change, 3) or direction not in ("up", "down"):
        return "off"
    return "normal" if direction == "up" else "inverse"


def _footer(card: Card, currency: str) -> None:
    about = METRICS[card.name]
    st.space("stretch")
    if card.scope is None or card.value is None or not proof.has_lines(card.name):
        with st.popover("How", type="tertiary", help="How this is computed"):
            st.markdown(f"**{about.label}** = {about.formula}")
        return
    name = f"how_{card.name}_{card.scope.start}_{card.scope.basis}"
    if st.button("How", type="tertiary", key=name, help="How this is computed: the formula, the rows, the query"):
        computed.explain(card.name, card.scope, currency)
