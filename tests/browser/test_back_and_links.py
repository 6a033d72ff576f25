"""The address bar in a real browser: back and forward, a saved view, a chart saved as a drawing."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import shop_files
from running import App

LAST_DAY = date(2026, 3, 20)
CHART = "[data-testid=stVegaLiteChart]"


@pytest.fixture(scope="module")
def shop(own_app: App, browser: Any, tmp_path_factory: pytest.TempPathFactory) -> App:
    """The app after orders were dropped in."""
    page = browser.new_page()
    page.goto(f"{own_app.address}/import")
    file = shop_files.orders(tmp_path_factory.mktemp("address") / "orders_export.csv", LAST_DAY)
    page.locator("input[type=file]").set_input_files(str(file), timeout=60_000)
    page.get_by_role("button", name="Import", exact=True).click(timeout=30_000)
    page.get_by_text("rows: ").first.wait_for(timeout=60_000)
    page.close()
    return own_app


def test_back_and_forward_go_through_the_choices(shop: App, browser: Any) -> None:
    page = opened(browser, f"{shop.address}/sales")
    chosen = page.get_by_role("radio", name="month", exact=True)
    chosen.or_(page.get_by_role("button", name="month", exact=True)).first.click()
    page.wait_for_url("**grain=month**")
    page.get_by_text("Hollow: a part of its period").wait_for(timeout=20_000)
    page.locator("[data-testid=stSelectbox]", has_text="Refunds count on").locator("input").click()
    page.get_by_role("option", name="refund date").click()
    page.wait_for_url("**clock=refund+date**")
    page.go_back()
    page.get_by_text("refunds on the order date").first.wait_for(timeout=30_000)
    assert "clock" not in page.url and "grain=month" in page.url
    page.get_by_text("Hollow: a part of its period").wait_for(timeout=20_000)
    page.go_back()
    page.locator(CHART).first.wait_for(timeout=30_000)
    assert "grain" not in page.url and not page.get_by_text("Hollow: a part of its period").count()
    page.go_forward()
    page.get_by_text("Hollow: a part of its period").wait_for(timeout=30_000)
    page.close()


def test_a_saved_view_opens_with_everything_that_was_chosen(shop: App, browser: Any) -> None:
    page = opened(browser, f"{shop.address}/sales?clock=refund+date&by=product&days=2026-03-01&days=2026-03-20")
    page.get_by_role("button", name="Views").click()
    page.get_by_label("Save this view as").fill("Refunds by product")
    page.get_by_role("button", name="Save view", exact=True).click()
    page.get_by_text("Saved as Refunds by product").wait_for(timeout=20_000)
    page.close()
    page = opened(browser, f"{shop.address}/sales?grain=week")
    page.get_by_role("button", name="Views").click()
    page.get_by_role("link", name="Refunds by product").click()
    page.get_by_text("1 – 20 Mar 2026 · against").wait_for(timeout=30_000)
    page.get_by_text("refunds on the refund date").first.wait_for(timeout=20_000)
    assert "by=product" in page.url and "grain=week" not in page.url
    page.close()


def test_a_chart_is_saved_as_a_drawing_and_a_grid_has_no_download_of_its_own(
    shop: App, browser: Any, tmp_path: Path
) -> None:
    page = opened(browser, f"{shop.address}/sales")
    page.locator(CHART).first.hover()
    with page.expect_download(timeout=15_000) as saved:
        page.get_by_role("button", name="Download as SVG").first.click()
    saved.value.save_as(tmp_path / "chart.svg")
    drawing = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert drawing.startswith("<svg") and "Net sales" in drawing and '<rect width="100%"' in drawing
    assert page.get_by_role("button", name="Download as PNG").count()
    assert not any(each.is_visible() for each in page.locator('button[aria-label^="Download as CSV"]').all())
    page.close()


def opened(browser: Any, address: str) -> Any:
    """A page of the app once its first chart is drawn."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.locator(CHART).first.wait_for(timeout=60_000)
    return page
