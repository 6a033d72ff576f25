"""What is written on charts and in tables can be read: ink on shades, names at the ends of lines, percentages."""

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
import streamlit as st

from pages.ui import charts, line_names, season_charts, shades, tables


def drawn(patch: pytest.MonkeyPatch, draw: Any) -> tuple[pd.DataFrame, dict[str, Any]]:
    """What a chart hands to the browser: its rows and what it asks for."""
    found: list[Any] = []
    patch.setattr(st, "vega_lite_chart", lambda frame, spec, **_: found.append((frame, spec)))
    draw()
    return found[0]


def bright(colour: str) -> float:
    return shades.luminance([int(colour[at : at + 2], 16) for at in (1, 3, 5)])


def test_every_figure_of_the_heat_map_stands_out_from_its_field_in_both_themes(monkeypatch: pytest.MonkeyPatch) -> None:
    indices = [at / 100 for at in range(260)]
    rows = [{"title": str(each), "period": 1, "period_name": "January", "season_index": each,
             "index_low_80": each, "index_high_80": each} for each in indices]  # fmt: skip
    frame, spec = drawn(monkeypatch, lambda: season_charts.fields(pd.DataFrame(rows), "month"))
    field, text = (layer["encoding"]["color"] for layer in spec["layer"])
    # neither colour is mixed with the ground, which differs between the themes
    assert (field["field"], field["scale"], text["field"], text["scale"]) == ("fill", None, "ink", None)
    apart = [shades.contrast(bright(fill), bright(ink)) for fill, ink in zip(frame["fill"], frame["ink"], strict=True)]
    assert len(apart) == 260 and min(apart) >= 4.5
    assert frame["fill"].iloc[0] != frame["fill"].iloc[100] != frame["fill"].iloc[200] == frame["fill"].iloc[-1]
    assert shades.contrast(1.0, 0.0) == 21 and shades.luminance((255, 255, 255)) == pytest.approx(1)


def test_names_at_the_ends_of_lines_lie_on_nothing_that_is_drawn() -> None:
    days = pd.date_range("2026-01-05", periods=60, freq="7D")
    line = np.concatenate([np.full(45, 40.0), 60 + np.arange(15.0)])
    frame = pd.DataFrame({"day": days, "said": line, "high": line * 1.3, "low": line * 0.7, "before": line * 0.5})
    fields, names = (
        ("said", "high", "low", "before"),
        [("said", charts.NOW), ("before", charts.BEFORE), ("more", charts.DOWN)],
    )
    layer = line_names.layer(frame, "day", names, fields)
    at = {row["words"]: row["at"] for row in layer["data"]["values"]}
    ends = frame.tail(15)[list(fields)].to_numpy()
    assert at["said"] > ends.max() and at["before"] < ends.min() and at["more"] > at["said"] + 5
    assert at[""] > at["more"]
    # where there is no room under the lines, both stand above
    flat = line_names.layer(frame.assign(before=2.0), "day", names[:2], fields)["data"]["values"]
    assert flat[1]["at"] > flat[0]["at"] > ends.max()


def test_percentages_have_one_decimal_on_cards_in_tables_and_in_workbooks(monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, Any] = {}
    monkeypatch.setattr(st, "dataframe", lambda frame, **how: found.update(frame=frame, **how))
    columns = {"title": tables.Column("Of"), "change": tables.percent("Change"), "part": tables.share("Share")}
    rows = pd.DataFrame({"title": ["Mug"], "change": [Decimal("0.23456")], "part": [Decimal("0.5")]}, dtype=object)
    tables.grid(rows, columns, "Rows")
    assert found["frame"]["change"].iloc[0] == pytest.approx(23.456) and found["frame"]["part"].iloc[0] == 50
    forms = [found["column_config"][name]["type_config"]["format"] for name in ("change", "part")]
    assert forms == [tables.ONE_DECIMAL] * 2 and forms[0].replace(",", "") % 23.456 == "23.5 %"
    assert tables.workbook.FORMATS["percent"] == tables.workbook.FORMATS["share"] == "0.0%"
    assert rows["change"].iloc[0] == Decimal("0.23456")
