"""The filters: drawn once, kept in the address, and read from it before any widget can bend them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import streamlit as st

from analytics import comparisons, imports, periods, rates, settings, stores, wording
from analytics.periods import FIRST, LAST
from analytics.scope import Scope
from pages.ui import address, gate, reads, shops, states
from pages.ui.checks import LABELS, OWN, SLICES, problems
from pages.ui.shops import Shop

CLOCKS = {"order date": "order_date", "refund date": "refund_date"}
# What is compared by the store's countries.
EVENTFUL = ("same event last year",)
UNKNOWN = "unknown"
# A page of which every amount can be converted has this among its names: then all currencies can be shown in one.
CONVERTS = "converts"
MONEY = ("currency", CONVERTS)
ALL_IN = "All in "
WHOLE_DAYS = "whole_days"


@dataclass(frozen=True)
class View:
    """What is looked at: `scope` (its stop exclusive), the days it is compared with, the shop, what an address asks for it, and
    what is chosen in the page's own filters (empty: all).

    `before` may stand for the mean of several ranges (see Scope): reads.of answers for it as for any other. `event` says
    which event is compared with which, where one is.
    """

    shop: Shop
    scope: Scope
    before: Scope | None
    comparison: str
    asked: address.Asked
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    event: str = ""

    @property
    def currency(self) -> str:
        """The one currency of every amount on the page."""
        return self.scope.unit

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
            return f"against {comparisons.in_words(self.before)}"
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
        corner = st.container(horizontal=True, width="content", gap="small")
    line = st.container()
    known = shops.known()
    if not known:
        states.empty(needs)
        st.stop()
    raw = {name: st.query_params.get_all(name) for name in ("store", *names) if name in st.query_params}
    with st.container(horizontal=True, vertical_alignment="bottom", wrap=False, gap="small", key="filters"):
        _hold(problems(_new(raw, ["store"]), {"store": list(known)}))
        shop = shops.together(known, _stores(list(known), "store" in raw))
        options = _options(shop, CONVERTS in names)
        names = [name for name in names if name != CONVERTS]
        names = [name for name in names if name not in ("currency", *SLICES) or len(options[name]) > 1 or name in raw]
        _hold(problems(_new(raw, names), options))
        chosen = {name: _widget(name, options, shop) for name in names}
        made = _view(shop, chosen, options)
    address.head(corner, made.asked, _about(made, names))
    address.stop_if_refused()
    with line:
        _scope_line(made, "days" in names or "day" in names)
        if len(options["currency"]) > 1 and ("days" in names or "day" in names):
            _left_out(made)
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


def _about(made: View, names: Sequence[str]) -> address.Asked:
    """What the page's numbers are of, in words, as it stands in a workbook that is saved of them."""
    scope, has_days = made.scope, "days" in names or "day" in names
    converted = ", every amount by the exchange rate of its day" if scope.into else ""
    lines = [("Store", made.shop.name)]
    if has_days:
        lines += [("Days", wording.days(scope.start, scope.stop)), ("Refunds count on", made.clock)]
    if made.before is not None:
        lines.append(("Compared with", f"{made.comparison}: {comparisons.in_words(made.before)}"))
    lines.append(("Currency", f"{made.currency}{converted}"))
    lines += [(LABELS[name], "; ".join(value for key, value in made.asked if key == name) or "all") for name in SLICES]
    return lines


def _left_out(made: View) -> None:
    """What other currencies sold that is not in the numbers, and what has no rate."""
    if made.scope.into is None:
        if told := rates.others_in_words(reads.of(rates.others, made.scope)):
            st.info(told)
        return
    # the days are named one by one, so of the mean of several ranges each range is asked for itself
    compared = made.before.ranges() if made.before else ()
    for ranges, when in (((made.scope,), ""), (compared, "In the compared days: ")):
        told = " ".join(
            sentence
            for each in ranges
            for sentence in rates.missing_in_words(reads.of(rates.missing, each), made.currency)
        )
        if told:
            st.warning(f"{when}{told} An exchange rates file fills it.")


