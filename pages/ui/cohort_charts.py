"""Charts of cohorts: rates at one age with what is projected told apart, and a map of cohorts by age."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pages.ui import charts, shades

FORM = ".1%"
NUMBERS = ("rate", "projected", "lower", "upper", "returned", "sold")


def _told(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns as the browser takes them; `value` is the rate that is known, else the projected one, else that so far."""
    shown = frame[["period", "state", "age"]].assign(
        is_known=[bool(each) for each in frame["is_known"]],
        **{name: pd.to_numeric(frame[name]).astype(float) for name in NUMBERS},
    )
    return shown.assign(value=shown["projected"].where(shown["projected"].notna(), shown["rate"]))


def _hover() -> list[dict[str, Any]]:
    return [
        charts.tip("period", "Ordered in", "nominal"),
        charts.tip("rate", "Back so far", "quantitative", FORM),
        charts.tip("projected", "Expected by then", "quantitative", FORM),
        charts.tip("lower", "At least", "quantitative", FORM),
        charts.tip("upper", "At most", "quantitative", FORM),
        charts.tip("returned", "Came back", "quantitative", ",.0f"),
        charts.tip("sold", "Sold", "quantitative", ",.0f"),
        charts.tip("state", "State", "nominal"),
    ]


def over_time(frame: pd.DataFrame, label: str) -> None:
    """A line over `cohort` and its rate at one age: filled points where it is known, hollow ones on a dotted line with the
    interval where it is projected, and a grey mark at what such a cohort has so far."""
    shown = _told(frame).assign(day=pd.to_datetime(frame["cohort"]))
    is_told = list(shown["is_known"] | shown["projected"].notna())
    # the dotted part hangs on to the last point that is known
    shown["is_coming"] = [
        told and not (now and then) for told, now, then in zip(is_told, shown["is_known"], _next(shown), strict=True)
    ]
    # a tick stands on the first day of a cohort
    ticks = [{"year": day.year, "month": day.month, "date": day.day} for day in shown["day"]]
    x = {"field": "day", "type": "temporal", "axis": charts.days_axis(shown["day"]) | {"values": ticks}}
    y = {"field": "value", "type": "quantitative", "axis": charts.axis(label, ".0%"), "scale": {"zero": True}}
    line = {"type": "line", "color": charts.NOW, "strokeWidth": 2}
    point = {"type": "point", "color": charts.NOW, "opacity": 1}
    rule = {"type": "rule", "color": charts.NOW, "strokeWidth": 6, "opacity": 0.3}
    tick = {"type": "tick", "color": charts.BEFORE, "thickness": 2, "width": 12}
    hover = _hover()
    layers = [
        _only("datum.is_known", line, {"x": x, "y": y}),
        _only("datum.is_coming", line | {"strokeDash": [2, 4]}, {"x": x, "y": y}),
        _only("!datum.is_known", rule, {"x": x, "y": y | {"field": "lower"}, "y2": {"field": "upper"}}),
        _only("!datum.is_known", tick, {"x": x, "y": y | {"field": "rate"}, "tooltip": hover}),
        _only("datum.is_known", point | {"filled": True, "size": 30}, {"x": x, "y": y, "tooltip": hover}),
        _only(
            "!datum.is_known && isValid(datum.projected)",
            point | {"filled": False, "size": 60, "strokeWidth": 2},
            {"x": x, "y": y, "tooltip": hover},
        ),
    ]
    charts.draw(shown, {"layer": layers, "height": charts.HEIGHT}, f"{label}, by cohort")


def _next(shown: pd.DataFrame) -> list[bool]:
    return [*list(shown["is_known"])[1:], True]


def _only(test: str, mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
    return {"transform": [{"filter": test}], "mark": mark, "encoding": encoding}


def by_age(frame: pd.DataFrame, ages: Sequence[int]) -> None:
    """A field for each cohort, the newest on top, and age: filled where the rate is known, outlined where it is projected or
    only that so far, with the rate in it."""
    shown = _told(frame)
    shown["within"] = [f"{age} days" for age in shown["age"]]
    most = float(shown.loc[shown["is_known"], "value"].max()) if shown["is_known"].any() else 0.0
    shown = shades.with_shades(shown, shown["value"] / (most or 1))
    shown["said"] = [_said(row) for row in shown.to_dict("records")]
    top = {"title": "Back within", "orient": "top", "labelAngle": 0, "ticks": False, "domain": False}
    left = {"title": None, "ticks": False, "domain": False, "labelLimit": 140}
    x = {"field": "within", "type": "nominal", "sort": [f"{age} days" for age in ages], "axis": top}
    y = {"field": "period", "type": "nominal", "sort": list(dict.fromkeys(shown["period"]))[::-1], "axis": left}
    outline = {
        "type": "rect",
        "cornerRadius": 2,
        "filled": False,
        "stroke": charts.BEFORE,
        "strokeDash": [2, 3],
        "opacity": 0.9,
    }
    outline |= {"height": {"band": 0.86}, "width": {"band": 0.97}}
    said = {"field": "said", "type": "nominal"}
    layers = [
        _only("datum.is_known", {"type": "rect", "cornerRadius": 2}, {"color": shades.FILL}),
        _only("!datum.is_known", outline, {}),
        _only("datum.is_known", {"type": "text"}, {"text": said, "color": shades.INK}),
        _only("!datum.is_known", {"type": "text", "color": charts.BEFORE}, {"text": said}),
    ]
    spec = {"encoding": {"x": x, "y": y, "tooltip": _hover()}, "layer": layers, "height": {"step": 26}}
    charts.draw(shown, spec, "Cohorts by age")


def _said(row: dict[Any, Any]) -> str:
    share = f"{row['value'] * 100:.1f} %"
    if row["is_known"]:
        return share
    return f"≈ {share}" if row["projected"] == row["projected"] else f"{share} so far"


def due(frame: pd.DataFrame, label: str) -> None:
    """A column a week of `name` (its first day) and `value_to_come`, with its interval; an estimate, so it is pale with a dashed edge."""
    names = ("value_to_come", "to_come_at_least", "to_come_at_most", "units_to_come")
    shown = frame[["name"]].assign(
        week=[f"{day.day} {day:%b %Y}" for day in frame["name"]],
        **{name: pd.to_numeric(frame[name]).astype(float) for name in names},
    )
    x = {
        "field": "week",
        "type": "nominal",
        "sort": list(shown["week"]),
        "axis": {"title": "Week from", "labelAngle": 0},
    }
    y = {"field": "value_to_come", "type": "quantitative", "axis": charts.axis(label)}
    hover = [
        charts.tip("week", "Week from", "nominal"),
        charts.tip("value_to_come", "Expected", "quantitative"),
        charts.tip("to_come_at_least", "At least", "quantitative"),
        charts.tip("to_come_at_most", "At most", "quantitative"),
        charts.tip("units_to_come", "Units", "quantitative", ",.1f"),
    ]
    ends = {"y": y | {"field": "to_come_at_least"}, "y2": {"field": "to_come_at_most"}}
    bar = {
        "type": "bar",
        "color": charts.NOW,
        "opacity": 0.4,
        "width": {"band": 0.6},
        "stroke": charts.NOW,
        "strokeDash": [3, 3],
    }
    layers = [
        {"mark": bar, "encoding": {"y": y}},
        {"mark": {"type": "rule", "color": charts.BEFORE, "strokeWidth": 2}, "encoding": ends},
    ]
    spec = {"encoding": {"x": x, "tooltip": hover}, "layer": layers, "height": charts.HEIGHT}
    charts.draw(shown.drop(columns="name"), spec, f"{label} by week")
