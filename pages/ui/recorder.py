"""What a page draws is noted while it draws, so that a report says what is on the screen: the same words, numbers and charts.

Streamlit sends every element to the browser as a message with its place on the page. The messages of the run on the screen are
kept, by place, and read when somebody asks for a report. So no page has to say anything twice.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.proto.Markdown_pb2 import Markdown
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.reports import shown, text
from analytics.reports.parts import Card, Cards, Chart, Column, Folded, Part, Table, View, Words
from analytics.wording import BLANK

RECORD = "record_of_page"
MAIN = 0
TITLE = "h1"
# What is on the page to be worked with, and no part of what it says.
TOOLS = ("popover", "dialog", "form")
KINDS = {"date": "day", "datetime": "time", "checkbox": "flag"}
# forms of numbers that are a kind of their own in a workbook
SHARES, WHOLE, MONEY, DAYS = "percent", "localized", "%,.2f", "%.1f"
NUMBERS = {SHARES: "percent", WHOLE: "count", MONEY: "money", DAYS: "days"}

Path = tuple[int, ...]


@dataclass
class Record:
    """The elements of a page by their places, and the blocks they stand in."""

    elements: dict[Path, Any] = field(default_factory=dict)
    blocks: dict[Path, Any] = field(default_factory=dict)

    def note(self, message: Any) -> None:
        """One message to the browser; what it replaces is forgotten."""
        if message.WhichOneof("type") != "delta":
            return
        place, what = tuple(message.metadata.delta_path), message.delta.WhichOneof("type")
        if not place or place[0] != MAIN or what not in ("new_element", "add_block"):
            return
        for known in (self.elements, self.blocks):
            for other in [each for each in known if each[: len(place)] == place]:
                del known[other]
        if what == "new_element":
            self.elements[place] = message.delta.new_element
        else:
            self.blocks[place] = message.delta.add_block

    def view(self) -> View:
        """What the page shows, from its title on."""
        inside = [place for place in sorted({*self.elements, *self.blocks}) if not self._is_tool(place)]
        return _view(list(self._walk(inside)))

    def _is_tool(self, place: Path) -> bool:
        above = (place[:length] for length in range(1, len(place) + 1))
        return any(self.blocks[each].WhichOneof("type") in TOOLS for each in above if each in self.blocks)

    def _walk(self, places: list[Path]) -> Iterator[tuple[Path, Any, bool]]:
        """Each element or labelled block in the order of the page, with whether it is a block."""
        for place in places:
            if place in self.elements:
                yield place, self.elements[place], False
            elif self.blocks[place].WhichOneof("type") in ("expandable", "tab"):
                yield place, self.blocks[place], True


def begin() -> Record:
    """Note from here on what this run draws."""
    record, context = Record(), get_script_run_ctx()
    st.session_state[RECORD] = record
    if context is not None:
        # a fragment's later runs have contexts of their own, and draw what is not in reports
        context.enqueue = _noting(record, context.enqueue)  # type: ignore[method-assign]
    return record


def current() -> Record | None:
    """What was noted of the page on the screen; None where nothing is noted."""
    found: Record | None = st.session_state.get(RECORD)
    return found


def _noting(record: Record, send: Callable[[Any], None]) -> Callable[[Any], None]:
    def sent(message: Any) -> None:
        record.note(message)
        send(message)

    return sent


def _view(walked: list[tuple[Path, Any, bool]]) -> View:
    title, scope, start = "", "", 0
    for at, (_, element, is_block) in enumerate(walked):
        if not is_block and element.WhichOneof("type") == "heading" and element.heading.tag == TITLE:
            title, start = element.heading.body, at + 1
            break
    rest = [each for each in walked[start:] if each[2] or _part(each[1]) is not None or _is_metric(each[1])]
    if rest and not rest[0][2] and (said := _words(rest[0][1])) is not None and said.kind == "caption":
        scope, rest = " ".join(text.plain(said.text).split()), rest[1:]
    return View(title, scope, _parts(rest))


def _is_metric(element: Any) -> bool:
    return bool(element.WhichOneof("type") == "metric")


def _parts(walked: list[tuple[Path, Any, bool]]) -> tuple[Part, ...]:
    """The parts of a page or of what is folded: cards that follow each other side by side, with the words under them."""
    parts: list[Part] = []
    cards: list[tuple[Path, Card]] = []
    at = 0
    while at < len(walked):
        place, each, is_block = walked[at]
        at += 1
        inside = [one for one in walked[at:] if one[0][: len(place)] == place] if is_block else []
        if not is_block and _is_metric(each):
            cards.append((place, _card(each.metric)))
            continue
        if cards and not is_block and _is_note(cards[-1][0], place, each):
            cards[-1] = (cards[-1][0], _with_note(cards[-1][1], each.markdown.body))
            continue
        if is_block or _part(each) is not None:
            _put(parts, cards)
        if is_block:
            parts += _block(each, inside)
            at += len(inside)
        elif (part := _part(each)) is not None:
            parts.append(part)
    _put(parts, cards)
    return tuple(
        part for part, following in pairwise([*parts, None]) if part is not None and _has_more(part, following)
    )


def _has_more(part: Part, following: Part | None) -> bool:
    """Whether something stands under a heading: of what is only there to be worked with nothing is left."""
    is_heading = isinstance(part, Words) and part.kind == "heading"
    return not is_heading or not (following is None or (isinstance(following, Words) and following.kind == "heading"))


def _put(parts: list[Part], cards: list[tuple[Path, Card]]) -> None:
    if cards:
        parts.append(Cards(tuple(card for _, card in cards)))
        cards.clear()


def _is_note(metric: Path, place: Path, element: Any) -> bool:
    """Whether an element is the caption under a card, in the card's own box."""
    is_caption = element.WhichOneof("type") == "markdown" and element.markdown.element_type == Markdown.Type.CAPTION
    return is_caption and place[:-1] == metric[:-1] and len(place) > 2


