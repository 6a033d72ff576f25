"""Bars that can be clicked: a click tells the name on the bar."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui import charts, gate

Draw = Callable[[pd.DataFrame, dict[str, Any], str], None]
PICKED = "picked"


def bars(names: str, picked: Callable[[str], None]) -> Draw:
    """What draws a chart in place of charts.draw, so that a click on one of its bars calls `picked` with what `names` has."""

    def draw(frame: pd.DataFrame, spec: dict[str, Any], alt: str) -> None:
        key = f"chart_{alt}"

        def clicked() -> None:
            marks = st.session_state[key]["selection"].get(PICKED) or []
            if marks:
                picked(str(marks[0][names]))

        asked = {"params": [{"name": PICKED, "select": {"type": "point", "fields": [names]}}]}
        layers = [layer | asked if _is_bar(layer) else layer for layer in spec["layer"]]
        st.vega_lite_chart(
            frame, {**spec, "layer": layers, **charts.LOOK}, width="stretch", alt=alt, key=key, on_select=gate.callback(clicked),
            selection_mode=PICKED,
        )  # fmt: skip

    return draw


def _is_bar(layer: dict[str, Any]) -> bool:
    return bool(layer["mark"]["type"] == "bar")
