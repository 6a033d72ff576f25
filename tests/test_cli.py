"""The command line: what each command prints, where, and how it ends."""

import json
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import shop_files
from analytics import db, results, sample
from analytics.__main__ import main
from analytics.printing import ACCOUNT

ROOT = Path(__file__).resolve().parent.parent
LAST_DAY = date(2026, 3, 20)
IMPORT_KEYS = {"import_id", "file", "format", *ACCOUNT, "start", "stop", "currency", "status"}
SUMMARY = (
    "gross_sales, discounts, reversals, net_sales, shipping, tax, total_sales, tips, collected, orders, units, "
    "average_order_value, customers"
)

DAYS = ("--start", "2026-03-01", "--stop", "2026-03-21")
# What a result has to be asked for; one of a product has nothing to say where there is none.
ASKED = {
    **dict.fromkeys(("sales.movers", "sales.change", "sales.change_products", "sales.product_life"), DAYS),
    **dict.fromkeys(
        ("sales.size_colour", "sales.product_daily", "returns.variants", "returns.control_chart"),
        ("--product", "SKU-Mug"),
    ),
    "sales.order": ("--order", "#1001"),
    **dict.fromkeys(("replenishment.arithmetic", "replenishment.projection"), ("--sku", "SKU-Mug")),
}
# What is refused of a few orders, and what it says.
TOO_YOUNG = {
    **dict.fromkeys(("returns.expected", "returns.after"), "cannot be told when returns come in"),
    **dict.fromkeys(("prices.what_if", "prices.best"), "long enough to tell anything of prices"),
    "prices.table": "--file",
    "forecasts.scenario": "Nothing of it is forecast yet",
}
OF_ONE_THING = {name for name, asked in ASKED.items() if asked != DAYS}

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """A Shopify orders export of four orders."""
    return shop_files.orders(tmp_path / "orders.csv", LAST_DAY)


@pytest.fixture(scope="module")
def pottery(second_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with the four orders in the store Pottery."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", second_database)
        file = shop_files.orders(tmp_path_factory.mktemp("pottery") / "orders.csv", LAST_DAY)
        assert main(["import", str(file), "--store", "Pottery"]) == 0
    return second_database


@pytest.fixture
def loaded(pottery: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    """The four orders in the store Pottery, only to be read."""
    monkeypatch.setenv("DATABASE_URL", pottery)
    capsys.readouterr()


def printed(capsys: Captured, *arguments: str) -> Any:
    """The one JSON document that a command prints; anything more on standard output fails."""
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out, parse_float=Decimal)


def refused(capsys: Captured, *arguments: str) -> str:
    """The reason that a refused command gives on standard error; it prints nothing else."""
    assert main(list(arguments)) == 2
    out, reason = capsys.readouterr()
    assert out == "" and "Traceback" not in reason
    return reason


def test_an_import_accounts_for_every_row(emptied: str, orders: Path, capsys: Captured) -> None:
    (row,) = printed(capsys, "import", str(orders), "--store", "Pottery")["imports"]
    assert row.keys() >= IMPORT_KEYS
    assert (row["file"], row["format"], row["rows"], row["loaded"]) == ("orders.csv", "shopify_orders", 4, 4)
    assert row["rows"] == sum(row[name] for name in ACCOUNT[1:])
    assert (row["start"], row["stop"], row["currency"], row["status"]) == ("2026-03-01", "2026-03-21", "USD", "loaded")


def test_the_same_file_again_is_unchanged(loaded: None, orders: Path, capsys: Captured) -> None:
    (row,) = printed(capsys, "import", str(orders), "--store", "Pottery")["imports"]
    assert (row["loaded"], row["unchanged"], row["status"]) == (0, 4, "unchanged")


def test_several_files_load_and_the_unusable_one_is_named(
    emptied: str, orders: Path, tmp_path: Path, capsys: Captured
) -> None:
    picture = tmp_path / "photo.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    assert main(["import", str(picture), str(orders), "--store", "Pottery", "--json"]) == 2
    out, reason = capsys.readouterr()
    assert [row["file"] for row in json.loads(out)["imports"]] == ["orders.csv"]
    assert "photo.csv: " in reason and "picture" in reason


