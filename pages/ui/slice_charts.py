"""Charts of slices: bars beside the compared period, a line a slice, and the map of hours and weekdays."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pages.ui import charts

# Okabe and Ito's: told apart by the colour-blind and in print. A slice has the same one on every page.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8A8F98", "#F0E442")
# grey is also the comparison's, and yellow is faint on white: they come last
USUAL = 6
# from nothing to most: the ground shines through, so that little is pale in light and dark themes alike
SHADES = ["rgba(18, 144, 142, 0.08)", "rgba(18, 144, 142, 1)"]
LABEL_ROOM = 110
LINES_WITH_LABELS = 4


def colours(values: Sequence[str], known: Sequence[str]) -> dict[str, str]:
    """A colour for each value by its place among all that are known; two that would share one are kept apart."""
    given: dict[str, str] = {}
    first, last = PALETTE[:USUAL], PALETTE[USUAL:]
    for value in values:
        place = (known.index(value) if value in known else len(known)) % USUAL
        turns = [*first[place:], *first[:place], *last]
        given[value] = next((each for each in turns if each not in given.values()), turns[0])
    return given


def beside(frame: pd.DataFrame, amount: str, label: str) -> None:
    """A bar for each row's `name` and amount, in the order of the rows; a grey tick stands where `before` was."""
    shown = charts.plain(frame, ("name", amount, "before", "change"))
    # the number stands behind the bar and the tick, whichever is longer
    shown["end"] = shown[[amount, "before"]].max(axis=1).clip(lower=0)
    names = {"title": None, "labelLimit": 150, "labelOverlap": False, "ticks": False}
    y = {"field": "name", "type": "nominal", "sort": list(frame["name"]), "axis": names}
    x = {"field": amount, "type": "quantitative", "axis": charts.axis(label)}
    hover = [charts.tip("name", "", "nominal"), charts.tip(amount, label, "quantitative")]
    text = {"text": {"field": amount, "type": "quantitative", "format": _short(shown[amount])}}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "bar", "color": charts.NOW, "height": {"band": 0.7}}, "encoding": {"x": x}},
        {
            "mark": {"type": "text", "align": "left", "dx": 6, "color": charts.BEFORE},
            "encoding": {"x": x | {"field": "end"}, **text},
        },
    ]
    if shown["before"].notna().any():
        hover += [
            charts.tip("before", "Compared", "quantitative"),
            charts.tip("change", "Change", "quantitative", "+.1%"),
        ]
        tick = {"type": "tick", "color": charts.BEFORE, "thickness": 3, "height": {"band": 0.9}}
        layers.insert(1, {"mark": tick, "encoding": {"x": x | {"field": "before"}}})
    spec = {"encoding": {"y": y, "tooltip": hover}, "layer": layers, "height": {"step": 26}}
    charts.draw(shown, spec, f"{label} by name")


def cycle(frame: pd.DataFrame, amount: str, label: str) -> None:
    """A column for each row's `name`, in the order of the rows; a grey tick stands where `before` was."""
    shown = charts.plain(frame, ("name", amount, "before", "change"))
    form = _short(shown[amount])
    x = {"field": "name", "type": "nominal", "sort": list(frame["name"])}
    x["axis"] = {"title": None, "labelAngle": 0, "labelOverlap": True, "ticks": False}
    y = {"field": amount, "type": "quantitative", "axis": charts.axis(label) | {"format": form}}
    hover = [charts.tip("name", "", "nominal"), charts.tip(amount, label, "quantitative")]
    layers: list[dict[str, Any]] = [{"mark": {"type": "bar", "color": charts.NOW}, "encoding": {"y": y}}]
    if shown["before"].notna().any():
        hover += [
            charts.tip("before", "Compared", "quantitative"),
            charts.tip("change", "Change", "quantitative", "+.1%"),
        ]
        tick = {"type": "tick", "color": charts.BEFORE, "thickness": 3, "width": {"band": 0.9}}
        layers.append({"mark": tick, "encoding": {"y": y | {"field": "before"}}})
    spec = {"encoding": {"x": x, "tooltip": hover}, "layer": layers, "height": charts.HEIGHT}
    charts.draw(shown, spec, f"{label} by name")


def _short(amounts: "pd.Series[float]") -> str:
    """12.3k for big numbers; small ones as they are: a quarter of an order is 0.25, not 250m."""
    return ".3~s" if amounts.abs().max() >= 1000 else ".3~r"