def _with_note(card: Card, note: str) -> Card:
    return Card(card.label, card.value, card.change, card.change_is, f"{card.note}\n{note}".strip())


def _block(block: Any, inside: list[tuple[Path, Any, bool]]) -> list[Part]:
    """What stands under a label: a tab and what is unfolded as it is, what is folded as such."""
    parts = _parts(inside)
    if not parts:
        return []
    if block.WhichOneof("type") == "tab":
        return [Words(block.tab.label, "heading"), *parts]
    if block.expandable.expanded:
        return [Words(f"**{block.expandable.label}**"), *parts]
    return [Folded(block.expandable.label, parts)]


def _part(element: Any) -> Part | None:
    kind = element.WhichOneof("type")
    if kind == "vega_lite_chart":
        return _chart(element.vega_lite_chart)
    if kind == "dataframe":
        return _table(element.dataframe)
    if kind == "table":
        return _guide(element.table)
    return _words(element)


def _words(element: Any) -> Words | None:
    kind = element.WhichOneof("type")
    if kind == "heading":
        return Words(element.heading.body, "heading")
    if kind == "alert":
        return Words(element.alert.body, "notice", element.alert.title)
    if kind == "markdown" and element.markdown.body.strip() and not element.markdown.allow_html:
        is_caption = element.markdown.element_type == Markdown.Type.CAPTION
        return Words(element.markdown.body, "caption" if is_caption else "text")
    return None


def _card(metric: Any) -> Card:
    return Card(metric.label, _number(metric.body, metric.format), metric.delta, metric.delta_description)


def _number(body: str, form: str) -> str:
    try:
        value = shown.exact(body)
    except ValueError:
        return body or BLANK
    return shown.number(value, form or None)


def _chart(chart: Any) -> Chart:
    """The specification with the rows that it was sent beside."""
    spec = json.loads(chart.spec)
    if chart.HasField("data"):
        spec["data"] = {"values": _values(chart.data.data)}
    if chart.datasets:
        spec["datasets"] = {each.name: _values(each.data.data) for each in chart.datasets}
    return Chart(spec, chart.alt)


def _values(arrow: bytes) -> list[dict[str, Any]]:
    """The rows as the browser hands them to the drawing: unknown is null, days and times in ISO form."""
    frame = convert_arrow_bytes_to_pandas_df(arrow)
    for name in frame.columns:
        if isinstance(frame[name].dtype, pd.DatetimeTZDtype) or pd.api.types.is_datetime64_any_dtype(frame[name]):
            frame[name] = frame[name].dt.strftime("%Y-%m-%dT%H:%M:%S")
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", date_format="iso", double_precision=15))
    return rows


def _table(sent: Any) -> Table:
    """A table of the screen with the forms of its columns; what is hidden there is not in it."""
    frame = convert_arrow_bytes_to_pandas_df(sent.arrow_data.data)
    about = json.loads(sent.columns or "{}")
    names = [name for name in (list(sent.column_order) or list(frame.columns)) if name in frame.columns]
    columns = [_column(str(name), frame[name], about.get(str(name)) or {}) for name in names]
    hidden = {str(name) for name, said in about.items() if said and said.get("hidden")}
    return Table(sent.alt or "Table", frame, tuple(each for each in columns if each.name not in hidden))


def _column(name: str, values: "pd.Series[Any]", about: dict[str, Any]) -> Column:
    said = about.get("type_config") or {}
    kind, form = said.get("type", ""), said.get("format")
    label = about.get("label") or name
    if kind in KINDS:
        return Column(name, label, KINDS[kind])
    if kind in ("number", "progress") or (not kind and pd.api.types.is_numeric_dtype(values)):
        # an own number format of Streamlit's shows as on the screen; in a workbook it is a number of that kind
        return Column(name, label, NUMBERS.get(form or "", "rate" if form else "count"), form)
    return Column(name, label)


def _guide(sent: Any) -> Table:
    """A table of sentences, whose headers are the names of its columns."""
    frame = convert_arrow_bytes_to_pandas_df(sent.arrow_data.data)
    return Table(sent.alt or "Table", frame, tuple(Column(str(name), str(name)) for name in frame.columns))
