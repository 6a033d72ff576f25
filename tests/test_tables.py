"""Downloads: exact numbers, and no text that a spreadsheet would run."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from analytics.metrics import METRICS
from analytics.workbook import definitions, excel, safe
from pages.ui.tables import csv

FRAME = pd.DataFrame(
    {
        "Title": ["=HYPERLINK(1)", "Mug"],
        "Amount": [Decimal("-5.10"), Decimal("0.3")],
        "Day": [date(2026, 3, 1), None],
    },
    dtype=object,
)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert safe(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("value", ["Mug", "", "a=b", " =1", None, -5, Decimal("-5.10"), date(2026, 3, 1)])
def test_everything_else_stays(value: object) -> None:
    assert safe(value) == value


def test_csv_keeps_amounts_exact_and_unknown_empty() -> None:
    assert csv(FRAME).decode("utf-8-sig") == "Title,Amount,Day\r\n'=HYPERLINK(1),-5.10,2026-03-01\r\nMug,0.3,\r\n"


def test_excel_holds_numbers_as_numbers_and_no_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(excel(FRAME))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        words = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet and "<v>-5.1</v>" in sheet
    assert "'=HYPERLINK(1)" in words


KINDS = ["text", "money", "percent", "count", "day"]
TYPED = pd.DataFrame(
    {
        "Product": ['=HYPERLINK("//x")', "+1", "-1", "@sum", "＝1", "Mug"],
        "Net sales": [Decimal("1234.5")] * 6,
        "Share": [Decimal("0.125")] * 6,
        "Units": [Decimal("1200"), Decimal("1.5"), None, 3, 0, 7],
        "Day": [date(2026, 3, 1)] * 6,
    },
    dtype=object,
)
ABOUT = [("Store", "=Pottery"), ("Days", "1 – 20 Mar 2026"), *definitions(["title", "net_sales"])]


def test_cells_are_typed_and_a_second_sheet_says_what_they_are_of() -> None:
    calamine = pytest.importorskip("python_calamine")
    content = excel(TYPED, KINDS, ABOUT)
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Storeledger", "About"]
    rows = book.get_sheet_by_name("Storeledger").to_python()
    assert rows[1] == ['\'=HYPERLINK("//x")', 1234.5, 0.125, 1200, date(2026, 3, 1)]
    assert [row[0] for row in rows[1:]] == ['\'=HYPERLINK("//x")', "'+1", "'-1", "'@sum", "'＝1", "Mug"]
    about = book.get_sheet_by_name("About").to_python()
    assert about[:3] == [
        ["Store", "'=Pottery"],
        ["Days", "1 – 20 Mar 2026"],
        ["Net sales", METRICS["net_sales"].formula],
    ]
    assert about[-1][0] == "Exported at"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        styles, sheet = (parts.read(f"xl/{name}.xml").decode() for name in ("styles", "worksheets/sheet1"))
    assert "#,##0.00" in styles and "0.0%" in styles and "yyyy-mm-dd" in styles and "<f>" not in sheet
    assert 'state="frozen"' in sheet and "<autoFilter" in sheet and "<cols>" in sheet


def test_csv_of_titles_that_a_spreadsheet_would_run_is_harmless() -> None:
    lines = csv(TYPED).decode("utf-8-sig").splitlines()[1:]
    assert [line.lstrip('"')[0] for line in lines] == ["'"] * 5 + ["M"]
