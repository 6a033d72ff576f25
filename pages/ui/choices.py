"""One thing out of many, chosen by its name in the address: a day of a report, an import."""

from collections.abc import Mapping, Sequence

import streamlit as st


def segments(name: str, label: str, options: Sequence[str]) -> str | None:
    """One of a few, side by side, the first one unless told; the address keeps it.

    If the address asks for one that is not there, that is said until another is chosen, and None comes back.
    """
    refused, asked = f"{name}_refused", st.query_params.get_all(name)
    # Streamlit takes a wrong value out of the address before the next run: so it is kept
    if name not in st.session_state and asked and (len(asked) > 1 or asked[0] not in options):
        st.session_state[refused] = ", ".join(asked)

    def accept() -> None:
        st.session_state.pop(refused, None)

    picked = st.segmented_control(
        label, options, default=options[0], required=True, key=name, bind="query-params", on_change=accept
    )
    if wrong := st.session_state.get(refused):
        st.warning(
            f"The address asks for {label.lower()} “{wrong}”, which is not there. Choose one above.",
            title="This view does not exist",
        )
        st.button("Go on without it", on_click=accept, key=f"{name}_accept")
        return None
    return str(picked)


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
