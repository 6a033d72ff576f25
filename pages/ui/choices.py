"""One thing out of many, chosen by its name in the address: a day of a report, an import."""

from collections.abc import Mapping

import streamlit as st


def one_of(name: str, label: str, options: Mapping[str, str]) -> str | None:
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
        on_change=keep,
        placeholder="Choose",
        width=520,
    )
    if picked is None:
        st.warning(
            f"The address asks for {label.lower()} “{asked}”, which is not there. Choose one above.",
            title="This view does not exist",
        )
    return picked


def switch(name: str, label: str, options: Mapping[str, str], usual: str) -> str | None:
    """The key of one of a few options, as buttons; the address keeps its words, `usual` is chosen until another one is.

    If the address asks for one that is not there, that is said, and None comes back until one is chosen.
    """
    keys = {words: key for key, words in options.items()}
    asked = st.query_params.get(name)
    wrong = f"{name}_asked_wrongly"
    if asked is not None and name not in st.session_state and asked not in keys:
        st.session_state[wrong] = asked
    picked = st.segmented_control(
        label,
        list(keys),
        default=options[usual],
        required=True,
        key=name,
        bind="query-params",
        on_change=lambda: st.session_state.pop(wrong, None),
    )
    if wrong not in st.session_state:
        return keys[picked]
    st.warning(
        f"The address asks for {label.lower()} “{st.session_state[wrong]}”, which is not there. Choose one above.",
        title="This view does not exist",
    )
    if st.button(f"Go on with {options[usual]}", key=f"{name}_go_on"):
        st.session_state.pop(wrong)
        st.rerun()
    return None
