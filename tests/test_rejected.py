"""Rows set aside: downloaded, mended and imported again, they complete what was loaded without them and harm nothing."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from analytics import db, imports, people
from analytics.__main__ import main
from analytics.errors import Refused
from analytics.ingest import mapping, rejected
from analytics.ingest.formats import Format, all_formats
from analytics.ingest.mapping import Mapping
from imported import AS_OF, counts, money, rejects, rows_of, table, take, totals
from shop_files import INVENTORY_COLUMNS, ORDER_COLUMNS, order

pytestmark = pytest.mark.usefixtures("emptied")

HEADER = "Order,Date,SKU,Title,Quantity,Unit price,Email,Phone\n"
GOOD = """1001,2024-05-01,S1,Shirt,2,10.00,anna@example.com,0170 555
1001,2024-05-01,S2,=Socks,1,5.50,anna@example.com,0170 555
1001,2024-05-01,S3,Hat,1,7.25,anna@example.com,0170 555
1002,2024-05-02,S1,Shirt,1,10.00,bob@example.com,0171 555
1003,2024-05-02,S3,Hat,-1,7.25,anna@example.com,0170 555
"""
FIGURES = ("gross_sales", "net_sales", "reversals", "collected")


def lines(folder: Path, text: str, name: str = "lines.csv") -> Path:
    path = folder / name
    path.write_text(HEADER + text, encoding="utf-8")
    return path


def mended(account: dict[str, Any], folder: Path, *repairs: tuple[str, str], without_ours: bool = False) -> Path:
    """The file of an import's rows set aside, under its own name, with texts in it put right."""
    path = folder / imports.rejected_name(account["import_id"])
    text = imports.rejected_file(account["import_id"]).decode("utf-8-sig")
    header = next(csv.reader(io.StringIO(text)))
    delimiter = ";" if len(header) == 1 or ";" in text.splitlines()[0] else ","
    records = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    columns = [name for name in records[0] if not (without_ours and name.startswith("Set aside"))]
    for old, new in repairs:
        hits = [
            (record, name) for record in records for name in columns if record[name] == old and "Set aside" not in name
        ]
        assert hits, f"{old} is not in the file"
        for record, name in hits[:1]:
            record[name] = new
    return table(path, columns, records, delimiter=delimiter, encoding="utf-8-sig")


def cells(account: dict[str, Any]) -> list[dict[str, str]]:
    """The file of an import's rows set aside."""
    return list(csv.DictReader(io.StringIO(imports.rejected_file(account["import_id"]).decode("utf-8-sig"))))


def facts() -> list[tuple[Any, ...]]:
    """Every line and reversal of the database, without what names its import."""
    return rows_of(
        "select o.order_name, o.customer_key, i.line_no, i.units, i.unit_price, i.amount, p.sku, p.title from order_items i "
        "join orders o using (store_id, order_key) join product_aliases p using (store_id, alias_id) "
        "union all select o.order_name, o.customer_key, r.part_no, r.units, r.unit_price, r.amount, p.sku, p.title "
        "from reversals r join orders o using (store_id, order_key) left join product_aliases p using (store_id, alias_id) "
        "order by 1, 3"
    )


@pytest.mark.parametrize("without_ours", [False, True])
def test_an_order_that_lost_a_line_is_whole_again_after_mending(tmp_path: Path, without_ours: bool) -> None:
    account = take(lines(tmp_path, GOOD.replace("S3,Hat,1,7.25", "S3,Hat,one,7.25")), currency="EUR")
    assert counts(account) == {"rows": 5, "loaded": 4, "rejected": 1}
    again = take(mended(account, tmp_path, ("one", "1"), without_ours=without_ours), as_of=None)
    # the three lines of order 1001, and nothing of the others
    assert counts(again) == {"rows": 3, "updated": 3}
    loaded, figures = facts(), money(*FIGURES)
    rows_of("truncate imports, orders, order_items, reversals, sales_daily, import_images cascade; select 1")
    take(lines(tmp_path, GOOD, "right.csv"), currency="EUR")
    assert (loaded, figures) == (facts(), money(*FIGURES))


