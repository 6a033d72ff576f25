"""Archives and workbooks: the tables in them come out one by one, and what cannot be opened safely is refused in words."""

import gzip
import io
import os
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from analytics.errors import Refused
from analytics.ingest.archives import unpack
from analytics.ingest.counted_on import written_on
from analytics.ingest.reader import open_table
from analytics.ingest.workbook import as_text
from cutting import cut, written

ORDERS = "Order,Date,SKU,Quantity\nA1,2024-05-01,00042,2\n"
STOCK = "SKU;On hand\n00042;7\n"


def zipped(members: dict[str, str | bytes], **how: Any) -> bytes:
    """A zip archive of those files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how.get("method", zipfile.ZIP_DEFLATED)) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10)), content, archive.compression)
    return packed.getvalue()


def book(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """A workbook of those sheets; a date is written as Excel writes one."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(at, column, cell)
            if name.startswith("Hidden"):
                sheet.hide()
    return path


def names(path: Path, work: Path) -> list[str]:
    """What the tables of a file are called."""
    return [name for name, _ in unpack(path, work)]


def test_a_plain_file_is_itself(tmp_path: Path) -> None:
    path = written(tmp_path, ORDERS, "orders.csv")
    assert unpack(path, tmp_path) == [("orders.csv", path)]
    assert unpack(path, tmp_path, "export.csv") == [("export.csv", path)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("orders.csv.gz", gzip.compress(ORDERS.encode("utf-16"))),
        ("orders.zip", zipped({"a/orders.csv": ORDERS, "__MACOSX/._orders.csv": b"\x00\x05", "a/.DS_Store": b"\x00"})),
        ("packed.zip", zipped({"orders.csv.gz": gzip.compress(ORDERS.encode())}, method=zipfile.ZIP_STORED)),
        ("named_wrongly.csv", zipped({"orders.csv": ORDERS})),
    ],
    ids=["gzip", "zip", "gzip in a zip", "named wrongly"],
)
def test_an_archive_with_one_table_is_that_table(name: str, content: bytes, tmp_path: Path) -> None:
    path = written(tmp_path, content, name)
    assert names(path, tmp_path) == ["orders.csv"]
    assert cut(path).rows == [tuple(line.split(",")) for line in ORDERS.splitlines()]


def test_several_tables_in_one_archive_come_out_one_by_one(tmp_path: Path) -> None:
    inner = book(tmp_path / "stock.xlsx", {"Stock": [["SKU", "On hand"], ["00042", 7]]}).read_bytes()
    content = zipped({"x/orders.csv": ORDERS, "y/orders.csv": STOCK, "stock.xlsx": inner, "read me.pdf": b"%PDF-1.7"})
    path = written(tmp_path, content, "all.zip")
    assert names(path, tmp_path) == ["x/orders.csv", "y/orders.csv", "stock.xlsx", "read me.pdf"]
    tables = dict(unpack(path, tmp_path))
    assert cut(tables["y/orders.csv"]).rows == [("SKU", "On hand"), ("00042", "7")]
    assert cut(tables["stock.xlsx"]).rows == [("SKU", "On hand"), ("00042", "7")]
    with pytest.raises(Refused, match=r"read me\.pdf is a PDF"):
        open_table(tables["read me.pdf"], tmp_path)
    with pytest.raises(Refused, match=r"all\.zip holds 4 tables \(x/orders\.csv, .*one by one"):
        open_table(path, tmp_path)


def test_what_was_unpacked_keeps_its_day(tmp_path: Path) -> None:
    path = written(tmp_path, zipped({"orders.csv": ORDERS}), "orders.zip")
    assert [written_on(file) for _, file in unpack(path, tmp_path)] == [date(2024, 5, 6)]
    path = written(tmp_path, gzip.compress(ORDERS.encode()), "orders.csv.gz")
    os.utime(path, (1_600_000_000, 1_600_000_000))
    assert [written_on(file) for _, file in unpack(path, tmp_path)] == [date(2020, 9, 13)]


