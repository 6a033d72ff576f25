"""Charts of advertising: spend beside sales over time, and the curve of what spend brings."""

from typing import Any

import pandas as pd

from pages.ui import charts

SPEND = charts.DOWN
SEEN = "datum.is_seen"


def over_time(
    frame: pd.DataFrame, other: str, label: str, words: tuple[str, str], marks: pd.DataFrame | None = None
) -> None:
    """Columns of `ad_spend` and a line of the column `other` over `day`, in one unit; hover gives both and a quotient.

    `words` are what the line and the quotient `ratio` are called.
    """
    shown = frame[["period"]].assign(
        day=pd.to_datetime(frame["day"]),
        **{name: pd.to_numeric(frame[name]).astype(float) for name in ("ad_spend", other, "ratio")},
    )
    x = {"field": "day", "type": "temporal", "axis": charts.days_axis(shown["day"])}
    y = {"type": "quantitative", "axis": charts.axis(label), "scale": {"zero": True}}
    hover = [
        charts.tip("period", "Period", "nominal"),
        charts.tip(other, words[0], "quantitative"),
        charts.tip("ad_spend", "Ad spend", "quantitative"),
        charts.tip("ratio", words[1], "quantitative"),
    ]
    width = max(2.0, min(18.0, 560 / len(shown)))
    bar = {"type": "bar", "color": SPEND, "opacity": 0.75, "width": width}
    line = {"type": "line", "color": charts.NOW, "strokeWidth": 2, "point": len(shown) == 1}
    near = {
        "name": "near",
        "select": {"type": "point", "on": "pointerover", "nearest": True, "fields": ["day"], "clear": "pointerout"},
    }
    dot = {"type": "point", "filled": True, "size": 60, "color": charts.NOW}
    is_near = {"condition": {"param": "near", "empty": False, "value": 1}, "value": 0}
    place = {"x": x, "y": y | {"field": other}}
    layers: list[dict[str, Any]] = [
        *charts.event_marks(marks),
        {"mark": bar, "encoding": {"x": x, "y": y | {"field": "ad_spend"}}},
        {"mark": line, "encoding": place},
        {"params": [near], "mark": dot, "encoding": {**place, "opacity": is_near, "tooltip": hover}},
    ]
    charts.draw(shown, {"layer": layers, "height": charts.HEIGHT}, f"{words[0]} and ad spend over time")


def curve(frame: pd.DataFrame, currency: str) -> None:
    """What each spend a day brings, with its 80 % band; dotted where the shop never spent so, a dot at today's spend."""
    numbers = ("spend_a_day", "brought_a_day", "lower", "upper")
    shown = frame[["is_seen", "is_today"]].astype(bool)
    shown = shown.assign(**{name: pd.to_numeric(frame[name]).astype(float) for name in numbers})
    x = {
        "field": "spend_a_day",
        "type": "quantitative",
        "axis": charts.axis(f"Spend a day, {currency}") | {"grid": False},
    }
    y = {
        "field": "brought_a_day",
        "type": "quantitative",
        "axis": charts.axis(f"Net sales a day that go with it, {currency}"),
    }
    hover = [
        charts.tip("spend_a_day", "Spend a day", "quantitative"),
        charts.tip("brought_a_day", "Goes with it", "quantitative"),
        charts.tip("lower", "At least (80 %)", "quantitative"),
        charts.tip("upper", "At most (80 %)", "quantitative"),
    ]
    line = {"type": "line", "color": charts.NOW, "strokeWidth": 2}
    place = {"x": x, "y": y}
    today = {"transform": [{"filter": "datum.is_today"}], "encoding": place | {"tooltip": hover}}
    word = {"type": "text", "text": "today", "dy": -14, "color": charts.BEFORE, "fontSize": 12}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "area", "color": charts.NOW, "opacity": 0.2},
            "encoding": {"x": x, "y": y | {"field": "lower"}, "y2": {"field": "upper"}},
        },
        {"mark": {**line, "strokeDash": [2, 4]}, "encoding": place},
        {"transform": [{"filter": SEEN}], "mark": line, "encoding": place},
        {"mark": {"type": "point", "size": 90, "opacity": 0, "filled": True}, "encoding": place | {"tooltip": hover}},
        today | {"mark": {"type": "point", "filled": True, "size": 110, "color": charts.NOW, "opacity": 1}},
        today | {"mark": word},
    ]
    charts.draw(shown, {"layer": layers, "height": 320}, "Net sales that go with spend")
