"""Charts of returns: rates over time with the periods whose returns still come in, and rates with their intervals."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from pages.ui import charts

# thinner than the mark of the category, and seen on the pale bar as on both grounds
INTERVAL = "#7A808A"
FORM = ".1%"
COMING = "still coming in"


def over_time(frame: pd.DataFrame, label: str) -> None:
    """A line over `day` and `return_rate`, dashed grey for `before`; periods not `is_mature` are dotted, hollow, and named."""
    shown = frame[["period", "state"]].assign(
        day=pd.to_datetime(frame["day"]),
        is_mature=[bool(each) for each in frame["is_mature"]],
        **{name: pd.to_numeric(frame[name]).astype(float) for name in ("return_rate", "before", "sold", "returned")},
    )
    x = {"field": "day", "type": "temporal", "axis": charts.days_axis(shown["day"])}
    y = {"field": "return_rate", "type": "quantitative", "axis": charts.axis(label, ".0%"), "scale": {"zero": True}}
    # the dotted part hangs on to the last point that stands
    shown["is_coming"] = [not (now and then) for now, then in zip(shown["is_mature"], _next(shown), strict=True)]
    hover = [
        charts.tip("period", "Ordered in", "nominal"),
        charts.tip("return_rate", "Rate", "quantitative", FORM),
        charts.tip("returned", "Came back", "quantitative", ",.0f"),
        charts.tip("sold", "Sold", "quantitative", ",.0f"),
        charts.tip("state", "State", "nominal"),
    ]
    line = {"type": "line", "color": charts.NOW, "strokeWidth": 2}
    point = {"type": "point", "color": charts.NOW, "size": 55, "opacity": 1}
    layers: list[dict[str, Any]] = [
        _only("datum.is_mature", {**line}, x, y),
        _only("datum.is_coming", {**line, "strokeDash": [2, 4]}, x, y),
        _only("datum.is_mature", {**point, "filled": True, "size": 30}, x, y, hover),
        _only("!datum.is_mature", {**point, "filled": False, "strokeWidth": 2}, x, y, hover),
    ]
    if shown["before"].notna().any():
        hover.insert(2, charts.tip("before", "Compared", "quantitative", FORM))
        dashed = {"type": "line", "color": charts.BEFORE, "strokeDash": [5, 4], "strokeWidth": 1.5}
        layers.insert(0, {"mark": dashed, "encoding": {"x": x, "y": y | {"field": "before"}}})
    if not shown["is_mature"].all():
        word = {"type": "text", "text": COMING, "align": "right", "color": charts.BEFORE}
        last = f"!datum.is_mature && utcFormat(datum.day, '%Y-%m-%d') == '{shown['day'].iloc[-1]:%Y-%m-%d}'"
        # at the top, where a rate that still grows seldom is
        layers.append(_only(last, word, x, {"value": 4}))
    charts.draw(shown, {"layer": layers, "height": charts.HEIGHT}, f"{label} over time")


def _next(shown: pd.DataFrame) -> list[bool]:
    return [*list(shown["is_mature"])[1:], True]


def _only(test: str, mark: dict[str, Any], x: Any, y: Any, hover: Any = None) -> dict[str, Any]:
    encoding = {"x": x, "y": y} | ({"tooltip": hover} if hover else {})
    return {"transform": [{"filter": test}], "mark": mark, "encoding": encoding}


@dataclass(frozen=True)
class Bars:
    """What the two numbers of a rate are called, and how the bars are drawn, if not only to be looked at."""

    parts: tuple[str, str] = ("Came back", "Sold")
    draw: Any = None


def rates(frame: pd.DataFrame, usual: str, label: str, draw: Any = None) -> None:
    """A bar for each `name` and `return_rate`, in the order of the rows, with the line of its interval and a grey mark at the
    rate in the column `usual`; flagged rows have another colour. `draw` is how they are drawn, if not only to be looked at."""
    bars(frame, usual, label, Bars(draw=draw))


def bars(frame: pd.DataFrame, usual: str, label: str, look: Bars) -> None:
    """The same of another rate, whose two numbers, `returned` and `sold`, are called otherwise."""
    shown = frame[["name", "is_flagged"]].assign(
        **{
            name: pd.to_numeric(frame[name]).astype(float)
            for name in ("return_rate", "lower", "upper", "sold", "returned")
        },
        usual=pd.to_numeric(frame[usual]).astype(float),
        said=[f"{float(rate) * 100:.1f} %" for rate in frame["return_rate"]],
    )
    shown["end"] = shown[["upper", "usual"]].max(axis=1)
    names = {"title": None, "labelLimit": 170, "labelOverlap": False, "ticks": False}
    y = {"field": "name", "type": "nominal", "sort": list(frame["name"]), "axis": names}
    x = {"field": "return_rate", "type": "quantitative", "axis": charts.axis(label, ".0%"), "scale": {"zero": True}}
    hover = [
        charts.tip("name", "", "nominal"),
        charts.tip("return_rate", "Rate", "quantitative", FORM),
        charts.tip("lower", "At least", "quantitative", FORM),
        charts.tip("upper", "At most", "quantitative", FORM),
        charts.tip("usual", "Compared", "quantitative", FORM),
        charts.tip("returned", look.parts[0], "quantitative", ",.0f"),
        charts.tip("sold", look.parts[1], "quantitative", ",.0f"),
    ]
    colour = {"condition": {"test": "datum.is_flagged", "value": charts.DOWN}, "value": charts.NOW}
    rule = {"type": "rule", "color": INTERVAL, "strokeWidth": 1.5}
    cap = {"type": "tick", "color": INTERVAL, "thickness": 1.5, "height": {"band": 0.25}}
    mark = {"type": "tick", "color": charts.BEFORE, "thickness": 3, "height": {"band": 0.9}}
    text = {"type": "text", "align": "left", "dx": 6, "color": charts.BEFORE}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "bar", "opacity": 0.5, "height": {"band": 0.6}}, "encoding": {"x": x, "color": colour}},
        {"mark": mark, "encoding": {"x": x | {"field": "usual"}}},
        {"mark": rule, "encoding": {"x": x | {"field": "lower"}, "x2": {"field": "upper"}}},
        {"mark": cap, "encoding": {"x": x | {"field": "lower"}}},
        {"mark": cap, "encoding": {"x": x | {"field": "upper"}}},
        {"mark": text, "encoding": {"x": x | {"field": "end"}, "text": {"field": "said", "type": "nominal"}}},
    ]
    spec = {"encoding": {"y": y, "tooltip": hover}, "layer": layers, "height": {"step": 28}}
    (look.draw or charts.draw)(shown, spec, f"{label} by name, with intervals")
