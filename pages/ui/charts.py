"""The charts, in one look: the period in the accent, the comparison in dashed grey, exact values on hover."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

# Both stand out on white and on near-black; everything else follows the theme.
NOW = "#12908E"
BEFORE = "#8A8F98"
UP = "#5FA777"
DOWN = "#C8663A"
HEIGHT = 260
# However many points: what is drawn as SVG can be saved as one.
LOOK = {"config": {"view": {"stroke": None}}, "usermeta": {"embedOptions": {"renderer": "svg"}}}
FORTNIGHT, A_QUARTER, YEAR = 14, 92, 300
DAYS = {"title": None, "format": "%-d %b", "labelOverlap": True, "grid": False}


# What stands beside a line over time: column, its name on hover, how it is drawn.
BESIDE: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("before", "Compared", {"color": BEFORE, "strokeDash": [5, 4], "strokeWidth": 1.5}),
    ("target", "Target", {"color": DOWN, "strokeDash": [1, 3], "strokeWidth": 2}),
    ("moving", "7-day mean", {"color": NOW, "strokeWidth": 1, "opacity": 0.7}),
    ("after", "After expected returns", {"color": NOW, "strokeDash": [2, 4], "strokeWidth": 2}),
)


def heading(finding: str, subtitle: str) -> None:
    """A chart's title says the finding or the question; the line under it the metric, unit, clock and period."""
    st.markdown(f"**{finding}**")
    st.caption(subtitle)


def trend(frame: pd.DataFrame, name: str, label: str, form: str = "~s") -> None:
    """A line over frame's `day` and `name`; hover gives the exact value, the compared one and the change.

    Drawn too, where the frame has them: `before` (dashed), `moving` (thin), `after` and `target` (dotted), `is_partial` (a hollow
    point with the word), `letters` (a thin rule with them: events), and `period`, which hover names instead of the day.
    """
    shown = _plain(
        frame, ("day", name, "before", "change", "moving", "after", "target", "is_partial", "period", "letters")
    )
    shown["day"] = pd.to_datetime(shown["day"])
    shown["is_partial"] = [each is True for each in shown["is_partial"]]
    has = {column: bool(shown[column].notna().any()) for column in shown}
    exact = {"form": ".1%"} if form.endswith("%") else {}
    hover = [_tip("period", "Period", "nominal") if has["period"] else _tip("day", "Day", "temporal")]
    hover.append(_tip(name, label, "quantitative", **exact))
    layers: list[dict[str, Any]] = _event_rules() if has["letters"] else []
    for column, title, mark in BESIDE:
        if has[column]:
            layers.append(_line(column, label, mark, form))
            hover.append(_tip(column, title, "quantitative", **exact))
    if has["before"]:
        hover.append(_tip("change", "Change", "quantitative", "+.1%"))
    if has["letters"]:
        hover.append(_tip("letters", "Events", "nominal"))
    layers.append(_line(name, label, {"color": NOW, "strokeWidth": 2}, form))
    layers += [*_points(shown, name), _hover_rule(name, hover)]
    for layer in layers:
        layer["encoding"]["x"] = layer["encoding"]["x"] | {"axis": _days_axis(shown["day"])}
    _draw(shown, {"layer": layers, "height": HEIGHT}, f"{label} over time")


def bars(frame: pd.DataFrame, names: str, amounts: str, label: str, draw: Any = None) -> None:
    """Horizontal bars of the biggest ten, sorted as they come, the rest as “others” if the frame has such a row.

    `draw` is how they are drawn, if not only to be looked at (see picks).
    """
    shown = _plain(frame, (names, amounts))
    axis = {"title": None, "labelLimit": 150, "labelOverlap": False, "ticks": False}
    encoding = {
        "y": {"field": names, "type": "nominal", "sort": None, "axis": axis},
        "x": {"field": amounts, "type": "quantitative", "axis": _axis(label)},
        "tooltip": [_tip(names, "", "nominal"), _tip(amounts, label, "quantitative")],
    }
    text = {
        "mark": {"type": "text", "align": "left", "dx": 4, "color": BEFORE},
        "encoding": {"text": {"field": amounts, "type": "quantitative", "format": ".3~s"}},
    }
    bar = {"mark": {"type": "bar", "color": NOW, "height": {"band": 0.7}}}
    height = {"step": 26}
    (draw or _draw)(shown, {"encoding": encoding, "layer": [bar, text], "height": height}, f"{label} by {names}")


