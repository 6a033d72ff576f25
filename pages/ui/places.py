"""The regions of a country: which country, its regions as bars, and as a table."""

import pandas as pd
import streamlit as st

from analytics import places
from pages.ui import choices, filters, slices, states, tables
from pages.ui.filters import View

CHOICE = "regions_of"


def click(rows: pd.DataFrame) -> tables.More:
    """A click on a country's row chooses the country."""
    pairs = zip(rows["value"], rows["is_total"], strict=True)
    countries = [None if is_total else value or filters.UNKNOWN for value, is_total in pairs]
    return tables.More(lambda: choices.clicked("Sales by country", CHOICE, countries))


def choose(rows: pd.DataFrame) -> str | None:
    """The country to look into: the row clicked, the one in the address, else the biggest; None if that is not there."""
    parts = rows[~rows["is_total"].astype(bool)]
    named = zip(parts["value"], parts["name"], strict=True)
    picked = choices.one_of(CHOICE, "Country", {value or filters.UNKNOWN: name for value, name in named})
    return picked if picked is None or picked in set(parts["value"]) else ""


def show(view: View, country: str, regions: pd.DataFrame) -> None:
    """The regions of a country: bars and table; says so where the files name none."""
    parts = regions[~regions["is_total"].astype(bool)] if len(regions) else regions
    if parts.empty:
        states.nothing_in_scope()
        return
    if parts["value"].isna().all():
        st.info(
            f"The files name no region for the orders to {places.country(country)}. Shopify prints one for some countries "
            "only; a table of your own can bring it in a column Region.",
            title="No regions are known",
        )
        return
    slices.bars(view, "region", regions)
    slices.table(view, "region", regions)
