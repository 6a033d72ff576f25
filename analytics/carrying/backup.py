"""A backup: every table as it stood at one moment, in one zip file that any PostgreSQL takes back."""

import hashlib
import json
import os
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from psycopg2.extensions import cursor as Cursor
from sqlalchemy import Connection

from analytics import actor, audit, db, people
from analytics.carrying import tables
from analytics.carrying.tables import Table
from analytics.errors import Refused

# What it is, and which shape it has: raised when a program that knows the older shape could not read the newer.
KIND, SHAPE = "storeledger backup", 1
MANIFEST = "manifest.json"
# What moves while it is carried: the share that is done, and what is being done.
Progress = Callable[[float, str], None]
DAMAGED = "{file} is damaged: {what}. Nothing was changed. Take another backup, or copy this one again."


def write(path: Path, progress: Progress | None = None) -> dict[str, Any]:
    """Write the whole database to a file, readable by this user alone: file, bytes, tables, rows, hash_key_fingerprint, seconds.

    The file appears when it is whole. Raises Refused if there is a file of that name or no room for one, NotAllowed to whoever
    is no owner.
    """
    actor.require("publish")
    if path.exists():
        raise Refused(f"{path} is there already. Choose another name, or move it away.")
    started = time.monotonic()
    try:
        with _appearing(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            manifest = _filled(archive, progress)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror or error}.") from error
    with db.transaction() as cursor:
        audit.record(cursor, "backed up", path.name)
    rows = sum(table["rows"] for table in manifest["tables"])
    return {
        "file": str(path),
        "bytes": path.stat().st_size,
        "tables": len(manifest["tables"]),
        "rows": rows,
        "hash_key_fingerprint": manifest["hash_key_fingerprint"],
        "seconds": round(time.monotonic() - started, 3),
    }


@contextmanager
def _appearing(path: Path) -> Iterator[IO[bytes]]:
    """A file beside the one that is meant, which takes its name once it is whole and on the disk."""
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _filled(archive: zipfile.ZipFile, progress: Progress | None) -> dict[str, Any]:
    with db.transaction(is_snapshot=True) as cursor:
        db.run(cursor, "load/carry/hold_tables")
        every = tables.listed(cursor)
        told = []
        for at, table in enumerate(every):
            if progress:
                progress(at / len(every), table.name)
            told.append(_table(archive, cursor, table))
        manifest = {
            "kind": KIND,
            "shape": SHAPE,
            "made_at": datetime.now(UTC).isoformat(),
            "schema": tables.value(cursor, "load/carry/schema_version"),
            "hash_key_fingerprint": tables.value(cursor, "load/setting_value", name=people.FINGERPRINT),
            "tables": told,
        }
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    if progress:
        progress(1, "done")
    return manifest


def _table(archive: zipfile.ZipFile, cursor: Cursor, table: Table) -> dict[str, Any]:
    with archive.open(f"{table.name}.tsv", "w", force_zip64=True) as member:
        digest = hashlib.sha256()
        cursor.copy_expert(table.copy_out, _Hashing(member, digest), size=1 << 16)
    rows, checksum = tables.whole(tables.sums(cursor, table))
    last = tables.value(cursor, "load/carry/sequence", name=table.sequence) if table.sequence else None
    return {
        "name": table.name,
        "columns": table.columns,
        "rows": rows,
        "checksum": checksum,
        "sha256": digest.hexdigest(),
        "last_number": last,
    }


class _Hashing:
    """A file to write to whose content is summed up on the way."""

    def __init__(self, file: IO[bytes], digest: Any) -> None:
        self.file, self.digest = file, digest

    def write(self, content: bytes) -> int:
        self.digest.update(content)
        return self.file.write(content)