def lines(frame: pd.DataFrame, label: str, colour: Mapping[str, str], marks: pd.DataFrame) -> None:
    """A line over `day` for each `name`, named at its end; above four lines a legend names them. `marks` are events."""
    shown = frame.assign(day=pd.to_datetime(frame["day"]), amount=pd.to_numeric(frame["net_sales"]).astype(float))
    shown = shown[["name", "day", "amount"]]
    scale = {"domain": list(colour), "range": list(colour.values())}
    is_labelled = len(colour) <= LINES_WITH_LABELS
    legend = None if is_labelled else {"orient": "bottom", "title": None, "columns": 3, "labelLimit": 120}
    line = {
        "mark": {"type": "line", "strokeWidth": 2, "point": len(shown) <= len(colour)},
        "encoding": {
            "x": {"field": "day", "type": "temporal", "axis": charts.DAYS},
            "y": {"field": "amount", "type": "quantitative", "axis": charts.axis(label), "scale": {"zero": True}},
            "color": {"field": "name", "type": "nominal", "scale": scale, "legend": legend},
        },
    }
    hover = {
        "mark": {"type": "point", "size": 120, "opacity": 0, "filled": True},
        "encoding": {
            **line["encoding"],
            "tooltip": [
                charts.tip("name", "", "nominal"),
                charts.tip("day", "From", "temporal"),
                charts.tip("amount", label, "quantitative"),
            ],
        },
    }
    layers = [*charts.event_marks(marks), line, hover, *([_ends(shown)] if is_labelled else [])]
    room = {"padding": {"right": LABEL_ROOM}} if is_labelled else {}
    charts.draw(shown, {"layer": layers, "height": charts.HEIGHT, **room}, f"{label} over time by name")


def _ends(shown: pd.DataFrame) -> dict[str, Any]:
    """The names at the ends of the lines, moved apart where the lines end close to each other."""
    last = shown[shown["day"] == shown["day"].max()].sort_values("amount")
    room = max(float(shown["amount"].max()) - min(0.0, float(shown["amount"].min())), 1.0) * 0.075
    places: list[float] = []
    for amount in last["amount"]:
        places.append(max(amount, places[-1] + room) if places else amount)
    rows = last.assign(at=places, day=last["day"].dt.strftime("%Y-%m-%d")).to_dict("records")
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "align": "left", "dx": 8, "limit": LABEL_ROOM, "fontSize": 12},
        "encoding": {
            "x": {"field": "day", "type": "temporal"},
            "y": {"field": "at", "type": "quantitative"},
            "text": {"field": "name", "type": "nominal"},
            "color": {"field": "name", "type": "nominal"},
        },
    }


def heat(frame: pd.DataFrame, label: str, weekdays: Sequence[str]) -> None:
    """A field for each `hour` and `weekday_name` of a frame, the stronger the higher its `value`; hover gives the rest."""
    numbers = ("value", "orders", "net_sales", "units")
    shown = frame[["hour", "weekday_name"]].assign(
        **{name: pd.to_numeric(frame[name]).astype(float) for name in numbers},
        time=[f"{hour:02d}:00 – {hour:02d}:59" for hour in frame["hour"]],
    )
    x = {
        "field": "hour",
        "type": "ordinal",
        "axis": {"title": "Hour of the day", "labelAngle": 0, "labelOverlap": True},
    }
    y = {"field": "weekday_name", "type": "nominal", "sort": list(weekdays), "axis": {"title": None, "ticks": False}}
    colour = {
        "field": "value",
        "type": "quantitative",
        "scale": {"range": SHADES, "domainMin": 0},
        "legend": {"title": label, "orient": "bottom", "format": _short(shown["value"]), "gradientLength": 160},
    }
    hover = [
        charts.tip("weekday_name", "Weekday", "nominal"),
        charts.tip("time", "Hour", "nominal"),
        charts.tip("value", label, "quantitative"),
        charts.tip("orders", "Orders in all", "quantitative", ",.0f"),
        charts.tip("net_sales", "Net sales in all", "quantitative"),
        charts.tip("units", "Units in all", "quantitative", ",.0f"),
    ]
    mark = {"type": "rect", "cornerRadius": 2}
    spec = {"mark": mark, "encoding": {"x": x, "y": y, "color": colour, "tooltip": hover}, "height": {"step": 34}}
    charts.draw(shown, spec, f"{label} by hour and weekday")
