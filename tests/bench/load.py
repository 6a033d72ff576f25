"""How fast the app answers many viewers at once: real processes, driven over websockets as browsers drive them."""

import asyncio
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.bench import shop
from tests.bench.loading import own_database, own_server
from tests.bench.views import DAYS, FIRST

ROOT = Path(__file__).resolve().parent.parent.parent
CURVE = (1, 10, 25, 50, 100)
# Mixed views, those that are opened most several times: their addresses, and whether they take days.
VIEWS = (
    ("", False), ("", False), ("sales", True), ("sales", True), ("products", True), ("channels", True), ("countries", True),
    ("categories", True), ("hours", True), ("returns", True), ("contribution", True), ("orders", True), ("stock", False),
)  # fmt: skip
WORDS = {"days": 7, "weeks": 28, "month": 30, "quarter": 91, "year": 365}
# what a page says instead of its numbers
WRONG = (b"The database does not answer", b"This is our fault", b"This page is private", b"This view does not exist")
# how many views are looked at before the next link is opened
VISIT = 4
LONGEST = 60  # seconds after which an answer counts as an error
# a message that says that the run has ended is short, and what is longer need not be read
SHORT = 4_096


@dataclass
class Found:
    """What the viewers saw: milliseconds of every rerun, and what went wrong."""

    milliseconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def measured(lines: int, viewers: int, think: float, processes: int, seconds: float) -> list[dict[str, Any]]:
    """For 1, 10, 25, 50, 100 and the given number of viewers: viewers, processes, p50_ms and p95_ms of a rerun, reruns,
    errors, processor_ms that a rerun takes of the app's processes, memory_mb of them at the end, and growth_mb of that since the
    first quarter of the time.

    `viewers` look for `seconds`, each other number of them for a sixth of that. `think` seconds lie between an answer and the
    next question of a viewer, more or less.
    """
    with own_server() as server, tempfile.TemporaryDirectory(prefix="storeledger-bench-") as work:
        with own_database(server, f"storeledger_bench_{os.getpid()}"), ExitStack() as stack:
            _say(f"a shop of {lines:,} lines is being made")
            shop.build(shop.draw(lines), Path(work))
            apps = [stack.enter_context(_app()) for _ in range(processes)]
            ports = [(app.pid, port) for app, port in apps]
            _step(ports, processes, 0, 10)  # a process's first runs read the program itself
            told = []
            for number in sorted({*CURVE, viewers}):
                _say(f"{number} viewers")
                time_for_it = seconds if number == viewers else seconds / 6
                told.append(_step(ports, number, think, time_for_it))
            return told


def in_words(found: list[dict[str, Any]]) -> str:
    """The curve as a table of Markdown, for the README."""
    rows = [
        f"| {row['viewers']} | {row['p50_ms']:,.0f} | {row['p95_ms']:,.0f} | {row['reruns']:,} | {row['errors']} "
        f"| {row['processor_ms']:,.0f} | {row['memory_mb']:,.0f} | {row['growth_mb']:+,.0f} |"
        for row in found
    ]
    return "\n".join(
        [
            f"{found[0]['processes']} processes; milliseconds until a rerun is whole",
            "| viewers | median | p95 | reruns | errors | on a processor | memory, MB | its growth, MB |",
            "|---|---|---|---|---|---|---|---|",
            *rows,
        ]
    )


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