def test_the_file_says_what_is_wrong_and_names_nobody(tmp_path: Path) -> None:
    account = take(lines(tmp_path, GOOD.replace("S3,Hat,1,7.25", "S3,Hat,one,seven")), currency="EUR")
    first, second, third = cells(account)
    code = people.hashed("anna@example.com", people.hash_key())
    assert [name for name in first if "Set aside" not in name] == [
        "Order", "Date", "SKU", "Title", "Quantity", "Unit price", "Email",
    ]  # fmt: skip
    assert (first["Set aside: reason"], second["Title"], third["Email"]) == ("", "'=Socks", code)
    assert [third[f"Set aside: {name}"] for name in ("line", "column", "value", "reason")] == [
        "4", "quantity; unit price", "one; seven", "this is not a quantity; this is not an amount",
    ]  # fmt: skip
    assert "example.com" not in str(cells(account)) and "555" not in str(cells(account))
    assert [reject[0] for reject in rejects(account)] == [4, 4]


def test_the_code_of_a_person_is_the_same_in_the_program_and_in_a_conversion() -> None:
    duck = duckdb.connect()
    duck.execute(db.script("ingest/macros.sql"))
    code = people.hashed(" Anna@Example.com ", "key")
    said = duck.execute("select person(' Anna@Example.com ', 'key'), person($code, 'key')", {"code": code}).fetchall()
    assert said == [(code, code)] and people.hashed(code, "key") == code


def test_a_shopify_order_keeps_its_customer_and_lines_through_mending(tmp_path: Path) -> None:
    head = order(
        1, date(2024, 5, 1), 1, "20.00", "Shirt", {"Subtotal": "35.00", "Total": "35.00", "Billing Name": "Anna Berg"}
    )
    more = {"Name": "#1", "Email": "buyer1@example.com", "Created at": head["Created at"], "Lineitem quantity": "1"}
    second = more | {"Lineitem name": "Socks", "Lineitem price": "ten", "Lineitem sku": "SKU-Socks"}
    third = more | {"Lineitem name": "Hat", "Lineitem price": "5.00", "Lineitem sku": "SKU-Hat"}
    other = order(2, date(2024, 5, 1), 1, "9.00", "Mug", {"Subtotal": "9.00", "Total": "9.00"})
    account = take(table(tmp_path / "orders.csv", ORDER_COLUMNS, [head, second, third, other]))
    assert counts(account) == {"rows": 4, "loaded": 3, "rejected": 1}
    assert counts(take(mended(account, tmp_path, ("ten", "10.00")), as_of=None)) == {"rows": 3, "updated": 3}
    assert (money("gross_sales"), totals()["orders"], totals()["customers"]) == (["44.00"], 2, 2)
    assert rows_of("select count(*) from order_items") == [(4,)]


def test_an_order_whose_first_row_was_set_aside_comes_back_whole(tmp_path: Path) -> None:
    head = order(1, date(2024, 5, 1), 1, "20.00", "Shirt", {"Subtotal": "25.00", "Total": "x"})
    more = {"Name": "#1", "Created at": head["Created at"], "Lineitem quantity": "1"}
    second = more | {"Lineitem name": "Hat", "Lineitem price": "5.00", "Lineitem sku": "SKU-Hat"}
    account = take(table(tmp_path / "orders.csv", ORDER_COLUMNS, [head, second]))
    assert counts(account) == {"rows": 2, "rejected": 2}
    assert counts(take(mended(account, tmp_path, ("x", "25.00")), as_of=None)) == {"rows": 2, "loaded": 2}
    assert money("gross_sales") == ["25.00"]


def test_a_line_without_its_order_number_brings_the_orders_beside_it(tmp_path: Path) -> None:
    account = take(lines(tmp_path, GOOD.replace("1001,2024-05-01,S3", ",2024-05-01,S3")), currency="EUR")
    assert [row["Order"] for row in cells(account)] == ["1001", "1001", "", "1002"]
    again = take(mended(account, tmp_path, ("", "1001")), as_of=None)
    assert counts(again) == {"rows": 4, "updated": 3, "unchanged": 1}
    assert money("gross_sales") == ["42.75"]


def test_a_stock_count_is_whole_after_mending(tmp_path: Path) -> None:
    usual = dict.fromkeys(INVENTORY_COLUMNS[13:17], "0")
    stock = [
        {"Handle": title, "Title": title, "SKU": title, "Location": place, **usual, "On hand (current)": number}
        for title, place, number in (("mug", "Berlin", "7"), ("bowl", "Berlin", "many"), ("vase", "Hamburg", "2"))
    ]
    account = take(table(tmp_path / "stock.csv", INVENTORY_COLUMNS, stock))
    assert counts(account) == {"rows": 3, "loaded": 2, "rejected": 1}
    file = mended(account, tmp_path, ("many", "4"))
    assert file.name == f"{AS_OF}_set_aside_stock.csv"
    take(file, as_of=None)
    assert rows_of("select location, product_key, on_hand, as_of from inventory_levels order by 1, 2") == [
        ("Berlin", "bowl", 4, AS_OF),
        ("Berlin", "mug", 7, AS_OF),
        ("Hamburg", "vase", 2, AS_OF),
    ]


