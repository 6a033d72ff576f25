"""Charts of contribution and its costs: of how many orders a cost is known, and how many orders earn how much."""

from typing import Any

import pandas as pd

from pages.ui import charts

# Known from a file, said by a rule, and not known.
KNOWN = {"from files": "with_lines", "estimated by rules": "with_estimate", "not known": "with_nothing"}
COLOURS = {"domain": list(KNOWN), "range": [charts.NOW, "#8CCBCA", charts.BEFORE]}


def coverage(frame: pd.DataFrame) -> None:
    """A bar for each row's `what`: its orders from files, by rules (paler), and of which nothing is known (hollow)."""
    parts = [
        {"what": row["what"], "known": words, "orders": int(row[column]), "place": place}
        for row in frame.to_dict("records")
        for place, (words, column) in enumerate(KNOWN.items())
        if row[column]
    ]
    shown = pd.DataFrame(parts)
    hollow = {"condition": {"test": "datum.known == 'not known'", "value": 0.15}, "value": 1}
    encoding: dict[str, Any] = {
        "y": {
            "field": "what",
            "type": "nominal",
            "sort": list(frame["what"]),
            "axis": {"title": None, "ticks": False, "labelLimit": 170, "labelOverlap": False},
        },
        "x": {"field": "orders", "type": "quantitative", "axis": charts.axis("Orders")},
        "order": {"field": "place", "type": "quantitative"},
        "color": {
            "field": "known",
            "type": "nominal",
            "scale": COLOURS,
            "legend": {"title": None, "orient": "top", "symbolType": "square"},
        },
        "fillOpacity": hollow,
        "stroke": {"field": "known", "type": "nominal", "scale": COLOURS, "legend": None},
        "tooltip": [
            charts.tip("what", "", "nominal"),
            charts.tip("known", "Known", "nominal"),
            charts.tip("orders", "Orders", "quantitative", ","),
        ],
    }
    bar = {"type": "bar", "height": {"band": 0.7}, "strokeDash": [3, 2]}
    charts.draw(shown, {"mark": bar, "encoding": encoding, "height": {"step": 26}}, "Orders by what is known of costs")


def signed(frame: pd.DataFrame, amount: str, label: str) -> None:
    """A bar for each row's `name`, to the right of zero for what is earned and to the left for what is lost."""
    shown = charts.plain(frame, ("name", amount))
    names = {"title": None, "labelLimit": 170, "labelOverlap": False, "ticks": False, "offset": 4}
    encoding: dict[str, Any] = {
        "y": {"field": "name", "type": "nominal", "sort": list(frame["name"]), "axis": names},
        "x": {"field": amount, "type": "quantitative", "axis": charts.axis(label)},
        "tooltip": [charts.tip("name", "", "nominal"), charts.tip(amount, label, "quantitative")],
    }
    colour = {"condition": {"test": f"datum['{amount}'] < 0", "value": charts.DOWN}, "value": charts.NOW}
    bar = {"mark": {"type": "bar", "height": {"band": 0.7}}, "encoding": {"color": colour}}
    text = {"text": {"field": amount, "type": "quantitative", "format": ".3~s"}}
    texts = [
        {
            "transform": [{"filter": f"datum['{amount}'] {which} 0"}],
            "mark": {"type": "text", "align": align, "dx": dx, "color": charts.BEFORE},
            "encoding": text,
        }
        for which, align, dx in ((">=", "left", 4), ("<", "right", -4))
    ]
    charts.draw(shown, {"encoding": encoding, "layer": [bar, *texts], "height": {"step": 26}}, f"{label} by name")


def spread(frame: pd.DataFrame) -> None:
    """A column for each span of what orders leave, by how many there are; those below zero in the colour of losses."""
    shown = pd.DataFrame({"name": list(frame["name"]), "orders": [int(each) for each in frame["orders"]]})
    shown["is_below"] = [bool(each) for each in frame["is_below_zero"]]
    encoding: dict[str, Any] = {
        "x": {
            "field": "name",
            "type": "nominal",
            "sort": list(frame["name"]),
            "axis": {"title": None, "labelAngle": 0, "labelOverlap": True, "ticks": False},
        },
        "y": {"field": "orders", "type": "quantitative", "axis": charts.axis("Orders", ",.0f")},
        "color": {"condition": {"test": "datum.is_below", "value": charts.DOWN}, "value": charts.NOW},
        "tooltip": [charts.tip("name", "", "nominal"), charts.tip("orders", "Orders", "quantitative", ",")],
    }
    charts.draw(shown, {"mark": "bar", "encoding": encoding, "height": charts.HEIGHT}, "Orders by what they leave")
