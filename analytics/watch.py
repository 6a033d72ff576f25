"""The watched folder: what is dropped there is imported and moved to done/ or rejected/, with a report beside it.

A file is imported first, then its report is written, then it is moved: killed at any moment, the next run finds the file
where it was, imports it again (which changes nothing) and goes on from there.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

from fasteners import InterProcessLock

from analytics import arrivals, embedded, faults, imports, printing
from analytics.arrivals import DONE, REJECTED, Arrival
from analytics.errors import DatabaseUnavailable, Refused
from analytics.ingest.load import Options, load
from analytics.ingest.stage import unpacked

SETTLE, LOOK_EVERY, TRY_AGAIN = 3.0, 1.0, 15.0
REPORT = ".report.json"
LOCK = ".storeledger-watch.lock"

Result = dict[str, Any]
Tell = Callable[[Result], None]


@dataclass(frozen=True)
class Settings:
    """The folder, the store of the files directly in it (those in a folder inside go to the store of its name), and the
    seconds for which a file must not have changed."""

    folder: Path
    store: str | None = None
    settle: float = SETTLE


@dataclass
class _State:
    settings: Settings
    tell: Tell
    watched: arrivals.Watched
    # imported and reported, but still where it was, because another program has it open
    stuck: dict[Arrival, Result] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)


def inbox() -> Path:
    """The folder that is watched if none is named."""
    return embedded.home() / "inbox"


def place(folder: Path | None) -> Path:
    """The folder to watch, the inbox if none is named; the inbox is made where it is missing. Raises Refused."""
    if folder is None:
        inbox().mkdir(parents=True, exist_ok=True, mode=0o700)
        return inbox()
    chosen, home = folder.expanduser().resolve(), embedded.home()
    if not chosen.is_dir():
        raise Refused(f"There is no folder {folder}. Make it, or check the name.")
    if chosen in (home, home.parent) or (home in chosen.parents and chosen != inbox()):
        raise Refused(f"{folder} holds the program's own files. Watch another folder, or leave it out for {inbox()}.")
    if not os.access(chosen, os.R_OK | os.W_OK | os.X_OK):
        raise Refused(f"Files in {folder} cannot be read and moved. Change its permissions, or watch another folder.")
    return chosen


def run(settings: Settings, tell: Tell, stop: Event, once: bool = False) -> None:
    """Import the finished files one after the other, telling each result, until `stop` is set; `once`: those there now.

    Of two watchers of one folder only one works at a time. Raises Refused if the folder cannot be read and, with
    `once`, DatabaseUnavailable: the files then stay where they are.
    """
    state = _State(settings, tell, arrivals.Watched(settings.folder, settings.settle))
    lock = InterProcessLock(settings.folder / LOCK)
    while not stop.is_set():
        if lock.acquire(blocking=False):
            try:
                pause = _look(state, stop, once)
            finally:
                lock.release()
            if once:
                return
        else:
            pause = LOOK_EVERY
        stop.wait(pause)


def _look(state: _State, stop: Event, once: bool) -> float:
    """Take what is finished; the seconds to wait before the next look."""
    try:
        ready = arrivals.finished(state.watched, time.monotonic())
        if once and state.watched.since and state.settings.settle:
            stop.wait(state.settings.settle)
            ready = arrivals.finished(state.watched, time.monotonic())
    except OSError as error:
        raise Refused(f"The folder {state.settings.folder} cannot be read: {error.strerror}.") from error
    for arrival in ready:
        if stop.is_set():
            break
        try:
            _take(state, arrival)
        except DatabaseUnavailable as away:
            if once:
                raise
            _say_once(state, str(away))
            return TRY_AGAIN
    if once:
        for arrival in sorted(state.watched.since, key=lambda each: str(each.path)):
            if arrival.path.exists() and arrival not in ready:
                state.tell({"file": arrival.path.name, "waiting": "It is still being written; it stays where it is."})
    return LOOK_EVERY


def _say_once(state: _State, message: str) -> None:
    if message not in state.said:
        state.said.add(message)
        printing.tell(message)


def _take(state: _State, arrival: Arrival) -> None:
    """Import one file, write its report and move it; tell what became of it."""
    if not arrivals.is_same(arrival):
        return  # another watcher has it, or it is being written again
    result = state.stuck.get(arrival)
    if result is None:
        result = _imported(arrival, arrival.store or state.settings.store)
        if result is None:
            _say_once(state, f"{arrival.path.name} cannot be read: another program has it open, or it is private.")
            return
    try:
        moved = _put_away(arrival.path, result)
    except FileNotFoundError:
        return
    except OSError as error:
        state.stuck[arrival] = result
        _say_once(
            state,
            f"{arrival.path.name} is dealt with but cannot be moved ({error.strerror}). Close the program that has it "
            "open; it is moved then.",
        )
        return
    state.stuck.pop(arrival, None)
    state.said.clear()
    state.tell(
        result | {"moved_to": _inside(moved, state.settings), "report": _inside(_report_of(moved), state.settings)}
    )


def _imported(arrival: Arrival, store: str | None) -> Result | None:
    """What became of a file and of the files inside it: their accounts, and why those that were refused were.

    None if it cannot be opened now. Raises DatabaseUnavailable.
    """
    result: Result = {"file": arrival.path.name, "imports": [], "refused": []}
    try:
        with unpacked(arrival.path) as tables:
            for name, path in tables:
                said = Options(store=store, file_name=name)
                _import_table(path, said, result)
    except PermissionError:
        return None
    except Refused as refused:
        result["refused"].append({"file": arrival.path.name, "reason": str(refused)})
    return result


def _import_table(path: Path, options: Options, result: Result) -> None:
    """One of the tables in a file: its account, or why it was refused. Raises DatabaseUnavailable, PermissionError."""
    name = options.file_name or path.name
    try:
        result["imports"].append(load(path, options, printing.progress(name)))
    except Refused as refused:
        result["refused"].append({"file": name, "reason": str(refused)})
    except (DatabaseUnavailable, PermissionError):
        raise
    except Exception:
        # the next file must not wait for ever behind one that we cannot read
        log = faults.keep(f"watch: {name}")
        reason = f"Storeledger has a fault and could not read it; nothing of it was loaded. Details are in {log}."
        result["refused"].append({"file": name, "reason": reason})


def _put_away(path: Path, result: Result) -> Path:
    """Write the report, then move the file beside it; where the file is then. A name in use gets a number."""
    folder = path.parent / (REJECTED if result["refused"] else DONE)
    folder.mkdir(exist_ok=True)
    target = _free(folder, path.name)
    report = _report_of(target)
    # complete or not there: a report that a killed run left without its file is replaced
    draft = report.with_name(f".{report.name}")
    draft.write_text(_report(result, target), encoding="utf-8")
    draft.replace(report)
    path.rename(target)
    return target


def _free(folder: Path, name: str) -> Path:
    stem, dot, ending = name.partition(".")
    target, number = folder / name, 2
    while target.exists():
        target, number = folder / f"{stem} ({number}){dot}{ending}", number + 1
    return target


def _report_of(file: Path) -> Path:
    return file.with_name(file.name + REPORT)


def _report(result: Result, target: Path) -> str:
    """The report as JSON: what happened in words, the account of every table, the cells set aside, the refusals."""
    with_rejects = [
        account | {"rejects": imports.rejects(account["import_id"]).to_dict("records") if account["rejected"] else []}
        for account in result["imports"]
    ]
    return printing.as_json(
        {
            "file": target.name,
            "at": datetime.now().astimezone().replace(microsecond=0),
            "in_words": in_words(result),
            "imports": with_rejects,
            "refused": result["refused"],
            "original": "The original stays in this folder until you delete it. It may hold names and addresses.",
        }
    )


def _inside(path: Path, settings: Settings) -> str:
    return path.relative_to(settings.folder).as_posix()


def promise(settings: Settings) -> str:
    """What watching this folder means, in words."""
    return (
        f"Watching {settings.folder}. A finished file is imported and moved to {DONE}/ or {REJECTED}/, with a report "
        "beside it. The originals stay there, with all they hold, until you delete them."
    )


def in_words(result: Result) -> str:
    """What became of a file, in sentences."""
    if "waiting" in result:
        return f"{result['file']}: {result['waiting']}"
    said = [printing.account(each) for each in result["imports"]]
    said += [f"{each['file']} was not loaded: {each['reason']}" for each in result["refused"]]
    if "moved_to" in result:
        said.append(f"  moved to {result['moved_to']}")
    return "\n".join(said)


def document(told: list[Result]) -> Result:
    """All results as one document: the imports, each with the place its file was moved to; what was rejected and why;
    the files that were not finished and stay."""
    done: Result = {"imports": [], "rejected": [], "waiting": []}
    for result in told:
        place = {name: result[name] for name in ("moved_to", "report") if name in result}
        if "waiting" in result:
            done["waiting"].append(result["file"])
            continue
        done["imports"] += [each | place for each in result["imports"]]
        done["rejected"] += [each | place for each in result["refused"]]
    return done
