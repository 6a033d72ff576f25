"""A store's forecasts made, kept and made again: one run at a time, in a process of its own if the app asks for it.

A run reads what was sold, forecasts it, and writes everything in one transaction at its end: whoever is killed on the way
leaves the run before in place. The lock of a store's forecasts says whether one is at work; the system frees it when a process
dies, and the next run calls the dead one failed.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import psutil

from analytics import actor, db, periods, stores
from analytics.errors import DatabaseUnavailable, Refused
from analytics.forecasts import fits, keeping, making, runs
from analytics.forecasts.making import DAYS, WEEKS, Say

# So many weeks ago what was said is held against what came; where nothing was said then, it is made once afterwards.
LOOK_BACK = (4, 8, 13)
WEEK = timedelta(days=7)
EVERY = 1.0  # seconds between two sentences of progress that are written down
OFF = "off"
HURRY = 10  # how far a process in the background steps back behind others (nice)
_started: dict[int, "subprocess.Popen[bytes]"] = {}
_starting = threading.Lock()


def run(store: int, tell: Callable[[str], None] = lambda said: None, say_progress: Say | None = None) -> dict[str, Any]:
    """Make the forecasts of a store, and once what would have been said 4, 8 and 13 weeks ago.

    Gives run_id, as_of, series, again (how many were fitted anew), seconds, and backcasts (how many were made afterwards).
    Raises Refused if the store has no orders, or another process is at it."""
    actor.require("edit")
    with db.transaction() as cursor:
        if not keeping.lock(cursor, store):
            raise Refused(
                "The forecasts of this store are being made by another process. They are there when it is done."
            )
        as_of, _ = _today(store)
        if as_of is None:
            raise Refused("This store has no orders yet, so there is nothing to forecast from. Import its orders.")
        try:
            done = _one(store, as_of, False, (tell, say_progress))
            back = [day for day in _days_back(store) if _one(store, day, True, (tell, say_progress))]
        except BaseException as error:
            _say_failed(store, error)
            raise
    return done | {"backcasts": len(back)}


def _one(store: int, as_of: date, is_backcast: bool, how: tuple[Callable[[str], None], Say | None]) -> dict[str, Any]:
    """One run, as of one day."""
    tell, say = how
    began = time.monotonic()
    _, version = _today(store)
    run_id = keeping.begin(store, as_of, version, is_backcast)
    words = f"as of {as_of:%d %B %Y}{', made afterwards from what was known then' if is_backcast else ''}"
    tell(f"Forecasts {words}")
    last = None if is_backcast else runs.last_done(store)
    before = {} if last is None else keeping.last(store, last.run_id)
    panels = WEEKS if is_backcast else WEEKS + DAYS
    made = making.of(store, as_of, panels, (before, _sparing(store, run_id, say)))
    series, again = sum(len(each.forecast) for each in made), sum(each.fitted.again for each in made)
    keeping.finish(
        store, run_id, made, (f"{series:,} series, {again:,} of them made anew", None if last is None else last.run_id)
    )
    seconds = time.monotonic() - began
    tell(f"{series:,} series forecast {words}, {again:,} of them made anew, in {seconds:,.0f} seconds")
    return {"run_id": run_id, "as_of": as_of, "series": series, "again": again, "seconds": round(seconds, 1)}


def _sparing(store: int, run_id: int, say: Say | None) -> Say:
    """Progress that is written down now and then, and told every time."""
    told = [0.0]

    def heard(share: float, words: str) -> None:
        if say is not None:
            say(share, words)
        if time.monotonic() - told[0] >= EVERY:
            told[0] = time.monotonic()
            keeping.tell(store, run_id, share, words)

    return heard


def _say_failed(store: int, error: BaseException) -> None:
    """As far as the database still hears it; else the next run says it."""
    why = str(error) if isinstance(error, Refused) else f"it had a fault: {type(error).__name__}"
    try:
        keeping.fail(store, why)
    except DatabaseUnavailable:
        return


def _today(store: int) -> tuple[date | None, int]:
    """The last day whose orders are complete, None without orders, and the version of the store's data."""
    found = stores.among(store)
    if found.empty:
        raise Refused(f"There is no store number {store}.")
    row = found.iloc[0]
    if row["last_day"] is None or row["last_day"] != row["last_day"]:
        return None, int(row["data_version"])
    return periods.last_complete_day(row["time_zone"], row["last_day"]), int(row["data_version"])


