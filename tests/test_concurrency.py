"""Several imports at once, and imports that are killed: nothing half loaded, nothing lost, every summary true."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analytics import doctor, sales
from analytics.ingest.load import Options, load
from analytics.scope import Scope

ROOT = Path(__file__).resolve().parent.parent
HEADER = "order,date,sku,title,quantity,unit price,currency,channel,country\n"


def lines(prefix: str, orders: int, day: str = "2026-03-05") -> str:
    """A file of orders with one line of 10.00 each, all on one day."""
    return HEADER + "".join(
        f"{prefix}{n},{day} 10:00:00,SKU{n % 7},Thing {n % 7},1,10.00,EUR,web,DE\n" for n in range(orders)
    )


def importing(file: Path, address: str, home: Path) -> subprocess.Popen[str]:
    environment = os.environ | {"DATABASE_URL": address, "ANALYTICS_HOME": str(home)}
    command = [sys.executable, "-m", "analytics", "import", str(file), "--store", "shop", "--json"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finished(process: subprocess.Popen[str]) -> dict[str, object]:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    account: dict[str, object] = json.loads(out)["imports"][0]
    return account


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANALYTICS_HASH_KEY", "a key for tests")
    return tmp_path / "home"


def test_two_files_for_one_day_imported_at_once_leave_true_summaries(database: str, tmp_path: Path, home: Path) -> None:
    files = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for file, prefix in zip(files, "AB", strict=True):
        file.write_text(lines(prefix, 300))
    for account in [finished(each) for each in [importing(file, database, home) for file in files]]:
        assert account["loaded"] == 300
    assert sales.summary(Scope())["net_sales"].iloc[0] == 6000
    report = doctor.check(verify=True)
    assert report["differences"] == [] and report["problems"] == []


def test_three_processes_importing_one_file_load_it_once(database: str, tmp_path: Path, home: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(lines("A", 200))
    accounts = [finished(each) for each in [importing(file, database, home) for _ in range(3)]]
    assert sorted(account["loaded"] for account in accounts) == [0, 0, 200]  # type: ignore[type-var]
    assert len({account["import_id"] for account in accounts}) == 1
    assert sales.summary(Scope())["orders"].iloc[0] == 200


@pytest.mark.parametrize("after", [0.9, 1.4, 1.7, 2.0, 2.4])
def test_a_killed_import_leaves_nothing_and_the_next_one_loads_all(
    database: str, tmp_path: Path, home: Path, after: float
) -> None:
    load(_written(tmp_path / "first.csv", lines("F", 50)), Options(store="shop"))
    before = _sums()
    file = _written(tmp_path / "big.csv", lines("B", 30_000))
    process = importing(file, database, home)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    # the server may still be working off a commit that was sent before the kill: all of it is in, or nothing
    assert _sums() in (before, (30_050, 300_500))
    assert doctor.check(verify=True)["differences"] == []
    account = finished(importing(file, database, home))
    assert sorted((account["loaded"], account["unchanged"])) == [0, 30_000]  # type: ignore[type-var]
    assert _sums() == (30_050, 300_500)
    assert doctor.check(verify=True)["problems"] == []
    assert not [left for left in (home / "work").iterdir() if left.name.startswith(f"{process.pid}-")]


def _written(file: Path, text: str) -> Path:
    file.write_text(text)
    return file


def _sums() -> tuple[int, int]:
    row = sales.summary(Scope()).iloc[0]
    return int(row["orders"]), int(row["net_sales"])
