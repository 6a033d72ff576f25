"""Tables of order lines from anywhere: numbers, days and ids as spreadsheets write them, read right or named as unreadable."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics import imports, sales, stores
from analytics.errors import Refused
from analytics.ingest.stage import work_folder
from analytics.scope import Scope
from imported import counts, everything, money, rejects, rows_of, take, totals

HEADER = "Order,Date,SKU,Title,Quantity,Unit price\n"
SHIRT = "A1,2024-05-01,S1,Shirt,2,10.00\n"
SOCKS = "A2,2024-05-02,S2,Socks,1,5.50\n"

pytestmark = pytest.mark.usefixtures("emptied")


def written(folder: Path, text: str | bytes, encoding: str = "utf-8", name: str = "lines.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def sold(store: str) -> dict[str, Decimal]:
    """Gross sales of each day of a store."""
    frame = sales.daily(Scope(store=stores.find(store)))
    return {f"{day:%Y-%m-%d}": amount for day, amount in zip(frame["day"], frame["gross_sales"], strict=True) if amount}


def test_encodings_delimiters_and_line_ends_make_no_difference(tmp_path: Path) -> None:
    text = "Order,Date,SKU,Title,Quantity,Unit price\nÄ1,2024-05-01,S1,Café crème,2,10.00\nA2,2024-05-02,S2,Söckchen,1,5.50\n"
    for encoding, delimiter, end in (
        ("utf-8", ",", "\n"),
        ("utf-8-sig", ";", "\r\n"),
        ("utf-16", "\t", "\r\n"),
        ("utf-16-be", ",", "\n"),
        ("cp1252", ";", "\r\n"),
        ("latin-1", "\t", "\r"),
    ):
        store = f"{encoding} {end!r}"
        path = written(tmp_path, text.replace(",", delimiter).replace("\n", end), encoding)
        assert counts(take(path, store=store)) == {"rows": 2, "loaded": 2}, store
        assert sold(store) == {"2024-05-01": 20, "2024-05-02": Decimal("5.50")}, store
    # every store holds the very same titles and keys
    assert rows_of("select title, count(*) from products group by 1 order by 1") == [("Café crème", 6), ("Söckchen", 6)]
    assert rows_of("select order_key, count(*) from orders group by 1 order by 1") == [("A2", 6), ("Ä1", 6)]


def test_line_ends_of_two_kinds_in_one_file_do_not_break_it(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER.replace("\n", "\r\n") + SHIRT + SOCKS.replace("\n", "\r\n"))
    assert counts(take(path)) == {"rows": 2, "loaded": 2}


@pytest.mark.parametrize(
    ("text", "gross"),
    [
        ("Price\n1,234.50\n$9.00\n12\n", "1255.50"),
        ("Price\n1.234,50\n€ 9,00\n12\n", "1255.50"),
        ("Price\n1 234,50\n9,00 €\n12\n", "1255.50"),
        ("Price\nR$ 1.234,50\nR$ 9,00\nR$ 12,00\n", "1255.50"),
        ("Price\nUSD 1,234.50\n9.00 USD\n12\n", "1255.50"),
        ("Price\n1'234.50\n9.00\n12\n", "1255.50"),
        ("Price\n1,23,456.00\n₹9.00\n12\n", "123477.00"),
        ("Price\n10,000,000\n9.00\n12\n", "10000021.00"),
    ],
)
def test_numbers_are_read_as_they_are_written(text: str, gross: str, tmp_path: Path) -> None:
    prices = text.splitlines()[1:]
    lines = "".join(f"A{at}\t2024-05-01\tS1\tShirt\t1\t{price}\n" for at, price in enumerate(prices))
    assert counts(take(written(tmp_path, HEADER.replace(",", "\t") + lines))) == {"rows": 3, "loaded": 3}
    assert money("gross_sales") == [gross]


def test_an_accounting_negative_takes_back(tmp_path: Path) -> None:
    lines = "Order;Date;SKU;Title;Quantity;Line total\nA1;2024-05-01;S1;Shirt;5;$50.00\nA1;2024-05-03;S1;Shirt;(2);($20.00)\n"
    assert counts(take(written(tmp_path, lines))) == {"rows": 2, "loaded": 2}
    assert money("gross_sales", "reversals", "net_sales", "net_units") == ["50.00", "20.00", "30.00", "3.00"]


def test_one_odd_number_does_not_change_how_the_others_are_read(tmp_path: Path) -> None:
    account = take(written(tmp_path, HEADER + SHIRT + 'A3,2024-05-01,S3,Cap,1,"7,5"\n' + SOCKS))
    assert counts(account) == {"rows": 3, "loaded": 2, "rejected": 1}
    assert rejects(account) == [(3, "unit price", "7,5", "this is not an amount")]
    assert money("gross_sales") == ["25.50"]


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (("31/01/2024", "02/03/2024"), ("2024-01-31", "2024-03-02")),
        (("01/31/2024", "02/03/2024"), ("2024-01-31", "2024-02-03")),
        (("31/01/24 22:36", "02/03/24 00:10"), ("2024-01-31", "2024-03-02")),
        (("1/31/24", "2/3/24"), ("2024-01-31", "2024-02-03")),
        (("01.02.2024", "02.03.2024 23:59"), ("2024-02-01", "2024-03-02")),
        (("2024/01/31 08:15", "2024/02/03"), ("2024-01-31", "2024-02-03")),
        (("2024-01-31T23:30:00+02:00", "2024-02-03 00:15:00 -0700"), ("2024-01-31", "2024-02-03")),
    ],
)
def test_the_order_of_day_and_month_is_told_from_the_whole_column(
    days: tuple[str, str], read: tuple[str, str], tmp_path: Path
) -> None:
    lines = "".join(f"A{at},{day},S1,Shirt,1,10.00\n" for at, day in enumerate(days))
    assert counts(take(written(tmp_path, HEADER + lines))) == {"rows": 2, "loaded": 2}
    assert tuple(sold("Shop")) == read


def test_days_that_can_be_read_both_ways_are_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + SHIRT.replace("2024-05-01", "05/04/2024"))
    with pytest.raises(Refused, match=r"read as day/month and as month/day.*2026-01-31"):
        take(path)
    assert rows_of("select count(*) from stores") == [(0,)] and imports.history().empty
    assert list(work_folder().iterdir()) == []


def test_one_slip_does_not_turn_day_and_month_of_the_others(tmp_path: Path) -> None:
    days = ("31/01/2024", "02/03/2024", "28/03/2024", "03/31/2024", "31/31/2024")
    account = take(
        written(tmp_path, HEADER + "".join(f"A{at},{day},S1,Shirt,1,10.00\n" for at, day in enumerate(days)))
    )
    assert counts(account) == {"rows": 5, "loaded": 3, "rejected": 2}
    assert rejects(account) == [
        (5, "date", "03/31/2024", "this is not a date"),
        (6, "date", "31/31/2024", "this is not a date"),
    ]
    assert list(sold("Shop")) == ["2024-01-31", "2024-03-02", "2024-03-28"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_bad_row_is_named_on_its_physical_line_below_a_preamble(end: str, tmp_path: Path) -> None:
    lines = [
        "Sales of the shop", "", '"All, of them"', HEADER.strip(),
        'A1,2024-05-01,S1,"Shirt', 'red",2,10.00',
        "A2,2024-02-30,S2,Socks,1,5.50",
        "A3,2024-05-01,S2,Socks,1,5.50,more",
        "A4,2024-05-01,S2",
        'A5,2024-05-01,S2,"Socks" 5,1,5.50',
        ",,,,,", "",
        "A6,2024-05-01,S2,Socks,one,5.50",
        "A7,2024-05-01,S2,Socks,1,",
        ",2024-05-01,S2,Socks,1,5.50",
        "5.37518E+12,2024-05-01,S2,Socks,1,5.50",
        "A8,2024-05-01,,,1,5.50",
        "A9,2024-05-01,S2,Socks,99999999999,99999999999",
        "B1,2024-05-02,S2,Socks,1,5.50",
    ]  # fmt: skip
    account = take(written(tmp_path, end.join(lines) + end))
    assert counts(account) == {"rows": 16, "loaded": 2, "rejected": 10, "ignored": 4}
    assert rejects(account) == [
        (7, "date", "2024-02-30", "this is not a date"),
        (8, "", None, "the row has more columns than the header"),
        (9, "quantity", None, "the quantity is missing"),
        (9, "unit price", None, "the price is missing"),
        (10, "", None, "a quotation mark is never closed, or text follows it"),
        (13, "quantity", "one", "this is not a quantity"),
        (14, "unit price", None, "the price is missing"),
        (15, "order", None, "the order number is missing"),
        (16, "order", "5.37518E+12", "a spreadsheet has rounded this order number, so it is no key; export it again"),
        (17, "sku", None, "the line has neither a SKU nor a title"),
        (18, "quantity", "99999999999", "quantity × price is too large to be an amount"),
    ]
    assert rows_of("select order_key from orders order by 1") == [("A1",), ("B1",)]


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line_only(tmp_path: Path) -> None:
    account = take(
        written(tmp_path, HEADER + SHIRT + 'A3,2024-05-01,S3,"Cap,1,7.00\n' + SOCKS + SOCKS.replace("A2", "A4"))
    )
    assert counts(account) == {"rows": 4, "loaded": 3, "rejected": 1}
    assert rejects(account) == [(3, "", None, "a quotation mark on this line is never closed")]
    assert money("gross_sales") == ["31.00"]


def test_a_stray_quotation_mark_does_not_take_the_line_below_with_it(tmp_path: Path) -> None:
    stray = 'A3,2024-05-01,S3,"Cap" ",1,7.00\n'
    text = HEADER.replace("\n", "\r\n") + (SHIRT + stray + SOCKS + SOCKS.replace("A2", "A4")).replace(
        "Socks", '"Socks"'
    )
    account = take(written(tmp_path, text))
    assert counts(account) == {"rows": 4, "loaded": 3, "rejected": 1}
    assert rejects(account) == [(3, "", None, "a quotation mark is never closed, or text follows it")]
    assert money("gross_sales") == ["31.00"]


def test_inch_marks_inside_a_cell_are_text(tmp_path: Path) -> None:
    assert counts(take(written(tmp_path, HEADER + SHIRT.replace("Shirt", 'Frame 5" oak') + SOCKS))) == {
        "rows": 2,
        "loaded": 2,
    }
    assert rows_of("""select count(*) from products where title = 'Frame 5" oak'""") == [(1,)]


def test_bytes_of_another_encoding_are_set_aside_where_the_file_says_utf_8(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + (HEADER + SHIRT).encode() + b"A3,2024-05-01,S3,Caf\xe9,1,7.00\n" + SOCKS.encode()
    account = take(written(tmp_path, content))
    assert counts(account) == {"rows": 3, "loaded": 2, "rejected": 1}
    assert rejects(account) == [(3, "", None, "the row holds bytes that are not text in this encoding")]


def test_leading_zeros_of_orders_and_skus_are_kept(tmp_path: Path) -> None:
    take(written(tmp_path, HEADER + "00017,2024-05-01,00042,Shirt,2,10.00\n17,2024-05-01,42,Cap,1,5.00\n"))
    assert rows_of("select order_key from orders order by 1") == [("00017",), ("17",)]
    assert rows_of("select product_key from products order by 1") == [("00042",), ("42",)]


def test_a_german_header_with_discount_and_tax_columns(tmp_path: Path) -> None:
    header = "Rechnungsnummer;Datum;Artikelnummer;Bezeichnung;Menge;Einzelpreis;Rabatt;MwSt;Währung;Land"
    path = written(tmp_path, f"{header}\nR1;31.12.2023;7;Hose;2;1.234,50;34,00;462,65;EUR;DE\n", "cp1252")
    account = take(path)
    assert (counts(account), account["currency"], account["stop"]) == (
        {"rows": 1, "loaded": 1},
        "EUR",
        date(2024, 1, 1),
    )
    amounts = money("gross_sales", "discounts", "net_sales", "tax", "collected")
    assert amounts == ["2469.00", "34.00", "2435.00", "462.65", "2897.65"]


def test_a_line_that_repeats_another_is_a_line_of_its_own_and_is_mentioned(tmp_path: Path) -> None:
    account = take(written(tmp_path, HEADER + SHIRT + SHIRT + SOCKS))
    assert counts(account) == {"rows": 3, "loaded": 3}
    assert any(notice.startswith("1 lines repeat another line") for notice in account["notices"])
    assert money("gross_sales", "units") == ["45.50", "5.00"]


def test_the_same_lines_again_change_nothing_and_a_changed_order_is_replaced_whole(tmp_path: Path) -> None:
    first = HEADER + SHIRT + "A1,2024-05-01,S3,Cap,1,7.00\n" + SOCKS
    assert counts(take(written(tmp_path, first))) == {"rows": 3, "loaded": 3}
    assert counts(take(written(tmp_path, first))) == {"rows": 3, "unchanged": 3}
    reordered = HEADER + SOCKS + SHIRT + "A1,2024-05-01,S3,Cap,1,7.00\n"
    assert counts(take(written(tmp_path, reordered))) == {"rows": 3, "unchanged": 3}
    changed = HEADER + SHIRT.replace("10.00", "12.00") + SOCKS
    assert counts(take(written(tmp_path, changed))) == {"rows": 2, "updated": 1, "unchanged": 1}
    assert money("gross_sales", "units") == ["29.50", "3.00"]


def test_customers_are_told_apart_without_keeping_who_they_are(emptied: str, tmp_path: Path) -> None:
    header = "Order,Date,SKU,Title,Quantity,Unit price,Customer ID,Email,Customer name,Street\n"
    rows = [
        "A1,2024-05-01,S1,Shirt,1,10.00,17850.0,,Anna Secretova,Hidden Lane 7",
        "A2,2024-05-01,S1,Shirt,1,10.00,17850,,Anna Secretova,Hidden Lane 7",
        "A3,2024-05-01,S1,Shirt,1,10.00,,anna.secret@example.com,Anna Secretova,Hidden Lane 7",
        "A4,2024-05-01,S1,Shirt,1,10.00,ANNA.SECRET@example.com,,Anna Secretova,Hidden Lane 7",
        "A5,2024-05-01,S1,Shirt,1,10.00,,,,",
        "A6,2024-05-01,S1,Shirt,1,anna.secret@example.com,,,Anna Secretova,Hidden Lane 7",
    ]
    account = take(written(tmp_path, header + "\n".join(rows)))
    assert counts(account) == {"rows": 6, "loaded": 5, "rejected": 1}
    assert rejects(account) == [(7, "unit price", "(e-mail)", "this is not an amount")]
    assert totals()["customers"] == 2
    text = everything(emptied).lower()
    for secret in ("anna.secret", "secretova", "hidden lane"):
        assert secret not in text, secret
    assert list(work_folder().iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.csv", b"", r"empty \(0 bytes\)"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture"),
        ("paper.csv", b"%PDF-1.7\n", "a PDF"),
        ("book.xlsx", b"PK\x03\x04" + bytes(40), "Excel workbook"),
        ("unknown.csv", b"Colour,Shape\nred,round\n", "columns are not known"),
    ],
)
def test_what_cannot_be_used_is_refused_whole_and_leaves_nothing(
    name: str, content: bytes, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match=reason):
        take(written(tmp_path, content, name=name))
    assert imports.history().empty and list(work_folder().iterdir()) == []


def test_a_header_alone_is_an_import_of_nothing(tmp_path: Path) -> None:
    account = take(written(tmp_path, HEADER))
    assert counts(account) == {}
    assert "The file has a header and no rows under it." in account["notices"]
