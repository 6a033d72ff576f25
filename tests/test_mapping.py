"""Unknown tables: what they are proposed to be, what somebody says they are, and that this is remembered."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analytics.__main__ import main
from analytics.errors import Refused, Undecided, Unrecognised
from analytics.ingest import headers, mapping, propose, sheet
from analytics.ingest.load import Options
from analytics.ingest.mapping import Mapping
from analytics.ingest.preview import preview
from analytics.ingest.stage import work_folder
from analytics.ingest.words import meaning
from imported import counts, money, rejects, rows_of, take

Row = tuple[str, ...]
HEADER = ("Belegnr", "Tag", "Art", "Was", "Stk", "VK")
ROWS = [
    ("R-1", "03.04.2024", "A-100", "Hemd blau", "2", "39,90"),
    ("R-1", "03.04.2024", "A-101", "Socken rot", "1", "9,90"),
    ("R-2", "25.04.2024", "A-100", "Hemd blau", "1", "39,90"),
]
COLUMNS = (
    ("date", "Tag"), ("order", "Belegnr"), ("quantity", "Stk"), ("sku", "Art"), ("title", "Was"), ("unit_price", "VK"),
)  # fmt: skip
SAID = Mapping("order_lines", COLUMNS)


def written(folder: Path, rows: list[Row], header: Row = HEADER, name: str = "kasse.csv") -> Path:
    """A table as a spreadsheet of the continent writes it."""
    path = folder / name
    path.write_text("\n".join(";".join(row) for row in (header, *rows)) + "\n", encoding="utf-8")
    return path


def proposed(text: str) -> tuple[str, dict[str, str]]:
    """The likeliest format of a table, and our columns with the file's."""
    header, *rows = [tuple(line.split(";")) for line in text.strip().splitlines()]
    best = propose.proposals(header, rows)[0]
    return best.format.name, best.columns


# Proposals


@pytest.mark.parametrize(
    "header",
    [
        "Rechnungs-Nr.;Kaufdatum;Artikel-Nr;Artikelbezeichnung;Stückzahl;VK-Preis;Kunden-E-Mail;Lieferland;Whg",
        "N° commande;Date achat;Réf. article;Désignation;Qté;Prix vente unitaire;Courriel client;Pays;Devise",
        "Nº pedido;Fecha compra;Código artículo;Descripción;Cantidad;Precio unitario;Correo;País envío;Moneda",
        "SalesOrderNo;PostingDate;ItemCode;ItemText;Qty Shipped;Selling Price;Mail;Ship Country;Cur",
    ],
)
def test_columns_are_proposed_by_their_names_in_four_languages(header: str) -> None:
    rows = "R-1;03.04.2024;A-100;Hemd blau;2;39,90;anna@example.com;DE;EUR\nR-2;05.04.2024;A-101;Socken rot;1;9,90;b@example.com;AT;EUR"
    name, columns = proposed(f"{header}\n{rows}")
    wanted = ("order", "date", "sku", "title", "quantity", "unit_price", "email", "country", "currency")
    assert (name, columns) == ("order_lines", dict(zip(wanted, header.split(";"), strict=True)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bestellnummer", "Order number"),
        ("InvoiceDate", "order date"),
        ("Einzelpreis", "unit_price"),
        ("Quantité", "QTY"),
        ("Kundennr.", "Customer No"),
        ("Lagerbestand", "stock"),
    ],
)
def test_compounds_accents_and_languages_mean_the_same(one: str, other: str) -> None:
    assert meaning(one) == meaning(other)


def test_columns_whose_names_say_nothing_are_proposed_by_what_stands_in_them() -> None:
    text = """a;b;c;d;e;f;g;h
2024-R-001;03.04.2024;ART-7;Hemd blau;2;39,90;anna@example.com;EUR
2024-R-001;03.04.2024;ART-9;Socken rot;1;9,90;anna@example.com;EUR
2024-R-002;25.04.2024;ART-7;Hemd blau;1;39,90;bob@example.com;EUR"""
    wanted = ("order", "date", "sku", "title", "quantity", "unit_price", "email", "currency")
    assert proposed(text) == ("order_lines", dict(zip(wanted, "abcdefgh", strict=True)))


def test_what_stands_in_a_column_goes_before_what_its_name_says() -> None:
    header = ("Order", "Date", "Quantity", "Price", "Item", "Paid")
    rows = [
        ("R-1", "blue", "2", "2024-04-03", "Shirt red", "9.90"),
        ("R-2", "red", "1", "2024-04-04", "Socks blue", "4.50"),
    ]
    known = next(each for each in propose.targets() if each.name == "order_lines")
    columns = propose.columns_for(known, header, rows).columns
    assert (columns["date"], columns["unit_price"]) == ("Price", "Paid")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Artikel-Nr;Bezeichnung;EK netto;gültig ab\nA-1;Hemd;12,50;01.03.2024", "costs"),
        ("Artikelnummer;Lagerort;Bestand;reserviert\nA-1;Berlin;12;2", "inventory"),
        ("Lieferant;Artikel;Lieferzeit (Tage);MOQ;EK\nWeber;A-1;14;100;12,50", "suppliers"),
        ("Retourennr;Bestellung;Artikel;Menge;Retourengrund;Eingang;Erstattung\nRT1;B-100;A-1;1;zu klein;03.04.2024;39,90", "returns"),
        ("Code;Product;Retail;Brand\nA-1;Shirt blue;39.90;Acme", "products"),
    ],
)  # fmt: skip
def test_the_table_is_proposed_that_explains_most_of_the_file(text: str, name: str) -> None:
    assert proposed(text)[0] == name


