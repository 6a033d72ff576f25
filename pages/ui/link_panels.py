"""The links that were made: what each opens, until when, how often it was opened, and taking it back."""

from typing import Any
from urllib.parse import parse_qsl

import pandas as pd
import streamlit as st

from analytics import links, wording
from analytics.errors import Refused
from pages.ui import choices, gate, navigation, share, states, tables

TOLD = "told_of_links"
LINKS = {
    "view": tables.Column("View"),
    "state": tables.Column("State"),
    "store": tables.Column("Store"),
    "asked": tables.Column("What it shows"),
    "amounts": tables.Column("Amounts"),
    "expires_at": tables.Column("Expires (UTC)", "time"),
    "opens": tables.count("Opened in browsers"),
    "last_opened_at": tables.Column("Last opened (UTC)", "time"),
    "made_at": tables.Column("Made (UTC)", "time"),
    "made_by": tables.Column("Made by"),
    "link_id": tables.count("Number"),
}


def nothing() -> None:
    """The page before a link was made: what a link is, and where to make one."""
    with st.container(border=True):
        st.subheader("No link was made yet")
        st.write(
            "A link opens one view, with its days and filters, for somebody who has no login: read-only, for 7 to 365 days, "
            "and only until it is revoked here. Make one on any view with **Share**, beside “Copy link”."
        )


def named(rows: pd.DataFrame) -> pd.DataFrame:
    """The links as the page shows them: also view (the page's title), asked (its days and filters), amounts."""
    titles = {page: place.title for page, place in navigation.shared().items()}
    return rows.assign(
        view=[titles.get(page, page) for page in rows["page"]],
        asked=[_asked(query) for query in rows["query"]],
        amounts=["hidden" if hides else "shown" for hides in rows["hides_amounts"]],
    )


def _asked(query: str) -> str:
    said: dict[str, list[str]] = {}
    for name, value in parse_qsl(query):
        said.setdefault(name, []).append(value)
    return "; ".join(
        f"{name}: {' – '.join(values) if name == 'days' else ', '.join(values)}" for name, values in said.items()
    )


def counted(rows: pd.DataFrame) -> None:
    """How many links open now, and how often they were opened."""
    still = rows[rows["state"] == "open"]
    verb = "opens" if len(still) == 1 else "open"
    st.write(
        f"{wording.count(len(still), 'link')} of {len(rows):,} {verb} a view now; {'it was' if len(still) == 1 else 'they were'} "
        f"opened in {wording.count(int(still['opens'].sum()), 'browser')}."
    )


def table(rows: pd.DataFrame) -> None:
    """Every link, those that open nothing any more in grey; a click on a row chooses it."""
    more = tables.More(lambda: choices.clicked("Links", "link", list(rows["link_id"])), list(rows["state"] != "open"))
    tables.clickable(rows, LINKS, "Links", more)


def choose(rows: pd.DataFrame) -> dict[Any, Any] | None:
    """The link to look at: the row clicked, the one in the address, else the newest; None if that is not there."""
    known = {str(row["link_id"]): row for row in rows.to_dict("records")}
    said = {key: f"{key} · {row['view']} · {row['store']} · {row['state']}" for key, row in known.items()}
    picked = choices.one_of("link", "Link", said)
    return None if picked is None else known[picked]


def one(row: dict[Any, Any]) -> None:
    """One link: its address to send once more, and the button that takes it back."""
    if row["state"] != "open":
        st.write(f"This link is {row['state']}: whoever opens it is told so, and sees nothing.")
        return
    st.code(share.of(row["page"], links.token_of(int(row["link_id"]))), language=None, wrap_lines=True)
    share.said_where()
    st.button(
        "Revoke this link",
        icon=":material/link_off:",
        key="revoke",
        on_click=gate.callback(_revoke),
        args=(int(row["link_id"]),),
    )


def _revoke(link_id: int) -> None:
    try:
        links.revoke(link_id)
        st.session_state[TOLD] = (
            f"Link {link_id} is revoked. Whoever has it open sees nothing more of it at the next click."
        )
    except Refused as refused:
        st.session_state[TOLD] = str(refused)


def told() -> None:
    """What the last button did, once."""
    if said := st.session_state.pop(TOLD, None):
        st.success(states.plain(said), icon=":material/check:")
