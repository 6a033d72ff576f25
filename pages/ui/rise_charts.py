"""The control chart of returns: a point a week of orders, what is usual, the limit of a single week, and the run of a rise."""

from typing import Any

import pandas as pd

from pages.ui import charts

USUAL = "usual"


def control(frame: pd.DataFrame, label: str) -> None:
    """A point for each `day` and `rate`, hollow where it is not `is_mature`, of another colour and joined where it `is_in_run`;
    the dashed line `usual` and the steps of `limit`, over a ground that ends there."""
    words = frame[["period", "is_mature", "is_in_run"]].assign(
        state=["all in" if each else "returns still come in" for each in frame["is_mature"]]
    )
    numbers = ("rate", "usual", "limit", "come_in", "lines_sold", "lines_returned")
    shown = words.assign(
        day=pd.to_datetime(frame["day"]), **{name: pd.to_numeric(frame[name]).astype(float) for name in numbers}
    )
    # never sold, or too young: no point stands there, and the limit has no step
    shown = shown[shown["rate"].notna()].reset_index(drop=True)
    x = {"field": "day", "type": "temporal", "axis": charts.days_axis(shown["day"])}
    y = {"field": "rate", "type": "quantitative", "axis": charts.axis(label, ".0%"), "scale": {"zero": True}}
    hover = [
        charts.tip("period", "Ordered in", "nominal"),
        charts.tip("rate", "Rate, like for like", "quantitative", ".1%"),
        charts.tip("lines_returned", "Came back so far", "quantitative", ",.0f"),
        charts.tip("lines_sold", "Order lines", "quantitative", ",.0f"),
        charts.tip("come_in", "Of its returns came in", "quantitative", ".0%"),
        charts.tip("usual", "Usual", "quantitative", ".1%"),
        charts.tip("limit", "Limit of a week", "quantitative", ".1%"),
        charts.tip("state", "State", "nominal"),
    ]
    colour = {"condition": {"test": "datum.is_in_run", "value": charts.DOWN}, "value": charts.NOW}
    ground = {"type": "area", "color": charts.BEFORE, "opacity": 0.15, "interpolate": "step"}
    steps = {"type": "line", "color": charts.BEFORE, "strokeWidth": 1, "interpolate": "step"}
    dashed = {"type": "line", "color": charts.BEFORE, "strokeWidth": 1.5, "strokeDash": [5, 4]}
    line = {"type": "line", "color": charts.NOW, "strokeWidth": 1, "opacity": 0.5}
    run = {"type": "line", "color": charts.DOWN, "strokeWidth": 2.5}
    point = {"type": "point", "size": 40, "opacity": 1}
    layers: list[dict[str, Any]] = [
        {"mark": ground, "encoding": {"x": x, "y": y | {"field": "limit"}}},
        {"mark": steps, "encoding": {"x": x, "y": y | {"field": "limit"}}},
        {"mark": dashed, "encoding": {"x": x, "y": y | {"field": "usual"}}},
        {"mark": line, "encoding": {"x": x, "y": y}},
        _where("datum.is_in_run", run, {"x": x, "y": y}),
        _where("datum.is_mature", {**point, "filled": True}, {"x": x, "y": y, "color": colour, "tooltip": hover}),
        _where(
            "!datum.is_mature",
            {**point, "filled": False, "strokeWidth": 2},
            {"x": x, "y": y, "color": colour, "tooltip": hover},
        ),
        *_named(shown, x, y),
    ]
    charts.draw(shown, {"layer": layers, "height": charts.HEIGHT}, f"{label} by week of order, with limits")


def _where(test: str, mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
    return {"transform": [{"filter": test}], "mark": mark, "encoding": encoding}


def _named(shown: pd.DataFrame, x: Any, y: Any) -> list[dict[str, Any]]:
    """What the dashed line and the ground are, at their left end."""
    first = f"utcFormat(datum.day, '%Y-%m-%d') == '{shown['day'].iloc[0]:%Y-%m-%d}'"
    text = {"type": "text", "align": "left", "dx": 4, "dy": -6, "color": charts.BEFORE, "fontSize": 11}
    return [
        _where(first, {**text, "text": said}, {"x": x, "y": y | {"field": field}})
        for said, field in (("usual", "usual"), ("limit of a single week", "limit"))
    ]
