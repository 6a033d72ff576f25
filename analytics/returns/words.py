"""What a word for a reason or a condition means: the usual meaning, or the store's own, kept in the database and joined when read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics import actor, audit, db, people
from analytics.errors import Refused
from analytics.product_rows import framed
from analytics.returns.known_words import CONDITIONS, REASONS
from analytics.scope import Scope, Stores, chosen

FIELDS = ("reason", "condition")
OTHER, NOT_TOLD = "other", "not_told"
# What it is called, in the order in which a shop thinks of it.
LABELS: dict[str, dict[str, str]] = {
    "reason": {
        "too_small": "Too small", "too_large": "Too large", "fit": "Fit otherwise", "damaged": "Damaged", "defective": "Defective",
        "wrong_item": "Wrong or incomplete", "not_as_described": "Not as described", "late": "Too late",
        "changed_mind": "Changed mind, not liked", "ordered_twice": "Ordered wrong or twice", "undeliverable": "Undeliverable",
        OTHER: "Other", NOT_TOLD: "Not told",
    },
    "condition": {
        "sellable": "Sellable", "opened": "Opened", "used": "Used", "damaged": "Damaged", "defective": "Defective", "expired": "Expired",
        OTHER: "Other", NOT_TOLD: "Not told",
    },
}  # fmt: skip
WORD_COLUMNS = ("field", "words", "means", "origin", "units", "value_returned", "orders", "currency", "store_id")
CHANGE_COLUMNS = ("said_at", "said_by", "field", "words", "was", "means")
YOURS, USUAL, NEW = "yours", "usual", "not known"
LONGEST = 100
BETWEEN = re.compile(r"[\W_]+")
# Amazon writes before its reasons whose they are; and of parcels that never arrived it has a dozen.
PREFIX = re.compile(r"(?:cr|amz pg app|amz pg) ")
NEVER_ARRIVED = re.compile(r"(?:undeliverable|und) ")


@dataclass(frozen=True)
class Meaning:
    """What a word of a store means, as somebody there said; `means` None is its usual meaning again."""

    field: str
    words: str
    means: str | None


def plain(words: str) -> str:
    """Words without letter case and without what stands between them."""
    return BETWEEN.sub(" ", words.casefold()).strip()


def _table(known: Mapping[str, str]) -> dict[str, str]:
    return {plain(words): means for means, several in known.items() for words in several.split(";")}


USUALLY = {"reason": _table(REASONS), "condition": _table(CONDITIONS)}


def usually(field: str, words: str | None) -> str | None:
    """What a word usually means; nothing told is not_told, and None if nobody has said yet what it means."""
    said = plain(words or "")
    if not said:
        return NOT_TOLD
    if field == "reason" and NEVER_ARRIVED.match(said):
        return "undeliverable"
    return USUALLY[field].get(said) or USUALLY[field].get(PREFIX.sub("", said, count=1))


def joined(scope: Scope) -> dict[str, list[Any]]:
    """What queries join to the words of the stores: lists that stand side by side, a row a store, field and word.

    Words that are not in it mean `other`, and where there is no word, nothing was told.
    """
    rows = [row for row in occurring(scope).to_dict("records") if row["means"] != OTHER]
    unique = {(row["store_id"], row["field"], row["words"]): row["means"] for row in rows}
    keys = list(unique)
    return {
        "word_stores": [int(key[0]) for key in keys],
        "word_fields": [str(key[1]) for key in keys],
        "words": [str(key[2]) for key in keys],
        "meanings": list(unique.values()),
    }


def occurring(scope: Scope, field: str = "") -> pd.DataFrame:
    """One row a store, currency, field and word that its files say of returns at any time: WORD_COLUMNS.

    Words of which nobody knows what they mean come first (`origin` “not known”; they count as other), those of most value
    first. `units` is None where no file says how many. Raises ValueError for another field.
    """
    if field and field not in FIELDS:
        raise ValueError(f"field is {' or '.join(FIELDS)}, not {field!r}")
    stores = scope.params()["store_ids"]
    own = {(row["store_id"], row["field"], row["words"]): row["means"] for row in _own(stores)}
    rows = db.read("returns/words", store_ids=stores).to_dict("records")
    found = []
    for row in rows:
        if field in ("", row["field"]):
            said = own.get((row["store_id"], row["field"], row["words"]))
            usual = usually(row["field"], row["words"])
            row["means"] = said or usual or OTHER
            row["origin"] = YOURS if said else USUAL if usual else NEW
            found.append(row)
    found.sort(
        key=lambda row: (row["field"] == "condition", row["origin"] != NEW, -row["value_returned"], row["words"])
    )
    return framed(found, WORD_COLUMNS)


def unknown(scope: Scope, field: str) -> int:
    """How many words of the stores' files for a reason or condition nobody has explained yet."""
    known = occurring(scope, field)
    return len(set(known.loc[known["origin"] == NEW, "words"]))


def _own(stores: Sequence[int] | None) -> list[dict[Any, Any]]:
    return db.read("returns/own_words", store_ids=stores).to_dict("records")


def changes(store: Stores) -> pd.DataFrame:
    """One row an edit of what words mean, the newest first: CHANGE_COLUMNS; None is the usual meaning."""
    frame = db.read("returns/word_changes", store_ids=list(chosen(store)) or None)
    return frame[list(CHANGE_COLUMNS)]


def save(store: int, wanted: Sequence[Meaning]) -> int:
    """Keep what words mean from now on, in one transaction under the store's lock; gives how many changed.

    Each change is a row of its own with who made it and when; nothing is imported again. Raises Refused naming the word for
    a meaning that there is not; then nothing is changed.
    """
    actor.require("edit")
    for each in wanted:
        _check(each)
    with db.transaction(store) as cursor:
        known = {(row["field"], row["words"]): row["means"] for row in _own([store])}
        changed = [each for each in wanted if each.means != known.get((each.field, each.words))]
        for each in changed:
            db.run(
                cursor, "load/add_return_word",
                store_id=store, field=each.field, words=each.words, means=each.means, said_by=people.acting(),
            )  # fmt: skip
        if changed:
            db.run(cursor, "load/raise_version", store_id=store, currency=None)
            audit.record(cursor, "edit", "words of returns", store, changed=len(changed))
    return len(changed)


def _check(said: Meaning) -> None:
    if said.field not in FIELDS:
        raise Refused(f"A word is told for a {' or a '.join(FIELDS)}, not for a {said.field}.")
    if not said.words.strip() or len(said.words) > LONGEST:
        raise Refused(f"A word has 1 to {LONGEST} letters; “{said.words[:LONGEST]}” cannot be kept.")
    if said.means is not None and said.means not in LABELS[said.field]:
        names = ", ".join(LABELS[said.field].values())
        raise Refused(f"“{said.words}” cannot mean {said.means}. Choose one of: {names}.")
