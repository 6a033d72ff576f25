"""Charts of prices: their course, elasticities with their intervals, contribution by price, promotions and markdowns."""

from typing import Any

import pandas as pd

from pages.ui import charts

LISTED = "#B7791F"
INTERVAL = {"color": charts.NOW, "opacity": 0.35}
AXIS_OF_NAMES = {"title": None, "labelLimit": 170, "labelOverlap": False, "ticks": False}
PRICES = {"realised_price": "realised", "full_price": "before discounts", "listed_price": "listed"}


def numbers(frame: pd.DataFrame, names: tuple[str, ...]) -> dict[str, Any]:
    """Columns as the browser takes them."""
    return {name: pd.to_numeric(frame[name]).astype(float) for name in names}


def course(frame: pd.DataFrame, label: str, marks: pd.DataFrame) -> None:
    """The realised price in the accent, the one before discounts in dashed grey, the listed one in steps; changes are marked."""
    shown = (
        frame[["period"]]
        .assign(day=pd.to_datetime(frame["day"]), **numbers(frame, (*PRICES, "units")))
        .reset_index(drop=True)
    )
    x = {"field": "day", "type": "temporal", "axis": charts.days_axis(shown["day"])}
    hover = [
        charts.tip("period", "When", "nominal"),
        charts.tip("realised_price", "Realised", "quantitative"),
        charts.tip("full_price", "Before discounts", "quantitative"),
        charts.tip("listed_price", "Listed", "quantitative"),
        charts.tip("units", "Units", "quantitative", ",.0f"),
    ]
    lines: dict[str, dict[str, Any]] = {
        "listed_price": {"color": LISTED, "interpolate": "step-after", "strokeWidth": 1.5},
        "full_price": {"color": charts.BEFORE, "strokeDash": [5, 4], "strokeWidth": 1.5},
        "realised_price": {"color": charts.NOW, "strokeWidth": 2},
    }
    layers: list[dict[str, Any]] = charts.event_marks(marks)
    for name, mark in lines.items():
        if shown[name].notna().any():
            y = {"field": name, "type": "quantitative", "axis": charts.axis(label), "scale": {"zero": False}}
            layers.append({"mark": {"type": "line", **mark}, "encoding": {"x": x, "y": y}})
            layers.append(_end(shown, (name, str(mark["color"])), x, y))
    near = {"name": "near", "select": {"type": "point", "on": "pointerover", "nearest": True, "fields": ["day"]}}
    is_near = {"condition": {"param": "near", "empty": False, "value": 1}, "value": 0}
    y = {"field": "realised_price", "type": "quantitative"}
    point = {"type": "point", "filled": True, "size": 60, "color": charts.NOW}
    layers.append({"params": [near], "mark": point, "encoding": {"x": x, "y": y, "opacity": is_near, "tooltip": hover}})
    charts.draw(shown, {"layer": layers, "height": charts.HEIGHT}, f"{label} over time")


def _end(shown: pd.DataFrame, line: tuple[str, str], x: Any, y: Any) -> dict[str, Any]:
    """The name of a line above its last point."""
    name, colour = line
    last = shown.loc[shown[name].notna(), "day"].iloc[-1]
    text = {
        "type": "text",
        "text": PRICES[name],
        "align": "right",
        "dy": -9 if name != "realised_price" else 12,
        "color": colour,
    }
    test = [{"filter": f"utcFormat(datum.day, '%Y-%m-%d') == '{last:%Y-%m-%d}'"}]
    return {"transform": test, "mark": text, "encoding": {"x": x, "y": y}}