def test_a_column_of_names_is_not_proposed_as_a_customer_number() -> None:
    text = (
        "Order;Date;Quantity;Price;SKU;Client\nR-1;2024-04-03;2;9.90;A-1;Anna Berg\nR-2;2024-04-04;1;9.90;A-1;Bo Lind"
    )
    assert "customer" not in proposed(text)[1]


def test_one_column_is_proposed_once_and_what_nothing_speaks_for_is_left_open() -> None:
    _, columns = proposed("Order;Colour\n1;blue\n2;red")
    assert len(set(columns.values())) == len(columns)
    assert "Colour" not in [columns[each] for each in columns if each in ("date", "quantity", "unit_price", "amount")]


def test_the_header_is_found_below_a_title(tmp_path: Path) -> None:
    path = tmp_path / "kasse.csv"
    path.write_text("Kasse Mitte;;;;;\n\n" + ";".join(HEADER) + "\n" + "\n".join(map(";".join, ROWS)), encoding="utf-8")
    table = sheet.read(path, tmp_path)
    assert (table.header, table.rows[0], table.example("was")) == (HEADER, ROWS[0], "Hemd blau")
    assert table.trial.read_text(encoding="utf-8").splitlines()[0] == ";".join(HEADER)
    assert list(work_folder().iterdir()) == []


def test_columns_without_a_name_or_with_the_same_name_are_told_apart() -> None:
    assert headers.labels(("Price", "", "price", " Price ")) == ("Price", "column 2", "price (2)", "Price (3)")


# What was said is kept


@pytest.fixture
def said(emptied: str) -> None:
    mapping.save(HEADER, SAID)


def test_a_mapped_file_is_known_next_time_in_any_order_of_its_columns(emptied: str, tmp_path: Path) -> None:
    path = written(tmp_path, ROWS)
    with pytest.raises(Unrecognised, match="On the Import page you can say once"):
        take(path, currency="EUR")
    mapping.save(HEADER, SAID)
    account = take(path, currency="EUR")
    assert (account["format"], counts(account), money("gross_sales")) == (
        "order_lines",
        {"rows": 3, "loaded": 3},
        ["129.60"],
    )
    turned = written(tmp_path, [row[::-1] for row in ROWS], HEADER[::-1], "turned.csv")
    assert counts(take(turned)) == {"rows": 3, "unchanged": 3}


def test_columns_that_are_not_taken_belong_to_the_header_that_is_known(said: None, tmp_path: Path) -> None:
    more = (*HEADER, "Notiz")
    path = written(tmp_path, [("", *row) for row in ROWS], more[-1:] + more[:-1])
    with pytest.raises(Unrecognised):
        take(path, currency="EUR")
    mapping.save(more, SAID)
    assert counts(take(path, currency="EUR")) == {"rows": 3, "loaded": 3}


def test_the_command_line_knows_what_was_said_on_the_page(said: None, tmp_path: Path, capsys: Any) -> None:
    assert main(["import", str(written(tmp_path, ROWS)), "--store", "Shop", "--currency", "EUR"]) == 0
    assert "order_lines, 3 rows (3 loaded)" in capsys.readouterr().out


def test_what_is_forgotten_is_unknown_again(said: None, tmp_path: Path) -> None:
    assert mapping.of(HEADER) == SAID
    mapping.forget(HEADER)
    with pytest.raises(Unrecognised):
        take(written(tmp_path, ROWS))


def test_what_somebody_said_goes_before_what_the_names_suggest(emptied: str, tmp_path: Path) -> None:
    header = ("Order", "Date", "SKU", "Quantity", "Price", "Paid")
    path = written(tmp_path, [("1", "2024-05-01", "S1", "1", "12.00", "10.00")], header)
    assert take(path, currency="EUR", store="A")["format"] == "order_lines" and money("gross_sales") == ["12.00"]
    columns = (("order", "Order"), ("date", "Date"), ("sku", "SKU"), ("quantity", "Quantity"), ("unit_price", "Paid"))
    mapping.save(header, Mapping("order_lines", columns))
    assert counts(take(path, currency="EUR", store="A")) == {"rows": 1, "updated": 1}
    assert money("gross_sales") == ["10.00"]


