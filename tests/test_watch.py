"""The watched folder: finished files only, each once, moved with a report, and no moment at which a kill loses one."""

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest

import shop_files
from analytics import arrivals, sales, stores, watch
from analytics.__main__ import main
from analytics.errors import DatabaseUnavailable
from analytics.ingest.load import Options, load
from analytics.scope import Scope

ROOT = Path(__file__).resolve().parent.parent
LAST_DAY = date(2026, 3, 20)
HEADER = "order,date,sku,title,quantity,unit price,currency,channel,country\n"

Captured = pytest.CaptureFixture[str]
Look = Callable[..., dict[str, Any]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANALYTICS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ANALYTICS_HASH_KEY", "a key for tests")
    made = tmp_path / "drop"
    made.mkdir()
    return made


@pytest.fixture
def look(emptied: str, folder: Path, capsys: Captured) -> Look:
    """What one look at the folder prints, in a store called Pottery unless told."""

    def once(*more: str, settle: str = "0") -> dict[str, Any]:
        told = more if "--store" in more else ("--store", "Pottery", *more)
        assert main(["watch", str(folder), "--once", "--settle", settle, "--json", *told]) == 0
        out = capsys.readouterr().out
        document: dict[str, Any] = json.loads(out)
        return document

    return once


def lines(prefix: str, orders: int) -> str:
    """A file of orders with one line of 10.00 each."""
    return HEADER + "".join(
        f"{prefix}{n},2026-03-05 10:00:00,SKU{n % 7},Thing {n % 7},1,10.00,EUR,web,DE\n" for n in range(orders)
    )


def names(folder: Path) -> list[str]:
    """The files and folders there that a person sees."""
    return sorted(each.name for each in folder.iterdir() if not each.name.startswith("."))


def report(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_a_dropped_file_is_imported_and_moved_with_a_report_beside_it(look: Look, folder: Path) -> None:
    shop_files.orders(folder / "orders.csv", LAST_DAY)
    told = look()
    assert [(each["file"], each["loaded"], each["moved_to"]) for each in told["imports"]] == [
        ("orders.csv", 4, "done/orders.csv")
    ]
    assert told["rejected"] == [] and told["waiting"] == []
    assert names(folder) == ["done"] and names(folder / "done") == ["orders.csv", "orders.csv.report.json"]
    written = report(folder / "done" / "orders.csv.report.json")
    assert written["imports"][0]["loaded"] == 4 and "The original stays in this folder" in written["original"]
    assert stores.find("Pottery") == 1 and sales.summary(Scope())["orders"].iloc[0] == 4
    assert look() == {"imports": [], "rejected": [], "waiting": []}, "what is done is no store"


def test_the_report_names_each_cell_that_was_set_aside(look: Look, folder: Path) -> None:
    (folder / "lines.csv").write_text(lines("A", 2) + "A9,2026-03-05,SKU1,Thing 1,many,10.00,EUR,web,DE\n")
    look()
    (account,) = report(folder / "done" / "lines.csv.report.json")["imports"]
    assert (account["rows"], account["loaded"], account["rejected"]) == (3, 2, 1)
    (cell,) = account["rejects"]
    assert (cell["line"], cell["column_name"], cell["value"]) == (4, "quantity", "many") and cell["reason"]


def test_a_file_that_cannot_be_used_is_moved_aside_with_the_reason(look: Look, folder: Path) -> None:
    (folder / "photo.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    told = look()
    assert told["imports"] == [] and "picture" in told["rejected"][0]["reason"]
    assert told["rejected"][0]["moved_to"] == "rejected/photo.csv"
    assert "picture" in report(folder / "rejected" / "photo.csv.report.json")["refused"][0]["reason"]


def test_a_file_of_the_same_name_is_never_overwritten(look: Look, folder: Path) -> None:
    for number in (1, 2, 3):
        (folder / "lines.csv").write_text(lines(f"N{number}-", number))
        look()
    done = folder / "done"
    assert [name for name in names(done) if name.endswith(".csv")] == ["lines (2).csv", "lines (3).csv", "lines.csv"]
    assert (done / "lines.csv").read_text() == lines("N1-", 1)
    assert report(done / "lines (3).csv.report.json")["imports"][0]["loaded"] == 3


def test_the_same_file_again_changes_nothing(look: Look, folder: Path) -> None:
    for _ in range(2):
        (folder / "lines.csv").write_text(lines("A", 3))
        os.utime(folder / "lines.csv", (1_772_000_000, 1_772_000_000))
        told = look()
    assert (told["imports"][0]["loaded"], told["imports"][0]["unchanged"]) == (0, 3)
    assert sales.summary(Scope())["orders"].iloc[0] == 3


def test_the_oldest_file_comes_first(look: Look, folder: Path) -> None:
    for number, name in enumerate(("c.csv", "a.csv", "b.csv")):
        (folder / name).write_text(lines(name[0], 1))
        os.utime(folder / name, (1_772_000_000 + number, 1_772_000_000 + number))
    assert [each["file"] for each in look()["imports"]] == ["c.csv", "a.csv", "b.csv"]


def test_a_folder_inside_is_a_store(look: Look, folder: Path) -> None:
    for name in ("Pottery", "Glass & Co"):
        (folder / name).mkdir()
        (folder / name / "lines.csv").write_text(lines(name[0], 2))
    told = look()
    assert {each["store"]: each["moved_to"] for each in told["imports"]} == {
        "Pottery": "Pottery/done/lines.csv",
        "Glass & Co": "Glass & Co/done/lines.csv",
    }
    assert look()["imports"] == [], "what is done is not taken for a store's new file"


def test_with_several_stores_a_file_that_names_none_is_refused_in_words(
    emptied: str, folder: Path, capsys: Captured
) -> None:
    for name in ("Pottery", "Glass"):
        load(shop_files.orders(folder.parent / f"{name}.csv", LAST_DAY), Options(store=name))
    (folder / "lines.csv").write_text(lines("A", 1))
    assert main(["watch", str(folder), "--once", "--settle", "0"]) == 0
    assert "There are several stores" in capsys.readouterr().out and names(folder) == ["rejected"]


@pytest.mark.parametrize(
    "name",
    ["a.csv.crdownload", "a.csv.part", "~$a.xlsx", ".~lock.a.csv#", ".a.csv", "a.csv.tmp", "a.csv~", "Thumbs.db"],
)
def test_what_is_no_export_yet_stays_where_it_is(look: Look, folder: Path, name: str) -> None:
    (folder / name).write_text(lines("A", 1))
    assert look() == {"imports": [], "rejected": [], "waiting": []}
    assert (folder / name).exists()


def test_an_empty_file_beside_its_running_download_stays(look: Look, folder: Path) -> None:
    (folder / "a.csv").touch()
    (folder / "a.csv.part").write_text(HEADER)
    assert look() == {"imports": [], "rejected": [], "waiting": []}
    (folder / "a.csv.part").replace(folder / "a.csv")
    assert look()["imports"][0]["file"] == "a.csv"


def test_a_file_that_grows_is_finished_when_it_has_not_changed_for_the_settle_time(folder: Path) -> None:
    watched, file = arrivals.Watched(folder, settle=3.0), folder / "a.csv"
    file.write_text("a")
    assert arrivals.finished(watched, 100.0) == []
    file.write_text("ab")
    assert arrivals.finished(watched, 103.0) == []
    assert arrivals.finished(watched, 105.9) == []
    assert [each.path for each in arrivals.finished(watched, 106.0)] == [file]


def test_a_file_that_changes_during_the_look_waits_and_is_named(look: Look, folder: Path) -> None:
    (folder / "grows.csv").write_text(HEADER)
    command = (
        f"import time\nfor n in range(40):\n open({str(folder / 'grows.csv')!r}, 'a').write('x'); time.sleep(0.05)"
    )
    writer = subprocess.Popen([sys.executable, "-c", command])
    try:
        assert look(settle="0.5") == {"imports": [], "rejected": [], "waiting": ["grows.csv"]}
    finally:
        writer.wait()
    assert names(folder) == ["grows.csv"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system does not tell")
def test_a_file_that_a_program_has_open_for_writing_waits(look: Look, folder: Path) -> None:
    file = folder / "a.csv"
    with file.open("w") as writer:
        writer.write(lines("A", 2))
        writer.flush()
        assert look()["waiting"] == ["a.csv"]
    with file.open() as reader:
        assert reader.read(5) == "order"
        assert look()["imports"][0]["loaded"] == 2, "one who only reads does not matter"


def test_a_file_imported_but_not_moved_is_found_unchanged_and_moved(look: Look, folder: Path) -> None:
    file = shop_files.orders(folder / "orders.csv", LAST_DAY)
    load(file, Options(store="Pottery"))
    (folder / "done").mkdir()
    # the killed run came as far as the report
    (folder / "done" / "orders.csv.report.json").write_text("{}")
    (account,) = look()["imports"]
    assert (account["loaded"], account["unchanged"], account["moved_to"]) == (0, 4, "done/orders.csv")
    assert report(folder / "done" / "orders.csv.report.json")["imports"][0]["unchanged"] == 4
    assert sales.summary(Scope())["orders"].iloc[0] == 4


def test_the_tables_of_an_archive_are_imported_and_the_archive_is_moved(look: Look, folder: Path) -> None:
    with zipfile.ZipFile(folder / "exports.zip", "w") as archive:
        archive.writestr("a.csv", lines("A", 2))
        archive.writestr("b.csv", lines("B", 3))
    told = look()
    assert sorted((each["loaded"], each["moved_to"]) for each in told["imports"]) == [
        (2, "done/exports.zip"),
        (3, "done/exports.zip"),
    ]
    assert names(folder) == ["done"] and names(folder / "done") == ["exports.zip", "exports.zip.report.json"]


def test_an_archive_with_one_table_that_will_not_do_is_rejected_and_says_what_is_in(look: Look, folder: Path) -> None:
    with zipfile.ZipFile(folder / "exports.zip", "w") as archive:
        archive.writestr("a.csv", lines("A", 2))
        archive.writestr("b.csv", "this,is\nno,export\n")
    told = look()
    assert [each["loaded"] for each in told["imports"]] == [2] and len(told["rejected"]) == 1
    assert told["rejected"][0]["file"].endswith("b.csv") and told["rejected"][0]["moved_to"] == "rejected/exports.zip"


def test_a_fault_of_ours_stops_neither_the_watcher_nor_the_next_file(
    look: Look, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path, *told: Any) -> Any:
        if path.name == "a.csv":
            raise ZeroDivisionError
        return load(path, *told)

    monkeypatch.setattr(watch, "load", broken)
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text(lines(name[0], 1))
    told = look()
    assert [each["file"] for each in told["imports"]] == ["b.csv"]
    assert "has a fault" in told["rejected"][0]["reason"] and names(folder / "rejected")[0] == "a.csv"
    assert "ZeroDivisionError" in (folder.parent / "home" / "errors.log").read_text()


def test_a_file_that_cannot_be_moved_is_imported_once_and_moved_later(
    emptied: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.csv").write_text(lines("A", 1))
    loads, told, stop, move = [], [], Event(), Path.rename

    def held(path: Path, target: Path) -> Path:
        if len(loads) == 1 and not told:
            told.append("held")
            raise PermissionError(13, "it is open in another program")
        return move(path, target)

    monkeypatch.setattr(Path, "rename", held)
    monkeypatch.setattr(watch, "load", lambda *asked: loads.append(1) or load(*asked))
    monkeypatch.setattr(watch, "LOOK_EVERY", 0.01)
    watch.run(watch.Settings(folder, "Pottery", 0), lambda result: (told.append(result), stop.set()), stop)
    assert loads == [1] and told[0] == "held" and told[1]["moved_to"] == "done/a.csv"


def test_without_the_database_the_files_stay_and_are_tried_again(
    emptied: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    (folder / "a.csv").write_text(lines("A", 1))
    told, stop, tries = [], Event(), []

    def away_twice(*asked: Any) -> Any:
        tries.append(1)
        if len(tries) <= 2:
            raise DatabaseUnavailable("The database is being restarted.")
        return load(*asked)

    monkeypatch.setattr(watch, "load", away_twice)
    monkeypatch.setattr(watch, "TRY_AGAIN", 0.01)
    assert main(["watch", str(folder), "--once", "--settle", "0"]) == 2
    assert "is being restarted" in capsys.readouterr().err and names(folder) == ["a.csv"]
    watch.run(watch.Settings(folder, "Pottery", 0), lambda result: (told.append(result), stop.set()), stop)
    assert told[0]["moved_to"] == "done/a.csv" and len(tries) == 3


def test_without_a_folder_the_inbox_is_watched(emptied: str, folder: Path, capsys: Captured) -> None:
    assert main(["watch", "--once", "--settle", "0"]) == 0
    assert (folder.parent / "home" / "inbox").is_dir()
    (folder.parent / "home" / "inbox" / "a.csv").write_text(lines("A", 1))
    assert main(["watch", "--once", "--settle", "0"]) == 0
    out = capsys.readouterr().out
    assert "a.csv: order_lines, 1 rows (1 loaded)" in out and "moved to done/a.csv" in out
    assert "The originals stay there" in out


@pytest.mark.parametrize("which", ["nowhere", "home", "home/postgres", "."])
def test_a_folder_that_will_not_do_is_refused(emptied: str, folder: Path, capsys: Captured, which: str) -> None:
    (folder.parent / "home" / "postgres").mkdir(parents=True)
    assert main(["watch", str(folder.parent / which), "--once"]) == 2
    out, reason = capsys.readouterr()
    assert out == "" and ("There is no folder" in reason or "holds the program's own files" in reason)


def watching(folder: Path, address: str, *more: str) -> "subprocess.Popen[str]":
    """A watcher in a process of its own."""
    command = [sys.executable, "-m", "analytics", "watch", str(folder), "--store", "Pottery", "--json", *more]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def ended(process: "subprocess.Popen[str]") -> dict[str, Any]:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    document: dict[str, Any] = json.loads(out)
    return document


def test_it_watches_until_it_is_ended_and_then_prints_its_document(emptied: str, folder: Path) -> None:
    process = watching(folder, emptied, "--settle", "0.3")
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text(lines(name[0], 3))
        _wait_for(folder / "done" / name)
    process.send_signal(signal.SIGTERM)
    assert [each["file"] for each in ended(process)["imports"]] == ["a.csv", "b.csv"]


def test_two_watchers_of_one_folder_import_each_file_once(emptied: str, folder: Path) -> None:
    files = [f"{letter}.csv" for letter in "abcdef"]
    for name in files:
        (folder / name).write_text(lines(name[0], 50))
    both = [watching(folder, emptied, "--settle", "0.2", "--once") for _ in range(2)]
    told = [each for process in both for each in ended(process)["imports"]]
    assert sorted(each["file"] for each in told) == files and {each["loaded"] for each in told} == {50}
    assert len(names(folder / "done")) == 12 and names(folder) == ["done"]


@pytest.mark.parametrize("after", [1.0, 1.6, 1.9, 2.2, 2.5])
def test_a_killed_watcher_loses_nothing_and_loads_nothing_twice(emptied: str, folder: Path, after: float) -> None:
    (folder / "a.csv").write_text(lines("A", 20_000))
    (folder / "b.csv").write_text(lines("B", 20))
    process = watching(folder, emptied, "--settle", "0.1")
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    ended(watching(folder, emptied, "--settle", "0", "--once"))
    assert names(folder) == ["done"]
    assert names(folder / "done") == ["a.csv", "a.csv.report.json", "b.csv", "b.csv.report.json"]
    row = sales.summary(Scope()).iloc[0]
    assert (row["orders"], row["net_sales"]) == (20_020, 200_200)


def _wait_for(path: Path) -> None:
    until = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < until, f"{path.name} did not come"
        time.sleep(0.05)