def locked_zip() -> bytes:
    """An archive whose files say that they are encrypted."""
    content = bytearray(zipped({"orders.csv": ORDERS}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    return bytes(content)


REFUSED = {
    "locked.zip": (locked_zip(), "protected by a password.*Unpack it yourself"),
    "locked.xlsx": (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
    "old.xls": (b"\xd0\xcf\x11\xe0" + bytes(600), r"old Excel workbook \(xls\).*save it as \.xlsx"),
    "bomb.zip": (zipped({"orders.csv": bytes(106_000_000)}), "200 times larger.*not opened"),
    "bomb.gz": (gzip.compress(bytes(106_000_000)), "200 times larger.*not opened"),
    "bomb.xlsx": (zipped({"xl/workbook.xml": "<x/>", "xl/a.xml": bytes(106_000_000)}), "200 times larger"),
    "nested.zip": (zipped({"inner.zip": zipped({"orders.csv": ORDERS})}), r"another archive \(inner\.zip\)"),
    "nested.zip.gz": (gzip.compress(zipped({"orders.csv": ORDERS})), "another archive"),
    "nested.gz": (gzip.compress(gzip.compress(ORDERS.encode())), "another archive"),
    "outside.zip": (zipped({"../../orders.csv": ORDERS}), r"written outside of it \(\.\./\.\./orders\.csv\)"),
    "absolute.zip": (zipped({"/etc/orders.csv": ORDERS}), "written outside of it"),
    "windows.zip": (zipped({"C:\\orders.csv": ORDERS}), "written outside of it"),
    "backwards.zip": (zipped({"..\\orders.csv": ORDERS}), "written outside of it"),
    "many.zip": (zipped({f"{at}.csv": ORDERS for at in range(501)}), "holds 501 files; at most 500"),
    "empty.zip": (zipped({}), "no file in it"),
    "cut.zip": (zipped({"orders.csv": os.urandom(5000)})[:3000], "cannot be unpacked.*Download it again"),
    "broken.zip": (
        zipped({"orders.csv": ORDERS * 50})[:60] + b"xxxx" + zipped({"orders.csv": ORDERS * 50})[64:],
        "unpacked",
    ),
    "cut.gz": (gzip.compress(os.urandom(5000))[:3000], "cannot be unpacked.*Download it again"),
    "broken.xlsx": (zipped({"xl/workbook.xml": "<nothing"}), "damaged"),
    "letter.docx": (zipped({"word/document.xml": "<x/>"}), "a Word document"),
    "table.ods": (zipped({"mimetype": "x", "content.xml": "<x/>"}), r"OpenDocument.*\.xlsx"),
    "binary.xlsb": (zipped({"xl/workbook.bin": "x"}), r"xlsb.*\.xlsx"),
    "empty_inside.zip": (zipped({"orders.csv": b""}), r"orders\.csv is empty \(0 bytes\)"),
    "page.csv": (b"\xef\xbb\xbf\n<!DOCTYPE html><html>", "a web page, perhaps the platform's login page"),
    "data.csv": (b'[{"order": 1}]', "JSON"),
    "archive.rar": (b"Rar!\x1a\x07", "a RAR archive"),
    "archive.7z": (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_opened_safely_is_refused_with_what_to_do(name: str, tmp_path: Path) -> None:
    content, reason = REFUSED[name]
    with pytest.raises(Refused, match=reason) as refused:
        open_table(written(tmp_path, content, name), tmp_path)
    assert str(refused.value).endswith(".") and str(tmp_path) not in str(refused.value)
    assert all(
        path.stat().st_size < 101 * 1024 * 1024 + 4 * 1024 * 1024 for path in tmp_path.rglob("*") if path.is_file()
    )


def test_a_workbooks_cells_come_out_as_exact_text(tmp_path: Path) -> None:
    noon = datetime.fromisoformat("2024-05-01 13:45:07")
    rows = [
        ["Order", "Price", "Date", "Rounded", "Flag", "Note"],
        [5371234567890, 12.1, noon, 1.2345678901234567e17, True, "two\nlines"],
        ["00042", 0.1 + 0.2, noon.replace(hour=0, minute=0, second=0), -1234.5, False, None],
        [10.0, 1e-7, date(2024, 5, 2), time(23, 59, 59), None, '5" oak, "raw"'],
    ]
    found = cut(book(tmp_path / "orders.xlsx", {"Orders": rows}))
    assert found.rows == [
        tuple(rows[0]),
        ("5371234567890", "12.1", "2024-05-01 13:45:07", "1.23456789012346E+17", "TRUE", "two\nlines"),
        ("00042", "0.3", "2024-05-01", "-1234.5", "FALSE", None),
        ("10", "0.0000001", "2024-05-02", "23:59:59", None, '5" oak, "raw"'),
    ]


def test_a_number_is_what_the_sheet_shows_and_not_its_binary_rest() -> None:
    assert [as_text(number) for number in (0.1 + 0.2, 12.100000000000001, 4.35 * 100)] == ["0.3", "12.1", "435"]


def test_lines_of_a_workbook_are_the_rows_of_its_sheet(tmp_path: Path) -> None:
    rows = [["A", "B"], ["a\nb\nc", 1], [None, None], ["x", 2], ["y\nz", 3], ["too", "long", "row"], ["last", 4]]
    found = cut(book(tmp_path / "orders.xlsx", {"Orders": rows}))
    assert found.lines == [1, 2, 4, 5, 6, 7]
    assert found.table.shown_line(9) == 6


def test_each_sheet_that_is_a_table_is_a_table_of_its_own(tmp_path: Path) -> None:
    table = [["SKU", "On hand"], ["S1", 1]]
    sheets = {"Read me": [["A title"]], "Orders": table, "Empty": [], "Stock": table, "Hidden list": table}
    path = book(tmp_path / "shop.xlsx", sheets)
    assert names(path, tmp_path) == ["shop.xlsx (Orders)", "shop.xlsx (Stock)"]
    assert names(book(tmp_path / "one.xlsx", {"Notes": [["A title"]], "T": table}), tmp_path) == ["one.xlsx"]
    assert names(book(tmp_path / "hidden.xlsx", {"Empty": [], "Hidden": table}), tmp_path) == ["hidden.xlsx"]
    with pytest.raises(Refused, match="no filled sheet"):
        unpack(book(tmp_path / "nothing.xlsx", {"Empty": []}), tmp_path)
