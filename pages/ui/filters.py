"""The filters: drawn once, kept in the address, and read from it before any widget can bend them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from analytics import comparisons, imports, periods, settings, stores, wording
from analytics.scope import Scope
from pages.ui import reads, shops, states
from pages.ui.shops import Shop

CLOCKS = {"order date": "order_date", "refund date": "refund_date"}
SLICES = ("channel", "country", "category")
# What a page may narrow that is no part of a scope.
OWN = ("kind", "status")
# What is compared by the store's countries.
EVENTFUL = ("same event last year",)
UNKNOWN = "unknown"
FIRST, LAST = date(1990, 1, 1), date(2099, 12, 31)
REFUSED = "refused_filters"
WHOLE_DAYS = "whole_days"
LABELS = {
    "store": "Store",
    "days": "Days",
    "day": "Day",
    "compare": "Compared with",
    "clock": "Refunds count on",
    "channel": "Channel",
    "country": "Country",
    "category": "Category",
    "currency": "Currency",
    "kind": "Kind of data",
    "status": "Status",
}


@dataclass(frozen=True)
class View:
    """What is looked at: `scope` (its stop exclusive), the days it is compared with, the shop, the link back to it, and
    what is chosen in the page's own filters (empty: all).

    `before` may stand for the mean of several ranges (see Scope): reads.of answers for it as for any other. `event` says
    which event is compared with which, where one is.
    """

    shop: Shop
    scope: Scope
    before: Scope | None
    comparison: str
    link: str
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    event: str = ""

    @property
    def currency(self) -> str:
        """The one currency of every amount on the page."""
        return self.scope.currency or ""

    @property
    def against(self) -> str:
        """What it is compared with, in words; empty without a comparison."""
        if self.before is None:
            return ""
        days = wording.days(self.before.start, self.before.stop)
        first = self.shop.first_day
        if first and self.before.start and self.before.start < first:
            days += f", known from {wording.day(first)}"
        if self.event:
            return f"against {days} ({self.event})"
        if self.before.repeats > 1:
            whole = wording.days(self.before.ranges()[-1].start, self.before.stop)
            return f"against the mean of {self.before.repeats} ranges of the same weekdays in {whole}"
        return f"against {days}"

    @property
    def clock(self) -> str:
        """The clock in words: “order date” or “refund date”."""
        return next(words for words, basis in CLOCKS.items() if basis == self.scope.basis)


def view(title: str, names: Sequence[str], needs: states.Needs = states.ORDERS) -> View:
    """Draw the page's head (title, scope, filters) and give what the filters say.

    Stops the page if there is no store, or if the address asks for something that is not there.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(title, width="content")
        st.space("stretch")
        corner = st.container(width="content")
    line = st.container()
    known = shops.known()
    if not known:
        states.empty(needs)
        st.stop()
    raw = {name: st.query_params.get_all(name) for name in ("store", *names) if name in st.query_params}
    with st.container(horizontal=True, vertical_alignment="bottom", wrap=False, gap="small", key="filters"):
        _hold(problems(_new(raw, ["store"]), {"store": list(known)}))
        shop = shops.together(known, _stores(list(known), "store" in raw))
        options = _options(shop)
        names = [name for name in names if name not in ("currency", *SLICES) or len(options[name]) > 1 or name in raw]
        _hold(problems(_new(raw, names), options))
        chosen = {name: _widget(name, options, shop) for name in names}
        made = _view(shop, chosen, options)
    _stop_if_refused(("store", *names))
    with corner:
        _link_button(made.link)
    with line:
        _scope_line(made, "days" in names or "day" in names)
    return made


def _scope_line(made: View, has_days: bool) -> None:
    """Store, days, comparison, clock, and how far the data reach."""
    parts = [made.shop.name]
    if has_days:
        parts.append(wording.days(made.scope.start, made.scope.stop))
    if made.before is not None:
        parts.append(made.against)
    if has_days:
        parts.append(f"refunds on the {made.clock}")
    if fresh := imports.in_words(reads.of_store(imports.freshness, made.shop.stores)):
        parts.append(fresh)
    st.caption(" · ".join(parts))