def test_a_format_can_be_told_and_a_day_too(emptied: str, tmp_path: Path, capsys: Captured) -> None:
    file = shop_files.inventory(tmp_path / "stock.csv")
    options = ("--store", "Pottery", "--format", "shopify_inventory", "--as-of", "2026-03-19", "--currency", "USD")
    (row,) = printed(capsys, "import", str(file), *options)["imports"]
    assert (row["format"], row["start"], row["stop"]) == ("shopify_inventory", "2026-03-19", "2026-03-20")


def test_imports_lists_what_became_of_every_file(loaded: None, capsys: Captured) -> None:
    (row,) = printed(capsys, "imports")["imports"]
    assert row.keys() >= IMPORT_KEYS and row["store"] == "Pottery" and row["loaded"] == 4
    assert printed(capsys, "imports", "--store", "Pottery")["imports"] == [row]


def test_a_one_row_result_is_an_object_of_exact_numbers(loaded: None, capsys: Captured) -> None:
    summary = printed(capsys, "show", "sales.summary", "--store", "Pottery")
    assert summary.keys() >= set(SUMMARY.split(", "))
    assert summary["gross_sales"] == shop_files.GROSS_SALES and summary["net_sales"] == shop_files.NET_SALES
    assert summary["orders"] == shop_files.ORDERS


def test_numbers_and_unknowns_are_json_numbers_and_null(loaded: None, capsys: Captured) -> None:
    main(["show", "sales.summary", "--json"])
    text = capsys.readouterr().out
    assert '"gross_sales": 217.14' in text and '"gross_profit": null' in text


def test_a_result_of_many_rows_is_a_list(loaded: None, capsys: Captured) -> None:
    steps = printed(capsys, "show", "sales.bridge")
    assert isinstance(steps, list) and all({"step", "amount"} <= row.keys() for row in steps)
    assert {row["step"]: row["amount"] for row in steps}["net_sales"] == shop_files.NET_SALES


def test_stop_is_the_day_after_the_last_one(loaded: None, capsys: Captured) -> None:
    before = printed(capsys, "show", "sales.summary", "--stop", LAST_DAY.isoformat())
    on_the_day = printed(capsys, "show", "sales.summary", "--start", LAST_DAY.isoformat())
    assert on_the_day["net_sales"] == shop_files.NET_SALES_OF_LAST_DAY
    assert before["net_sales"] == shop_files.NET_SALES - shop_files.NET_SALES_OF_LAST_DAY


def test_a_filter_and_a_clock_narrow_a_result(loaded: None, capsys: Captured) -> None:
    assert printed(capsys, "show", "sales.summary", "--channel", "Point of sale")["orders"] == 1
    assert printed(capsys, "show", "sales.summary", "--country", "US", "--country", "CA")["orders"] == 4
    assert printed(capsys, "show", "sales.summary", "--basis", "refund_date")["orders"] == 4


def test_a_result_takes_its_own_options(loaded: None, capsys: Captured) -> None:
    months = printed(capsys, "show", "sales.daily", "--grain", "month")
    days = printed(capsys, "show", "sales.daily", "--grain=day")
    months = months if isinstance(months, list) else [months]
    assert [row["day"] for row in months] == ["2026-03-01"] and len(days) == 20


def test_every_result_is_one_json_document_with_and_without_data(emptied: str, orders: Path, capsys: Captured) -> None:
    for name in results.RESULTS:
        if name not in (*OF_ONE_THING, *TOO_YOUNG):
            assert printed(capsys, "show", name, *ASKED.get(name, ())) is not None, name
    _bring(orders)
    capsys.readouterr()
    for name in results.RESULTS:
        if name in TOO_YOUNG:
            assert TOO_YOUNG[name] in refused(capsys, "show", name), name
        else:
            assert printed(capsys, "show", name, *ASKED.get(name, ())) is not None, name


def _bring(orders: Path) -> None:
    """The orders, and the counts of what they sold."""
    counts = shop_files.inventory(orders.with_name("inventory.csv"))
    assert main(["import", str(orders), "--store", "Pottery"]) == 0
    assert main(["import", str(counts), "--store", "Pottery", "--as-of", LAST_DAY.isoformat()]) == 0


def test_every_result_can_be_read_by_people(emptied: str, orders: Path, capsys: Captured) -> None:
    _bring(orders)
    capsys.readouterr()
    for name in results.RESULTS:
        if name in TOO_YOUNG:
            continue
        assert main(["show", name, *ASKED.get(name, ())]) == 0, name
        out = capsys.readouterr().out
        assert "Decimal(" not in out and "NaT" not in out and "nan" not in out.lower().split(), name