def test_the_same_file_under_another_mapping_is_another_import(said: None, tmp_path: Path) -> None:
    path = written(tmp_path, ROWS)
    first = take(path, currency="EUR")
    assert take(path)["import_id"] == first["import_id"]
    mapping.save(HEADER, replace(SAID, columns=tuple(pair for pair in COLUMNS if pair[0] != "sku")))
    assert take(path)["import_id"] != first["import_id"]
    assert len({row[0] for row in rows_of("select mapping from imports where undone_at is null")}) == 2


def test_cells_at_fault_are_named_by_the_headers_of_the_file(said: None, tmp_path: Path) -> None:
    account = take(written(tmp_path, [*ROWS, ("R-3", "31.02.2024", "A-1", "Ding", "x", "1,00")]), currency="EUR")
    assert rejects(account) == [
        (5, "Stk", "x", "this is not a quantity"),
        (5, "Tag", "31.02.2024", "this is not a date"),
    ]


# What a file cannot tell


OPEN = [("R-1", "03.04.2024", "A-1", "Hemd", "2", "39,90"), ("R-2", "05.04.2024", "A-1", "Hemd", "1", "39,90")]


def slashed(rows: list[Row]) -> list[Row]:
    return [(row[0], row[1].replace(".", "/"), *row[2:]) for row in rows]


def test_days_that_can_be_read_both_ways_are_asked_and_not_guessed(said: None, tmp_path: Path) -> None:
    path = written(tmp_path, slashed(OPEN))
    with pytest.raises(Undecided, match="--date-order day"):
        take(path)
    found = preview(path, Options(store="Shop"))
    assert set(found.questions) == {"day_first", "currency"} and found.undecided == "03/04/2024"
    assert str(take(path, day_first=True, currency="EUR", store="A")["start"]) == "2024-04-03"


def test_an_answer_is_remembered_for_files_of_that_header(said: None, tmp_path: Path) -> None:
    take(written(tmp_path, slashed(OPEN)), day_first=False, currency="USD", store="A")
    later = written(tmp_path, slashed([("R-9", "01.02.2024", "A-1", "Hemd", "1", "5,00")]), name="later.csv")
    found = preview(later, Options(store="B"))
    assert (found.questions, found.currency) == ([], "USD")
    account = take(later, store="B")
    assert (str(account["start"]), account["currency"]) == ("2024-01-02", "USD")


def test_what_the_dates_say_themselves_goes_before_an_answer(said: None, tmp_path: Path) -> None:
    decided = slashed([*OPEN, ("R-3", "25.04.2024", "A-1", "Hemd", "1", "1,00")])
    assert str(take(written(tmp_path, decided), day_first=False, currency="EUR")["start"]) == "2024-04-03"


def test_the_same_file_read_with_the_other_order_of_days_is_another_import(said: None, tmp_path: Path) -> None:
    path = written(tmp_path, slashed(OPEN))
    first = take(path, day_first=True, currency="EUR")
    second = take(path, day_first=False)
    assert second["import_id"] != first["import_id"] and counts(second) == {"rows": 2, "updated": 2}
    assert str(second["start"]) == "2024-03-04"


def test_the_command_line_takes_the_order_of_days(said: None, tmp_path: Path, capsys: Any) -> None:
    path = str(written(tmp_path, slashed(OPEN)))
    assert main(["import", path, "--store", "Shop"]) == 2
    assert "Say which it is" in capsys.readouterr().err
    assert main(["import", path, "--store", "Shop", "--date-order", "month"]) == 0
    assert [str(row[0]) for row in rows_of("select min(ordered_on) from orders")] == ["2024-03-04"]


# The preview


def test_a_preview_shows_rows_as_they_would_load_and_marks_bad_cells(said: None, tmp_path: Path) -> None:
    path = written(tmp_path, [*ROWS, ("R-3", "31.02.2024", "A-9", "Ding", "1", "x")])
    found = preview(path, Options(store="Shop", currency="EUR"))
    assert found.sample.loc[1].tolist() == ["R-1", "2024-04-03", "A-101", "Socken rot", "1", "9.90"]
    assert found.sample.loc[3, ["Tag", "VK"]].tolist() == ["31.02.2024", "x"]
    assert found.bad == ((3, "Tag"), (3, "VK"))
    assert (found.new, found.rejected, found.is_mapped, found.numbers) == (3, 1, True, ("Stk", "VK"))
    assert found.problems[["line", "column_name", "value"]].values.tolist() == [
        [5, "Tag", "31.02.2024"],
        [5, "VK", "x"],
    ]
    assert rows_of("select count(*) from imports") == [(0,)]


def test_a_mapping_can_be_tried_before_it_is_kept(emptied: str, tmp_path: Path) -> None:
    path = written(tmp_path, ROWS)
    found = preview(path, Options(store="Shop", currency="EUR", mapping=(HEADER, SAID)))
    assert (found.format, found.new) == ("order_lines", 3)
    assert mapping.of(HEADER) is None
    with pytest.raises(Refused):
        take(path)