def dots(frame: pd.DataFrame, label: str) -> None:
    """A dot for each `name` and `elasticity`, its 80 % interval thick and its 95 % one thin; the dashed line is −1."""
    names = ("elasticity", "low_80", "high_80", "low_95", "high_95", "own_share")
    shown = frame[["name"]].assign(**numbers(frame, names)).reset_index(drop=True)
    y = {"field": "name", "type": "nominal", "sort": list(shown["name"]), "axis": AXIS_OF_NAMES}
    x = {"field": "elasticity", "type": "quantitative", "axis": charts.axis(label, ".1f"), "scale": {"zero": True}}
    hover = [
        charts.tip("name", "", "nominal"),
        charts.tip("elasticity", "Elasticity", "quantitative"),
        charts.tip("low_80", "At least (80 %)", "quantitative"),
        charts.tip("high_80", "At most (80 %)", "quantitative"),
        charts.tip("low_95", "At least (95 %)", "quantitative"),
        charts.tip("high_95", "At most (95 %)", "quantitative"),
    ]
    if shown["own_share"].notna().any():
        hover.append(charts.tip("own_share", "Its own part", "quantitative", ".0%"))
    proportion = {
        "mark": {"type": "rule", "color": charts.BEFORE, "strokeDash": [5, 4]},
        "encoding": {"x": {"datum": -1}},
    }
    layers: list[dict[str, Any]] = [proportion]
    for low, high, width in (("low_95", "high_95", 1.5), ("low_80", "high_80", 6)):
        place = {"y": y, "x": x | {"field": low}, "x2": {"field": high}, "tooltip": hover}
        layers.append({"mark": {"type": "rule", "strokeWidth": width, **INTERVAL}, "encoding": place})
    dot = {"type": "point", "filled": True, "size": 70, "opacity": 1, "color": charts.NOW}
    layers.append({"mark": dot, "encoding": {"y": y, "x": x, "tooltip": hover}})
    charts.draw(shown, {"layer": layers, "height": {"step": 24}}, f"{label} with intervals")


def curve(frame: pd.DataFrame, value: str, label: str, marks: list[tuple[float, str]]) -> None:
    """A line of `value` over `price` with the band between its `low` and `high`; `marks` are prices with what they are."""
    shown = pd.DataFrame(numbers(frame, ("price", value, "low", "high", "weekly_units"))).reset_index(drop=True)
    x = {
        "field": "price",
        "type": "quantitative",
        "axis": charts.axis("Price of a piece", ",.2~f"),
        "scale": {"zero": False},
    }
    y = {"field": value, "type": "quantitative", "axis": charts.axis(label), "scale": {"zero": False}}
    hover = [
        charts.tip("price", "Price", "quantitative"),
        charts.tip(value, label, "quantitative"),
        charts.tip("low", "At least (80 %)", "quantitative"),
        charts.tip("high", "At most (80 %)", "quantitative"),
        charts.tip("weekly_units", "Units a week", "quantitative", ",.1f"),
    ]
    rules = {"data": {"values": [{"at": at, "said": said} for at, said in marks]}}
    place = {"x": {"field": "at", "type": "quantitative"}}
    band = {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "area", "color": charts.NOW, "opacity": 0.2}, "encoding": band},
        {"mark": {"type": "line", "color": charts.NOW, "strokeWidth": 2}, "encoding": {"x": x, "y": y}},
        rules | {"mark": {"type": "rule", "color": charts.BEFORE, "strokeDash": [5, 4]}, "encoding": place},
        *(_named(rules, place, test, dy) for test, dy in (("datum.said != 'asked'", -6), ("datum.said == 'asked'", 10))),
        {
            "params": [{"name": "near", "select": {"type": "point", "on": "pointerover", "nearest": True, "fields": ["price"]}}],
            "mark": {"type": "point", "filled": True, "size": 60, "color": charts.NOW},
            "encoding": {
                "x": x, "y": y, "tooltip": hover,
                "opacity": {"condition": {"param": "near", "empty": False, "value": 1}, "value": 0},
            },
        },
    ]  # fmt: skip
    charts.draw(shown, {"layer": layers, "height": charts.HEIGHT}, f"{label} by price")


