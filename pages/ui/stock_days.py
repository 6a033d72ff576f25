"""Stock on past days: its chart, the bars of stockouts, their tables, and what the pages say about them."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import wording
from analytics.stock import history, settings
from pages.ui import charts, reads, tables
from pages.ui.filters import View

ALL = "all"
TOP = 10
CARDS_OF_ONE = ("available", "days_in_stock", "days_out", "days_unknown", "count_days", "unexplained")
CARDS_OF_ALL = ("available", "on_hand", "lowest", "count_days", "unexplained")
NONE_FOUND = "No product that was asked for in these days is known to have been out of stock."
RECONSTRUCTED = (
    "Between two counts stock is walked from the earlier one: less what was sold, more what was put back, received and adjusted. What "
    "does not meet the next count is unexplained and stands on its day: it came without a receipt, or went without a sale, on a "
    "day that is not known. Before the first count stock is walked backwards from it, and was at most that."
)
DAY_COLUMNS = {
    "day": tables.day("Day"),
    "available": tables.metric("available"),
    "basis": tables.Column("Known from"),
    "state": tables.Column("State"),
    **{
        name: tables.metric(name)
        for name in (
            "lowest",
            "highest",
            "counted",
            "sold",
            "restocked",
            "received",
            "adjusted",
            "unexplained",
            "on_hand",
        )
    },
}


def products(known: pd.DataFrame) -> dict[str, str]:
    """The products that can be chosen, all of them together first."""
    return {ALL: f"All {wording.count(len(known), 'counted product')}"} | {
        row["product_key"]: f"{row['title']} ({row['sku']})" if row["sku"] else row["title"]
        for row in known.to_dict("records")
    }


def said(days: pd.DataFrame, told: dict[str, Any]) -> str:
    """The finding of a history: how many days it was out, else what there was at the end."""
    if told["days_out"]:
        return f"Out of stock on {wording.count(told['days_out'], 'day')} of {len(days)}"
    last = days.iloc[-1]
    return f"{wording.count(int(last['available'] or 0), 'piece')} on {wording.day(last['day'])}, {last['basis']}"


def chart(days: pd.DataFrame, outages: pd.DataFrame | None) -> None:
    """Stock by day: dotted throughout, solid with dots where it was counted, the band of what is possible, red while out."""
    names = ("day", "available", "lowest", "highest", "counted", "unexplained")
    shown = charts.plain(days, names).assign(day=pd.to_datetime(days["day"]).to_numpy(), basis=days["basis"].to_numpy())
    shown["run"] = (~days["is_counted"].to_numpy(dtype=bool)).cumsum()
    x = {"field": "day", "type": "temporal", "axis": charts.DAYS}
    y = {"field": "available", "type": "quantitative", "axis": charts.axis("Available, pieces")}
    hover = [
        charts.tip("day", "Day", "temporal"),
        charts.tip("available", "Available", "quantitative", ",.6~r"),
        charts.tip("basis", "Known from", "nominal"),
        charts.tip("lowest", "At least", "quantitative", ",.6~r"),
        charts.tip("highest", "At most", "quantitative", ",.6~r"),
        charts.tip("unexplained", "Unexplained", "quantitative", "+,.6~r"),
    ]
    line = {"type": "line", "color": charts.NOW, "interpolate": "step-after"}
    only = [{"filter": "isValid(datum.counted)"}]
    near = {"type": "point", "on": "pointerover", "nearest": True, "fields": ["day"], "clear": "pointerout"}
    shade = {"condition": {"param": "near", "empty": False, "value": 1}, "value": 0}
    layers: list[dict[str, Any]] = [
        *_outages(outages, shown["day"]),
        {
            "transform": [{"filter": "isValid(datum.lowest) && isValid(datum.highest)"}],
            "mark": {"type": "area", "color": charts.NOW, "opacity": 0.14, "interpolate": "step-after"},
            "encoding": {"x": x, "y": y | {"field": "lowest"}, "y2": {"field": "highest"}},
        },
        {"mark": line | {"strokeDash": [2, 3], "strokeWidth": 1.5}, "encoding": {"x": x, "y": y}},
        {
            "transform": only,
            "mark": line | {"strokeWidth": 2.5},
            "encoding": {"x": x, "y": y, "detail": {"field": "run", "type": "nominal"}},
        },
        {
            "transform": only,
            "mark": {"type": "point", "filled": True, "size": 34, "opacity": 1, "color": charts.NOW},
            "encoding": {"x": x, "y": y},
        },
        {
            "params": [{"name": "near", "select": near}],
            "mark": {"type": "point", "filled": True, "size": 60, "color": charts.NOW},
            "encoding": {"x": x, "y": y, "opacity": shade, "tooltip": hover},
        },
    ]
    charts.draw(shown, {"layer": layers, "height": charts.HEIGHT}, "Stock over time")


def _outages(outages: pd.DataFrame | None, days: "pd.Series[Any]") -> list[dict[str, Any]]:
    if outages is None or outages.empty:
        return []
    first, last = days.iloc[0], days.iloc[-1]
    spans = [
        {
            "start": max(pd.Timestamp(row["first_day"]), first).isoformat(),
            "stop": min(pd.Timestamp(row["last_day"]) + pd.Timedelta(days=1), last).isoformat(),
            "basis": row["basis"],
            "days": wording.days(row["first_day"], row["last_day"] + pd.Timedelta(days=1)),
        }
        for row in outages.to_dict("records")
    ]
    tips = [charts.tip("days", "Out of stock", "nominal"), charts.tip("basis", "Known from", "nominal")]
    return [
        {
            "data": {"values": spans},
            "mark": {"type": "rect", "color": charts.DOWN, "opacity": 0.22},
            "encoding": {"x": {"field": "start", "type": "temporal"}, "x2": {"field": "stop"}, "tooltip": tips},
        }
    ]


def finding(ranked: pd.DataFrame, currency: str) -> str:
    """Who lost most, in one sentence."""
    first = ranked.iloc[0]
    name = "lost_margin" if first["lost_margin"] is not None else "lost_revenue"
    what = "margin" if name == "lost_margin" else "sales"
    days = wording.count(int(first["days"]), "day")
    if first[name] is None:
        return f"{first['title']} was out for {days}"
    return f"{first['title']} was out for {days} and lost about {wording.money(first[name], currency)} of {what}"


def days_out(ranked: pd.DataFrame, currency: str) -> None:
    """A bar a product, as long as its days out, with the lost margin beside it; in the order of the rows."""
    top = ranked.head(TOP)
    shown = charts.plain(top, ("days", "lost_margin", "lost_revenue", "lost_units"))
    shown["name"] = list(top["title"])
    shown["said"] = [
        f"{wording.count(int(row['days']), 'day')} · "
        + ("margin not known" if row["lost_margin"] is None else f"about {wording.money(row['lost_margin'], currency)}")
        for row in top.to_dict("records")
    ]
    shown["basis"] = list(top["basis"])
    names = {"title": None, "labelLimit": 170, "labelOverlap": False, "ticks": False}
    encoding = {
        "y": {"field": "name", "type": "nominal", "sort": None, "axis": names},
        "x": {"field": "days", "type": "quantitative", "axis": charts.axis("Days out of stock") | {"tickMinStep": 1}},
        "tooltip": [
            charts.tip("name", "Product", "nominal"),
            charts.tip("days", "Days out", "quantitative", ",.0f"),
            charts.tip("basis", "Known", "nominal"),
            charts.tip("lost_units", "Lost units (estimate)", "quantitative", ",.1f"),
            charts.tip("lost_revenue", "Lost sales (estimate)", "quantitative"),
            charts.tip("lost_margin", "Lost margin (estimate)", "quantitative"),
        ],
    }
    text = {
        "mark": {"type": "text", "align": "left", "dx": 4, "color": charts.BEFORE},
        "encoding": {"text": {"field": "said", "type": "nominal"}},
    }
    bar = {"mark": {"type": "bar", "color": charts.NOW, "height": {"band": 0.7}}}
    spec = {"encoding": encoding, "layer": [bar, text], "height": {"step": 26}}
    charts.draw(shown, spec, "Days out of stock by product")


def how_known(view: View) -> None:
    """From how many counts stock is known, and what is told without one."""
    known = reads.of(history.counted, view.scope)
    counts = "Stock was never counted here"
    if len(known):
        most = wording.count(int(known["counts"].max()), "day")
        counts = f"Stock was counted on {most} at most, of {wording.count(len(known), 'product')}"
    cap = int(reads.of(settings.of_scope, view.scope).lost_sales_cap_days)
    st.caption(
        f"{counts}; between counts it is reconstructed from sales, returns and receipts. Of what no count tells, only a silence "
        "in sales is a stockout that chance would bring once in a million times. Lost sales are estimates: units sold a day × "
        f"days out, the first {cap} days of a stockout at most (a setting)."
    )


def product_columns(currency: str) -> dict[str, tables.Column]:
    """The table of products with stockouts."""
    return {
        "title": tables.Column("Product"),
        "days": tables.Column("Days out", "count"),
        "lost_margin": tables.metric("lost_margin", currency),
        "lost_revenue": tables.metric("lost_revenue", currency),
        "lost_units": tables.metric("lost_units"),
        "since": tables.day("Out since"),
        "basis": tables.Column("Known from"),
        "stockouts": tables.Column("Stockouts"),
        "category": tables.Column("Category"),
    }


def stockout_columns(currency: str) -> dict[str, tables.Column]:
    """The table of single stockouts."""
    return {
        "title": tables.Column("Product"),
        "first_day": tables.day("First day out"),
        "last_day": tables.day("Last day out"),
        "back_on": tables.day("Back on"),
        "days": tables.Column("Days out", "count"),
        "days_at_most": tables.metric("days_at_most"),
        "lost_margin": tables.metric("lost_margin", currency),
        "lost_revenue": tables.metric("lost_revenue", currency),
        "lost_units": tables.metric("lost_units"),
        "velocity": tables.metric("velocity"),
        "velocity_basis": tables.Column("Sold a day over"),
        "basis": tables.Column("Known from"),
        "variants": tables.Column("Variants", "count"),
        "sku": tables.Column("SKU"),
    }
