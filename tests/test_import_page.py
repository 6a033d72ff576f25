"""The Import page: what it says of each file, what it asks, and what it offers where it cannot take one."""

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import shop_files
from analytics.ingest import mapping
from imported import rows_of
from screens import IMPORT, come_in, open_page, words
from test_mapping import HEADER, OPEN, ROWS, SAID, slashed, written

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def here(emptied: str, monkeypatch: pytest.MonkeyPatch) -> None:
    come_in(monkeypatch)


def dropped(*files: Path) -> AppTest:
    """The page after files were dropped in."""
    screen = open_page(IMPORT)
    screen.file_uploader[0].set_value([(file.name, file.read_bytes(), "text/csv") for file in files])
    return ran(screen)


def ran(screen: AppTest) -> AppTest:
    screen.run()
    assert not screen.exception, screen.exception
    return screen


def press(screen: AppTest, label: str) -> AppTest:
    next(button for button in screen.button if button.label == label).click()
    return ran(screen)


def labels(screen: AppTest) -> list[str]:
    return [box.label for box in screen.selectbox]


def can_import(screen: AppTest) -> bool:
    return not next(button for button in screen.button if button.label.startswith("Import")).disabled


def test_an_unknown_file_is_asked_about_once_and_then_known(tmp_path: Path) -> None:
    screen = dropped(written(tmp_path, ROWS))
    assert "This table holds" in labels(screen) and not can_import(screen)
    box = next(box for box in screen.selectbox if box.label == "Quantity (needed)")
    assert box.value == "Stk"
    press(screen, "Use these columns")
    next(box for box in screen.selectbox if box.label == "Currency").set_value("EUR")
    assert "Order lines · 3 rows" in words(ran(screen)) and can_import(screen)
    press(screen, "Import")
    assert rows_of("select sum(amount) from order_items") == [(Decimal("129.60"),)]
    again = dropped(written(tmp_path, [("R-9", *ROWS[0][1:])], name="later.csv"))
    assert "This table holds" not in labels(again) and "Currency" not in labels(again) and can_import(again)


def test_what_is_needed_and_not_chosen_is_named_and_nothing_can_be_kept(tmp_path: Path) -> None:
    screen = dropped(written(tmp_path, ROWS))
    next(box for box in screen.selectbox if box.label == "Date (needed)").set_value("Stk")
    ran(screen)
    assert "One column cannot be two things: Stk" in words(screen)
    assert next(button for button in screen.button if button.label == "Use these columns").disabled
    assert mapping.of(HEADER) is None


def test_a_mapped_file_can_be_mapped_otherwise_and_forgotten(tmp_path: Path) -> None:
    mapping.save(HEADER, SAID)
    screen = press(dropped(written(tmp_path, ROWS)), "Change the columns")
    assert "This table holds" in labels(screen)
    press(screen, "Forget these columns")
    assert mapping.of(HEADER) is None


def test_days_that_can_be_read_both_ways_are_asked_on_the_page(tmp_path: Path) -> None:
    mapping.save(HEADER, SAID)
    screen = dropped(written(tmp_path, slashed(OPEN)))
    assert (screen.radio[0].label, screen.radio[0].options) == (
        "03/04/2024 in this file is",
        ["3 April 2024", "4 March 2024"],
    )
    next(box for box in screen.selectbox if box.label == "Currency").set_value("EUR")
    ran(screen)
    assert not can_import(screen)
    screen.radio[0].set_value(False)
    ran(screen)
    press(screen, "Import")
    assert rows_of("select min(ordered_on) from orders") == [(date(2024, 3, 4),)]


def test_every_table_of_an_archive_has_a_card_of_its_own(tmp_path: Path) -> None:
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(shop_files.orders(tmp_path / "orders.csv", date(2026, 3, 20)), "a/orders.csv")
        packed.write(shop_files.inventory(tmp_path / "stock.csv"), "b/stock.csv")
    screen = dropped(archive)
    assert "Shopify orders · 4 rows" in words(screen) and "Shopify inventory · 2 rows" in words(screen)
    press(screen, "Import 2 of 2 files")
    assert rows_of("select count(*) from orders") == [(4,)] and rows_of("select count(*) from inventory_levels") == [
        (2,)
    ]


def test_a_file_that_is_no_table_is_refused_and_the_others_are_not(tmp_path: Path) -> None:
    picture = tmp_path / "photo.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    screen = dropped(picture, shop_files.orders(tmp_path / "orders.csv", date(2026, 3, 20)))
    assert "photo.csv is a picture" in words(screen) and "Shopify orders · 4 rows" in words(screen)
    assert "Import 1 of 2 files" in [button.label for button in screen.button]


def test_a_file_too_large_for_a_browser_has_a_line_to_copy(tmp_path: Path) -> None:
    screen = open_page(IMPORT)
    lines = [code.value for code in screen.code]
    assert lines[0] == 'python -m analytics import "FILE.csv" --store "My shop"'
    assert lines[1].startswith('python -m analytics watch "') and "inbox" in lines[1]
    assert "this page takes files up to 200 MB" in words(screen)


def test_rows_set_aside_can_be_downloaded_after_the_import(tmp_path: Path) -> None:
    mapping.save(HEADER, SAID)
    screen = dropped(written(tmp_path, [*ROWS, ("R-3", "26.04.2024", "A-1", "Ding", "x", "1,00")]))
    next(box for box in screen.selectbox if box.label == "Currency").set_value("EUR")
    ran(screen)
    assert "1 row would be set aside" in [each.label for each in screen.expander]
    press(screen, "Import")
    assert any(each.label == "Download the rows to mend" for each in screen.get("download_button"))
