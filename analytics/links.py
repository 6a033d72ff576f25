"""Share links: each opens one view of one store, is signed, expires and can be revoked."""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pandas as pd
from itsdangerous import BadSignature, Signer
from psycopg2.extensions import cursor as Cursor

from analytics import actor, audit, db
from analytics.actor import Actor
from analytics.errors import Refused

EXPIRES = (7, 30, 90, 365)
LONGEST_QUERY = 8_000
# The setting that holds the key; whoever knows it can make links, so only the owner of the database reads it.
KEY = "share_link_key"
SALT = b"share link"
# who counts a link's openings before anybody is known to have come in
KEEPER = Actor("share links", "owner")
# What an outsider is told. A link that was never made and one that was tampered with are not told apart.
UNKNOWN = "This link opens nothing here. Check that it was copied whole, or ask whoever sent it for a new one."
EXPIRED = "This link has expired. Ask whoever sent it for a new one."
REVOKED = "This link was withdrawn. Ask whoever sent it for a new one."


@dataclass(frozen=True)
class Link:
    """A link that opens: its store by number and present name, its page (the last part of its address) and what that is asked."""

    link_id: int
    store_id: int
    store: str
    page: str
    asked: tuple[tuple[str, str], ...]
    hides_amounts: bool

    @property
    def visitor(self) -> Actor:
        """Who acts for whoever opened the link."""
        return Actor(f"link {self.link_id}", "link", (self.store_id,))


def make(store_id: int, page: str, query: str, days: int = 30, hides_amounts: bool = False) -> str:
    """The token of a new link to a page with what it is asked, an address's query; which store it says there is left out.

    Raises Refused if the store is not there, if the query is too long, or for other days than EXPIRES has; NotAllowed to
    whoever may not share.
    """
    actor.require("share")
    asked = urlencode([(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != "store"])
    if len(asked) > LONGEST_QUERY:
        raise Refused("This view chooses more than a link can hold. Take some of its filters away.")
    if days not in EXPIRES:
        raise Refused(f"A link expires after {', '.join(map(str, EXPIRES))} days, not after {days}.")
    values = {"store_id": store_id, "page": page, "query": asked, "days": days, "hides_amounts": hides_amounts}
    with db.transaction() as cursor:
        db.run(cursor, "load/links/make", made_by=actor.current().name, **values)
        made = cursor.fetchone()
        if made is None:
            raise Refused("The store of this view is not there any more. Choose another one.")
        audit.record(
            cursor, "link made", f"link {made[0]}", store_id, page=page, days=days, hides_amounts=hides_amounts
        )
        return _signer(cursor).sign(str(made[0])).decode()


def opened(token: str, is_first: bool = True) -> Link:
    """The link of a token. `is_first` says that this browser opens it for the first time: that is counted and noted.

    Raises Refused, in words for an outsider, if the token was altered or is of another shop, or if the link has expired
    or was revoked.
    """
    with actor.acting(KEEPER), db.transaction() as cursor:
        row = _row(cursor, token)
        reason = _reason(row)
        if is_first:
            _note(cursor, row, reason)
    if row is None or reason:
        raise Refused({"expired": EXPIRED, "revoked": REVOKED}.get(reason, UNKNOWN))
    asked = tuple(parse_qsl(row["query"], keep_blank_values=True))
    return Link(row["link_id"], row["store_id"], row["store"], row["page"], asked, row["hides_amounts"])


def revoke(link_id: int) -> None:
    """Let a link open nothing from now on. Raises Refused if it is not there, or was revoked before."""
    actor.require("share")
    with db.transaction() as cursor:
        db.run(cursor, "load/links/revoke", link_id=link_id)
        found = cursor.fetchone()
        if found is None:
            raise Refused(f"Link {link_id} is not there any more, or was revoked before.")
        audit.record(cursor, "link revoked", f"link {link_id}", found[0])


def token_of(link_id: int) -> str:
    """The token of a link that was made before, to send it once more."""
    actor.require("share")
    with db.transaction() as cursor:
        return _signer(cursor).sign(str(link_id)).decode()


def all_links() -> pd.DataFrame:
    """One row a link, the newest first: link_id, store_id, store, page, query, hides_amounts, made_by, made_at, expires_at,
    revoked_at, opens (browsers), last_opened_at, state (open, expired, revoked)."""
    actor.require("share")
    return db.read("links/all")


def _row(cursor: Cursor, token: str) -> dict[str, Any] | None:
    """The link that a token was signed for; None if the signature is not ours or the link is not there."""
    try:
        link_id = int(_signer(cursor).unsign(token.encode()))
    except (BadSignature, ValueError):
        return None
    db.run(cursor, "load/links/one", link_id=link_id)
    found = cursor.fetchone()
    return dict(zip([each.name for each in cursor.description or ()], found, strict=True)) if found else None


def _reason(row: dict[str, Any] | None) -> str:
    """Why a link does not open, in a word for the audit log; empty if it does."""
    if row is None:
        return "unknown"
    return "revoked" if row["is_revoked"] else "expired" if row["is_expired"] else ""


def _note(cursor: Cursor, row: dict[str, Any] | None, reason: str) -> None:
    name, store_id = (f"link {row['link_id']}", row["store_id"]) if row else ("a link", None)
    with actor.acting(Actor(name, "link", ())):
        if reason:
            audit.record(cursor, "link refused", name, store_id, reason=reason)
        else:
            audit.record(cursor, "link opened", name, store_id)
    if row and not reason:
        db.run(cursor, "load/links/count", link_id=row["link_id"])


def _signer(cursor: Cursor) -> Signer:
    """What signs the links of this database, with its key, made when it is first needed."""
    db.run(cursor, "load/setting_value", name=KEY)
    found = cursor.fetchone()
    if found is None:
        db.run(cursor, "load/setting", name=KEY, value=secrets.token_urlsafe(32))
        return _signer(cursor)
    return Signer(found[0], salt=SALT, key_derivation="hmac", digest_method=sha256)
