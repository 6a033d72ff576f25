"""An unknown file on the screen: dropped in, one column put right, loaded, and its number read off the Sales page."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from running import App

SHOTS = Path(__file__).parent / "shots"
WIDTHS = {390: 844, 1440: 900}
# two columns of amounts: which of them is the price cannot be known from names that say so little
TABLE = """Beleg;Tag;Art.-Nr.;Was;Stk.;UVP;Effektiv;Käufer
R-1;03.04.2024;A-100;Leinenhemd blau;2;49,90;39,90;anna@example.com
R-1;03.04.2024;A-101;Socken rot;1;12,00;9,90;anna@example.com
R-2;25.04.2024;A-100;Leinenhemd blau;1;49,90;39,90;bob@example.com
R-3;26.04.2024;A-102;Gürtel braun;eins;30,00;25,00;bob@example.com
"""
NET = Decimal("129.60")  # 2 × 39.90 + 9.90 + 39.90; the belt's quantity is no number
WITH_BELT = Decimal("154.60")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "kasse.csv"
    path.write_text(TABLE, encoding="cp1252")
    return path


def test_an_unknown_file_is_mapped_by_hand_loaded_and_known_next_time(
    own_app: App, browser: Any, file: Path, tmp_path: Path
) -> None:
    page = _dropped(browser, own_app, file)
    page.get_by_text("The first rows as they would load").wait_for(timeout=60_000)
    _shoot(page, "mapping")
    _choose(page, "Unit price", "Effektiv")
    page.get_by_role("button", name="Use these columns").click()
    page.get_by_role("button", name="Use these columns").wait_for(state="detached")
    page.get_by_text("Order lines ·").wait_for(timeout=60_000)
    page.get_by_text("1 row would be set aside").wait_for()
    _import(page, "kasse.csv", "EUR")
    page.get_by_text("this is not a quantity").first.wait_for(state="attached")
    _shoot(page, "mapped_result")
    assert _net_sales(own_app, browser) == NET

    with page.expect_download() as saved:
        page.get_by_role("button", name="Download the rows to mend").click()
    mended = tmp_path / saved.value.suggested_filename
    text = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    assert "example.com" not in text
    mended.write_text(text.replace("eins", "1"), encoding="utf-8-sig")
    page.close()

    page = _dropped(browser, own_app, mended)
    page.get_by_text("Order lines ·").wait_for(timeout=60_000)
    _import(page, mended.name)
    assert _net_sales(own_app, browser) == WITH_BELT
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_mapping_of_a_file_is_whole_at_every_width_and_in_both_themes(
    own_app: App, browser: Any, tmp_path: Path, width: int, theme: str
) -> None:
    # a header of its own: what another test said about the columns is remembered
    path = tmp_path / "kasse.csv"
    path.write_text(TABLE.replace("Beleg;", f"Beleg {width} {theme};"), encoding="cp1252")
    context = browser.new_context(viewport={"width": width, "height": 1600}, color_scheme=theme)
    page = context.new_page()
    page.goto(f"{own_app.address}/import")
    page.locator("input[type=file]").set_input_files(str(path), timeout=60_000)
    page.get_by_text("The first rows as they would load").wait_for(timeout=60_000)
    page.get_by_role("button", name="Use these columns").wait_for()
    page.locator("canvas").first.wait_for()  # the rows
    _shoot(page, f"mapping_{width}_{theme}")
    assert page.locator("[data-testid=stException]").count() == 0
    assert "Traceback" not in page.inner_text("body") + own_app.console.read_text(encoding="utf-8", errors="replace")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def _dropped(browser: Any, app: App, file: Path, **how: Any) -> Any:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, **how)
    page.goto(f"{app.address}/import")
    page.locator("input[type=file]").set_input_files(str(file), timeout=60_000)
    return page


def _choose(page: Any, label: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(f"{re.escape(label)}$|{re.escape(label)}\\.")).first.click()
    page.get_by_role("option", name=re.compile(f"^{re.escape(option)}")).click()
    page.wait_for_timeout(500)


def _import(page: Any, name: str, currency: str | None = None) -> None:
    if currency:
        page.get_by_role("combobox", name=re.compile("Currency")).click()
        page.get_by_role("option", name=currency).click()
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_text(f"{name} is in").wait_for(timeout=60_000)


def _net_sales(app: App, browser: Any) -> Decimal:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{app.address}/sales?{urlencode([('days', '2024-04-01'), ('days', '2024-04-30')])}")
    card = page.locator("[data-testid=stMetric]").filter(has_text=re.compile("^Net sales"))
    card.wait_for(timeout=30_000)
    found = card.locator("[data-testid=stMetricValue]").inner_text()
    page.close()
    return Decimal(found.replace(",", "").strip())


def _shoot(page: Any, name: str) -> None:
    SHOTS.mkdir(exist_ok=True)
    page.wait_for_timeout(800)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