@contextmanager
def _app() -> Iterator[tuple[psutil.Process, int]]:
    """A process of the app on a port of its own, with the environment's database."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    environment = os.environ | {"ANALYTICS_BACKGROUND": "off"}
    process = subprocess.Popen(
        [*command, "--server.address=127.0.0.1"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=sys.stderr,
    )
    try:
        until = time.monotonic() + LONGEST
        while socket.socket().connect_ex(("127.0.0.1", port)):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("The app did not start.")
            time.sleep(0.1)
        yield psutil.Process(process.pid), port
    finally:
        process.terminate()
        process.wait(LONGEST)


def _step(apps: list[tuple[int, int]], viewers: int, think: float, seconds: float) -> dict[str, Any]:
    found, before = Found(), _processor(apps)
    early, late = asyncio.run(_look(apps, viewers, think, seconds, found))
    times = sorted(found.milliseconds) or [float("nan")]
    for error in sorted(set(found.errors))[:5]:
        _say(f"  {found.errors.count(error)} times: {error}")
    return {
        "viewers": viewers,
        "processes": len(apps),
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[min(len(times) - 1, int(len(times) * 0.95))], 1),
        "reruns": len(found.milliseconds),
        "errors": len(found.errors),
        "processor_ms": round((_processor(apps) - before) / max(1, len(found.milliseconds)), 1),
        "memory_mb": round(late, 1),
        "growth_mb": round(late - early, 1),
    }


async def _look(
    apps: list[tuple[int, int]], viewers: int, think: float, seconds: float, found: Found
) -> tuple[float, float]:
    """Megabytes of all processes after a quarter of the time, and at its end."""
    end = time.monotonic() + seconds
    watching = [
        asyncio.create_task(_view(apps[number % len(apps)][1], random.Random(number), think, end, found))
        for number in range(viewers)
    ]
    await asyncio.sleep(seconds / 4)
    early = _memory(apps)
    await asyncio.sleep(max(0.0, end - time.monotonic()))
    late = _memory(apps)
    await asyncio.gather(*watching)
    return early, late


def _memory(apps: list[tuple[int, int]]) -> float:
    return sum(psutil.Process(pid).memory_info().rss for pid, _ in apps) / 2**20


def _processor(apps: list[tuple[int, int]]) -> float:
    """Milliseconds that the app's processes have been on a processor."""
    times = [psutil.Process(pid).cpu_times() for pid, _ in apps]
    return 1000 * sum(each.user + each.system for each in times)


async def _view(port: int, chance: random.Random, think: float, end: float, found: Found) -> None:
    """One viewer: opens a link, goes on to other views of the same days, and opens the next link."""
    await asyncio.sleep(chance.uniform(0, think))  # they do not all come at the same moment
    while time.monotonic() < end:
        await _visit(port, chance, think, end, found)


async def _visit(port: int, chance: random.Random, think: float, end: float, found: Found) -> None:
    address = f"ws://localhost:{port}/_stcore/stream"
    try:
        async with connect(
            address, origin=f"http://localhost:{port}", subprotocols=["streamlit"], max_size=None
        ) as socket:
            filters = _filters(chance)
            for page, has_days in chance.choices(VIEWS, k=VISIT):
                if time.monotonic() < end:
                    await _ask(socket, page, urlencode(filters if has_days else filters[:1]), found)
                    await asyncio.sleep(chance.uniform(0.5, 1.5) * think)
    except (OSError, TimeoutError, ValueError, WebSocketException) as error:
        found.errors.append(f"{type(error).__name__} {error}")
        await asyncio.sleep(think)


async def _ask(socket: ClientConnection, page: str, query: str, found: Found) -> None:
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.query_string = query
    asked.rerun_script.context_info.url = "http://localhost/"
    asked.rerun_script.context_info.timezone = "UTC"
    asked.rerun_script.context_info.locale = "en-GB"
    started = time.perf_counter()
    await socket.send(asked.SerializeToString())
    async with asyncio.timeout(LONGEST):
        while True:
            message = await socket.recv(decode=False)
            found.errors += [f"{page or 'overview'}: {wrong.decode()}" for wrong in WRONG if wrong in message]
            if len(message) < SHORT and _has_ended(message, page, found):
                break
    found.milliseconds.append((time.perf_counter() - started) * 1000)


def _has_ended(message: bytes, page: str, found: Found) -> bool:
    told = ForwardMsg.FromString(message)
    if told.WhichOneof("type") == "page_not_found":
        found.errors.append(f"{page}: there is no such page")
    if told.WhichOneof("type") != "script_finished":
        return False
    if told.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
        return False  # it runs again, and that is the answer
    if told.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
        found.errors.append(f"{page}: {ForwardMsg.ScriptFinishedStatus.Name(told.script_finished)}")
    return True


def _filters(chance: random.Random) -> list[tuple[str, str]]:
    """Days as somebody chooses them, and now and then another clock."""
    length = chance.choice(tuple(WORDS.values()))
    last = FIRST + timedelta(days=DAYS - 1 - chance.choice((0, 0, 0, 30, 90, 200)))
    asked = [("days", (last - timedelta(days=length - 1)).isoformat()), ("days", last.isoformat())]
    return [("store", "Shop"), *asked] + ([("clock", "refund date")] if chance.random() < 0.3 else [])