def _days_back(store: int) -> list[date]:
    """The days in the past as of which nothing was said, although it could have been: counted from the first run of all."""
    done = runs.done(store)
    first, last = min(run.as_of for run in done if not run.is_backcast), max(run.as_of for run in done)
    began = stores.among(store)["first_day"].iloc[0] + timedelta(weeks=LOOK_BACK[0])
    wanted = [first - timedelta(weeks=weeks) for weeks in LOOK_BACK]
    # of the runs of a week only the last stays, so the first one may have moved by some days since
    is_new = [all(abs(day - run.as_of) >= WEEK for run in done) for day in wanted]
    oldest = max(began, last - timedelta(weeks=LOOK_BACK[-1]))
    return [day for day, new in zip(wanted, is_new, strict=True) if new and day >= oldest]


def state(store: int) -> dict[str, Any]:
    """How a store's forecasts stand, cheaply.

    status: none (never made), working, done or failed; share and words of what is at work (or why it failed); as_of, run_id,
    finished_at of the forecasts that are there (None without); is_current: whether they are of the store's data as they are, made
    by the models of this version of the program; began_at of the newest run."""
    rows = db.read("forecasts/state", store_ids=[store], lock=db.FORECAST_LOCK)
    if rows.empty:
        raise Refused(f"There is no store number {store}.")
    row = {name: None if value != value else value for name, value in rows.iloc[0].to_dict().items()}
    is_working = bool(row["is_working"]) or _is_started(store)
    as_of, version = _today(store)
    is_of_now = row["made_by"] in (None, fits.VERSION)
    is_current = row["as_of"] is not None and row["as_of"] == as_of and row["seen_version"] == version and is_of_now
    # one that was ended on data that an earlier one knows leaves nothing to be done
    failed = row["status"] in ("failed", "running") and not is_current
    status = "working" if is_working else "failed" if failed else "done" if row["as_of"] else "none"
    return {
        "status": status,
        "share": float(row["done_share"] or 0) if is_working else None,
        "words": _words(row, status),
        "as_of": row["as_of"],
        "run_id": row["done_run"],
        "finished_at": row["finished_at"],
        "began_at": row["started_at"],
        "is_current": is_current,
        "has_orders": as_of is not None,
        "may_try": not (failed and row["is_recent"] and row["read_version"] == version),
    }


def _words(row: dict[Any, Any], status: str) -> str | None:
    if status == "working":
        return str(row["progress"] or "starting") if row["is_working"] else "starting"
    if status == "failed":
        return keeping.KILLED if row["status"] == "running" else str(row["progress"])
    return None


def ensure_one(numbers: list[int]) -> bool:
    """The same for several stores, one after the other: nothing is started while a run of one of them is at work."""
    if _is_off() or any(state(store)["status"] == "working" for store in numbers):
        return False
    return any(ensure(store) for store in numbers)


def _is_off() -> bool:
    return os.environ.get("ANALYTICS_BACKGROUND", "").strip().lower() == OFF


def ensure(store: int) -> bool:
    """Start making a store's forecasts in a process of its own if they are not current (see state); whether one was started.

    Not while one is at work, not twice within an hour on data on which it failed, and not with ANALYTICS_BACKGROUND=off."""
    if _is_off():
        return False
    with _starting:
        now = state(store)
        if now["status"] == "working" or now["is_current"] or not now["has_orders"] or not now["may_try"]:
            return False
        _started[store] = _start(str(stores.among(store)["name"].iloc[0]))
        return True


def _is_started(store: int) -> bool:
    """Whether a process that was started here is still at it, also before it has got as far as to the lock."""
    process = _started.get(store)
    return process is not None and process.poll() is None


def _start(name: str) -> "subprocess.Popen[bytes]":
    """The command line, on its own: it goes on if the app ends, and has nobody to speak to."""
    if sys.platform == "win32":
        alone, calm = (
            subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP,
            psutil.BELOW_NORMAL_PRIORITY_CLASS,
        )
    else:
        alone, calm = 0, HURRY
    process = subprocess.Popen(
        [sys.executable, "-m", "analytics", "forecast", "--store", name],
        cwd=db.SQL.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        creationflags=alone,
        start_new_session=True,
    )
    with suppress(psutil.Error):
        psutil.Process(process.pid).nice(calm)
    return process
