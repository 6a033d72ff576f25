"""Which series of seasons a page looks at: the shop, a category, or any product that was sold, found by its name."""

import pandas as pd
import streamlit as st

from analytics import products
from analytics.scope import Scope
from analytics.seasons import index
from pages.ui import charts, choices, own, reads, season_charts, season_tables, tables

# So many are offered to choose from, and drawn one under the other; whoever looks for another one names it.
OFFERED, DRAWN = 500, 30


def found(scope: Scope) -> pd.DataFrame:
    """The products whose titles or SKUs hold what is looked for, the ones that sold most first: all of them for nothing."""
    find = own.text("find", "Find", placeholder="Titles or SKUs, parted by commas", width=280)
    return products.matching(reads.of(index.products, scope), find)


def look_at(scope: Scope, look: tuple[str, str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The index of the series that is looked at, and those that are drawn under one another beside it: categories, or the products
    found; empty where nothing is."""
    by, grain, measure = look
    if by == index.PRODUCT:
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            some = found(scope)
            key = _product(scope, some)
        named = tuple(some["product"].head(DRAWN))
        one, several = (
            reads.of(index.of, scope, by, grain, measure, each) if each else reads.of(index.products, scope).head(0)
            for each in (key, named)
        )
        return one, several
    rows = reads.of(index.of, scope, by, grain, measure)
    return _chosen(rows), rows if by == index.CATEGORY else reads.of(index.of, scope, index.CATEGORY, grain, measure)


def nothing_found() -> None:
    """No product has the name that is looked for."""
    st.info("No product that was sold has that in its title or SKU.", title="Nothing found")


def _product(scope: Scope, some: pd.DataFrame) -> str | None:
    shown = some.head(OFFERED)
    options = {str(key): str(title) for key, title in zip(shown["product"], shown["title"], strict=True)}
    asked = st.session_state.get("series") or st.query_params.get("series")
    every = reads.of(index.products, scope)
    if asked is not None and asked not in options and asked in set(every["product"]):
        options[str(asked)] = str(every.loc[every["product"] == asked, "title"].iloc[0])
    if not options:
        nothing_found()
        return None
    return choices.one_of("series", "Product", options, 420)


def _chosen(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the series that is looked at: the first one unless told; none where the address asks for another."""
    options = {each: str(title) for each, title in zip(rows["series"], rows["title"], strict=True)}
    if len(options) == 1:
        return rows
    picked = choices.one_of("series", "Which", options, 320)
    return rows[rows["series"] == picked]


def beside(scope: Scope, several: pd.DataFrame, look: tuple[str, str, str]) -> None:
    """Categories, or the products found that sold most, under one another over the year."""
    by, grain, measure = look
    told = several[~several["is_refused"].astype(bool)] if len(several) else several
    if told.empty:
        return
    which = "category" if by != index.PRODUCT else "product"
    more = "" if by != index.PRODUCT else f"; of the products found the {told['series'].nunique()} that sold most"
    charts.heading(
        "Categories over the year" if by != index.PRODUCT else "Products over the year",
        f"The same index by {which} and {grain}; pale below the mean, strong above{more}",
    )
    season_charts.fields(_apart(told), grain)
    if by == index.PRODUCT:
        st.caption("The index of every product that was sold, as a file:")
        tables.downloads(
            lambda: reads.of(index.of, scope, by, grain, measure), season_tables.index(), "Index of every product"
        )


def _apart(rows: pd.DataFrame) -> pd.DataFrame:
    """Products of one title are told apart by their keys."""
    many = rows.groupby("title")["series"].transform("nunique") > 1
    return rows.assign(title=rows["title"].where(~many, rows["title"] + " · " + rows["series"]))