def restore(path: Path, is_replacing: bool = False, progress: Progress | None = None) -> dict[str, Any]:
    """Bring a backup into the database, whole or not at all: file, made_at, tables, rows, stores, hash_key_fingerprint, seconds.

    The database has to hold no store, unless `is_replacing`: then what it holds goes, in the same transaction. A backup of an
    older program is brought up to date. Raises Refused if the file is no backup, is damaged, or was made by a newer program, or
    if the database holds something; NotAllowed to whoever is no owner.
    """
    actor.require("publish")
    started = time.monotonic()
    with _opened(path) as archive:
        manifest = _manifest(path, archive)
        _check_whole(path, archive, manifest)
        with db.migrating() as connection:
            seen, has_log = _emptied(connection, is_replacing)
            _fill(path, connection, archive, manifest, progress)
            with _cursor(connection) as cursor:
                if has_log:
                    db.run(cursor, "load/carry/put_log_back")
                db.run(cursor, "load/carry/raise_versions", seen=seen)
                audit.record(cursor, "restored", path.name, made_at=manifest["made_at"])
    with db.transaction() as cursor:
        db.run(cursor, "load/carry/analyze")
        stores = tables.value(cursor, "load/carry/stores")
    return {
        "file": str(path),
        "made_at": manifest["made_at"],
        "tables": len(manifest["tables"]),
        "rows": sum(table["rows"] for table in manifest["tables"]),
        "stores": sorted(store["name"] for store in stores.values()),
        "hash_key_fingerprint": manifest["hash_key_fingerprint"],
        "seconds": round(time.monotonic() - started, 3),
    }


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, EOFError) as error:
        raise Refused(DAMAGED.format(file=path, what="it is no whole zip file")) from error
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror or error}.") from error


def _manifest(path: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Refused(f"{path} is no backup that `python -m analytics backup` has made.") from error
    if manifest.get("kind") != KIND:
        raise Refused(f"{path} is no backup that `python -m analytics backup` has made.")
    if manifest["shape"] > SHAPE:
        raise Refused(f"{path} was made by a newer Storeledger. Update the program, then restore it.")
    return manifest


def _check_whole(path: Path, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Every file of the backup is there and holds what was written; before anything in the database is touched."""
    for table in manifest["tables"]:
        digest = hashlib.sha256()
        try:
            with archive.open(f"{table['name']}.tsv") as member:
                while content := member.read(1 << 20):
                    digest.update(content)
        except (KeyError, ValueError, EOFError, zipfile.BadZipFile, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
            raise Refused(DAMAGED.format(file=path, what=f"the table {table['name']} cannot be read")) from error
        if digest.hexdigest() != table["sha256"]:
            raise Refused(DAMAGED.format(file=path, what=f"the table {table['name']} is not as it was written"))


@contextmanager
def _cursor(connection: Connection) -> Iterator[Cursor]:
    with connection.connection.cursor() as cursor:  # type: ignore[attr-defined]
        yield cursor


def _emptied(connection: Connection, is_replacing: bool) -> tuple[int, bool]:
    """Take away what the database holds of an empty or replaced shop: the highest data version it had, and whether a log is kept."""
    with _cursor(connection) as cursor:
        db.run(cursor, "load/carry/found")
        _, there, of_others = cursor.fetchone() or ("", [], [])
        if not there:
            return 0, False
        strange = sorted(set(of_others) | ({*there} if "stores" not in there else set()))
        if strange:
            raise Refused(
                f"This database holds tables that are not Storeledger's: {', '.join(strange[:5])}. Give it a database of its own."
            )
        held = tables.value(cursor, "load/carry/stores")
        if held and not is_replacing:
            names = ", ".join(sorted(store["name"] for store in held.values()))
            raise Refused(
                f"This database holds a shop already ({names}). Point DATABASE_URL or ANALYTICS_HOME at an empty one, or say "
                "--replace to lose what is in it."
            )
        seen, has_log = int(tables.value(cursor, "load/carry/newest_version")), "audit_log" in there
        if has_log:
            db.run(cursor, "load/carry/keep_log")
        db.run(cursor, "load/carry/drop_all")
        return seen, has_log


def _fill(
    path: Path, connection: Connection, archive: zipfile.ZipFile, manifest: dict[str, Any], progress: Progress | None
) -> None:
    db.bring_up(connection, manifest["schema"])
    told = {table["name"]: table for table in manifest["tables"]}
    with _cursor(connection) as cursor:
        every = tables.listed(cursor)
        if {table.name: table.columns for table in every} != {name: each["columns"] for name, each in told.items()}:
            raise Refused(f"{path} was made by another Storeledger than its manifest says; it cannot be restored.")
        for table in reversed(every):
            if tables.sums(cursor, table):  # what migrations put there
                cursor.execute(table.empty)
        for at, table in enumerate(every):
            if progress:
                progress(at / len(every), table.name)
            with archive.open(f"{table.name}.tsv") as member:
                cursor.copy_expert(table.copy_in_anew, member, size=1 << 16)
            tables.go_on(cursor, table, told[table.name]["last_number"])
            rows, checksum = tables.whole(tables.sums(cursor, table))
            if (rows, checksum) != (told[table.name]["rows"], told[table.name]["checksum"]):
                raise Refused(DAMAGED.format(file=path, what=f"the table {table.name} did not come back as it was"))
    db.bring_up(connection)
    if progress:
        progress(1, "done")