def test_a_stock_count_with_a_column_a_location_is_whole_after_mending(tmp_path: Path) -> None:
    columns = [*INVENTORY_COLUMNS[:11], "Berlin", "Hamburg"]
    stock = [
        {"Handle": title, "Title": title, "SKU": title, "Berlin": number, "Hamburg": "1"}
        for title, number in (("mug", "7"), ("bowl", "many"))
    ]
    account = take(table(tmp_path / "stock.csv", columns, stock))
    take(mended(account, tmp_path, ("many", "4")), as_of=None)
    assert rows_of("select location, product_key, available from inventory_levels order by 1, 2") == [
        ("Berlin", "bowl", 4),
        ("Berlin", "mug", 7),
        ("Hamburg", "bowl", 1),
        ("Hamburg", "mug", 1),
    ]


SHORT = "Nr;Tag;Art;Stk;VK;Wer;Notiz\n"
MAPPED = (
    ("date", "Tag"),
    ("order", "Nr"),
    ("quantity", "Stk"),
    ("sku", "Art"),
    ("unit_price", "VK"),
    ("customer", "Wer"),
)


def test_a_mapped_file_and_how_it_is_written_are_known_after_mending(tmp_path: Path) -> None:
    path = tmp_path / "kasse.csv"
    rows = (
        "1;25/04/2024;A;1;1,50;Anna Berg;\n2;05/04/2024;Z;x;2.500;Anna Berg;Anna ruft an\n3;04/04/2024;A;y;3.000;77;\n"
    )
    path.write_text(f"{SHORT}{rows}", encoding="utf-8")
    mapping.save(tuple(SHORT.strip().split(";")), Mapping("order_lines", MAPPED))
    account = take(path, currency="EUR")
    # by themselves neither 05/04/2024 nor 2.500 would say how they are meant
    again = take(mended(account, tmp_path, ("x", "1"), ("y", "2")), as_of=None)
    assert counts(again) == {"rows": 2, "loaded": 2}
    assert money("gross_sales") == ["8501.50"]
    assert rows_of("select ordered_on from orders where order_name = '2'") == [(date(2024, 4, 5),)]
    assert "Anna" not in str(rows_of("select record from import_rejects")) + str(rows_of("select * from orders"))
    assert totals()["customers"] == 2


def test_twenty_thousand_rows_set_aside_take_a_handful_of_statements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    run = db.run
    monkeypatch.setattr(
        db, "run", lambda cursor, name, /, **params: (called.append(name), run(cursor, name, **params))[1]
    )
    rows = "".join(f"{number},2024-05-01,S1,Shirt,none,10.00,,\n" for number in range(20_000))
    account = take(lines(tmp_path, rows), currency="EUR")
    assert (
        counts(account) == {"rows": 20_000, "rejected": 20_000} and len(imports.rejects(account["import_id"])) == 20_000
    )
    assert called.count("load/add_rejects") == 4 and len(called) < 60
    assert imports.rejected_file(account["import_id"]).count(b"\r\n") == 20_001


def test_the_command_line_prints_the_rows_to_mend(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    account = take(lines(tmp_path, GOOD.replace("S3,Hat,1,", "S3,Hat,one,")), currency="EUR")
    assert main(["imports", "--rejected", str(account["import_id"])]) == 0
    assert capfdbinary.readouterr().out == imports.rejected_file(account["import_id"])


@pytest.mark.parametrize(
    "known", [each for each in all_formats() if each.facts == "orders"], ids=lambda each: each.name
)
def test_every_format_of_orders_says_which_column_names_the_order(known: Format) -> None:
    assert rejected.unit_column(known) is not None


def test_there_is_no_file_where_nothing_was_set_aside(tmp_path: Path) -> None:
    account = take(lines(tmp_path, GOOD), currency="EUR")
    with pytest.raises(Refused, match="set no row aside"):
        imports.rejected_file(account["import_id"])
    with pytest.raises(Refused, match="There is no import 99"):
        imports.rejected_file(99)


def test_a_number_stays_a_number_and_a_formula_becomes_text() -> None:
    values = ["-5", "-1.234,50", "+3", "=1+1", "-2+3", "@x", "−4", "x"]
    assert [imports.harmless(value) for value in values] == [
        "-5",
        "-1.234,50",
        "+3",
        "'=1+1",
        "'-2+3",
        "'@x",
        "−4",
        "x",
    ]
