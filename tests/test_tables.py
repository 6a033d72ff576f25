"""Downloads: exact numbers, and no text that a spreadsheet would run."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from pages.ui.tables import csv, excel, safe

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
