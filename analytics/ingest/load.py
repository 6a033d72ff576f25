"""Load one file in one transaction: all of it, with every record accounted for, or nothing."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from psycopg2.extensions import cursor as Cursor

from analytics import actor, audit, db, people, stores
from analytics.errors import Refused
from analytics.ingest import (
    ad_spend,
    control,
    counted_on,
    headers,
    images,
    inventory,
    mapping,
    orders,
    products,
    rejected,
    rows,
)
from analytics.ingest.counted_on import Proposal
from analytics.ingest.counts import UNKNOWN_CURRENCY, Counts
from analytics.ingest.formats import Format
from analytics.ingest.mapping import Mapping
from analytics.ingest.stage import Staged, convert, set_variable, staged

Progress = Callable[[float, str], None]
WRITERS = {
    "orders": orders,
    "products": products,
    "inventory": inventory,
    "control": control,
    "transactions": rows,
    "returns": rows,
    "customers": rows,
    "costs": rows,
    "suppliers": rows,
    "discounts": rows,
    "rates": rows,
    "bundles": rows,
    "purchase_orders": rows,
    "policies": rows,
    "ad_spend": ad_spend,
}
COUNTED = ("loaded", "updated", "unchanged", "duplicate", "rejected", "ignored")
# from so many rows on, what the planner knows of the tables is out of date
MANY = 500


@dataclass(frozen=True)
class Options:
    """What the user says about a file: the shop, and where the file itself does not say it, format, day and currency."""

    store: str | None = None
    format: str | None = None
    as_of: date | None = None
    currency: str | None = None
    file_name: str | None = None
    time_zone: str | None = None  # of a new shop, such as Europe/Berlin: it decides which day is yesterday
    day_first: bool | None = None  # whether 03/04 is the 3rd of April, where the file leaves it open
    by: str | None = None  # who imports it; without it whoever sits at this machine
    is_whole: bool = False  # whether one row that cannot be used refuses the file
    mapping: tuple[tuple[str, ...], Mapping] | None = None  # a header row and what its columns are, before it is saved


def load(path: Path, options: Options = Options(), progress: Progress | None = None) -> dict[str, Any]:
    """Import one file and give its account: import_id, store, file, format, status, the counts of its rows, start, stop, currency.

    rows = loaded + updated + unchanged + duplicate + rejected + ignored; `stop` is exclusive. The same file again changes
    nothing and reports every fact unchanged. Raises Refused if the file cannot be used at all: then nothing was written.
    """
    actor.require("import")
    return _run(path, options, progress or (lambda share, what: None))


def rehearse(path: Path, options: Options, look: Callable[[Staged], None]) -> dict[str, Any]:
    """What `load` would report, and a look at the staged file; nothing is kept, not even a new store's name."""
    actor.require("import")
    return _run(path, options, lambda share, what: None, look)


def _run(path: Path, options: Options, say: Progress, look: Callable[[Staged], None] | None = None) -> dict[str, Any]:
    db.migrate()
    say(0.02, "Reading the file")
    name = options.file_name or path.name
    store_name = stores.chosen_name(options.store)
    with staged(path, options.format, options.day_first, _said(options)) as stage:
        known = stage.recognised.format
        say(0.25, f"Recognised as {known.label}")
        currency = _currency_of(options, stage, store_name)
        day = _counted_on(path, options, store_name, known)
        as_of = day.day
        key = people.hash_key()
        WRITERS[known.facts].prepare(stage, store_name)
        zone = stores.time_zone(store_name) or options.time_zone
        convert(stage, {"currency": currency, "as_of": as_of, "hash_key": key, "time_zone": zone})
        if look:
            look(stage)
        say(0.55, "Writing to the database")
        fact = {"store": store_name, "file": name, "sha256": stage.table.sha256, "format": known.name, "as_of": as_of}
        fact |= {"mapping": _reading(stage), "as_of_words": day.words}
        fact["imported_by"] = options.by or people.acting()
        account: dict[str, Any] = {}
        with suppress(_TakenBack), db.transaction() as cursor:
            people.check_key(cursor, key)
            number = stores.claim(cursor, store_name, options.time_zone)
            fact["store_id"] = number
            account = _load(cursor, stage, fact, currency, (say, look is not None))
            if options.is_whole:
                _refuse_rejects(stage)
            _remember(cursor, stage, options)
            if options.as_of and counted_on.is_asked(stage):
                counted_on.learn(cursor, number, known.name, (path, name, options.as_of))
            if look:
                raise _TakenBack
            told = {name: account[name] for name in ("import_id", "format", *COUNTED)}
            audit.record(cursor, "import", name, number, **told)
    say(1.0, "Done")
    return account


def _refuse_rejects(stage: Staged) -> None:
    """Raises Refused with the first reason if any row was set aside."""
    said = stage.duck.execute(db.script("ingest/first_bad_cells.sql"), {"most": 1}).fetchone()
    if said:
        record, column, value, reason = said
        name = rejected.label(stage.recognised, column)
        raise Refused(f"Nothing was saved: row {record}, {name} “{rejected.shown(value) or ''}”: {reason}.")


def _said(options: Options) -> dict[str, Mapping]:
    """The mappings that were saved, and the one that is being tried."""
    tried = {headers.signature(options.mapping[0]): options.mapping[1]} if options.mapping else {}
    return mapping.saved() | tried


