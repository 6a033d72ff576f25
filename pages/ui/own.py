"""A choice that only one page has: kept in the address, and refused there if the address asks for what it does not offer."""

from collections.abc import Sequence

import streamlit as st

from pages.ui import states

HELD = "refused_choices"


def pick(name: str, label: str, options: Sequence[str], width: int | None = None) -> str:
    """The option chosen, the first one unless told; a row of buttons, or with a `width` a list to choose from.

    Stops the page with a notice if the address asks for another one: nothing is shown rather than something else.
    """
    asked = st.query_params.get_all(name)
    held: dict[str, str] = st.session_state.setdefault(HELD, {})
    if name not in st.session_state and asked and (len(asked) > 1 or asked[0] not in options):
        held[name] = ", ".join(asked)  # the widget takes a wrong value out of the address, so it is kept here
    if width is None:
        picked = st.segmented_control(
            label,
            options,
            default=options[0],
            required=True,
            key=name,
            bind="query-params",
            on_change=held.pop,
            args=(name, None),
        )
    else:
        picked = st.selectbox(
            label, options, key=name, bind="query-params", width=width, on_change=held.pop, args=(name, None)
        )
    if name in held:
        st.warning(
            f"The address asks for {label.lower()} “{states.plain(held[name])}”, which is not there. Nothing is shown, so "
            "that one number is not taken for another. Choose a value above, or go on without it.",
            title="This view does not exist",
        )
        st.button("Go on without it", on_click=held.pop, args=(name, None), key=f"without_{name}")
        st.stop()
    return str(picked)
