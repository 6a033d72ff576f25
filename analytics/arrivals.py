"""Which files of a watched folder are finished, so that nobody's half-written export is read."""

import os
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path

DONE, REJECTED = "done", "rejected"
# What browsers, spreadsheets, editors and copying programs call a file that is not one yet, or never will be.
UNFINISHED = (
    ".part",
    ".partial",
    ".crdownload",
    ".download",
    ".opdownload",
    ".filepart",
    ".tmp",
    ".temp",
    ".swp",
    ".lock",
    ".lck",
)
NEVER = ("desktop.ini", "thumbs.db")


@dataclass(frozen=True)
class Arrival:
    """A file: where it lies, the store that its folder names (None in the watched folder itself), and its state."""

    path: Path
    store: str | None
    size: int
    written: int  # nanoseconds


@dataclass
class Watched:
    """What was seen of a folder: since when each file has been as it is."""

    folder: Path
    settle: float
    since: dict[Arrival, float] = field(default_factory=dict)


def finished(watched: Watched, now: float) -> list[Arrival]:
    """The files that have not changed for the settle time and that no writer holds open, the oldest first.

    `now` is any clock that only goes forward, in seconds; what was seen is kept in `watched`. Raises OSError if the
    folder cannot be read.
    """
    there = files(watched.folder)
    watched.since = {each: watched.since.get(each, now) for each in there}
    ready = [each for each, since in watched.since.items() if now - since >= watched.settle]
    return sorted((each for each in ready if not is_open(each.path)), key=lambda each: (each.written, str(each.path)))


def files(folder: Path) -> list[Arrival]:
    """Every file that may be an export: in the folder, and in its folders, each of which is a store's."""
    found = _files(folder, None)
    for inner in folder.iterdir():
        name = inner.name
        if inner.is_dir() and not name.startswith((".", "~")) and name.casefold() not in (DONE, REJECTED):
            found += _files(inner, name)
    return found


def _files(folder: Path, store: str | None) -> list[Arrival]:
    with os.scandir(folder) as entries:
        names = {entry.name: entry for entry in entries}
    found = []
    for name, entry in names.items():
        # a browser may lay an empty file under the final name beside the one it fills
        has_partner = any(f"{name}{ending}" in names for ending in UNFINISHED)
        if is_unfinished(name) or has_partner or not entry.is_file():
            continue
        try:
            state = entry.stat()
        except FileNotFoundError:
            continue
        found.append(Arrival(Path(entry.path), store, state.st_size, state.st_mtime_ns))
    return found


def is_unfinished(name: str) -> bool:
    """Whether a name says that the file is no export: a download that runs, a lock, a system's own file."""
    lower = name.lower()
    return (
        lower.startswith((".", "~"))
        or lower.endswith(("~", "#"))
        or lower.endswith(UNFINISHED)
        or lower in NEVER
        or "~lock" in lower
    )


def is_same(arrival: Arrival) -> bool:
    """Whether the file still lies there as it was seen."""
    try:
        state = arrival.path.stat()
    except FileNotFoundError:
        return False
    return (state.st_size, state.st_mtime_ns) == (arrival.size, arrival.written)


def is_open(path: Path) -> bool:
    """Whether a program has the file open for writing, as far as the system tells; what it does not tell is no."""
    if sys.platform == "linux":
        return _is_open_on_linux(path)
    if sys.platform == "win32":
        try:
            path.rename(path)  # refused while another program has it open
        except PermissionError:
            return True
        except OSError:
            return False
    return False


def _is_open_on_linux(path: Path) -> bool:
    if sys.platform != "linux":
        return False
    import fcntl

    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        # A read lease is refused while anyone writes. Should a writer come while we hold it, the system sends a signal:
        # its usual one would end us.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False  # somebody else's file, or a file system without leases
    finally:
        os.close(handle)
    return False
