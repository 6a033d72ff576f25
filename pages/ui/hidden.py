"""A view without its amounts: what money it is of never leaves for the browser.

Whatever is not known to be a count, a share, a number of days or a ratio is taken for money. On cards and in tables and
sentences it is left out; of a chart only the shape is shown: its largest value stands as 100, or as 10 where it is near 100.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
from google.protobuf.message import Message
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df, convert_pandas_df_to_arrow_bytes
from streamlit.proto.Element_pb2 import Element

from analytics.metrics import METRICS

MARK = "•••"
INDEX = "index"
# The names under which numbers stand that are no money, as cards and charts print them.
COUNTED = {about.label for about in METRICS.values() if about.unit != "money"}
# How columns that are no money are printed (see tables): counts, days, rates; a share is a share by its kind.
COUNTS = ("localized", "percent", "%.1f", "%.2f")
NUMBER = r"[+−-]?\d[\d,]*(?:\.\d+)?"
SHORT = r"\s?(?:k|M|bn)\b"
CURRENCY = r"\b[A-Z]{3}\b"
NEAR = (40, 250)
# Axes that are the same whatever the shop sells: shares, and the weeks of a year.
FIXED = ([0, 1], [1, 53])
# With a currency, in short, or to the cent.
AMOUNT = re.compile(
    rf"{NUMBER}(?:{SHORT})?\s{CURRENCY}|{CURRENCY}\s{NUMBER}(?:{SHORT})?|{NUMBER}{SHORT}"
    r"|(?<![\d.])[+−-]?\d[\d,]*\.\d{2,}(?![\d%]|\s%|\spoint)"
)
# Beside an amount a range is one of money, and so is what is large, unless it says what it counts.
COUNT = r"(?:orders?|units?|pieces?|products?|customers?|lines?|rows?|days?|weeks?|levels?|returns?|reversals?)\b"
BESIDE = re.compile(
    rf"{NUMBER}\s?(?:–|to|and)\s{NUMBER}(?![\d.,]*\s?%|\s(?:[A-Z][a-z]|{COUNT}))"
    rf"|(?<![\d.,])[+−-]?\d{{1,3}}(?:,\d{{3}})+(?![\d.,]*\s?%|\s{COUNT})"
)
IN_CURRENCY = re.compile(r", [A-Z]{3}\b")
# Texts of an element that nobody reads.
NO_WORDS = {"id", "icon", "format", "spec", "anchor", "tag", "columns", "color", "form_id", "url", "theme"}


def said(text: str) -> str:
    """A text without the amounts in it."""
    without, found = AMOUNT.subn(MARK, text)
    return BESIDE.sub(MARK, without) if found else text


def words(message: Message) -> None:
    """Take the amounts out of every text of an element or a part of a page."""
    for field, value in message.ListFields():
        if field.message_type is not None:
            for each in value if hasattr(value, "add") else [value]:
                words(each)
        elif field.name not in NO_WORDS and field.cpp_type == field.CPPTYPE_STRING and field.type != field.TYPE_BYTES:
            if isinstance(value, str):
                setattr(message, field.name, said(value))
            else:
                value[:] = [said(each) for each in value]


def amounts(element: Element) -> None:
    """Take the amounts out of an element."""
    kind = element.WhichOneof("type")
    if kind == "metric":
        _card(element.metric)
    elif kind in ("dataframe", "table"):
        _table(getattr(element, kind))
    elif kind == "vega_lite_chart":
        _chart(element.vega_lite_chart)
    else:
        words(element)


def _card(card: Any) -> None:
    words(card)
    if card.label in COUNTED:
        return
    card.body = MARK
    card.ClearField("format")
    del card.chart_data[:]
    if card.delta and not card.delta.endswith("%"):
        card.delta = MARK


def _table(table: Any) -> None:
    frame = convert_arrow_bytes_to_pandas_df(table.arrow_data.data)
    config = json.loads(getattr(table, "columns", "") or "{}")
    columns = {name: _column(frame[name], config.get(name) or {}) for name in frame.columns}
    table.arrow_data.data = convert_pandas_df_to_arrow_bytes(pd.DataFrame(columns, index=frame.index))
    table.arrow_data.ClearField("styler")  # it holds every cell as it is printed


def _column(values: "pd.Series[Any]", config: dict[str, Any]) -> "pd.Series[Any]":
    if not pd.api.types.is_numeric_dtype(values):
        return _texts(values)
    about = config.get("type_config") or {}
    is_counted = values.dtype == bool or about.get("format") in COUNTS
    return values if is_counted else pd.Series([None] * len(values), index=values.index, dtype="float64")


def _texts(values: "pd.Series[Any]") -> "pd.Series[Any]":
    if pd.api.types.is_datetime64_any_dtype(values):
        return values
    return values.map(lambda value: said(value) if isinstance(value, str) else _if_harmless(value))


def _if_harmless(value: Any) -> Any:
    """A day or a truth as it is; a number among texts, or a list of them, is not known to be no money."""
    return value if value is None or isinstance(value, bool) or hasattr(value, "isoformat") else None


def _chart(chart: Any) -> None:
    """Every amount in the chart's data and spec as a share of the largest one, and the currency out of its words."""
    spec = json.loads(chart.spec)
    counted = _counted(spec)
    data = [chart.data, *(each.data for each in chart.datasets)]
    frames = [convert_arrow_bytes_to_pandas_df(each.data) if each.data else pd.DataFrame() for each in data]
    money = [[name for name in frame if _is_money(frame, name, counted)] for frame in frames]
    top = max(
        (frame[name].abs().max() for frame, names in zip(frames, money, strict=True) for name in names), default=0
    )
    factor = _largest(top) / top if top and pd.notna(top) else 0.0
    for each, frame, names in zip(data, frames, money, strict=True):
        if each.data:
            texts = {name: _texts(frame[name]) for name in frame if not pd.api.types.is_numeric_dtype(frame[name])}
            shares = {name: (frame[name] * factor).round(2) for name in names}
            each.data = convert_pandas_df_to_arrow_bytes(frame.assign(**texts, **shares))
    chart.spec = json.dumps(_spec(spec, counted, factor))
    words(chart)


