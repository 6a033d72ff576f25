"""One thing out of many, chosen by its name in the address: a day of a report, an import."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.ui import address, gate


def one_of(name: str, label: str, options: Mapping[str, str], width: int = 520) -> str | None:
    """The key of the option chosen, the first one unless told; `options` are keys with what is shown for them.

    The address keeps the key. If it asks for one that is not there, that is said, and None comes back: another one must
    not be taken for it.
    """
    asked = st.query_params.get(name)
    if st.session_state.get(name) not in options:
        st.session_state.pop(name, None)
        if asked in options:
            st.session_state[name] = asked
    is_missing = asked is not None and asked not in options and name not in st.session_state

    def keep() -> None:
        st.query_params[name] = st.session_state[name]

    picked = st.selectbox(
        label,
        list(options),
        index=None if is_missing else 0,
        format_func=lambda key: options[key],
        key=name,
        on_change=gate.callback(keep),
        placeholder="Choose",
        width=width,
    )
    if picked is not None:
        address.note(name, picked)
    else:
        st.warning(
            f"The address asks for {label.lower()} “{address.said([str(asked)])}”, which is not there. Choose one above.",
            title="This view does not exist",
        )
    return picked


def switch(name: str, label: str, options: Mapping[str, str], usual: str) -> str:
    """The key of one of a few options, as buttons; the address keeps its words, `usual` is chosen until another one is.

    What the address asks for that is not there is said by address.kept(), as for every bound widget.
    """
    keys = {words: key for key, words in options.items()}
    picked = st.segmented_control(
        label, list(keys), default=options[usual], required=True, key=name, bind="query-params"
    )
    return keys.get(str(picked), usual)  # a parameter without a value asks for nothing


def clicked(table: str, name: str, values: Sequence[object]) -> None:
    """Let the choice of that name be the value of the row that was clicked in a table, if it has one."""
    picked = st.session_state[f"table_{table}"]["selection"]["rows"]
    if picked:
        choose(name, values[picked[0]])


def choose(name: str, value: object) -> None:
    """Let the choice of that name be another value, and the address keep it; nothing is chosen for None."""
    if value is not None:
        st.session_state[name] = st.query_params[name] = str(value)
