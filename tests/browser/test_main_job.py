"""The main job on the screen: drop a real-format export in, read sales that agree with it to the cent."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

import shop_files
from running import App

LAST_DAY = date(2026, 3, 20)
DAYS = [("days", "2026-03-01"), ("days", "2026-03-20")]
SHOTS = Path(__file__).parent / "shots"
WIDTHS = {390: 844, 1440: 900}
PAGES = {
    "": "Overview",
    "sales": "Sales",
    "stock": "Stock",
    "import": "Import",
    "agreement": "Agreement",
    "formats": "File formats",
    "history": "History",
}


@pytest.fixture(scope="module")
def shop(app: App, browser: Any, tmp_path_factory: pytest.TempPathFactory) -> App:
    """The app after an orders export was dropped in and imported by hand."""
    file = shop_files.orders(tmp_path_factory.mktemp("export") / "orders_export.csv", LAST_DAY)
    page = browser.new_page()
    page.goto(f"{app.address}/import")
    page.locator("input[type=file]").set_input_files(str(file), timeout=60_000)
    page.get_by_text("Shopify orders ·").wait_for(timeout=60_000)
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_text("orders_export.csv is in").wait_for(timeout=60_000)
    page.close()
    return app


def test_net_sales_on_the_screen_are_the_files_to_the_cent(shop: App, browser: Any) -> None:
    page = _open(browser, f"{shop.address}/sales?{urlencode(DAYS)}")
    assert _card(page, "Net sales, USD") == shop_files.NET_SALES
    assert _card(page, "Reversals, USD") == shop_files.REVERSALS
    page.close()


def test_a_click_on_rows_opens_lines_that_add_up_to_the_number(shop: App, browser: Any) -> None:
    page = _open(browser, f"{shop.address}/sales?{urlencode(DAYS)}")
    page.get_by_role("button", name="How").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("of the ledger add up to").wait_for()
    assert f"{shop_files.NET_SALES} USD" in dialog.inner_text()
    page.close()


def test_the_copied_link_reopens_the_view(shop: App, browser: Any) -> None:
    page = _open(browser, f"{shop.address}/sales?{urlencode([*DAYS, ('country', 'CA')])}")
    assert _card(page, "Net sales, USD") == Decimal("37.05")
    page.get_by_role("button", name="Copy link").click()
    link = page.locator("[data-testid=stCode]").inner_text().replace("\n", "").strip()
    again = _open(browser, link)
    assert _card(again, "Net sales, USD") == Decimal("37.05")
    page.close()
    again.close()


def test_a_wrong_value_in_the_address_shows_no_number(shop: App, browser: Any) -> None:
    page = browser.new_page()
    page.goto(f"{shop.address}/sales?{urlencode([*DAYS, ('country', 'Atlantis')])}")
    page.get_by_text("This view does not exist").wait_for(timeout=30_000)
    assert page.locator("[data-testid=stMetric]").count() == 0
    page.close()


def test_a_name_that_is_not_this_machines_is_turned_away(shop: App, browser: Any) -> None:
    port = shop.address.rpartition(":")[2]
    page = browser.new_page()
    page.goto(f"http://0.0.0.0:{port}/sales")
    page.get_by_text("This page is private").wait_for(timeout=30_000)
    assert page.locator("[data-testid=stMetric]").count() == 0
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_at_every_width_and_in_both_themes(
    shop: App, browser: Any, path: str, width: int, theme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]}, color_scheme=theme)
    page = context.new_page()
    page.goto(f"{shop.address}/{path}")
    page.get_by_role("heading", name=PAGES[path], exact=True).wait_for(timeout=30_000)
    _settle(page)
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{PAGES[path].lower().replace(' ', '_')}_{width}_{theme}.png", full_page=True)
    assert page.locator("[data-testid=stException]").count() == 0
    assert "Traceback" not in page.inner_text("body") + shop.console.read_text(encoding="utf-8", errors="replace")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def _open(browser: Any, address: str) -> Any:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.locator("[data-testid=stMetric]").first.wait_for(timeout=30_000)
    _settle(page)
    return page


def _settle(page: Any) -> None:
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget], [data-stale=true]')")
    page.wait_for_timeout(500)


def _card(page: Any, label: str) -> Decimal:
    """The number on a card as it is printed, read with the separators of an English browser."""
    card = page.locator("[data-testid=stMetric]").filter(has_text=re.compile(f"^{re.escape(label)}"))
    return Decimal(card.locator("[data-testid=stMetricValue]").inner_text().replace(",", "").strip())
