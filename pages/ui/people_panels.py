"""What the pages of people and of the audit log consist of: the list, its form, what each role may do, and the log's columns."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analytics import actor, members, wording
from pages.ui import editors, gate, reads, states, tables

EVERY = "every store"
NEW = "Somebody new"
ALL = 0  # no store has this number
LISTED = {
    "email": tables.Column("E-mail address"),
    "role": tables.Column("Role"),
    "sees": tables.Column("Sees"),
    "seen_at": tables.Column("Last here, UTC", "time"),
    "added_by": tables.Column("Added by"),
    "added_at": tables.Column("Added at, UTC", "time"),
}
ENTRIES = {
    "at": tables.Column("When", "time"),
    "actor": tables.Column("Who"),
    "action": tables.Column("Did"),
    "subject": tables.Column("To what"),
    "details": tables.Column("Details"),
    "store": tables.Column("Store"),
    "role": tables.Column("As"),
}


def told(known: pd.DataFrame) -> None:
    """How the list stands, and who is an owner whatever it says."""
    roles = [f"{wording.count(int((known['role'] == role).sum()), role)}" for role in members.ROLES]
    st.caption(
        f"{', '.join(roles)}. Everybody signs in by the service of your choice; here stands what they may then do."
    )
    if first := members.first_owner():
        st.caption(f"{states.plain(first)} is always an owner: the setting {members.FIRST_OWNER} says so.")
    if not gate.settings()["host"]:
        st.info(
            f"This page answers only this computer, so nobody here has to sign in. The list counts where {gate.URL} is set; "
            "publishing takes it along.",
            title="Nobody comes in from elsewhere yet",
        )


def table(known: pd.DataFrame) -> None:
    """Everybody on the list."""
    if known.empty:
        st.write("Nobody is on the list yet.")
        return
    sees = [EVERY if names is None else ", ".join(names) for names in known["stores"]]
    tables.show(known.assign(sees=sees), LISTED, "People")


def editor(known: pd.DataFrame) -> None:
    """One person: a new one, or one on the list, with what they may do and see."""
    by_email = {str(row["email"]): row for row in known.to_dict("records")}
    names = {ALL: EVERY} | {int(row["store_id"]): str(row["name"]) for row in reads.all_stores().to_dict("records")}
    turn = st.session_state.get("edited", 0)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        email = str(st.selectbox("Person", [NEW, *by_email], key=f"person_{turn}", width=260))
        if email == NEW:
            email = st.text_input("E-mail address", key=f"email_{turn}", max_chars=members.LONGEST, width=260)
        kind = email if email in by_email else NEW  # what is chosen stays while an address is typed
        now = by_email.get(email, {"role": "viewer", "store_ids": None})
        role = st.selectbox(
            "Role", members.ROLES, index=members.ROLES.index(str(now["role"])), key=f"role_{turn}_{kind}", width=140
        )
        stores = st.multiselect(
            "Sees",
            list(names),
            default=[ALL] if now["store_ids"] is None else [each for each in now["store_ids"] if each in names],
            format_func=names.get,
            placeholder="Choose",
            disabled=role == "owner",
            help="Every store: also those that come later. An owner sees every store.",
            key=f"stores_{turn}_{kind}",
            width=320,
        )
    is_known = email in by_email
    with st.container(horizontal=True):
        if st.button("Save" if is_known else "Add", type="primary", key="save_person"):
            editors.keep(
                lambda: members.save(email, str(role), None if ALL in stores else stores),
                f"{states.plain(email)}: kept.",
            )
        if is_known and st.button("Take off the list", icon=":material/person_remove:", key="remove_person"):
            editors.keep(lambda: members.remove(email), f"{states.plain(email)} is off the list.")
    st.caption("It counts from their next click on. Every change stands in the audit log.")


def matrix() -> None:
    """What each role may do."""
    st.subheader("What each role may do")
    rows = [
        {"To": words} | {role: "yes" if actor.Actor("", role).may(name) else "–" for role in ("link", *members.ROLES)}
        for name, (_, words) in actor.ACTIONS.items()
    ]
    st.table(pd.DataFrame(rows), hide_index=True)


def chosen(every: pd.DataFrame, who: Sequence[str], did: Sequence[str]) -> pd.DataFrame:
    """The entries of some names and actions; nothing chosen is everything."""
    is_asked = every["actor"].isin(list(who) or every["actor"]) & every["action"].isin(list(did) or every["action"])
    return every[is_asked].reset_index(drop=True)


def by_action(found: pd.DataFrame) -> pd.DataFrame:
    """How many entries there are of each action, the most first."""
    counted = found["action"].value_counts()
    return pd.DataFrame({"name": list(counted.index), "entries": list(counted)}).head(10)