def waterfall(frame: pd.DataFrame, label: str, is_cost: bool = False) -> None:
    """A walk of rows `label`, `amount`, `is_total`: sums stand on zero, the steps hang between them, hollow where a row `is_open`.
    What adds to a cost has the colour of what takes away from sales."""
    shown = _plain(frame, ("label", "amount", "is_total", "is_open"))
    shown["opens"], shown["closes"] = _steps(shown["amount"], shown["is_total"])
    shown["part"] = [
        _part(is_total, amount) for is_total, amount in zip(shown["is_total"], shown["amount"], strict=True)
    ]
    shown["end"] = shown[["opens", "closes"]].max(axis=1)
    shown["said"] = [
        _short(amount, not is_total) for amount, is_total in zip(shown["amount"], shown["is_total"], strict=True)
    ]
    colours = {"domain": ["sum", "adds", "takes away"], "range": [NOW, DOWN, UP] if is_cost else [NOW, UP, DOWN]}
    axis = {"title": None, "labelLimit": 170, "labelOverlap": False, "ticks": False}
    encoding = {
        "y": {"field": "label", "type": "nominal", "sort": None, "axis": axis},
        "tooltip": [_tip("label", "", "nominal"), _tip("amount", label, "quantitative")],
    }
    bar = {
        "mark": {"type": "bar", "height": {"band": 0.7}},
        "encoding": {
            "fillOpacity": {"condition": {"test": "datum.is_open", "value": 0.15}, "value": 1},
            "stroke": {"field": "part", "type": "nominal", "scale": colours, "legend": None},
            "strokeDash": {"condition": {"test": "datum.is_open", "value": [3, 2]}, "value": [1, 0]},
            "x": {"field": "opens", "type": "quantitative", "axis": _axis(label)},
            "x2": {"field": "closes"},
            "color": {"field": "part", "type": "nominal", "scale": colours, "legend": None},
        },
    }
    text = {
        "mark": {"type": "text", "align": "left", "dx": 4, "color": BEFORE},
        "encoding": {
            "x": {"field": "end", "type": "quantitative"},
            "text": {"field": "said", "type": "nominal"},
        },
    }
    _draw(shown, {"encoding": encoding, "layer": [bar, text], "height": {"step": 24}}, f"{label}, step by step")


def columns(frame: pd.DataFrame, name: str, label: str, marks: pd.DataFrame | None = None) -> None:
    """A column a day of frame's `day` and `name`, above zero or below it; days of nothing stand as a line on zero.

    `marks` are events: a thin rule at each `day` with its `letters`.
    """
    shown = _plain(frame, ("day", name))
    shown["day"] = pd.to_datetime(shown["day"])
    is_short = (shown["day"].max() - shown["day"].min()).days <= A_QUARTER
    # few days stand apart; of many each fills its day
    shown["until"] = shown["day"] + pd.Timedelta(hours=20 if is_short else 24)
    encoding = {
        "x": {"field": "day", "type": "temporal", "axis": DAYS},
        "x2": {"field": "until"},
        "y": {"field": name, "type": "quantitative", "axis": _axis(label)},
        "tooltip": [_tip("day", "Day", "temporal"), _tip(name, label, "quantitative")],
    }
    if not shown[name].any():  # an axis from 0 to 0 has no numbers
        encoding["y"] = encoding["y"] | {"scale": {"domain": [-1, 1]}}
    # the outline keeps one day of two years from being thinner than a pixel
    colour = {"condition": {"test": f"datum.{name} < 0", "value": DOWN}, "value": NOW}
    encoding |= {"fill": colour, "stroke": colour}
    zero = {"mark": {"type": "rule", "color": BEFORE}, "encoding": {"y": {"datum": 0}}}
    bars_of_days = {"mark": {"type": "rect", "strokeWidth": 0 if is_short else 2}, "encoding": encoding}
    # a column stands behind its day's beginning: so does the rule, in its middle
    rules = event_marks(marks, hours=10)
    _draw(shown, {"layer": [zero, *rules, bars_of_days], "height": HEIGHT}, f"{label} by day")