def _named(rules: dict[str, Any], place: dict[str, Any], test: str, dy: int) -> dict[str, Any]:
    """What the prices that stand out are; the one asked for a line lower, because it may be near another."""
    text = {"type": "text", "color": charts.BEFORE, "align": "left", "dx": 3, "dy": dy}
    said = place | {"y": {"value": 0}, "text": {"field": "said", "type": "nominal"}}
    return rules | {"transform": [{"filter": test}], "mark": text, "encoding": said}


def brought(frame: pd.DataFrame, label: str) -> None:
    """For each `name` a bar of what came on top (`incremental_units`) with its interval, and one of what was only bought earlier."""
    names = (
        "incremental_units",
        "pull_forward_units",
        "incremental_units_low",
        "incremental_units_high",
        "baseline_units",
    )
    shown = frame[["name"]].assign(**numbers(frame, names)).reset_index(drop=True)
    y = {"field": "name", "type": "nominal", "sort": list(shown["name"]), "axis": AXIS_OF_NAMES}
    x = {"field": "incremental_units", "type": "quantitative", "axis": charts.axis(label)}
    hover = [
        charts.tip("name", "", "nominal"),
        charts.tip("baseline_units", "Would have sold", "quantitative", ",.0f"),
        charts.tip("incremental_units", "On top", "quantitative", ",.0f"),
        charts.tip("incremental_units_low", "At least (80 %)", "quantitative", ",.0f"),
        charts.tip("incremental_units_high", "At most (80 %)", "quantitative", ",.0f"),
        charts.tip("pull_forward_units", "Bought earlier", "quantitative", ",.0f"),
    ]
    bar = {"type": "bar", "height": {"band": 0.6}}
    ends = {"x": x | {"field": "incremental_units_low"}, "x2": {"field": "incremental_units_high"}}
    layers = [
        {"mark": bar | {"color": charts.NOW, "opacity": 0.6}, "encoding": {"x": x}},
        {"mark": bar | {"color": charts.DOWN}, "encoding": {"x": x | {"field": "pull_forward_units"}}},
        {"mark": {"type": "rule", "color": charts.BEFORE, "strokeWidth": 1.5}, "encoding": ends},
    ]
    spec = {"encoding": {"y": y, "tooltip": hover}, "layer": layers, "height": {"step": 30}}
    charts.draw(shown, spec, f"{label} by promotion, with intervals")


def recovered(frame: pd.DataFrame, label: str) -> None:
    """For each `name` a bar of the money `recovered` with its interval, and a grey mark at what holding brings."""
    names = ("recovered", "recovered_low", "recovered_high", "held_money")
    shown = frame[["name", "markdown_path"]].assign(**numbers(frame, names)).reset_index(drop=True)
    y = {"field": "name", "type": "nominal", "sort": list(shown["name"]), "axis": AXIS_OF_NAMES}
    x = {"field": "recovered", "type": "quantitative", "axis": charts.axis(label)}
    hover = [
        charts.tip("name", "", "nominal"),
        charts.tip("markdown_path", "Path", "nominal"),
        charts.tip("recovered", "Recovered", "quantitative"),
        charts.tip("recovered_low", "At least (80 %)", "quantitative"),
        charts.tip("recovered_high", "At most (80 %)", "quantitative"),
        charts.tip("held_money", "By holding", "quantitative"),
    ]
    ends = {"x": x | {"field": "recovered_low"}, "x2": {"field": "recovered_high"}}
    mark = {"type": "tick", "color": charts.BEFORE, "thickness": 3, "height": {"band": 0.9}}
    layers = [
        {"mark": {"type": "bar", "height": {"band": 0.6}, "color": charts.NOW, "opacity": 0.6}, "encoding": {"x": x}},
        {"mark": mark, "encoding": {"x": x | {"field": "held_money"}}},
        {"mark": {"type": "rule", "color": charts.BEFORE, "strokeWidth": 1.5}, "encoding": ends},
    ]
    spec = {"encoding": {"y": y, "tooltip": hover}, "layer": layers, "height": {"step": 28}}
    charts.draw(shown, spec, f"{label} by product, with intervals")
