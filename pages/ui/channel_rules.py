"""The rules that tell channels apart, edited in a table, offered what occurs, saved only when asked."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import channels, wording
from analytics.channels import Rule
from analytics.errors import Refused
from pages.ui import access, reads, states, tables
from pages.ui.shops import Shop

DRAFT = "channel_rules_draft"
ROUND = "channel_rules_round"
DONE = "channel_rules_saved"
WORDS = {"channel": "Printed channel", "tag": "Tag"}
OCCURRING = {"field": tables.Column("Goes by"), "value": tables.Column("Value"), "orders": tables.count("Orders")}


def editor(shop: Shop) -> None:
    """The rules of one store in an expander; nothing is read before it is opened."""
    if said := st.session_state.pop(DONE, None):
        st.success(said)
    panel = st.expander(
        "Rules that tell channels apart", icon=":material/rule:", on_change="rerun", key="channel_rules"
    )
    if not panel.open:
        return
    with panel:
        if len(shop.stores) != 1:
            st.info("Rules belong to a store. Choose one store above to see and change its rules.")
            return
        store = shop.stores[0]
        st.write(
            "An order is of the channel that the platform prints, unless a rule fits it. The first rule that fits wins; "
            "letter case does not matter. A tag is one of an order’s tags, which a comma parts."
        )
        found = reads.of_store(channels.occurring, store)
        kept = _rules(reads.of_store(channels.rules, store))
        _suggest(found, kept, store)
        wanted = _table(found, kept, store)
        _told(found, wanted)
        _finish(wanted, kept, store)
        st.caption("The channels that the platform prints, and the most frequent tags:")
        tables.show(found.replace({"field": WORDS}), OCCURRING, "Channels and tags")


def _rules(frame: pd.DataFrame) -> list[Rule]:
    texts = frame.astype(object).where(frame.notna(), "")
    return [Rule(str(row["field"]), str(row["value"]), str(row["channel"])) for row in texts.to_dict("records")]


def _key(name: str, store: int) -> str:
    """A new table each time what it starts from changes: an editor keeps its edits by its key."""
    return f"{name}_{store}_{st.session_state.get(ROUND, 0)}"


def _start(draft: list[Rule] | None, store: int) -> None:
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.session_state[DRAFT] = None if draft is None else (store, draft)


def _draft(kept: list[Rule], store: int) -> list[Rule]:
    held = st.session_state.get(DRAFT)
    return held[1] if held and held[0] == store else kept


def _suggest(found: pd.DataFrame, kept: list[Rule], store: int) -> None:
    """What could be told apart, and the button that writes it into the table; it is not saved by that."""
    drafted = _draft(kept, store)
    offered = channels.suggestions(found, drafted)
    if offered:
        listed = "; ".join(f"{rule.field} “{states.plain(rule.value)}” is {rule.channel}" for rule in offered)
        st.caption(f"Suggested for what occurs here: {listed}.")
        if access.button(
            f"Add {wording.count(len(offered), 'suggestion')}", icon=":material/add:", key=_key("suggest", store)
        ):
            _start([*drafted, *offered], store)
            st.rerun()
    if numbers := channels.unnamed_apps(found, drafted):
        st.caption(
            f"{', '.join(numbers)}: an app’s number, as the platform prints it. You know which app sells there: give it a "
            "name by a rule."
        )


def _table(found: pd.DataFrame, kept: list[Rule], store: int) -> list[Rule]:
    drafted = _draft(kept, store)
    rows = [(WORDS[rule.field], rule.value, rule.channel) for rule in drafted]
    frame = pd.DataFrame(rows, columns=["field", "value", "channel"], dtype=object)
    printed = list(found.loc[found["field"] == "channel", "value"])
    about: dict[str, Any] = {
        "field": st.column_config.SelectboxColumn("Goes by", options=list(WORDS.values()), required=True),
        "value": st.column_config.TextColumn("Value", help="A printed channel or a tag, as it stands in the file."),
        "channel": st.column_config.TextColumn("Is channel", help=f"A name of yours, or one of: {', '.join(printed)}."),
    }
    edited = access.table(
        frame, column_config=about, num_rows="dynamic", hide_index=True, key=_key("rules", store), width="stretch"
    )
    back = {word: field for field, word in WORDS.items()}
    texts = edited.astype(object).where(edited.notna(), "")
    return [
        Rule(back.get(row["field"], ""), str(row["value"]), str(row["channel"]))
        for row in texts.to_dict("records")
        if any(row.values())
    ]


def _told(found: pd.DataFrame, wanted: list[Rule]) -> None:
    """What keeps the rules from being saved, and rules that no order fits so far."""
    for sentence in channels.problems(wanted):
        st.warning(states.plain(sentence))
    if idle := [rule for rule in channels.idle(found, wanted) if rule.value.strip()]:
        names = ", ".join(f"{rule.field} “{states.plain(rule.value)}”" for rule in idle)
        st.caption(f"No order so far has {names}. The rule stays for orders to come; check its spelling.")


def _finish(wanted: list[Rule], kept: list[Rule], store: int) -> None:
    is_ready = wanted != kept and not channels.problems(wanted)
    with st.container(horizontal=True):
        if access.button("Save rules", type="primary", disabled=not is_ready, key=_key("save", store)):
            _save(wanted, store)
        if wanted != kept and st.button("Leave them as they were", key=_key("leave", store)):
            _start(None, store)
            st.rerun()


def _save(wanted: list[Rule], store: int) -> None:
    try:
        with st.spinner("Giving every order its channel"):
            changed = channels.save(store, wanted)
    except Refused as refused:
        st.warning(str(refused))
        return
    reads.forget()
    _start(None, store)
    st.session_state[DONE] = (
        f"{wording.count(len(wanted), 'rule')} saved; {wording.count(changed, 'order')} changed channel."
    )
    st.rerun()