def spans(frame: pd.DataFrame, label: str) -> None:
    """A bar from `start` to `stop` for each row of a frame, on the line of its `lane`; those not `is_valid` are grey."""
    shown = frame.assign(start=pd.to_datetime(frame["start"]), stop=pd.to_datetime(frame["stop"]))
    lanes = list(dict.fromkeys(shown["lane"]))
    encoding = {
        "y": {"field": "lane", "type": "nominal", "sort": lanes, "axis": {"title": None, "ticks": False}},
        "x": {"field": "start", "type": "temporal", "axis": DAYS | {"format": "%-d %b %Y"}},
        "x2": {"field": "stop"},
        "color": {"condition": {"test": "datum.is_valid", "value": NOW}, "value": BEFORE},
        "opacity": {"condition": {"test": "datum.is_valid", "value": 0.75}, "value": 0.3},
        "tooltip": [
            _tip("title", "File", "nominal"),
            _tip("days", "Days", "nominal"),
            _tip("rows", "Rows", "quantitative", ","),
        ],
    }
    bar = {"mark": {"type": "bar", "height": {"band": 0.6}, "minWidth": 3}, "encoding": encoding}
    _draw(shown, {**bar, "height": {"step": 34}}, label)


def _steps(amounts: "pd.Series[float]", are_totals: "pd.Series[bool]") -> tuple[list[float], list[float]]:
    """Where each bar of a walk opens and closes: a sum from zero, a step from where the walk has come to."""
    opens, closes, reached = [], [], 0.0
    for amount, is_total in zip(amounts, are_totals, strict=True):
        opens.append(0.0 if is_total else reached)
        reached = amount if is_total else reached + amount
        closes.append(reached)
    return opens, closes


def _short(amount: float, is_signed: bool) -> str:
    """An amount beside its bar: “+3.9k”, “-12.50”, “1.24M”; to the cent below a thousand, where a cent may be the news."""
    sign = "+" if is_signed else ""
    for size, unit in ((1e9, "bn"), (1e6, "M"), (1e3, "k")):
        if abs(amount) >= size:
            return f"{amount / size:{sign}.{2 if size > 1e3 else 1}f}{unit}"
    return f"{amount:{sign}.2f}"


def _part(is_total: bool, amount: float) -> str:
    return "sum" if is_total else "adds" if amount >= 0 else "takes away"


