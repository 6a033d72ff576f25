"""A page's own choices, kept in the address: what it asks for that cannot be is said, and then nothing is shown."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import streamlit as st

from pages.ui import address, gate


def text(name: str, label: str, **how: Any) -> str:
    """A line of text, "" for none; without the character that no text in a database can hold."""
    return str(st.text_input(label, key=name, **_bound(name), **how) or "").replace("\x00", "").strip()


def several(name: str, label: str, options: Sequence[str], **how: Any) -> tuple[str, ...]:
    """Some of the options, none for all of them."""
    _check(name, label, lambda values: set(values) <= set(options))
    return tuple(st.multiselect(label, options, key=name, placeholder="All", **_bound(name), **how))


def one(name: str, label: str, options: Mapping[str, str], **how: Any) -> str:
    """The key of one of the options, which are keys with what is shown for them and stands in the address; the first one
    unless told."""
    _check(name, label, lambda values: len(values) == 1 and values[0] in options.values())
    shown = {words: key for key, words in options.items()}
    return shown[str(st.selectbox(label, list(shown), key=name, **_bound(name), **how))]


def few(name: str, label: str, options: Sequence[str]) -> str:
    """One of a few options, a button each, the first one unless told."""
    _check(name, label, lambda values: len(values) == 1 and values[0] in options)
    picked = st.segmented_control(label, options, default=options[0], required=True, key=name, **_bound(name))
    return str(picked or options[0])


def step(name: str, label: str, options: Sequence[str], usual: str) -> str:
    """One of options in an order, by a slider, `usual` until another one is chosen."""
    _check(name, label, lambda values: len(values) == 1 and values[0] in options)
    return str(st.select_slider(label, options, value=usual, key=name, **_bound(name)))


def amount(name: str, label: str, **how: Any) -> Decimal | None:
    """An amount, None for none."""
    _check(name, label, lambda values: len(values) == 1 and _is_amount(values[0]))
    typed = st.number_input(label, value=None, key=name, format="%.2f", **_bound(name), **how)
    return None if typed is None else round(Decimal(str(typed)), 2)


def _is_amount(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _bound(name: str) -> dict[str, Any]:
    return {"bind": "query-params", "on_change": gate.callback(_accept), "args": (name,)}


def _accept(name: str) -> None:
    address.accept(name)
    # another question is answered from its first page, and not by the order that was looked at
    if "page" in st.session_state:
        st.session_state["page"] = 1
    for each in ("order", "order_of"):
        st.query_params.pop(each, None)


def _check(name: str, label: str, is_right: Callable[[list[str]], bool]) -> None:
    """Keep a value that cannot be: Streamlit takes it out of the address and would show everything on the next run."""
    if name in st.query_params and name not in st.session_state:
        values = st.query_params.get_all(name)
        if any(values) and not is_right(values):  # a parameter without a value asks for nothing
            address.refuse({name: f"{label.lower()} “{address.said(values)}”"})