def _new(raw: Mapping[str, list[str]], names: Sequence[str]) -> dict[str, list[str]]:
    """The parameters of widgets that do not stand yet: afterwards the widget says what was chosen, not the address."""
    return {name: raw[name] for name in names if name in raw and name not in st.session_state}


def _hold(wrong: Mapping[str, str]) -> None:
    # Streamlit takes a wrong value out of the address and would show everything on the next run: so it is kept
    # until something else is chosen
    if wrong:
        address.refuse(wrong)


def _stores(names: list[str], is_asked: bool) -> list[str]:
    """The stores chosen, none for all of them; where there is only one there is nothing to choose."""
    if len(names) == 1 and not is_asked and "store" not in st.session_state:
        return []
    return _multiselect("store", names, 150)


def _options(shop: Shop, converts: bool) -> dict[str, list[str]]:
    found = reads.of_store(stores.choices, shop.stores)
    slices = {name: [value or UNKNOWN for value in found.get(name, [])] for name in SLICES}
    currencies = sorted(found.get("currency", []), key=lambda each: each != shop.currency)
    own = {"kind": list(imports.KINDS.values()), "status": list(imports.STATUSES)}
    if converts:
        currencies += [f"{ALL_IN}{into}" for into in _targets(currencies)]
    return {"compare": list(comparisons.COMPARISONS), "clock": list(CLOCKS), "currency": currencies, **slices, **own}


def _targets(currencies: list[str]) -> list[str]:
    """What amounts can be converted into: where rates lead, and of several currencies the shop's first one."""
    known = reads.of_rates(rates.targets, tuple(currencies))
    return list(dict.fromkeys([*currencies[:1], *known] if len(currencies) > 1 else known))


def _widget(name: str, options: Mapping[str, list[str]], shop: Shop) -> Any:
    if name == "days":
        return _days(shop)
    if name == "day":
        return _one_day(shop)
    if name in (*SLICES, *OWN):
        return _multiselect(name, options[name], 120)
    return _selectbox(name, options[name], 125 if name == "currency" else 175 if name == "compare" else 125)


def _multiselect(name: str, options: list[str], width: int) -> list[str]:
    bound: dict[str, Any] = {"bind": "query-params", "on_change": gate.callback(address.accept), "args": (name,)}
    return st.multiselect(LABELS[name], options, key=name, placeholder="All", width=width, **bound)


def _selectbox(name: str, options: list[str], width: int) -> str:
    bound: dict[str, Any] = {"bind": "query-params", "on_change": gate.callback(address.accept), "args": (name,)}
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
        on_change=gate.callback(address.accept),
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
        on_change=gate.callback(address.accept),
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
        **_money(chosen.get("currency") or next(iter(options["currency"]), shop.currency)),
    )
    countries = reads.of_store(settings.of, shop.stores).countries if comparison in EVENTFUL else ()
    known = comparisons.Known(shop.first_day, shop.last_day, countries)
    other = comparisons.of(start, stop, comparison, known)
    own = {name: tuple(chosen[name]) for name in OWN if name in chosen}
    before = other.scope(scope) if other else None
    event = other.words if other and comparison in EVENTFUL else ""
    return View(shop, scope, before, comparison, _asked(shop, chosen), own, event)


def _money(chosen: str | None) -> dict[str, str | None]:
    """What a choice of the currency filter means to a scope: amounts of one currency, or all of them in one."""
    if chosen and chosen.startswith(ALL_IN):
        return {"into": chosen.removeprefix(ALL_IN)}
    return {"currency": chosen}


def _values(picked: Sequence[str]) -> tuple[str, ...]:
    """What is kept under the words picked: “unknown” is kept as a blank or as that word, by the kind of file."""
    return tuple(value for each in picked for value in (("", each) if each == UNKNOWN else (each,)))


def _asked(shop: Shop, chosen: Mapping[str, Any]) -> address.Asked:
    """What the filters ask for, as an address writes it: also what stands at its default, and absolute days."""
    # every store by its name: the same view also when there is one store more
    asked = [("store", name) for name in shop.names]
    for name, value in chosen.items():
        values = value if isinstance(value, list | tuple) else [value]
        asked += [(name, each.isoformat() if isinstance(each, date) else str(each)) for each in values]
    return asked
