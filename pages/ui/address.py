"""The address bar is the saved view: what it asks is checked, and what is chosen goes into the link.

Streamlit bends a value that a widget does not know to the widget's default and takes it out of the address. So the address as
it was opened is compared with what its widgets made of it, whichever widgets a page has.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.query_params import parse_url_param

from analytics import actor
from pages.ui import gate, recorder, reporting, saved, share, states

REFUSED = "refused_in_address"
HEAD = "head_of_page"
ABOUT = "about_page"
NOTED = "noted_for_link"
# a notice repeats what the address asks for, but not a page of it
LONGEST = 80

Asked = list[tuple[str, str]]


@contextmanager
def kept() -> Iterator[None]:
    """Run a page: what the address asked for is compared with what became of it, and the link to it all is drawn."""
    raw = {name: st.query_params.get_all(name) for name in st.query_params if name not in st.session_state}
    st.session_state[HEAD], st.session_state[NOTED], st.session_state[ABOUT] = None, {}, []
    recorder.begin()
    yield  # a page that stops itself draws nothing afterwards: its link is the one that its head drew
    _finish(raw)


def head(corner: Any, asked: Asked, about: Asked) -> None:
    """Draw the link to the page, as far as it is known before the page itself is drawn, and the saved views.

    `asked` is what the filters ask for, `about` the same in words, for what is saved of the page.
    """
    with corner:
        place = st.empty()
        share.popover([value for name, value in asked if name == "store"])
        if actor.current().may("browse"):
            reporting.popover(about)
        saved.popover()
    st.session_state[HEAD], st.session_state[ABOUT] = (place, asked), about
    _draw(place, asked + _said_already({name for name, _ in asked}))


def _said_already(filters: set[str]) -> Asked:
    """What the address asks beside the filters; a widget's own value is newer than the address, which follows it."""
    found: Asked = []
    for name in st.query_params:
        if name not in filters:
            kept_in = st.session_state.get(name, st.query_params.get_all(name))
            found += [(name, value) for value in _written(kept_in)]
    return found


def _draw(place: Any, asked: Asked) -> None:
    st.session_state[saved.QUERY] = urlencode(asked)
    if not actor.current().may("browse"):
        return  # whoever sees this view alone has no other link to it
    with place.popover("Copy link", icon=":material/link:", width="content"):
        st.caption("This link opens exactly this view: the same days, filters and choices, also tomorrow.")
        st.code(link(asked), language=None, wrap_lines=True)


def about() -> Asked:
    """What the numbers of the page are of, as names and words; empty on a page without filters."""
    found: Asked = st.session_state.get(ABOUT, [])
    return found


def note(name: str, value: str) -> None:
    """A choice that the address keeps and no bound widget does: it belongs into the link, too."""
    st.session_state.setdefault(NOTED, {})[name] = value


def said(values: Sequence[str]) -> str:
    """What stands in the address, harmless and short enough to be repeated."""
    text = ", ".join(values)
    return states.plain(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def refuse(wrong: Mapping[str, str]) -> None:
    """Keep what cannot be followed, a parameter's name and what to say of it, until the page is left or it is given up."""
    st.session_state.setdefault(REFUSED, {}).setdefault(_page(), {}).update(wrong)


def accept(name: str) -> None:
    """Something else was chosen: what the address said of it is no matter any more."""
    st.session_state.get(REFUSED, {}).get(_page(), {}).pop(name, None)


def stop_if_refused() -> None:
    """Show nothing but a notice if the address asked for something that is not there."""
    kept_back = st.session_state.get(REFUSED, {})
    wrong = kept_back.get(_page())
    for page in [page for page in kept_back if page != _page()]:
        del kept_back[page]
    if not wrong:
        return
    st.warning(
        f"The address asks for something that is not there: {'; '.join(wrong.values())}. Nothing is shown, so that one number "
        "is not taken for another. Choose a value above, or go on without it.",
        title="This view does not exist",
    )
    st.button("Go on without it", key="without_it", on_click=gate.callback(kept_back.clear))
    st.stop()


def link(asked: Asked) -> str:
    """The whole address of this page with what it is asked."""
    return f"{_address()}?{urlencode(asked)}"


def _address() -> str:
    return (st.context.url or "").partition("?")[0]


def _page() -> str:
    context = get_script_run_ctx()
    return context.page_script_hash if context else ""


def _finish(raw: Mapping[str, list[str]]) -> None:
    drawn = st.session_state.get(HEAD)
    place, asked = drawn if drawn else (None, [])
    filters = {name for name, _ in asked}
    bound = {name: shown for name, shown in _bound().items() if name not in filters}
    wrong = {name: values for name, values in raw.items() if name in bound and not _is_same(values, *bound[name])}
    told = st.session_state.get(REFUSED, {}).get(_page(), {})
    refuse({name: f"{name} “{said(values)}”" for name, values in wrong.items() if name not in told})
    if wrong or (told and place is not None):
        st.rerun()  # the page stands already; now its head stops before anything else is drawn
    if place is None:
        return
    own = [(name, value) for name, (values, _) in bound.items() for value in values]
    own += [(name, value) for name, value in st.session_state[NOTED].items() if name not in bound]
    _draw(place, asked + own)


def _is_same(values: list[str], shown: list[str], kind: str) -> bool:
    """Whether a widget holds what the address asked for; “5.0” and “5” are the same number."""
    given = [value for value in values if value != ""]
    try:
        return bool(_parsed(given, kind) == _parsed(shown, kind)) and (len(given) <= 1 or "array" in kind)
    except ValueError:
        return False


def _parsed(values: list[str], kind: str) -> Any:
    return parse_url_param(values, kind) if values else []


def _bound() -> dict[str, tuple[list[str], str]]:
    """Every widget of the page that is bound to the address: its values as the address writes them, and their kind."""
    context = get_script_run_ctx()
    if context is None:
        return {}
    with context.session_state.query_params() as params:
        bindings = dict(params._bindings_by_param)
    state, drawn = context.session_state._state, context.shared.widget_ids_this_run.snapshot()
    found = {}
    for name, binding in bindings.items():
        metadata = state._new_widget_state.widget_metadata.get(binding.widget_id)
        if metadata is not None and name in st.session_state and binding.widget_id in drawn:
            found[name] = (_written(metadata.serializer(st.session_state[name])), binding.value_type)
    return found


def _written(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    values = value if isinstance(value, list | tuple) else [value]
    return [_one(each) for each in values]


def _one(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
