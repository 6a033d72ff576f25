"""Bring the embedded database from an older PostgreSQL to this program's: python -m analytics.embedded_upgrade.

The wheel's own upgrade fails for root (its working directory is closed to the user it runs as), switches checksums on
in the only copy of the old data, and leaves its server running.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from fasteners import InterProcessLock

from analytics import embedded, embedded_place
from analytics.embedded_place import VERSION, Say
from analytics.errors import Refused


def upgrade(say: Say | None = None) -> Path:
    """Copy the data in ANALYTICS_HOME into a cluster of this version; gives the directory that keeps the old data.

    Raises Refused if there is nothing to upgrade, if the data are in use, or if PostgreSQL refuses; the old data are
    then as they were.
    """
    place, tell = embedded_place.home(), say or (lambda _: None)
    data = embedded_place.prepare(place, tell)
    old = embedded.version_of(data)
    if old not in embedded_place.PROGRAMS or old == VERSION:
        raise Refused(f"There is no older database in {place} to upgrade: its version is {old or 'not known'}.")
    kept = data.with_name(f"{data.name}-{old}")
    if kept.exists():
        raise Refused(f"{kept} is still there from an earlier upgrade. Move it away, then upgrade again.")
    with InterProcessLock(place / "start.lock"):
        if embedded.postmaster(data):
            raise Refused(f"The database in {place} is in use. Stop every program that uses it, then upgrade again.")
        tell(f"Upgrading the database from PostgreSQL {old} to {VERSION}; the old data stay in {kept}")
        new = _upgraded_copy(place, data, old)
        data.rename(kept)
        new.rename(data)
    return kept


def _upgraded_copy(place: Path, data: Path, old: int) -> Path:
    new = embedded_place.room_beside(data)
    # pg_upgrade wants checksums in both or in neither; changing the new, empty one leaves the old data alone.
    _, state = embedded_place.run("pg_controldata", "-D", data, version=old)
    has_checksums = any(line.split() == ["Data", "page", "checksum", "version:", "1"] for line in state.splitlines())
    try:
        embedded.initialise(place, new, "--data-checksums" if has_checksums else "--no-data-checksums")
        _pg_upgrade(place, data, new, old)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    return new


def _pg_upgrade(place: Path, data: Path, new: Path, old: int) -> None:
    # Its sockets go to the working directory, so that has to be short and open to the server's user.
    work = Path(tempfile.mkdtemp(prefix="storeledger-"))
    embedded_place.give(work)
    secret = place / "password"
    variables = {"PGPASSWORD": secret.read_text(encoding="ascii")} if embedded.OVER_TCP and secret.exists() else {}
    directories = ("-b", embedded_place.programs(old), "-B", embedded_place.programs(), "-d", data, "-D", new)
    try:
        code, printed = embedded_place.run("pg_upgrade", *directories, "-U", "postgres", cwd=work, variables=variables)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if code:
        reason = " ".join(printed.split()[-60:])
        raise Refused(f"PostgreSQL could not upgrade the database in {place}, which is as it was. It said: {reason}")


def main() -> int:
    """Upgrade and say so; the exit code is 0, or 2 if it was refused."""
    try:
        kept = upgrade(say=print)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    print(f"Done. When everything looks right, {kept} can be deleted.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