def _plain(frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """The columns as the browser takes them: exact decimals become floating point, a missing column is empty."""
    shown = pd.DataFrame({name: frame.get(name) for name in columns}).reset_index(drop=True)
    texts = ("day", "before_day", "label", "is_total", "title", "value", "name")
    texts += ("is_partial", "is_open", "period", "letters")
    return shown.assign(**{name: pd.to_numeric(shown[name]).astype(float) for name in columns if name not in texts})


def _axis(title: str, form: str = "~s") -> dict[str, Any]:
    return {"title": title, "format": form, "tickCount": 5, "titleFontWeight": "normal"}


def _line(field: str, label: str, mark: Mapping[str, Any], form: str) -> dict[str, Any]:
    # bars start at zero; a line of money does too, because the eye compares its height with other days
    return {
        "mark": {"type": "line", **mark},
        "encoding": {
            "x": {"field": "day", "type": "temporal", "axis": DAYS},
            "y": {"field": field, "type": "quantitative", "axis": _axis(label, form), "scale": {"zero": True}},
        },
    }


def _hover_rule(name: str, hover: list[dict[str, Any]]) -> dict[str, Any]:
    near = {
        "name": "near",
        "select": {"type": "point", "on": "pointerover", "nearest": True, "fields": ["day"], "clear": "pointerout"},
    }
    shown = {"condition": {"param": "near", "empty": False, "value": 1}, "value": 0}
    return {
        "params": [near],
        "mark": {"type": "point", "filled": True, "size": 60, "color": NOW},
        "encoding": {
            "x": {"field": "day", "type": "temporal"},
            "y": {"field": name, "type": "quantitative"},
            "opacity": shown,
            "tooltip": hover,
        },
    }


def _days_axis(days: "pd.Series[Any]") -> dict[str, Any]:
    """Days, each once however few there are; of more than a year the months with their year."""
    span = (days.iloc[-1] - days.iloc[0]).days
    if span <= FORTNIGHT:
        return DAYS | {"tickCount": {"interval": "day", "step": 1}}
    return DAYS | {"format": "%b %Y"} if span > YEAR else DAYS


def _points(shown: pd.DataFrame, name: str) -> list[dict[str, Any]]:
    """A point a period longer than a day; one that is only in part there is hollow, and says so."""
    place = {"x": {"field": "day", "type": "temporal"}, "y": {"field": name, "type": "quantitative"}}
    layers: list[dict[str, Any]] = []
    if len(shown) == 1 or (shown["day"].diff().dt.days > 1).any():
        whole = {"type": "point", "filled": True, "size": 30, "opacity": 1, "color": NOW}
        layers.append({"transform": [{"filter": "!datum.is_partial"}], "mark": whole, "encoding": place})
    if shown["is_partial"].any():
        only = [{"filter": "datum.is_partial"}]
        hollow = {"type": "point", "filled": False, "size": 70, "strokeWidth": 2, "color": NOW}
        layers.append({"transform": only, "mark": hollow, "encoding": place})
        first = shown["day"].iloc[0].strftime("%Y-%m-%d")
        for side, is_there in (("left", "=="), ("right", "!=")):  # the word stays inside the chart at both ends
            at = [*only, {"filter": f"utcFormat(datum.day, '%Y-%m-%d') {is_there} '{first}'"}]
            word = {"type": "text", "text": "partial", "dy": -12, "color": BEFORE, "align": side}
            layers.append({"transform": at, "mark": word, "encoding": place})
    return layers


def event_marks(marks: pd.DataFrame | None, hours: int = 0) -> list[dict[str, Any]]:
    """The layers that mark events on a chart whose rows do not carry them: day, letters."""
    if marks is None or marks.empty:
        return []
    days = (pd.to_datetime(marks["day"]) + pd.Timedelta(hours=hours)).dt.strftime("%Y-%m-%dT%H:%M")
    rows = [{"day": day, "letters": said} for day, said in zip(days, marks["letters"], strict=True)]
    tip = {"tooltip": [_tip("letters", "Events", "nominal")]}
    return [layer | {"data": {"values": rows}, "encoding": layer["encoding"] | tip} for layer in _event_rules()]


def _event_rules() -> list[dict[str, Any]]:
    only = [{"filter": "datum.letters"}]
    at = {"x": {"field": "day", "type": "temporal", "axis": DAYS}}
    letters = {"text": {"field": "letters", "type": "nominal"}, "y": {"value": -6}}
    rule = {"type": "rule", "color": BEFORE, "strokeWidth": 1, "opacity": 0.6}
    return [
        {"transform": only, "mark": rule, "encoding": at},
        {"transform": only, "mark": {"type": "text", "color": BEFORE, "fontSize": 11}, "encoding": at | letters},
    ]


def _tip(field: str, title: str, kind: str, form: str | None = None) -> dict[str, Any]:
    usual = {"temporal": "%a %e %b %Y", "quantitative": ",.2f"}.get(kind)
    tip = {"field": field, "type": kind, "title": title or " "}
    return tip | ({"format": form or usual} if form or usual else {})


def _draw(frame: pd.DataFrame, spec: dict[str, Any], alt: str) -> None:
    st.vega_lite_chart(frame, {**spec, **LOOK}, width="stretch", alt=alt)


# what the modules of single kinds of charts draw with
axis, days_axis, draw, plain, tip = _axis, _days_axis, _draw, _plain, _tip