def _currency_of(options: Options, stage: Staged, store: str) -> str:
    """What amounts are in where the file does not say it: as told now, as told once for such files, as the store's."""
    once = stage.recognised.mapping.currency if stage.recognised.mapping else None
    return _currency(options.currency or once or stores.currency(store) or UNKNOWN_CURRENCY)


def _reading(stage: Staged) -> str:
    """What somebody decided about how the file is read: the same file read otherwise is another import."""
    said = [stage.recognised.mapping.fingerprint] if stage.recognised.mapping else []
    if stage.evidence.is_answered:
        said.append("day first" if stage.evidence.day_first else "month first")
    return ", ".join(said)


def _remember(cursor: Cursor, stage: Staged, options: Options) -> None:
    """The answers to what such a file cannot tell are kept beside its mapping."""
    answers: dict[str, str | bool] = {}
    if options.currency:
        answers["currency"] = _currency(options.currency)
    if stage.evidence.is_answered:
        answers["day_first"] = stage.evidence.day_first
    if stage.recognised.mapping and answers:
        mapping.remember(cursor, stage.recognised.header, answers)


class _TakenBack(Exception):
    """Ends a rehearsal: its transaction is rolled back."""


@dataclass(frozen=True)
class Target:
    """Where facts go: the store, the import that brings them, the day they are known as of, the default currency."""

    store: int
    import_id: int
    as_of: date
    currency: str
    is_rehearsal: bool = False
    as_of_words: str = ""  # where the day comes from


def _load(
    cursor: Cursor, stage: Staged, fact: dict[str, Any], currency: str, how: tuple[Progress, bool]
) -> dict[str, Any]:
    say, is_rehearsal = how
    db.run(cursor, "load/begin_import", currency=currency, **fact)
    begun = cursor.fetchone()
    if begun is None:
        return _same_again(cursor, fact)
    target = Target(fact["store_id"], begun[0], fact["as_of"], currency, is_rehearsal, fact["as_of_words"])
    set_variable(stage, "store_id", target.store)
    images.begin(cursor)
    counts = _write(cursor, stage, target, say)
    if not is_rehearsal:
        rejected.write(cursor, stage, begun[0])
    db.run(cursor, "load/finish_import", import_id=begun[0], **counts.as_params())
    # an advertising account may be in another currency than the shop
    said = None if stage.recognised.format.facts == "ad_spend" else counts.currency or currency
    db.run(cursor, "load/raise_version", store_id=target.store, currency=said)
    if counts.written >= MANY and not is_rehearsal:
        db.run(cursor, "load/analyze")
    return _account(begun[0], fact, counts, "loaded" if counts.written else "unchanged")


def _currency(given: str) -> str:
    if not re.fullmatch("[A-Za-z]{3}", given.strip()):
        raise Refused(f"{given} is not a currency. Write it in three letters, such as EUR or USD.")
    return given.strip().upper()


def _write(cursor: Cursor, stage: Staged, target: Target, say: Progress) -> Counts:
    counts = WRITERS[stage.recognised.format.facts].write(cursor, stage, target, say)
    outcome = dict(stage.duck.execute(db.script("ingest/outcome.sql")).fetchall())
    counts.rows = stage.rows
    counts.duplicate = outcome.get("duplicate", 0)
    counts.ignored = outcome.get("ignored", 0) + stage.recognised.ignored
    counts.rejected = outcome.get("rejected", 0) + len(stage.unreadable)
    if not stage.rows:
        counts.notices.append("The file has a header and no rows under it.")
    return counts


def _same_again(cursor: Cursor, fact: dict[str, Any]) -> dict[str, Any]:
    params = {name: fact[name] for name in ("store_id", "sha256", "format", "as_of", "mapping")}
    db.run(cursor, "load/same_import", **params)
    names = [column.name for column in cursor.description or ()]
    first = dict(zip(names, cursor.fetchone() or (), strict=True))
    facts = first["loaded"] + first["updated"] + first["unchanged"]
    counts = Counts(
        rows=first["rows"],
        unchanged=facts,
        duplicate=first["duplicate"],
        rejected=first["rejected"],
        ignored=first["ignored"],
        first_day=first["first_day"],
        last_day=first["last_day"],
        currency=first["currency"],
        notices=[*first["notices"], "This very file is in the store already; nothing was changed."],
    )
    return _account(first["import_id"], fact, counts, "unchanged")


def _account(import_id: int, fact: dict[str, Any], counts: Counts, status: str) -> dict[str, Any]:
    return {
        "import_id": import_id,
        "store": fact["store"],
        "file": fact["file"],
        "format": fact["format"],
        "rows": counts.rows,
        "loaded": counts.loaded,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "duplicate": counts.duplicate,
        "rejected": counts.rejected,
        "ignored": counts.ignored,
        "start": counts.first_day,
        "stop": counts.stop,
        "currency": counts.currency,
        "status": status,
        "notices": counts.notices,
    }


def _counted_on(path: Path, options: Options, store: str, known: Format) -> Proposal:
    """The day a file speaks of, as it was said or else as it can be told; only counts of stock have habits."""
    if options.as_of:
        return Proposal(options.as_of, "said", "as you said")
    return counted_on.of_file(path, options.file_name or path.name, store, known)