def _largest(top: float) -> int:
    """What stands for the largest value: far enough from it that no other one stands for itself."""
    return 10 if NEAR[0] <= top <= NEAR[1] else 100


def _is_money(frame: pd.DataFrame, name: str, counted: set[str]) -> bool:
    return pd.api.types.is_numeric_dtype(frame[name]) and frame[name].dtype != bool and name not in counted


def _counted(spec: Any) -> set[str]:
    """The fields that the spec prints as a share, as a number of something, or as a place in an order."""
    found = list(_encodings(spec))
    return {each["field"] for each in found if _is_counted(each) or _counts_only(found)}


def _encodings(spec: Any) -> Iterator[dict[str, Any]]:
    if isinstance(spec, dict):
        if isinstance(spec.get("field"), str):
            yield spec
        for each in spec.values():
            yield from _encodings(each)
    elif isinstance(spec, list):
        for each in spec:
            yield from _encodings(each)


def _counts_only(found: list[dict[str, Any]]) -> bool:
    """Whether every axis of a chart says that it counts something: then all of its numbers do."""
    titles = {_title(each) for each in found}
    axes = {_title(each) for each in found if each.get("type") == "quantitative" and "axis" in each}
    return bool(axes) and axes <= COUNTED and not any(IN_CURRENCY.search(title) for title in titles)


def _title(encoding: dict[str, Any]) -> str:
    return encoding.get("title") or (encoding.get("axis") or {}).get("title") or ""


def _is_counted(encoding: dict[str, Any]) -> bool:
    form = str(encoding.get("format") or (encoding.get("axis") or {}).get("format") or "")
    about = METRICS.get(encoding["field"])
    is_share = form.endswith("%") or (encoding.get("scale") or {}).get("domain") in FIXED
    return (
        is_share
        or encoding.get("type") in ("ordinal", "temporal")
        or bool(about and about.unit not in ("money", "percent"))
    )


def _spec(spec: Any, counted: set[str], factor: float, key: str = "") -> Any:
    """The spec with its words without currencies and its own numbers on the scale of the data."""
    if isinstance(spec, str):
        return IN_CURRENCY.sub(f", {INDEX}", said(spec)) if key in ("title", "text", "description") else spec
    if isinstance(spec, list):
        return [_spec(each, counted, factor, key) for each in spec]
    if not isinstance(spec, dict):
        is_amount = isinstance(spec, int | float) and not isinstance(spec, bool) and key in ("datum", "domain")
        return round(spec * factor, 2) if is_amount else spec
    if spec.get("field") in counted:
        factor = 1.0
    if isinstance(spec.get("values"), list):  # data that stand in the spec itself
        spec = spec | {"values": [_row(each, counted, factor) for each in spec["values"]]}
    return {name: _spec(each, counted, factor, name) for name, each in spec.items()}


def _row(row: Any, counted: set[str], factor: float) -> Any:
    if not isinstance(row, dict):
        return row
    return {
        name: said(each) if isinstance(each, str) else _spec(each, counted, 1.0 if name in counted else factor, "datum")
        for name, each in row.items()
    }