def problems(raw: Mapping[str, Sequence[str]], options: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Which of the address's parameters cannot be followed, each with its value as it stands there.

    `options` are the values each filter knows. `days` are the first and last as ISO dates, or one for both.
    """
    wrong = {}
    for name, values in raw.items():
        if name in ("days", "day"):
            is_right = _are_days(values, 2 if name == "days" else 1)
        else:
            is_right = set(values) <= set(options.get(name, ())) and _is_single(name, values)
        if not is_right:
            wrong[name] = ", ".join(values)
    return wrong


def _is_single(name: str, values: Sequence[str]) -> bool:
    """Whether a filter that takes one value has one, and one that takes several has each of them once."""
    return len(set(values)) == len(values) and (name in ("store", *SLICES, *OWN) or len(values) == 1)


def _are_days(values: Sequence[str], most: int) -> bool:
    try:
        found = [date.fromisoformat(value) for value in values]
    except ValueError:
        return False
    return 1 <= len(found) <= most and found == sorted(found) and found[0] >= FIRST and found[-1] <= LAST


def _new(raw: Mapping[str, list[str]], names: Sequence[str]) -> dict[str, list[str]]:
    """The parameters of widgets that do not stand yet: afterwards the widget says what was chosen, not the address."""
    return {name: raw[name] for name in names if name in raw and name not in st.session_state}


def _hold(wrong: Mapping[str, str]) -> None:
    # Streamlit takes a wrong value out of the address and would show everything on the next run: so it is kept here
    # until something else is chosen.
    st.session_state.setdefault(REFUSED, {}).update(wrong)


def _accept(name: str) -> None:
    st.session_state.get(REFUSED, {}).pop(name, None)


def _stop_if_refused(names: Sequence[str]) -> None:
    wrong = {name: value for name, value in st.session_state[REFUSED].items() if name in names}
    if not wrong:
        return
    said = "; ".join(f"{LABELS[name].lower()} “{value}”" for name, value in wrong.items())
    st.warning(
        f"The address asks for something this shop does not have: {said}. Nothing is shown, so that one number is "
        "not taken for another. Choose a value above, or go on without it.",
        title="This view does not exist",
    )
    st.button("Go on without it", on_click=st.session_state[REFUSED].clear)
    st.stop()


def _stores(names: list[str], is_asked: bool) -> list[str]:
    """The stores chosen, none for all of them; where there is only one there is nothing to choose."""
    if len(names) == 1 and not is_asked and "store" not in st.session_state:
        return []
    return _multiselect("store", names, 190)


def _options(shop: Shop) -> dict[str, list[str]]:
    found = reads.of_store(stores.choices, shop.stores)
    slices = {name: [value or UNKNOWN for value in found.get(name, [])] for name in SLICES}
    currencies = sorted(found.get("currency", []), key=lambda each: each != shop.currency)
    own = {"kind": list(imports.KINDS.values()), "status": list(imports.STATUSES)}
    return {"compare": list(comparisons.COMPARISONS), "clock": list(CLOCKS), "currency": currencies, **slices, **own}


def _widget(name: str, options: Mapping[str, list[str]], shop: Shop) -> Any:
    if name == "days":
        return _days(shop)
    if name == "day":
        return _one_day(shop)
    if name in (*SLICES, *OWN):
        return _multiselect(name, options[name], 145)
    return _selectbox(name, options[name], 110 if name == "currency" else 200 if name == "compare" else 140)


def _multiselect(name: str, options: list[str], width: int) -> list[str]:
    bound: dict[str, Any] = {"bind": "query-params", "on_change": _accept, "args": (name,)}
    return st.multiselect(LABELS[name], options, key=name, placeholder="All", width=width, **bound)


def _selectbox(name: str, options: list[str], width: int) -> str:
    bound: dict[str, Any] = {"bind": "query-params", "on_change": _accept, "args": (name,)}
    return str(st.selectbox(LABELS[name], options, key=name, width=width, **bound))


def _days(shop: Shop) -> tuple[date, date]:
    usual = periods.default_days(shop.last_complete_day, shop.first_day)
    _follow("days", usual)
    picked = st.date_input(
        LABELS["days"],
        value=usual,
        min_value=FIRST,
        max_value=LAST,
        format="YYYY-MM-DD",
        key="days",
        width=225,
        bind="query-params",
        on_change=_accept,
        args=("days",),
    )
    days = picked if isinstance(picked, tuple) else (picked,)
    if len(days) == 2 or (days and WHOLE_DAYS not in st.session_state):
        # Streamlit makes one value of two equal ones in the address: a range of one day arrives as that day
        st.session_state[WHOLE_DAYS] = (days[0], days[-1])
    # between the two clicks of a range the picker hands over one day, too: the last whole range stands until then
    return st.session_state.get(WHOLE_DAYS, usual)


def _one_day(shop: Shop) -> date:
    usual = shop.last_complete_day
    _follow("day", usual)
    picked = st.date_input(
        LABELS["day"],
        value=usual,
        min_value=FIRST,
        max_value=LAST,
        format="YYYY-MM-DD",
        key="day",
        width=140,
        bind="query-params",
        on_change=_accept,
        args=("day",),
    )
    return picked if isinstance(picked, date) else usual


def _follow(name: str, usual: Any) -> None:
    """Another store has other last days: a range that was never chosen by hand moves along."""
    before = st.session_state.get(f"{name}_usual")
    if before is not None and before != usual and st.session_state.get(name) == before:
        st.session_state[name] = usual
    st.session_state[f"{name}_usual"] = usual


def _view(shop: Shop, chosen: Mapping[str, Any], options: Mapping[str, list[str]]) -> View:
    start, last = chosen["days"] if "days" in chosen else (chosen.get("day", shop.last_complete_day),) * 2
    # ends are included in pickers and addresses, and excluded everywhere else
    stop = last + timedelta(days=1)
    comparison = chosen.get("compare", "no comparison")
    slices = {name: _values(chosen.get(name, ())) for name in SLICES}
    scope = Scope(
        store=shop.stores,
        start=start,
        stop=stop,
        basis=CLOCKS[chosen.get("clock", "order date")],
        channels=slices["channel"],
        countries=slices["country"],
        categories=slices["category"],
        currency=chosen.get("currency") or next(iter(options["currency"]), shop.currency),
    )
    countries = reads.of_store(settings.of, shop.stores).countries if comparison in EVENTFUL else ()
    known = comparisons.Known(shop.first_day, shop.last_day, countries)
    other = comparisons.of(start, stop, comparison, known)
    own = {name: tuple(chosen[name]) for name in OWN if name in chosen}
    before = other.scope(scope) if other else None
    event = other.words if other and comparison in EVENTFUL else ""
    return View(shop, scope, before, comparison, _link(shop, chosen), own, event)


def _values(picked: Sequence[str]) -> tuple[str, ...]:
    """What is kept under the words picked: “unknown” is kept as a blank or as that word, by the kind of file."""
    return tuple(value for each in picked for value in (("", each) if each == UNKNOWN else (each,)))


def _link(shop: Shop, chosen: Mapping[str, Any]) -> str:
    """The address of this very view: every filter, also those that stand at their default, and absolute days."""
    # every store by its name: the same view also when there is one store more
    asked: list[tuple[str, str]] = [("store", name) for name in shop.names]
    for name, value in chosen.items():
        values = value if isinstance(value, list | tuple) else [value]
        asked += [(name, each.isoformat() if isinstance(each, date) else str(each)) for each in values]
    # what a page asks for beside the filters, such as a search or one order, stands in the address already
    own = [name for name in st.query_params if name not in chosen and name != "store"]
    for name in own:
        # a widget's own value is newer than the address, which follows it after this run
        said = st.session_state.get(name, st.query_params.get_all(name))
        values = said if isinstance(said, list | tuple) else [said]
        asked += [(name, str(value)) for value in values if value not in (None, "")]
    page = (st.context.url or "").partition("?")[0]
    return f"{page}?{urlencode(asked)}"


def _link_button(link: str) -> None:
    with st.popover("Copy link", icon=":material/link:", width="content"):
        st.caption("This link opens exactly this view: the same days and the same filters, also tomorrow.")
        st.code(link, language=None, wrap_lines=True)
