"""What the page of rising returns consists of: its cards, the control chart of one product, and all rises as a table."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import product_rows, wording
from analytics.returns import rises
from analytics.returns.weekly import WHOLE
from analytics.scope import Scope
from pages.ui import cards, charts, choices, product_panels, reads, rise_charts, states, tables
from pages.ui.filters import View

TABLE = "Rises of returns"


def summed(view: View, found: pd.DataFrame) -> None:
    """The cards: how many rises there are, how many go on, what came back in them, and how much of it beyond the usual."""
    now = rises.counted(found)
    cards.row(
        [
            cards.Card("rises_found", now["rises_found"], "by chance alone, one in 13 weeks at most"),
            cards.Card("rises_open", now["rises_open"]),
            cards.Card("rise_returned", now["rise_returned"]),
            cards.Card("rise_value", now["rise_value"]),
        ],
        view.currency,
    )


def one(view: View, found: pd.DataFrame) -> None:
    """The control chart of a product, a size or a variant: of the one that the address names, else of the first rise."""
    if not found.empty and "product" not in st.query_params:
        st.session_state.setdefault("product", found["product"].iloc[0])
    told = reads.of(product_rows.told, Scope(store=view.scope.store))
    others = told.drop_duplicates("parent").rename(columns={"parent": "product", "parent_title": "title"})
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        every = pd.concat([found[["product", "title"]], others[["product", "title"]].sort_values("title")])
        product = product_panels.picked(view, every.drop_duplicates("product"))
        parts = reads.of(rises.parts, view.scope, product) if product is not None else {}
        offered = _first(parts, found, product)
        series = choices.one_of("series", "Chart of", offered, 240) if offered else None
    if product is not None and not parts:
        st.info("Nothing of it was ordered in the weeks up to the end of these days.", title="Nothing to chart")
    if product is None or series is None:
        return
    frame = reads.of(rises.chart, view.scope, product, "" if series == WHOLE else series)
    row = _told_of(found, product, series)
    charts.heading(
        sentence(row, view.currency) if row is not None else _calm(frame, offered[series]),
        "Return rate of order lines by week of order, like for like: ÷ the lines whose returns should have come in by now. "
        "Hollow: returns still come in",
    )
    if frame["rate"].isna().all():
        st.info("Returns of these weeks have not begun to come in.", title="Too early")
        return
    rise_charts.control(frame, "Return rate")
    with st.expander("The weeks, as a table"):
        tables.show(frame[::-1], _week_columns(), "Weeks of the control chart")


def _first(parts: dict[str, str], found: pd.DataFrame, product: str | None) -> dict[str, str]:
    """What can be charted, keys that the address can hold, the one that rises first."""
    keyed = {key or WHOLE: said for key, said in parts.items()}
    rising = [each or WHOLE for each in found.loc[found["product"] == product, "series"]]
    return {key: keyed[key] for key in [*(each for each in rising if each in keyed), *keyed]}


def _told_of(found: pd.DataFrame, product: str, series: str) -> dict[Any, Any] | None:
    rows = found[(found["product"] == product) & (found["series"] == ("" if series == WHOLE else series))]
    return None if rows.empty else rows.to_dict("records")[0]


def sentence(row: dict[Any, Any], currency: str) -> str:
    """A rise in words, with its numbers."""
    part = "" if row["level"] == WHOLE else f", {states.plain(str(row['part']))}"
    until = "since the week of" if row["is_open"] else "from"
    when = wording.day(row["first_day"]) + ("" if row["is_open"] else f" to {wording.day(row['last_day'])}")
    return (
        f"{states.plain(str(row['title']))}{part}: {wording.percent(row['rate_since'])} {until} {when} against "
        f"{wording.percent(row['rate_before'])} before; {row['lines_returned']:,} of {row['lines_sold']:,} came back so far, "
        f"{wording.money(row['rise_value'], currency)} beyond the usual"
    )


def _calm(frame: pd.DataFrame, said: str) -> str:
    title = states.plain(str(st.session_state["product_title"]))
    usual = wording.percent(frame["usual"].iloc[-1])
    return f"{title}, {states.plain(said)}: no rise, {usual} come back as usual"


def ranked(view: View, found: pd.DataFrame) -> None:
    """All rises; a click charts its product."""
    st.subheader(TABLE)
    names = (
        "rate_since", "rate_before", "since_lower", "since_upper", "before_lower", "before_upper", "rise_returned",
        "rise_value", "lines_sold", "lines_returned", "rise_certainty",
    )  # fmt: skip
    columns = {
        "title": tables.Column("Product"),
        "part": tables.Column("Of it"),
        "main_reason": tables.Column("Main reason"),
        "first_day": tables.day("Since"),
        "last_day": tables.day("Until"),
        **{name: tables.metric(name, view.currency) for name in names},
        "category": tables.Column("Category"),
        "sku": tables.Column("SKU"),
    }
    shown = found.rename(columns={"value_returned": "rise_returned"})
    tables.clickable(shown, columns, TABLE, tables.More(_opens(found)))
    st.caption(
        "Lines sold and returned are those since the rise began. A rise is told when the counts of all its weeks together are so "
        "much likelier with it than without that chance alone brings one in 13 weeks at most, over all products together: so "
        "one of two that came back tells nothing, and a single week above its limit need not."
    )


def _opens(found: pd.DataFrame) -> Any:
    def clicked() -> None:
        choices.clicked(TABLE, "product", list(found["product"]))
        choices.clicked(TABLE, "series", [each or WHOLE for each in found["series"]])

    return clicked


def _week_columns() -> dict[str, tables.Column]:
    return {
        "period": tables.Column("Ordered in"),
        "rate": tables.percent("Rate, like for like"),
        "usual": tables.percent("Usual"),
        "limit": tables.percent("Limit of a week"),
        "lines_sold": tables.metric("lines_sold"),
        "lines_returned": tables.metric("lines_returned"),
        "come_in": tables.percent("Of its returns came in"),
    }