@pytest.mark.parametrize("window", ["9" * 6, "9" * 30, "0", "²", "2025-11-30..2025-11-24"])
def test_a_window_that_no_shop_can_have_is_refused(loaded: None, window: str, capsys: Captured) -> None:
    assert "window" in refused(capsys, "show", "inventory.overstock", "--window", window)


def test_the_doctor_finds_nothing_wrong_with_a_sound_database(loaded: None, capsys: Captured) -> None:
    report = printed(capsys, "doctor", "--verify")
    assert report["problems"] == [] and report["differences"] == []
    assert {"database", "server_version", "database_bytes", "tables", "settings", "stores"} <= report.keys()
    assert "differences" not in printed(capsys, "doctor")


def test_the_doctor_finds_a_summary_that_is_wrong(emptied: str, orders: Path, capsys: Captured) -> None:
    assert printed(capsys, "import", str(orders), "--store", "Pottery")["imports"]
    assert printed(capsys, "doctor", "--verify")["differences"] == []
    with db.transaction() as cursor:
        cursor.execute("update sales_daily set amount = amount + 1 where entry = 'sale'")
    assert printed(capsys, "doctor", "--verify")["differences"] != []


def test_the_doctor_speaks_to_people_too(loaded: None, capsys: Captured) -> None:
    assert main(["doctor", "--verify"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("PostgreSQL ") and "differences: none" in out


def test_the_sample_shop_is_an_ordinary_import(
    emptied: str, orders: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    # the shop itself has tests of its own; here it is four orders
    monkeypatch.setattr(sample, "generate", lambda folder, last_day: [orders])
    (row,) = printed(capsys, "sample")["imports"]
    assert row["loaded"] == 4
    assert printed(capsys, "imports")["imports"][0]["store"] == sample.STORE


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("show", "sales.nothing"), r"There is no result sales.nothing. The results are: sales.summary"),
        (("show", "sales.summary", "--store", "Nobody"), "Nobody"),
        (("show", "sales.summary", "--grain", "day"), "sales.summary does not take --grain"),
        (("show", "sales.daily", "--grain", "century"), "century"),
        (("show", "sales.summary", "word"), "Options are written as --name value"),
        (("show", "sales.summary", "--start", "2026-04-01", "--stop", "2026-03-01"), "is after the day to stop before"),
        (("show", "sales.lines_summary", "--identified", "units"), "identified is true or false, not units"),
        (("show", "replenishment.what_if", "--demand", "nan"), "per cent such as 120"),
        (("show", "replenishment.what_if", "--lead", "1e9"), "per cent from above 0 to 10,000"),
        (("show", "replenishment.what_if", "--service", "nan"), "service is a share such as 0.98"),
        (("imports", "--store", "Nobody"), "Nobody"),
        (("import", "nowhere.csv"), "There is no file nowhere.csv"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(
    arguments: tuple[str, ...], reason: str, emptied: str, capsys: Captured
) -> None:
    assert reason in refused(capsys, *arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("dance",),
        ("import",),
        ("imports", "--dance"),
        ("show", "sales.summary", "--start", "yesterday"),
        ("show", "sales.summary", "--start", "0001-01-01"),
        ("show", "sales.summary", "--stop", "9999-12-31"),
    ],
)
def test_a_command_that_is_not_one_ends_with_2_and_the_usage(arguments: tuple[str, ...], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert ended.value.code == 2
    assert "usage: " in capsys.readouterr().err


def test_a_database_that_is_not_there_ends_with_2(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://anna@127.0.0.1:1/shop")
    assert "cannot be reached" in refused(capsys, "show", "sales.summary")


def test_the_program_prints_its_document_alone_and_no_progress_into_a_pipe(emptied: str, orders: Path) -> None:
    done = run("import", str(orders), "--store", "Pottery", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["imports"][0]["loaded"] == 4
    told = run("import", str(orders), "--store", "Pottery")
    assert (told.returncode, told.stderr) == (0, "") and "4 unchanged" in told.stdout
    missing = run("show", "sales.nothing", "--json")
    assert (missing.returncode, missing.stdout) == (2, "") and "There is no result" in missing.stderr


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """The program in a process of its own, as a user starts it."""
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "analytics", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
