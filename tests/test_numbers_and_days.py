"""Numbers and days as exports and spreadsheets print them, and how a whole column tells which way they are written."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from analytics import db
from analytics.errors import Refused, Undecided
from analytics.ingest.stage import staged
from cutting import written

POINT = {
    "1,234.50": "1234.50", "1'234.50": "1234.50", "1’234.50": "1234.50", "1 234.50": "1234.50", "1\u202f234.50": "1234.50",
    "1,00,000": "100000", "12,34,567.5": "1234567.5", ".50": "0.50", "12.": "12", "+5": "5", "0.1234567": "0.123457",
    "(1,234.50)": "-1234.50", "($20.00)": "-20", "$(20.00)": "-20", "-$2.34": "-2.34", "$-5": "-5", "- 5": "-5",
    "−5": "-5", "1,234.50-": "-1234.50", "12.50- €": "-12.50", "12.50 €-": "-12.50", "(12.50 EUR)": "-12.50",
    "€12": "12", "12\u00a0€": "12", "US$ 5": "5", "R$ 12": "12", "USD 5": "5", "5 USD": "5", "CHF 5": "5", "Fr. 5": "5",
    "Rs. 1,00,000": "100000", "kr 12": "12", "12 kr.": "12", "100 Kč": "100", "¥1,250": "1250", "'12.50": "12.50",
    " 7 ": "7",
}  # fmt: skip
COMMA = {
    "1.234,50": "1234.50", "1 234,50": "1234.50", "1\u00a0234,50 €": "1234.50", "1’234,50": "1234.50", ",5": "0.5",
    "(1.234,50)": "-1234.50", "1.234,50-": "-1234.50", "R$ 1.234,50": "1234.50", "12,50 zł": "12.50", "1.234": "1234",
    "1.234.567": "1234567",
}  # fmt: skip
NO_NUMBER = [
    "",
    "-",
    ".",
    "$",
    "()",
    "abc",
    "1-2",
    "12 34",
    "1,23",
    "12,5",
    "12..5",
    "5%",
    "5.37518E+12",
    "12 x",
    "##########",
]
MOMENTS = {
    "2026-09-04": "2026-09-04 00:00:00", "2026-9-4": "2026-09-04 00:00:00", "2026/9/4 7:05": "2026-09-04 07:05:00",
    "20260904": "2026-09-04 00:00:00", "2026.09.04": "2026-09-04 00:00:00", "2026-Sep-04": "2026-09-04 00:00:00",
    "2026-09-04T23:30:00Z": "2026-09-04 23:30:00", "2026-09-04T23:30Z": "2026-09-04 23:30:00",
    "2026-09-04T23:30:07.123Z": "2026-09-04 23:30:07", "2026-09-04T23:30+02:00": "2026-09-04 23:30:00",
    "2026-09-04 23:30:00 -0700": "2026-09-04 23:30:00", "2026-09-04 23:30 +0200": "2026-09-04 23:30:00",
    "2026-09-04 23:30:07 UTC": "2026-09-04 23:30:07", "2026-09-04T23:30:07.1234567-07:00": "2026-09-04 23:30:07",
    "Sep 4, 2026 1:05:07 AM PDT": "2026-09-04 01:05:07", "Sep 4, 2026, 1:05 p.m.": "2026-09-04 13:05:00",
    "27 January 2026": "2026-01-27 00:00:00", "4-Sep-26": "2026-09-04 00:00:00", "04-SEP-2026": "2026-09-04 00:00:00",
    "September 4th, 2026": "2026-09-04 00:00:00", "Friday, September 4, 2026": "2026-09-04 00:00:00",
    "Fri, 04 Sep 2026 13:05:07 GMT": "2026-09-04 13:05:07", "Fri Sep 04 2026 13:05:07 GMT+0200": "2026-09-04 13:05:07",
    "4. September 2026 um 13:05 Uhr": "2026-09-04 13:05:00", "15. Mär. 2026": "2026-03-15 00:00:00",
    "15 März 2026": "2026-03-15 00:00:00", "31. Dez. 2026": "2026-12-31 00:00:00", "1er août 2026": "2026-08-01 00:00:00",
    "4 septembre 2026 à 13:05": "2026-09-04 13:05:00", "10 juin 2026": "2026-06-10 00:00:00",
    "10 juil. 2026": "2026-07-10 00:00:00", "10 févr. 2026": "2026-02-10 00:00:00",
    "4 de septiembre de 2026": "2026-09-04 00:00:00", "3 ene 2026": "2026-01-03 00:00:00", "10 dic 2026": "2026-12-10 00:00:00",
    "9/4/2026 1:05 PM": "2026-09-04 13:05:00", "9/4/2026, 1:05:07 PM": "2026-09-04 13:05:07",
    "9/4/26 12:05 AM": "2026-09-04 00:05:00", "9/4/26 12:05 pm": "2026-09-04 12:05:00", "9-4-2026": "2026-09-04 00:00:00",
    "пт, 2026-09-04": "2026-09-04 00:00:00", "金曜日 2026-09-04": "2026-09-04 00:00:00",
    "9/4/2026 1:05:07 AM PST": "2026-09-04 01:05:07", "9/4/2026 1:05\u202fPM": "2026-09-04 13:05:00",
}  # fmt: skip
NO_MOMENT = [
    "", "##########", "31/31/2024", "2026-02-30", "9/4/2026 25:00", "9/4/2026 13:05 PM", "9/4/126", "4 Foo 2026", "4 Sep",
    "Sep-26", "12.5", "1/2", "0:05", "12:05", "2026-09", "9/4/2026foo", "10 000 2024", "45413", "N/A", "–– 2026-09-04",
]  # fmt: skip

MONTHS = [
    "January Januar janvier enero gennaio januari janeiro jan. ene. gen.",
    "February Februar février febrero febbraio februari fevereiro feb. févr.",
    "March März mars marzo marzo maart março mar. Mrz mrt",
    "April April avril abril aprile april abril apr. avr.",
    "May Mai mai mayo maggio mei maio",
    "June Juni juin junio giugno juni junho jun.",
    "July Juli juillet julio luglio juli julho jul. juil.",
    "August August août agosto agosto augustus agosto aug. ago.",
    "September September septembre septiembre settembre september setembro sept. set.",
    "October Oktober octobre octubre ottobre oktober outubro oct. Okt.",
    "November November novembre noviembre novembre november novembro nov.",
    "December Dezember décembre diciembre dicembre december dezembro dec. Dez. dic.",
]


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(db.script("ingest/macros.sql"))
        yield connection


def read(duck: duckdb.DuckDBPyConnection, call: str, values: list[str]) -> dict[str, object]:
    """What a macro makes of some texts."""
    found = duck.execute(f"select value, {call} from (select unnest($values) as value)", {"values": values})  # noqa: S608
    return dict(found.fetchall())


def test_numbers_with_a_decimal_point_are_exact(duck: duckdb.DuckDBPyConnection) -> None:
    assert read(duck, "to_number(value, false)", list(POINT)) == {
        text: Decimal(number) for text, number in POINT.items()
    }


def test_numbers_with_a_decimal_comma_are_exact(duck: duckdb.DuckDBPyConnection) -> None:
    assert read(duck, "to_number(value, true)", list(COMMA)) == {
        text: Decimal(number) for text, number in COMMA.items()
    }


def test_what_is_no_number_is_not_guessed_at(duck: duckdb.DuckDBPyConnection) -> None:
    assert read(duck, "to_number(value, false)", NO_NUMBER) == dict.fromkeys(NO_NUMBER)
    assert read(duck, "to_number(value, true)", ["12.5", "1,2,3", "1.23"]) == dict.fromkeys(["12.5", "1,2,3", "1.23"])


def test_a_percentage_is_a_share_and_no_amount(duck: duckdb.DuckDBPyConnection) -> None:
    shares = read(duck, "to_share(value, false)", ["5.63%", "12 %", "0.5", "< 10%"])
    assert shares == {"5.63%": Decimal("0.0563"), "12 %": Decimal("0.12"), "0.5": Decimal("0.5"), "< 10%": None}


def test_a_moment_is_the_local_time_that_is_printed(duck: duckdb.DuckDBPyConnection) -> None:
    found = read(duck, "to_moment(value, false)", list(MOMENTS))
    assert {text: str(moment) for text, moment in found.items()} == MOMENTS


def test_a_month_is_known_by_its_name_in_seven_languages(duck: duckdb.DuckDBPyConnection) -> None:
    names = {each: number for number, line in enumerate(MONTHS, 1) for each in line.split()}
    assert read(duck, "month_number(value)", list(names)) == names
    assert read(duck, "month_number(value)", ["Foo", "", "ma"]) == dict.fromkeys(["Foo", "", "ma"])


def test_days_first_are_read_so_when_the_column_says_so(duck: duckdb.DuckDBPyConnection) -> None:
    found = read(
        duck, "to_moment(value, true)", ["4/9/2026", "04.09.26", "4-9-2026 13:05", "4/9/2026, 1:05 pm", "4 Sep 2026"]
    )
    assert {f"{moment:%d %b %Y}" for moment in found.values() if isinstance(moment, datetime)} == {"04 Sep 2026"}
    assert len(found) == 5 and None not in found.values()


def test_what_is_no_moment_is_not_guessed_at(duck: duckdb.DuckDBPyConnection) -> None:
    assert read(duck, "to_moment(value, false)", NO_MOMENT) == dict.fromkeys(NO_MOMENT)


def test_rounded_ids_are_told_from_skus(duck: duckdb.DuckDBPyConnection) -> None:
    found = read(duck, "is_rounded(value)", ["5.37518E+12", "5,37518E+12", "1E+15", "1E5", "12E10", "E-12", "00042"])
    assert [text for text, is_rounded in found.items() if is_rounded] == ["5.37518E+12", "5,37518E+12", "1E+15"]


def test_wrapped_text_is_what_it_stands_for(duck: duckdb.DuckDBPyConnection) -> None:
    cells = {
        '="00042"': "00042",
        "'00042": "00042",
        "'=SUM": "=SUM",
        "'+49": "+49",
        "'90s shirt": "'90s shirt",
        "'Twas": "'Twas",
    }
    assert read(duck, "unwrapped(value)", list(cells)) == cells


def lines(folder: Path, dates: list[str], prices: list[str]) -> Path:
    """A table of order lines of those days and prices."""
    rows = "".join(f"A{at}\t{day}\tS1\t1\t{price}\n" for at, (day, price) in enumerate(zip(dates, prices, strict=True)))
    return written(folder, "Order\tDate\tSKU\tQuantity\tUnit price\n" + rows)


@pytest.mark.parametrize(
    ("prices", "is_comma"),
    [
        (["1,50", "12"], True), (["1.234,5", "1.000"], True), (["1.234.567", "12"], True), (["0,125", "7"], True),
        (["1,2345"], True), (["€ 9,00", "1.234"], True), (["1.50", "12"], False), (["1,234", "12"], False),
        (["1,234,567"], False), (["1,00,000"], False), (["1,234.5", "7,5"], False), (["1.50", "2.50", "3,50"], False),
        (["1.234", "2.000"], False), (["12"], False),
    ],
)  # fmt: skip
def test_the_column_tells_a_decimal_comma(prices: list[str], is_comma: bool, tmp_path: Path) -> None:
    with staged(lines(tmp_path, ["2024-05-01"] * len(prices), prices)) as stage:
        assert stage.evidence.decimal_comma is is_comma


@pytest.mark.parametrize(
    ("days", "day_first"),
    [
        (["31/12/2024", "01/02/2024"], True), (["12/31/2024", "01/02/2024"], False), (["4.5.2024"], True),
        (["31-12-2024"], True), (["5/5/2024", "6/6/24"], False), (["4-Sep-26", "2024-05-01"], False),
        (["Sep 4, 2026", "27 January 2026"], False), (["31/12/2024", "31/01/2024", "12/31/2024"], True),
    ],
)  # fmt: skip
def test_the_column_tells_the_order_of_day_and_month(days: list[str], day_first: bool, tmp_path: Path) -> None:
    with staged(lines(tmp_path, days, ["1"] * len(days))) as stage:
        assert stage.evidence.day_first is day_first


def test_an_undecidable_column_can_be_asked_about(tmp_path: Path) -> None:
    path = lines(tmp_path, ["04/05/2024", "5/5/2024"], ["1", "1"])
    with pytest.raises(Undecided, match="day/month and as month/day"), staged(path):
        pass
    assert issubclass(Undecided, Refused)


def test_not_known_and_wrapped_cells_reach_no_conversion(tmp_path: Path) -> None:
    text = 'Order,Date,SKU,Quantity,Unit price\n="00017",2024-05-01,\'00042, --,--\n"=""18""",N/A,"N/A",1,\n'
    with staged(written(tmp_path, text)) as stage:
        rows = stage.duck.sql('select "order", date, sku, quantity, unit_price from source order by record').fetchall()
    assert rows == [("00017", "2024-05-01", "00042", None, None), ("18", None, None, "1", None)]
