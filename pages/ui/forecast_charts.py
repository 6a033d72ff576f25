"""Charts of forecasts: the course of a series, what was said against what came, errors of models, components, scenarios."""

from typing import Any

import pandas as pd

from pages.ui import charts, line_names

TALL, WEEK = 320, 7
DOTTED = {"strokeDash": [2, 3], "strokeWidth": 2}
BANDS = (("lo_95", "hi_95", 0.1), ("lo_80", "hi_80", 0.2))
NUMBERS = ("actual", "before", "corrected", "forecast", "lo_80", "hi_80", "lo_95", "hi_95", "model")
Layer = dict[str, Any]


def _floats(frame: pd.DataFrame, names: tuple[str, ...]) -> dict[str, Any]:
    empty = pd.Series([None] * len(frame), dtype=object)
    return {name: pd.to_numeric(frame.get(name, empty)).astype(float).to_numpy() for name in names}


def course(frame: pd.DataFrame, label: str, marks: pd.DataFrame) -> None:
    """What was sold (a line), a year before (dashed grey) and the forecast (dotted, with its bands); hollow points where it was out of
    stock or marked, with what is learnt from instead on hover; the models' own line where somebody said otherwise."""
    shown = frame[["period", "why"]].assign(day=pd.to_datetime(frame["day"]), **_floats(frame, NUMBERS))
    shown = _joined(shown.reset_index(drop=True))
    x = _days(shown)
    hover = [charts.tip("period", "When", "nominal")]
    for name, title in (("actual", "Sold"), ("forecast", "Forecast"), ("lo_80", "At least (80 %)"), ("hi_80", "At most (80 %)"),
                        ("lo_95", "At least (95 %)"), ("hi_95", "At most (95 %)"), ("model", "Models alone"),
                        ("before", "A year before"), ("corrected", "Learnt from instead")):  # fmt: skip
        if shown[name].notna().any():
            hover.append(charts.tip(name, title, "quantitative", ",.1f"))
    hover.append(charts.tip("why", "Note", "nominal"))
    layers = [*charts.event_marks(marks), *_bands(x, label)]
    layers.append(_line(x, "before", label, {"color": charts.BEFORE, "strokeDash": [5, 4], "strokeWidth": 1.5}))
    layers.append(_line(x, "actual", label, {"color": charts.NOW, "strokeWidth": 2}))
    if shown["model"].notna().any():
        layers.append(_line(x, "model", label, {"color": charts.DOWN, "strokeDash": [2, 3], "strokeWidth": 1.5}))
    layers.append(_line(x, "forecast", label, {"color": charts.NOW, **DOTTED}))
    layers += _hollow(x) if shown["why"].notna().any() else []
    said = [("forecast", charts.NOW)] if shown["forecast"].notna().any() else [("sold", charts.NOW)]
    said += [("a year before", charts.BEFORE)] if shown["before"].notna().any() else []
    said += [("models alone", charts.DOWN)] if shown["model"].notna().any() else []
    layers += [line_names.layer(shown, "day", said, (*NUMBERS, "at")), _hover(x, hover)]
    for layer in layers:
        layer["encoding"]["x"] = layer["encoding"]["x"] | {"axis": x["axis"]}
    charts.draw(shown, {"layer": layers, "height": TALL}, f"{label}: sold and forecast")


def _joined(shown: pd.DataFrame) -> pd.DataFrame:
    """The dotted line and its bands begin where the line of what was sold ends; `at` is where the pointer finds a row."""
    shown["at"] = shown["forecast"].fillna(shown["actual"]).fillna(shown["before"])
    ahead = shown["forecast"].first_valid_index()
    if ahead is not None and ahead > 0 and pd.notna(shown["actual"].iloc[ahead - 1]):
        for name in ("forecast", "lo_80", "hi_80", "lo_95", "hi_95"):
            shown.loc[ahead - 1, name] = shown["actual"].iloc[ahead - 1]
    return shown


def _days(shown: pd.DataFrame) -> Layer:
    return {"field": "day", "type": "temporal", "axis": charts.days_axis(shown["day"])}


def _y(field: str, label: str) -> Layer:
    return {"field": field, "type": "quantitative", "axis": charts.axis(label), "scale": {"zero": True}}


def _line(x: Layer, field: str, label: str, mark: Layer) -> Layer:
    only = [{"filter": f"isValid(datum.{field})"}]
    return {"transform": only, "mark": {"type": "line", **mark}, "encoding": {"x": x, "y": _y(field, label)}}


def _bands(x: Layer, label: str) -> list[Layer]:
    return [
        {
            "transform": [{"filter": f"isValid(datum.{low})"}],
            "mark": {"type": "area", "color": charts.NOW, "opacity": opacity},
            "encoding": {"x": x, "y": _y(low, label), "y2": {"field": high}},
        }
        for low, high, opacity in BANDS
    ]


