"""What somebody said about an unknown table: which format it is and which column is which, kept by its header row."""

import hashlib
import json
from dataclasses import asdict, dataclass

from psycopg2.extensions import cursor as Cursor

from analytics import actor, db
from analytics.ingest import headers


@dataclass(frozen=True)
class Mapping:
    """A format, and pairs of our column and the label of the file's column that holds it (see headers.labels).

    `day_first` and `currency` are what the file itself cannot tell; they count where its cells leave it open.
    """

    format: str
    columns: tuple[tuple[str, str], ...]
    day_first: bool | None = None
    currency: str | None = None

    @property
    def fingerprint(self) -> str:
        """What tells it from another mapping of the same file."""
        said = json.dumps([self.format, sorted((ours, headers.plain(theirs)) for ours, theirs in self.columns)])
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def applied(self, header: tuple[str, ...]) -> tuple[str | None, ...]:
        """Our name for each column of a file, None for one that is not used."""
        ours = {headers.plain(theirs): name for name, theirs in self.columns}
        return tuple(ours.get(headers.plain(label)) for label in headers.labels(header))


def saved() -> dict[str, Mapping]:
    """Every mapping that was saved, by the signature of its header row."""
    frame = db.read("imports/mappings")
    return {
        signature: Mapping(name, tuple(sorted(columns.items())), answers.get("day_first"), answers.get("currency"))
        for signature, name, columns, answers in frame.itertuples(index=False)
    }


def of(header: tuple[str, ...]) -> Mapping | None:
    """What was said about that header row, None if nothing was."""
    return saved().get(headers.signature(header))


def save(header: tuple[str, ...], mapping: Mapping) -> None:
    """Remember what the columns of that header row are; replaces what was said before."""
    actor.require("import")
    answers = {
        name: value
        for name, value in asdict(mapping).items()
        if name in ("day_first", "currency") and value is not None
    }
    with db.transaction() as cursor:
        db.run(
            cursor,
            "load/mappings/save",
            signature=headers.signature(header),
            format=mapping.format,
            columns=json.dumps(dict(mapping.columns)),
            answers=json.dumps(answers),
        )


def remember(cursor: Cursor, header: tuple[str, ...], answers: dict[str, str | bool]) -> None:
    """Keep what was answered for a mapped file, so that it is not asked again."""
    db.run(cursor, "load/mappings/answer", signature=headers.signature(header), answers=json.dumps(answers))


def forget(header: tuple[str, ...]) -> None:
    """Know nothing of that header row any more."""
    actor.require("import")
    with db.transaction() as cursor:
        db.run(cursor, "load/mappings/forget", signature=headers.signature(header))
