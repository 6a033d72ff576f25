"""People are remembered by a keyed hash of their e-mail address, never by the address: the key and its fingerprint."""

import getpass
import hashlib
import os
import re
import secrets

from psycopg2.extensions import cursor as Cursor

from analytics import actor, db, embedded
from analytics.errors import Refused

HASHED = re.compile(r"h:[0-9a-f]{32}")
FINGERPRINT = "hash_key_fingerprint"


def hash_key() -> str:
    """ANALYTICS_HASH_KEY, else the key kept in ANALYTICS_HOME, made on first use."""
    given = os.environ.get("ANALYTICS_HASH_KEY", "").strip()
    if given:
        return given
    path = embedded.home() / "hash.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text().strip()


def hashed(person: str, key: str) -> str:
    """The code of an e-mail address or a name under the key, the same as the macro `person` gives; a code stays."""
    said = person.strip()
    if HASHED.fullmatch(said):
        return said
    inner = hashlib.sha256((key + said.lower()).encode()).hexdigest()
    return f"h:{hashlib.sha256((key + inner).encode()).hexdigest()[:32]}"


def check_key(cursor: Cursor, key: str) -> None:
    """Remember the key's fingerprint on first use. Raises Refused under another key: one person would become two."""
    fingerprint = hashlib.sha256(b"storeledger:" + key.encode()).hexdigest()[:16]
    db.run(cursor, "load/setting", name=FINGERPRINT, value=fingerprint)
    db.run(cursor, "load/setting_value", name=FINGERPRINT)
    row = cursor.fetchone()
    if row and row[0] != fingerprint:
        raise Refused(
            "The customers in this database were hashed under another key, so new orders would not find their customers. "
            "Set ANALYTICS_HASH_KEY to the key it was filled with (on this machine it was kept in hash.key)."
        )


def acting() -> str | None:
    """Who does something: whoever was let in by name, else who is at this machine; a container may have nobody."""
    if actor.current() != actor.OWNER:
        return actor.current().name
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None
