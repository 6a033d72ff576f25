"""Days that forecasts are not to learn from: the chart of a product's weeks, and the tables in which days are marked."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import people, wording
from analytics.forecasts import marks
from pages.ui import access, charts, editors, stock_editors, tables
from pages.ui.filters import View

SUBTITLE = (
    "Units a week by the day of the order, a bundle as its parts. Dotted, hollow and with the word: weeks that are learnt from otherwise "
    "than sold; dashed grey: what was sold in them"
)
KEPT = "Kept. The next forecast learns without these days."
SPIKES = {
    "title": tables.Column("Product"),
    "day": tables.day("Day"),
    "units": tables.metric("units"),
    "usual_units": tables.metric("usual_units"),
    "deviations": tables.metric("deviations"),
    "orders": tables.metric("orders"),
    "largest_order": tables.metric("largest_order"),
    "largest_share": tables.metric("largest_share"),
    "order_name": tables.Column("Order"),
    "category": tables.Column("Category"),
}
WEEKS = {
    "day": tables.day("Week of"),
    "raw": tables.metric("raw"),
    "corrected": tables.metric("corrected"),
    "reason": tables.Column("Why"),
}
HISTORY = {
    "title": tables.Column("Product"),
    "first_day": tables.day("First day"),
    "last_day": tables.day("Last day"),
    "reason": tables.Column("Reason"),
    "marked_by": tables.Column("Marked by"),
    "marked_at": tables.Column("Marked at", "time"),
    "withdrawn_at": tables.Column("Taken back at", "time"),
}
AHEAD = {
    "title": tables.Column("What"),
    "starts_on": tables.day("First day"),
    "ends_on": tables.day("Last day"),
    "kind": tables.Column("Kind"),
    "categories": tables.Column("About"),
    "told_by": tables.Column("Known from"),
}


def products(series: pd.DataFrame, found: pd.DataFrame) -> dict[str, str]:
    """The products that can be chosen: those of large orders first, then those whose weeks were corrected most."""
    first = dict(zip(found["product_key"], found["title"], strict=True))
    return first | {
        key: name for key, name in zip(series["series_key"], series["name"], strict=True) if key not in first
    }


def said(one: "pd.Series[Any]", found: pd.DataFrame) -> str:
    """The finding of a product: how many of its weeks are learnt from otherwise than sold, or which large orders are not yet."""
    large = int((found["product_key"] == one["series_key"]).sum())
    if large:
        return f"{one['name']}: {wording.count(large, 'large order')} found, still learnt from"
    reasons = [
        f"{wording.count(int(one[name]), 'week')} {word}"
        for name, word in (("weeks_out_of_stock", "out of stock"), ("weeks_marked", "marked"))
        if one[name]
    ]
    if not reasons:
        return f"{one['name']} is learnt from as it was sold"
    way = "put back" if one["put_back"] >= 0 else "taken off"
    return f"{one['name']}: {' and '.join(reasons)}, {abs(one['put_back']):,.0f} pieces {way}"


def chart(weeks: pd.DataFrame) -> None:
    """What a product is learnt from by week; corrected weeks dotted and hollow with the word, beside what was sold in them."""
    shown = pd.DataFrame({
        "day": pd.to_datetime(weeks["day"]), "raw": weeks["raw"].astype(float), "word": weeks["reason"],
        "corrected": pd.to_numeric(weeks["corrected"]).astype(float), "is_corrected": weeks["reason"].notna(),
    }).reset_index(drop=True)  # fmt: skip
    # a line from the week before to the week after, so that the dots have neighbours
    beside = (
        shown["is_corrected"]
        | shown["is_corrected"].shift(1, fill_value=False)
        | shown["is_corrected"].shift(-1, fill_value=False)
    )
    begins = shown["is_corrected"] & ~shown["is_corrected"].shift(1, fill_value=False)
    shown["solid"] = shown["corrected"].where(~shown["is_corrected"])
    shown["dotted"], shown["sold"] = shown["corrected"].where(beside), shown["raw"].where(beside)
    shown["said"], shown["is_late"] = shown["word"].where(begins), shown.index > len(shown) / 2
    x = {"field": "day", "type": "temporal", "axis": charts.days_axis(shown["day"])}
    y = {"type": "quantitative", "axis": charts.axis("Units a week"), "scale": {"zero": True}}
    tip = [
        charts.tip("day", "Week of", "temporal"),
        charts.tip("raw", "Sold", "quantitative", ",.6~r"),
        charts.tip("corrected", "Learnt from", "quantitative", ",.1f"),
        charts.tip("word", "Why", "nominal"),
    ]
    lines = {
        "sold": {"color": charts.BEFORE, "strokeDash": [5, 4], "strokeWidth": 1.5},
        "dotted": {"color": charts.NOW, "strokeDash": [1, 4], "strokeWidth": 2},
        "solid": {"color": charts.NOW, "strokeWidth": 2},
    }
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "line", **mark}, "encoding": {"x": x, "y": y | {"field": name}}}
        for name, mark in lines.items()
    ]
    only, place = [{"filter": "datum.is_corrected"}], {"x": x, "y": y | {"field": "corrected"}}
    hollow = {"type": "point", "filled": False, "size": 60, "strokeWidth": 2, "color": charts.NOW}
    word = {"type": "text", "dy": -12, "color": charts.BEFORE, "fontSize": 11}
    text = {"text": {"field": "said", "type": "nominal"}}
    near = {
        "name": "near",
        "select": {"type": "point", "on": "pointerover", "nearest": True, "fields": ["day"], "clear": "pointerout"},
    }
    is_near = {"condition": {"param": "near", "empty": False, "value": 1}, "value": 0}
    layers += [
        {"transform": only, "mark": hollow, "encoding": place},
        *(  # the word stays inside the chart at both ends
            {
                "transform": [{"filter": f"isValid(datum.said) && {test}"}],
                "mark": word | {"align": side},
                "encoding": place | text,
            }
            for side, test in (("left", "!datum.is_late"), ("right", "datum.is_late"))
        ),
        {
            "params": [near],
            "mark": {"type": "point", "filled": True, "size": 60, "color": charts.NOW},
            "encoding": place | {"opacity": is_near, "tooltip": tip},
        },
    ]
    charts.draw(shown, {"layer": layers, "height": charts.HEIGHT}, "What a product is learnt from, by week")


def proposals(found: pd.DataFrame, view: View) -> None:
    """The large orders found, to be chosen and marked."""
    if found.empty:
        st.write("No single order stands out that a promotion, a holiday or the year before does not explain.")
        return
    st.caption(
        "Choose those that will not come again; a reason can be written in the table. Forecasts then learn from what was usual."
    )
    rows = found.assign(chosen=False, first_day=found["day"], last_day=found["day"], mark_id=None)
    columns = {
        "chosen": st.column_config.CheckboxColumn("Mark", width="small"),
        "title": st.column_config.TextColumn("Product", disabled=True),
        "day": st.column_config.DateColumn("Day", format="YYYY-MM-DD", disabled=True),
        "units": st.column_config.NumberColumn("Units", disabled=True),
        "usual_units": st.column_config.NumberColumn("Usual day", disabled=True),
        "reason": st.column_config.TextColumn("Reason", max_chars=marks.LONGEST_REASON, width="large", required=True),
        **dict.fromkeys(("product_key", "first_day", "last_day", "mark_id")),
    }
    after = stock_editors.edited("spikes", rows, columns, view, is_growing=False)
    if access.button("Mark chosen days", type="primary"):
        chosen = after[after["chosen"].astype(bool)]
        if chosen.empty:
            st.info("No day is chosen. Tick those that are not to be learnt from.")
        else:
            _keep(view, [], chosen)
    tables.downloads(found, SPIKES, "Large orders found")


def marked(standing: pd.DataFrame, view: View) -> None:
    """The marks that stand, to edit: rows that are deleted are taken back."""
    st.caption(
        "Add a row for days of a product, or of the whole shop where no product is named; delete a row to learn from its days again."
    )
    columns = {
        "mark_id": None,
        "product_key": st.column_config.TextColumn("SKU or product (empty: whole shop)"),
        "title": st.column_config.TextColumn("Title", disabled=True),
        "first_day": st.column_config.DateColumn("First day", format="YYYY-MM-DD", required=True),
        "last_day": st.column_config.DateColumn("Last day", format="YYYY-MM-DD"),
        "reason": st.column_config.TextColumn("Reason", max_chars=marks.LONGEST_REASON, width="large", required=True),
        "marked_by": st.column_config.TextColumn("Marked by", disabled=True),
    }
    after = stock_editors.edited("marks", standing, columns, view)
    if access.button("Save marks", type="primary"):
        _keep(view, [int(each) for each in standing["mark_id"]], after)


def _keep(view: View, known: list[int], rows: pd.DataFrame) -> None:
    store = view.scope.only_store
    assert store is not None  # the page has stopped for all stores
    by = people.acting()
    editors.keep(lambda: marks.save(store, known, rows.to_dict("records"), by), KEPT)


def history(known: pd.DataFrame) -> None:
    """Every mark there was, with who made it and when it was taken back."""
    if len(known):
        st.subheader("Every mark")
        tables.show(known.assign(title=known["title"].fillna("Whole shop")), HISTORY, "Marks")


def ahead(known: pd.DataFrame) -> None:
    """Holidays, events and promotions of the days that are forecast."""
    st.caption(
        "Events and promotions are entered in Data › Calendar, countries of holidays in Data › Settings. A promotion of the last year is "
        "assumed to come again, unless one is entered near its days."
    )
    tables.show(known, AHEAD, "Known ahead")
