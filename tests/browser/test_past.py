"""Orders and the platform's report dropped in: 0.00 apart on the screen; then an import is taken back by hand."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import shop_files
from running import App

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

LAST_DAY = date(2026, 3, 20)
COLUMNS = [
    "Day",
    "Orders",
    "Gross sales",
    "Discounts",
    "Returns",
    "Net sales",
    "Shipping charges",
    "Taxes",
    "Total sales",
]
SHOTS = Path(__file__).parent / "shots"


@pytest.fixture(scope="module")
def shop(app: App, browser: Any, tmp_path_factory: pytest.TempPathFactory) -> App:
    """The app after orders and a report that agrees with them were dropped in."""
    folder = tmp_path_factory.mktemp("past")
    days = [
        [LAST_DAY - timedelta(days=19), 1, "37.05", "0.00", "0.00", "37.05", "0.00", "0.00", "37.05"],
        [LAST_DAY - timedelta(days=2), 1, "100.10", "0.00", "-100.10", "0.00", "0.00", "0.00", "0.00"],
        [LAST_DAY, 2, "79.99", "-2.00", "0.00", "77.99", "5.00", "3.90", "86.89"],
    ]
    rows = [dict(zip(COLUMNS, map(str, day), strict=True)) for day in days]
    _drop(app, browser, shop_files.orders(folder / "orders_export.csv", LAST_DAY))
    _drop(app, browser, shop_files.write(folder / "report.csv", COLUMNS, rows))
    return app


def test_the_numbers_are_0_00_apart_from_the_platforms(shop: App, browser: Any) -> None:
    page = _open(browser, f"{shop.address}/agreement")
    expect(page.get_by_role("heading", name="0.00 apart on all 3 days")).to_be_visible(timeout=30_000)
    expect(page.locator("[data-testid=stVegaLiteChart]").first).to_be_visible(timeout=15_000)
    expect(page.get_by_text("Every total of this day is the same to the cent.")).to_be_visible(timeout=30_000)
    page.close()


def test_a_click_on_a_row_opens_that_import(shop: App, browser: Any) -> None:
    page = _open(browser, f"{shop.address}/history")
    expect(page.get_by_text("3 rows: 3 new.")).to_be_visible(timeout=30_000)
    page.locator("[data-testid=stVegaLiteChart]").first.wait_for()
    page.wait_for_timeout(1500)  # the chart moves the table down while it is drawn
    # the second row's box: the table is drawn on a canvas
    page.locator("[data-testid=stDataFrame]").first.click(position={"x": 18, "y": 80}, delay=100)
    expect(page.get_by_text("4 rows: 4 new.")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("3 rows: 3 new.")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"[?&]import=\d+"))
    page.close()


def test_an_import_is_taken_back_after_it_was_said_what_happens(shop: App, browser: Any) -> None:
    page = _open(browser, f"{shop.address}/history")
    page.get_by_role("button", name="Undo this import").click(timeout=30_000)
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("that only this import brought go").wait_for()
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / "undo_1440_light.png")
    dialog.get_by_role("button", name="Undo it").click()
    page.get_by_text("report.csv is undone").wait_for(timeout=30_000)
    assert page.get_by_role("dialog").count() == 0
    page.goto(f"{shop.address}/agreement")
    expect(page.get_by_text("Nothing is here yet")).to_be_visible(timeout=30_000)
    page.close()


def _drop(app: App, browser: Any, file: Path) -> None:
    page = browser.new_page()
    page.goto(f"{app.address}/import")
    page.locator("input[type=file]").set_input_files(str(file), timeout=60_000)
    page.get_by_role("button", name="Import", exact=True).click(timeout=60_000)
    page.get_by_text(f"{file.name} is in").wait_for(timeout=60_000)
    page.close()


def _open(browser: Any, address: str) -> Any:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    return page
