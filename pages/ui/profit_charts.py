"""Charts of contribution and its costs: of how many orders a cost is known, and how many orders earn how much."""

from typing import Any

import pandas as pd

from pages.ui import charts

# Known from a file, said by a rule (hollow, with the word), and not known.
KNOWN = {"from files": "with_lines", "estimated by rules": "with_estimate", "not known": "with_nothing"}
COLOURS = {"domain": list(KNOWN), "range": [charts.NOW, charts.NOW, charts.BEFORE]}


def coverage(frame: pd.DataFrame) -> None:
    """A bar for each row's `what`: its orders from files, by rules (hollow), and of which nothing is known (grey)."""
    parts = [
        {"what": row["what"], "known": words, "orders": int(row[column]), "place": place}
        for row in frame.to_dict("records")
        for place, (words, column) in enumerate(KNOWN.items())
    ]
    shown = pd.DataFrame(parts)
    hollow = {"condition": {"test": "datum.known != 'from files'", "value": 0.2}, "value": 1}
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
