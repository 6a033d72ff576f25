"""Charts of products: how few bring how much, what went up and down, and the map of sizes and colours."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import wording
from pages.ui import charts, shades


def concentration(frame: pd.DataFrame, label: str, borders: Sequence[Decimal]) -> None:
    """A line of the cumulative share over the share of products, with the borders of the classes A and B."""
    shown = frame[["place", "title", "abc"]].assign(
        products=pd.to_numeric(frame["products"]),
        cumulative_share=pd.to_numeric(frame["cumulative_share"]).astype(float),
    )
    share = {"type": "quantitative", "scale": {"domain": [0, 1]}}
    x = {
        "field": "products",
        **share,
        "axis": {"title": "Share of products", "format": ".0%", "grid": False, "tickCount": 5},
    }
    y = {"field": "cumulative_share", **share, "axis": charts.axis(label) | {"format": ".0%"}}
    hover = [
        charts.tip("title", "Product", "nominal"),
        charts.tip("place", "Place", "quantitative", ",.0f"),
        charts.tip("abc", "Class", "nominal"),
        charts.tip("cumulative_share", "Up to here", "quantitative", ".1%"),
    ]
    named = zip("AB", borders, strict=True)
    rules = [{"at": float(at), "name": f"{letter} to {wording.whole_percent(at)}"} for letter, at in named]
    border = {"data": {"values": rules}, "encoding": {"y": {"field": "at", **share}}}
    near = {"type": "point", "on": "pointerover", "nearest": True, "clear": "pointerout"}
    is_near = {"condition": {"param": "near", "empty": False, "value": 1}, "value": 0}
    name = {"type": "text", "align": "right", "dy": 9, "color": charts.BEFORE}
    right = {"x": {"datum": 1, "type": "quantitative"}, "text": {"field": "name", "type": "nominal"}}
    layers: list[dict[str, Any]] = [
        border | {"mark": {"type": "rule", "color": charts.BEFORE, "strokeDash": [5, 4]}},
        border | {"mark": name, "encoding": border["encoding"] | right},
        {"mark": {"type": "line", "color": charts.NOW, "strokeWidth": 2}, "encoding": {"x": x, "y": y}},
        {
            "params": [{"name": "near", "select": near}],
            "mark": {"type": "point", "filled": True, "size": 60, "color": charts.NOW},
            "encoding": {"x": x, "y": y, "opacity": is_near, "tooltip": hover},
        },
    ]
    charts.draw(shown, {"layer": layers, "height": charts.HEIGHT}, label)


def ups_and_downs(frame: pd.DataFrame, label: str) -> None:
    """A bar for each row's `name` and `change`, to the right for more and to the left for less, in the order of the rows."""
    shown = charts.plain(frame, ("name", "change", "before")).assign(
        now=pd.to_numeric(frame["now"]).astype(float).to_numpy(), direction=list(frame["direction"])
    )
    names = {"title": None, "labelLimit": 150, "labelOverlap": False, "ticks": False, "offset": 4}
    colours = {"domain": ["up", "down"], "range": [charts.UP, charts.DOWN]}
    encoding = {
        "y": {"field": "name", "type": "nominal", "sort": list(frame["name"]), "axis": names},
        "x": {"field": "change", "type": "quantitative", "axis": charts.axis(label)},
        "tooltip": [
            charts.tip("name", "", "nominal"),
            charts.tip("now", "Now", "quantitative"),
            charts.tip("before", "Compared", "quantitative"),
            charts.tip("change", "Change", "quantitative", "+,.2f"),
        ],
    }
    bar = {
        "mark": {"type": "bar", "height": {"band": 0.7}},
        "encoding": {"color": {"field": "direction", "type": "nominal", "scale": colours, "legend": None}},
    }
    change = {"text": {"field": "change", "type": "quantitative", "format": "+.3~s"}}
    texts = [
        {
            "transform": [{"filter": f"datum.direction == '{direction}'"}],
            "mark": {"type": "text", "align": align, "dx": dx, "color": charts.BEFORE},
            "encoding": change,
        }
        for direction, align, dx in (("up", "left", 4), ("down", "right", -4))
    ]
    charts.draw(shown, {"encoding": encoding, "layer": [bar, *texts], "height": {"step": 26}}, label)


def sizes(frame: pd.DataFrame, metric: str, label: str, order: Sequence[str]) -> None:
    """A field for each `colour` and `size` of a frame, the darker the higher its metric, which stands in it."""
    shown = frame.rename(columns={"size": "across", "colour": "down", metric: "value"})[["across", "down", "value"]]
    fields(shown, label, ("Size", "Colour"), order)


def fields(frame: pd.DataFrame, label: str, names: tuple[str, str], order: Sequence[str]) -> None:
    """A field for each `across` and `down` of a frame, which are called so, the darker the higher its `value`, which stands in
    it; those across in the order given, those down as they come."""
    amounts = pd.to_numeric(frame["value"]).astype(float)
    most = float(amounts.max()) if len(amounts) else 0.0
    shown = frame[["across", "down"]].assign(value=amounts)
    shown = shades.with_shades(shown, amounts / most if most > 0 else amounts)
    top = {"title": None, "orient": "top", "labelAngle": 0, "ticks": False, "domain": False}
    left = {"title": None, "ticks": False, "domain": False, "labelLimit": 120}
    encoding = {
        "x": {"field": "across", "type": "nominal", "sort": list(order), "axis": top},
        "y": {"field": "down", "type": "nominal", "sort": list(dict.fromkeys(frame["down"])), "axis": left},
        "tooltip": [
            charts.tip("down", names[1], "nominal"),
            charts.tip("across", names[0], "nominal"),
            charts.tip("value", label, "quantitative"),
        ],
    }
    field = {"mark": {"type": "rect", "cornerRadius": 2}, "encoding": {"color": shades.FILL}}
    text = {
        "mark": {"type": "text"},
        "encoding": {
            "text": {"field": "value", "type": "quantitative", "format": ",.0f" if most >= 1000 else ",.6~r"},
            "color": shades.INK,
        },
    }
    charts.draw(
        shown,
        {"encoding": encoding, "layer": [field, text], "height": {"step": 34}},
        f"{label} by {names[0].lower()} and {names[1].lower()}",
    )
