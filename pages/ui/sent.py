"""What a link's browser is sent: the kinds of elements named here, what was chosen as words, and nothing that can be used.

It stands where everything passes on its way to the browser, so that it holds for every page, also for those to come.
"""

from collections.abc import Callable
from typing import Any

from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.ui import hidden, states

# Only to be looked at; what is not named here is left out.
SHOWN = {
    "alert", "code", "dataframe", "empty", "heading", "markdown", "metric", "progress", "skeleton", "space", "spinner",
    "table", "text", "vega_lite_chart",
}  # fmt: skip
# What was chosen stands as words in its place.
CHOSEN: dict[str, Callable[[Any], list[str]]] = {
    "selectbox": lambda widget: _option(widget, widget.raw_value),
    "radio": lambda widget: _option(widget, widget.raw_value),
    "multiselect": lambda widget: _options(widget),
    "button_group": lambda widget: _buttons(widget),
    "slider": lambda widget: _slider(widget),
    "date_input": lambda widget: [" – ".join(widget.value if widget.set_value else widget.default)],
    "text_input": lambda widget: _typed(widget),
    "number_input": lambda widget: _typed(widget),
    "checkbox": lambda widget: ["yes"] if (widget.value if widget.set_value else widget.default) else [],
}
MESSAGES = {"delta", "navigation", "page_config_changed", "page_not_found"}
# Parts of a page with everything in them.
LEFT_OUT = {"form", "dialog", "chat_message"}
DOWNLOADS = "download_button"


def only_to_look_at(hides_amounts: bool) -> None:
    """From here on let through to the browser only what can be looked at, and no amounts, if told."""
    context = get_script_run_ctx()
    if context is None:
        return
    send = type(context).enqueue
    left_out: set[tuple[int, ...]] = set()

    def enqueue(message: ForwardMsg) -> None:
        if _shown(message, left_out, hides_amounts):
            send(context, message)

    context.enqueue = enqueue  # type: ignore[method-assign]


def everything() -> None:
    """From here on let everything through again."""
    if (context := get_script_run_ctx()) is not None:
        vars(context).pop("enqueue", None)


def _shown(message: ForwardMsg, left_out: set[tuple[int, ...]], hides_amounts: bool) -> bool:
    """Whether a message is sent; what must not be in it is taken out."""
    kind = message.WhichOneof("type")
    if kind == "navigation":
        _one_page(message)
    if kind != "delta":
        return kind in MESSAGES
    path = tuple(message.metadata.delta_path)
    if any(path[: len(each)] == each for each in left_out):
        return False
    delta = message.delta
    if delta.WhichOneof("type") == "add_block":
        if not _block(delta, hides_amounts):
            left_out.add(path)
            delta.new_element.empty.SetInParent()
        return True
    left_out.discard(path)
    elements = [delta.new_element] if delta.HasField("new_element") else delta.new_transient.elements
    for element in elements:
        _element(element, hides_amounts)
    return True


def _one_page(message: ForwardMsg) -> None:
    """The browser learns of no page but the one that runs, and of the first one, from which it tells addresses."""
    navigation = message.navigation
    pages = [
        each for each in navigation.app_pages if each.page_script_hash == navigation.page_script_hash or each.is_default
    ]
    navigation.ClearField("app_pages")
    navigation.app_pages.extend(pages)
    del navigation.sections[:]
    navigation.position = navigation.HIDDEN


def _block(delta: Delta, hides_amounts: bool) -> bool:
    """Whether a part of a page is sent; it opens and closes by itself, or not at all."""
    block = delta.add_block
    kind = block.WhichOneof("type")
    if kind in LEFT_OUT:
        return False
    if kind == "flex_container" and block.flex_container.direction == block.flex_container.HORIZONTAL:
        block.flex_container.wrap = True  # words take other room than the widgets that they stand for
    if kind in ("expandable", "popover", "tab_container"):
        getattr(block, kind).id = ""
    if hides_amounts:
        hidden.words(block)
    return True


def _element(element: Element, hides_amounts: bool) -> None:
    kind = element.WhichOneof("type") or "empty"
    if kind in CHOSEN:
        widget = getattr(element, kind)
        _as_words(element, widget.label, CHOSEN[kind](widget))
    elif (kind == DOWNLOADS and not hides_amounts) or (kind == "html" and element.html.unsafe_allow_javascript):
        return  # a script of our own is the same on every page
    elif kind not in SHOWN or (kind == "dataframe" and element.dataframe.editing_mode):  # 0: only to be read
        element.empty.SetInParent()
    elif kind in ("dataframe", "vega_lite_chart"):
        shown = getattr(element, kind)
        shown.ClearField("selection_mode")
        shown.id = ""
    if hides_amounts:
        hidden.amounts(element)


def _as_words(element: Element, label: str, values: list[str]) -> None:
    """What was chosen, as a badge; nothing if nothing was."""
    said = ", ".join(value for value in values if value)
    if not said:
        element.empty.SetInParent()
        return
    element.markdown.body = f":gray-badge[{states.plain(label)}: {states.plain(said)}]"
    element.width_config.use_content = True


def _option(widget: Any, chosen: str) -> list[str]:
    if widget.set_value:
        return [chosen]
    return [widget.options[widget.default]] if widget.HasField("default") else []


def _options(widget: Any) -> list[str]:
    return list(widget.raw_values) if widget.set_value else [widget.options[each] for each in widget.default]


def _buttons(widget: Any) -> list[str]:
    if widget.set_value:
        return list(widget.raw_values)
    return [widget.options[each].content for each in widget.default]


def _slider(widget: Any) -> list[str]:
    if widget.options:
        return list(widget.raw_value) if widget.set_value else [widget.options[int(each)] for each in widget.default]
    return [f"{each:g}" for each in (widget.value if widget.set_value else widget.default)]


def _typed(widget: Any) -> list[str]:
    if widget.set_value:
        return [f"{widget.value:g}" if isinstance(widget.value, float) else widget.value]
    if not widget.HasField("default"):
        return []
    return [f"{widget.default:g}" if isinstance(widget.default, float) else widget.default]