def _hollow(x: Layer) -> list[Layer]:
    """What is not learnt from as it was sold: a hollow point, the word at the first of a run, and what is learnt from instead."""
    only = [{"filter": "datum.why && isValid(datum.actual)"}]
    y = {"field": "actual", "type": "quantitative"}
    instead = {"field": "corrected", "type": "quantitative"}
    point = {"type": "point", "filled": False, "size": 60, "strokeWidth": 1.5, "color": charts.NOW}
    first = [
        *only,
        {"window": [{"op": "lag", "field": "day", "as": "last"}], "sort": [{"field": "day"}]},
        {"filter": "!datum.last || datum.day - datum.last > 8 * 24 * 3600 * 1000"},
    ]
    word = {"type": "text", "align": "left", "dy": -5, "color": charts.BEFORE, "fontSize": 11}
    tick = {"type": "tick", "color": charts.NOW, "thickness": 1.5, "width": 8, "opacity": 0.7}
    return [
        {"transform": only, "mark": tick, "encoding": {"x": x, "y": instead}},
        {"transform": only, "mark": point, "encoding": {"x": x, "y": y}},
        {
            "transform": first,
            "mark": word,
            "encoding": {"x": x, "y": {"value": "height"}, "text": {"field": "why", "type": "nominal"}},
        },
    ]


def _hover(x: Layer, hover: list[Layer]) -> Layer:
    near = {"type": "point", "on": "pointerover", "nearest": True, "fields": ["day"], "clear": "pointerout"}
    is_near = {"condition": {"param": "near", "empty": False, "value": 1}, "value": 0}
    return {
        "params": [{"name": "near", "select": near}],
        "mark": {"type": "point", "filled": True, "size": 60, "color": charts.NOW},
        "encoding": {"x": x, "y": {"field": "at", "type": "quantitative"}, "opacity": is_near, "tooltip": hover},
    }


def said(frame: pd.DataFrame, label: str) -> None:
    """What was said then (dotted, with its bands) and what came (a line); weeks outside of the 80 % band are hollow."""
    names = ("said", "came", "lo_80", "hi_80", "lo_95", "hi_95", "naive")
    shown = frame[["period"]].assign(day=pd.to_datetime(frame["day"]), **_floats(frame, names)).reset_index(drop=True)
    shown["is_outside"] = [
        (came < low) or (came > high)
        for came, low, high in zip(shown["came"], shown["lo_80"], shown["hi_80"], strict=True)
    ]
    shown["at"] = shown["came"].fillna(shown["said"])
    x = _days(shown)
    hover = [charts.tip("period", "When", "nominal")]
    titles = ("Said", "Came", "At least (80 %)", "At most (80 %)", "At least (95 %)", "At most (95 %)", "Last year")
    hover += [charts.tip(name, title, "quantitative", ",.1f") for name, title in zip(names, titles, strict=True)]
    only = {"transform": [{"filter": "isValid(datum.came)"}]}
    y = {"field": "came", "type": "quantitative"}
    outside = {"type": "point", "filled": False, "size": 70, "strokeWidth": 2, "color": charts.DOWN}
    layers = [
        *_bands(x, label),
        _line(x, "naive", label, {"color": charts.BEFORE, "strokeDash": [5, 4], "strokeWidth": 1.5}),
        _line(x, "said", label, {"color": charts.NOW, **DOTTED}),
        _line(x, "came", label, {"color": charts.NOW, "strokeWidth": 2}),
        only
        | {
            "mark": {"type": "point", "filled": True, "size": 30, "opacity": 1, "color": charts.NOW},
            "encoding": {"x": x, "y": y},
        },
        {"transform": [{"filter": "datum.is_outside"}], "mark": outside, "encoding": {"x": x, "y": y}},
        line_names.layer(shown, "day", [("said", charts.NOW), ("last year", charts.BEFORE)], names),
        _hover(x, hover),
    ]
    charts.draw(shown, {"layer": layers, "height": charts.HEIGHT}, f"{label}: what was said and what came")


def errors(frame: pd.DataFrame, label: str) -> None:
    """A dot a model, ours filled, last year's as a cross; a row a kind of demand."""
    shown = frame[["kind", "model", "part"]].assign(**_floats(frame, ("wape", "bias", "weight"))).reset_index(drop=True)
    rows = list(dict.fromkeys(shown["kind"]))
    y = {"field": "kind", "type": "nominal", "sort": rows, "axis": {"title": None, "ticks": False, "labelLimit": 170}}
    x = {"field": "wape", "type": "quantitative", "axis": charts.axis(label, ".0%"), "scale": {"zero": True}}
    hover = [
        charts.tip("model", "Model", "nominal"),
        charts.tip("wape", label, "quantitative", ".1%"),
        charts.tip("bias", "Bias", "quantitative", "+.1%"),
        charts.tip("weight", "Weight in ours", "quantitative", ".0%"),
    ]
    place = {"x": x, "y": y, "tooltip": hover}
    looks: dict[str, Layer] = {
        "model": {"type": "point", "filled": False, "size": 50, "strokeWidth": 1.5, "color": charts.BEFORE},
        "last year": {
            "type": "point",
            "shape": "cross",
            "filled": True,
            "size": 110,
            "opacity": 1,
            "color": charts.DOWN,
        },
        "ours": {"type": "point", "filled": True, "size": 130, "opacity": 1, "color": charts.NOW},
    }
    layers = [
        {"transform": [{"filter": f"datum.part == '{part}'"}], "mark": mark, "encoding": place}
        for part, mark in looks.items()
    ]
    charts.draw(shown, {"layer": layers, "height": {"step": 40}}, f"{label} by kind and model")


def by_step(frame: pd.DataFrame, label: str) -> None:
    """Ours (a line) and last year's (dashed grey) by how many steps ahead."""
    shown = frame[["step"]].astype(float).assign(**_floats(frame, ("ours", "naive"))).reset_index(drop=True)
    x = {"field": "step", "type": "quantitative", "axis": charts.axis("Steps ahead", "d") | {"grid": False}}
    hover = [charts.tip("step", "Steps ahead", "quantitative", "d"), charts.tip("ours", "Ours", "quantitative", ".1%")]
    hover.append(charts.tip("naive", "Last year's", "quantitative", ".1%"))
    lines = (
        ("naive", {"color": charts.BEFORE, "strokeDash": [5, 4]}),
        ("ours", {"color": charts.NOW, "strokeWidth": 2}),
    )
    layers = [
        {
            "transform": [{"filter": f"isValid(datum.{name})"}],
            "mark": {"type": "line", "point": {"color": mark["color"]}, **mark},
            "encoding": {
                "x": x,
                "y": {
                    "field": name,
                    "type": "quantitative",
                    "axis": charts.axis(label, ".0%"),
                    "scale": {"zero": True},
                },
                "tooltip": hover,
            },
        }
        for name, mark in lines
    ]
    said = [("last year's guess", charts.BEFORE), ("ours", charts.NOW)]
    layers.append(line_names.layer(shown, "step", said, ("ours", "naive")))
    charts.draw(shown, {"layer": layers, "height": charts.HEIGHT}, f"{label} by steps ahead")


def component(frame: pd.DataFrame, label: str) -> None:
    """One part of what makes a forecast, over time; of a single week by its weekdays."""
    shown = pd.DataFrame({"day": pd.to_datetime(frame["day"]), **_floats(frame, ("amount",))}).reset_index(drop=True)
    x = _days(shown)
    if len(shown) == WEEK:
        x["axis"] = x["axis"] | {"format": "%a"}
    line = {"type": "line", "color": charts.NOW, "strokeWidth": 1.5}
    y = {"field": "amount", "type": "quantitative", "axis": charts.axis(""), "scale": {"zero": False}}
    hover = [charts.tip("day", "Day", "temporal"), charts.tip("amount", label, "quantitative")]
    layers = [
        {"mark": line, "encoding": {"x": x, "y": y}},
        {
            "mark": {"type": "point", "opacity": 0, "size": 60},
            "encoding": {"x": x, "y": y, "tooltip": hover},
        },
    ]
    charts.draw(shown, {"layer": layers, "height": 150}, label)


def scenario(frame: pd.DataFrame, measure: str, label: str) -> None:
    """The forecast as it stands (dashed grey) and as planned (dotted, with its 80 % band)."""
    names = (measure, f"changed_{measure}", f"changed_{measure}_low", f"changed_{measure}_high")
    base, changed, low, high = names
    shown = pd.DataFrame({"day": pd.to_datetime(frame["day"]), **_floats(frame, names)}).reset_index(drop=True)
    shown["at"] = shown[changed]
    x = _days(shown)
    hover = [charts.tip("day", "Week of", "temporal")]
    titles = ("As forecast", "As planned", "At least (80 %)", "At most (80 %)")
    hover += [charts.tip(name, title, "quantitative", ",.1f") for name, title in zip(names, titles, strict=True)]
    band = {"x": x, "y": _y(low, label), "y2": {"field": high}}
    layers = [
        {"mark": {"type": "area", "color": charts.NOW, "opacity": 0.2}, "encoding": band},
        _line(x, base, label, {"color": charts.BEFORE, "strokeDash": [5, 4], "strokeWidth": 1.5}),
        _line(x, changed, label, {"color": charts.NOW, **DOTTED}),
        line_names.layer(shown, "day", [("as planned", charts.NOW), ("as forecast", charts.BEFORE)], names),
        _hover(x, hover),
    ]
    charts.draw(shown, {"layer": layers, "height": charts.HEIGHT}, f"{label}: as forecast and as planned")
