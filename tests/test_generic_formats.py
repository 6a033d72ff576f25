"""Tables made by hand: products, costs, inventory, returns and suppliers, in four languages, with every bad cell named."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from analytics.errors import Refused
from analytics.ingest import synonyms
from analytics.ingest.formats import Format, all_formats
from analytics.ingest.stage import Staged, convert, staged

AS_OF = date(2026, 1, 31)
GENERIC = [each for each in all_formats() if each.is_generic]
TARGET = {
    "order_lines": "orders_new",
    "products": "products_new",
    "costs": "costs_new",
    "inventory": "levels_new",
    "returns": "returns_new",
    "suppliers": "suppliers_new",
    "exchange_rates": "rates_new",
    "bundles": "bundles_new",
    "purchase_orders": "purchase_orders_new",
    "policies": "policies_new",
    "carrier": "transactions_new",
    "ad_spend": "ad_spend_new",
}


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANALYTICS_HOME", str(tmp_path / "home"))


@contextmanager
def converted(path: Path) -> Iterator[Staged]:
    """The file after its conversion, as of 31 January 2026, in euros where it says no currency."""
    with staged(path) as stage:
        convert(stage, {"currency": "EUR", "as_of": AS_OF, "hash_key": "key"})
        yield stage


moment = datetime.fromisoformat


def written(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def facts(stage: Staged, columns: str) -> list[tuple[Any, ...]]:
    """The named columns of the facts of a converted file, in order."""
    return sorted(
        stage.duck.table(TARGET[stage.recognised.format.name]).select(*columns.split(", ")).fetchall(), key=str
    )


def rejected(stage: Staged) -> list[tuple[Any, ...]]:
    """What was set aside: record, column, value, reason."""
    return stage.duck.sql(
        "select record, column_name, value, reason from rejects order by record, column_name"
    ).fetchall()


def states(stage: Staged) -> list[str]:
    """What became of each record, in the file's order."""
    return [state for (state,) in stage.duck.sql("select state from records order by record").fetchall()]


def recognised(folder: Path, header: list[str]) -> str:
    """The format that a file of that header and one row is taken for."""
    path = folder / "header.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, ["1"] * len(header)])
    with staged(path) as stage:
        return stage.recognised.format.name


# --- which table a file is


@pytest.mark.parametrize("language", range(len(synonyms.LANGUAGES)), ids=synonyms.LANGUAGES)
@pytest.mark.parametrize("known", GENERIC, ids=lambda known: known.name)
def test_a_table_is_known_by_its_headers_in_every_language(known: Format, language: int, tmp_path: Path) -> None:
    entries = {synonyms.names(entry): spoken for entry, spoken in synonyms.NAMES.items()}
    header = [entries[known.columns[name]][language][:1] for name in known.meanings]
    assert recognised(tmp_path, [name for names in header for name in names]) == known.name


@pytest.mark.parametrize("known", GENERIC, ids=lambda known: known.name)
def test_every_header_stands_for_one_column_of_its_table(known: Format) -> None:
    names = [(name.casefold(), ours) for ours, headers in known.columns.items() for name in headers]
    assert len({name for name, _ in names}) == len(names)


@pytest.mark.parametrize("known", GENERIC, ids=lambda known: known.name)
def test_no_table_is_shut_out_by_a_header_of_its_own(known: Format) -> None:
    ours = {name.casefold() for names in known.columns.values() for name in names}
    assert ours & {name.casefold() for name in known.not_with} == set()


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("SKU,Unit cost", "costs"),
        ("sku,unit_cost,valid_from", "costs"),
        ("Artikelnummer,EK,Gültig ab", "costs"),
        ("SKU,Title,Price,Cost", "products"),
        ("SKU,Title,Price,Cost,Stock", "products"),
        ("SKU,Stock", "inventory"),
        ("SKU,Stock,Cost", "inventory"),
        ("Title,Available", "inventory"),
        ("Supplier,SKU,Unit cost", "suppliers"),
        # what a supplier asks is no price of the shop's
        ("Supplier,SKU,Title,Price,MOQ,Lead time", "suppliers"),
        ("Supplier,Lead time (days)", "suppliers"),
        ("Currency,Into currency,Date,Rate", "exchange_rates"),
        ("Order,SKU,Return date,Quantity", "returns"),
        ("Order,Date,SKU,Quantity,Amount,Reason", "returns"),
        ("Order,Date,Quantity,RMA", "returns"),
        ("Order,Date,SKU,Quantity,Amount", "order_lines"),
        ("Order,Date,SKU,Quantity,Price,Condition", "order_lines"),
        ("order_id,order_date,product_code,qty,unit_price", "order_lines"),
        ("Date,Platform,Cost", "ad_spend"),
        ("Date,Campaign,Spend,Clicks,Impressions", "ad_spend"),
    ],
)
def test_tables_that_resemble_each_other_are_told_apart(header: str, name: str, tmp_path: Path) -> None:
    assert recognised(tmp_path, header.split(",")) == name


@pytest.mark.parametrize(
    "header",
    [
        "SKU,Quantity",
        "Title,Price,Quantity,SKU",
        "SKU,ASIN,Price,Title",
        "Order,Date,Products,Quantity,Amount,Item",
        "Order,Date,Total quantity,Quantity,Amount,Item",
        # a purchase order, a stock list of a supplier without its terms, a catalogue that lost its options
        "Supplier,SKU,Quantity,Unit cost,Date",
        "Order,Supplier,SKU,Unit cost",
        "Handle,Title,SKU,Price",
        "Campaign,SKU,Cost",
        "Order,SKU,Title,Price",
    ],
)
def test_a_table_that_says_too_little_or_is_a_platforms_is_not_guessed_at(header: str, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        recognised(tmp_path, header.split(","))


# --- costs


def test_a_cost_holds_from_its_day_and_the_last_row_of_a_day_counts(tmp_path: Path) -> None:
    text = "SKU,Unit cost,Valid from,Currency\nS1,3.05,2025-07-01,EUR\nS1,3.20,2026-01-01,usd\nS1,3.25,2026-01-01,EUR\nS2,1.5,,\n,,,\n"
    with converted(written(tmp_path, text)) as stage:
        assert facts(stage, "code, valid_from, currency, unit_cost") == [
            ("S1", date(2025, 7, 1), "EUR", Decimal("3.05")),
            ("S1", date(2026, 1, 1), "EUR", Decimal("3.25")),
            ("S2", None, "EUR", Decimal("1.5")),
        ]
        assert states(stage) == ["fact", "duplicate", "fact", "fact", "ignored"]


def test_a_cost_without_a_day_and_one_of_the_files_day_are_the_same_fact(tmp_path: Path) -> None:
    with converted(written(tmp_path, f"SKU,Cost,From\nS1,3.05,\nS1,3.20,{AS_OF}\n")) as stage:
        assert facts(stage, "code, unit_cost") == [("S1", Decimal("3.20"))]
        assert states(stage) == ["duplicate", "fact"]


def test_a_cost_that_is_no_cost_is_named(tmp_path: Path) -> None:
    text = (
        "SKU;Unit cost;Valid from;Currency\nS1;;;\nS2;-3,00;;\nS3;drei;;\n;3,10;;\n5.37518E+12;3,10;;\n"
        "S6;3,10;31.02.2026;\nS7;3,10;;Euro\nS8;n/a;;\nS9;1.234,50;31.01.2026;\n"
    )
    with converted(written(tmp_path, text)) as stage:
        assert rejected(stage) == [
            (1, "unit cost", None, "the cost is missing: unknown is not 0"),
            (2, "unit cost", "-3,00", "a cost cannot be below 0"),
            (3, "unit cost", "drei", "this is not an amount"),
            (4, "sku", None, "the SKU is missing"),
            (5, "sku", "5.37518E+12", "a spreadsheet has rounded this SKU, so it is no key; export it again"),
            (6, "valid from", "31.02.2026", "this is not a date"),
            (7, "currency", "EURO", "this is not a three-letter currency"),
            (8, "unit cost", None, "the cost is missing: unknown is not 0"),
        ]
        assert facts(stage, "code, valid_from, unit_cost") == [("S9", date(2026, 1, 31), Decimal("1234.50"))]


@pytest.mark.parametrize(
    ("codes", "kept"),
    [
        (["17850.0", "17851.0"], ["17850", "17851"]),
        # one that is no floating point: the others are codes as they stand
        (["1.0", "1.1", "A"], ["1.0", "1.1", "A"]),
        (["00042", '"=""0017"""', "'007"], ["00042", "0017", "007"]),
    ],
)
def test_a_code_is_kept_as_it_was_before_a_spreadsheet_touched_it(
    codes: list[str], kept: list[str], tmp_path: Path
) -> None:
    text = "SKU,Unit cost\n" + "".join(f"{code},1.00\n" for code in codes)
    with converted(written(tmp_path, text)) as stage:
        assert sorted(code for (code,) in facts(stage, "code")) == sorted(kept)


# --- products


def test_a_product_is_known_by_its_sku_or_where_that_names_two_by_its_title(tmp_path: Path) -> None:
    text = (
        "SKU,Title,Variant,Price,Cost,Category,Brand,Gift card,Currency\n"
        "S1,Tea,100 g,7.50,3.20,Tea,Leaf,no,\nS2,Tea,250 g,16.90,,Tea,Leaf,,\nS2,Pot,,30,12.345678,,,,USD\n"
        ",Voucher,,25,,,,ja,\nS3,,,,1,,,,\nS1,Tea,100 g,7.90,3.30,Tea,Leaf,no,\n"
    )
    with converted(written(tmp_path, text)) as stage:
        assert facts(stage, "product_key, sku, title, price, cost, currency, is_gift_card") == [
            ("Pot", "S2", "Pot", Decimal("30"), Decimal("12.345678"), "USD", False),
            ("S1", "S1", "Tea - 100 g", Decimal("7.90"), Decimal("3.30"), "EUR", False),
            ("S3", "S3", "S3", None, Decimal("1"), "EUR", False),
            ("Tea - 250 g", "S2", "Tea - 250 g", Decimal("16.90"), None, "EUR", False),
            ("Voucher", None, "Voucher", Decimal("25"), None, "EUR", True),
        ]
        assert states(stage) == ["duplicate", "fact", "fact", "fact", "fact", "fact"]


def test_a_product_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    text = "SKU,Title,Price,Cost,Gift card\n,,3,,\nS1,Tea,-1,,\nS2,Tea,x,y,\nS3,Tea,1,,perhaps\n"
    with converted(written(tmp_path, text)) as stage:
        assert rejected(stage) == [
            (1, "sku", None, "the row has neither a SKU nor a title"),
            (2, "price", "-1", "this is not a price"),
            (3, "cost", "y", "this is not a cost"),
            (3, "price", "x", "this is not a price"),
            (4, "gift card", "perhaps", "this is neither yes nor no"),
        ]


def test_any_change_of_a_product_shows_in_its_fingerprint(tmp_path: Path) -> None:
    header = "SKU,Title,Price,Cost,Category,Brand,Gift card,Currency\n"
    rows = [
        "S1,Tea,1,2,a,b,no,EUR", "S2,Tea,1,2,a,b,no,EUR", "S1,Cup,1,2,a,b,no,EUR", "S1,Tea,2,2,a,b,no,EUR",
        "S1,Tea,1,3,a,b,no,EUR", "S1,Tea,1,2,c,b,no,EUR", "S1,Tea,1,2,a,,no,EUR", "S1,Tea,1,2,,b,no,EUR",
        "S1,Tea,1,2,a,b,yes,EUR", "S1,Tea,1,2,a,b,no,USD", "S1,Tea,,2,a,b,no,EUR", "S1,Tea,1,,a,b,no,EUR",
    ]  # fmt: skip
    seen = set()
    for row in rows:
        with converted(written(tmp_path, header + row + "\n")) as stage:
            seen |= {print for (print,) in facts(stage, "fingerprint")}
    assert len(seen) == len(rows)


# --- inventory


def test_what_was_not_counted_is_unknown_and_what_follows_is_computed(tmp_path: Path) -> None:
    text = (
        "SKU,Title,Location,On hand,Committed,Unavailable,Available,Incoming\n"
        "S1,Tea,Berlin,40,3,1,,100\nS2,Cup,Berlin,,2,,10,\nS3,Pot,,not stocked,,,n/a,\nS4,Lid,Köln,-2,,,,\nS5,,Köln,7,9,9,5,0\n"
    )
    with converted(written(tmp_path, text)) as stage:
        assert facts(stage, "product_key, location, as_of, on_hand, committed, unavailable, available, incoming") == [
            ("S1", "Berlin", None, 40, 3, 1, 36, 100),
            ("S2", "Berlin", None, 12, 2, None, 10, None),
            ("S3", "unknown", None, None, None, None, None, None),
            ("S4", "Köln", None, -2, None, None, -2, None),
            ("S5", "Köln", None, 7, 9, 9, 5, 0),
        ]


def test_a_file_with_days_is_a_count_a_day(tmp_path: Path) -> None:
    text = "SKU;Title;Bestand;Datum\nS1;Tea;40;30.01.2026\nS1;Tea;38;31.01.2026\nS1;Tea;37;31.01.2026\nS1;Tea;1;\nS1;Tea;1;32.01.2026\n"
    with converted(written(tmp_path, text)) as stage:
        assert facts(stage, "as_of, on_hand") == [(date(2026, 1, 30), 40), (date(2026, 1, 31), 37)]
        assert states(stage) == ["fact", "duplicate", "fact", "rejected", "rejected"]
        assert [(column, value, reason) for _, column, value, reason in rejected(stage)] == [
            ("date", None, "the date is missing"),
            ("date", "32.01.2026", "this is not a date"),
        ]


def test_a_count_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    text = "SKU,Title,On hand,Committed,Unavailable,Available,Incoming\n,,4,,,,\nS1,Tea,many,,,,\nS2,Tea,1,a,b,c,d\n1.5E+9,Tea,1,,,,\n"
    with converted(written(tmp_path, text)) as stage:
        assert [row[:3] for row in rejected(stage)] == [
            (1, "sku", None),
            (2, "on hand", "many"),
            (3, "available", "c"),
            (3, "committed", "a"),
            (3, "incoming", "d"),
            (3, "unavailable", "b"),
            (4, "sku", "1.5E+9"),
        ]
        assert facts(stage, "sku") == []


def test_a_sku_of_two_titles_names_neither_of_them(tmp_path: Path) -> None:
    with converted(written(tmp_path, "SKU,Title,Stock\nS1,Tea,1\nS1,Cup,2\n,Pot,3\n")) as stage:
        assert facts(stage, "product_key, sku, on_hand") == [("Cup", "S1", 2), ("Pot", None, 3), ("Tea", "S1", 1)]


# --- returns


def test_a_return_carries_its_day_pieces_money_reason_and_fate(tmp_path: Path) -> None:
    text = (
        "Order,SKU,Quantity,Refund amount,Currency,Return date,Reason,Condition,Kind,Restocked,Exchange,Comments\n"
        "1001,S1,-1,-7.22,EUR,2026-02-06 13:05:00,damaged,unsellable,,no,no,Anna Secretova says hello\n"
        "1002,S2,2,,,2026-02-09,size,new,,oui,sí,\n"
        "1003,,,5.00,USD,2026-02-10,late,,Kulanz,,,\n"
        "1003,,1,4.90,USD,2026-02-10,,,Rücksendegebühr,,,\n"
        "1004,S1,,,,2026-02-11,,,,,,\n"
    )
    with converted(written(tmp_path, text)) as stage:
        assert facts(
            stage,
            "order_name, sku, units, amount, currency, returned_at, kind, reason, condition, is_restocked, resolution",
        ) == [
            (
                "1001",
                "S1",
                1,
                Decimal("7.22"),
                "EUR",
                moment("2026-02-06 13:05"),
                "return",
                "damaged",
                "unsellable",
                False,
                None,
            ),
            ("1002", "S2", 2, None, "EUR", moment("2026-02-09"), "exchange", "size", "new", True, "exchange"),
            ("1003", None, None, Decimal("-4.90"), "USD", moment("2026-02-10"), "return_fee", None, None, None, None),
            ("1003", None, None, Decimal("5.00"), "USD", moment("2026-02-10"), "goodwill", "late", None, None, None),
            ("1004", "S1", None, None, "EUR", moment("2026-02-11"), "return", None, None, None, None),
        ]
        assert "comments" not in stage.duck.table("source").columns


def test_without_a_column_of_quantities_a_row_is_one_piece(tmp_path: Path) -> None:
    text = "Order,SKU,Amount,Return date\n1,S1,5,2026-02-06\n1,S1,5,2026-02-06\n1,,5,2026-02-06\n"
    with converted(written(tmp_path, text)) as stage:
        assert facts(stage, "sku, units") == [("S1", 1), ("S1", 1), (None, None)]
        assert len({key for (key,) in facts(stage, "return_key")}) == 3


def test_the_keys_of_returns_do_not_depend_on_the_order_of_rows(tmp_path: Path) -> None:
    rows = ["1,S1,1,5,2026-02-06,size", "1,S1,2,9,2026-02-06,late", "2,S1,1,5,2026-02-06,size"]
    seen = []
    for lines in (rows, rows[::-1]):
        text = "\n".join(["Order,SKU,Quantity,Amount,Date,Reason", *lines])
        with converted(written(tmp_path, text)) as stage:
            seen.append(facts(stage, "return_key, units, amount, reason"))
    assert seen[0] == seen[1] and len(seen[0]) == 3


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Return", "return"), ("Retoure", "return"), ("UMTAUSCH", "exchange"), ("échange", "exchange"),
        ("Stornierung", "cancellation"), ("annulation", "cancellation"), ("chargeback", "chargeback"),
        ("Contracargo", "chargeback"), ("shipping_refund", "shipping_refund"), ("return fee", "return_fee"),
        ("gesto comercial", "goodwill"),
    ],
)  # fmt: skip
def test_the_kind_of_a_return_is_understood_in_words(said: str, kind: str, tmp_path: Path) -> None:
    text = f"Order,SKU,Quantity,Return date,Kind\n1,S1,1,2026-02-06,{said}\n"
    with converted(written(tmp_path, text)) as stage:
        assert facts(stage, "kind") == [(kind,)]


def test_a_return_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    text = (
        "Order,SKU,Quantity,Amount,Return date,Kind,Restocked,Exchange,Currency\n"
        ",S1,1,5,2026-02-06,,,,\n1E+11,S1,1,5,2026-02-06,,,,\n3,S1,1,5,,,,,\n4,S1,1,5,2026-02-30,,,,\n"
        "5,S1,one,much,2026-02-06,lost,perhaps,later,€\n,,,,,,,,\n7,2.5E+7,1,5,2026-02-06,,,,\n"
    )
    with converted(written(tmp_path, text)) as stage:
        assert [(record, column, value) for record, column, value, _ in rejected(stage)] == [
            (1, "order", None),
            (2, "order", "1E+11"),
            (3, "return date", None),
            (4, "return date", "2026-02-30"),
            (5, "amount", "much"),
            (5, "currency", "€"),
            (5, "exchange", "later"),
            (5, "kind", "lost"),
            (5, "quantity", "one"),
            (5, "restocked", "perhaps"),
            (7, "sku", "2.5E+7"),
        ]
        assert states(stage) == ["rejected"] * 5 + ["ignored", "rejected"]


def test_an_address_in_a_reason_is_not_kept(tmp_path: Path) -> None:
    text = f"Order,SKU,Quantity,Return date,Reason,Condition,Resolution\n1,S1,1,2026-02-06,ask anna@example.com {'x' * 200},b@c.de,d@e.fr\n"
    with converted(written(tmp_path, text)) as stage:
        ((reason, condition, resolution),) = facts(stage, "reason, condition, resolution")
    assert reason.startswith("ask (e-mail) xxx") and len(reason) == 100
    assert (condition, resolution) == ("(e-mail)", "(e-mail)")


# --- suppliers


def test_a_supplier_has_terms_of_its_own_and_for_single_products(tmp_path: Path) -> None:
    text = (
        "Lieferant;Artikelnummer;Lieferzeit;Abweichung;Mindestbestellmenge;VE;EK;Fracht;Zoll;Währung;Gültig ab\n"
        "Leaf;;14;2,5;50;;;;;;\nLeaf;S1;10;;100;20;3,20;0,15;0,08;USD;01.01.2026\nLeaf;S1;12;;100;20;3,20;0,15;0,08;USD;13.01.2026\n"
        "Leaf;S1;11;;100;20;3,20;0,15;0,08;USD;13.01.2026\n"
    )
    with converted(written(tmp_path, text)) as stage:
        assert facts(
            stage,
            "supplier, sku, lead_time_days, lead_time_deviation, minimum_order, pack_size, unit_cost, freight, duty, currency, valid_from",
        ) == [
            ("Leaf", "", 14, Decimal("2.5"), 50, None, None, None, None, "EUR", None),
            (
                "Leaf",
                "S1",
                10,
                None,
                100,
                20,
                Decimal("3.2"),
                Decimal("0.15"),
                Decimal("0.08"),
                "USD",
                date(2026, 1, 1),
            ),
            (
                "Leaf",
                "S1",
                11,
                None,
                100,
                20,
                Decimal("3.2"),
                Decimal("0.15"),
                Decimal("0.08"),
                "USD",
                date(2026, 1, 13),
            ),
        ]
        assert states(stage) == ["fact", "fact", "duplicate", "fact"]


def test_terms_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    text = (
        "Supplier,SKU,Lead time,Deviation,MOQ,Pack size,Unit cost,Freight,Duty,Valid from,Currency\n"
        ",S1,14,,,,,,,,\nLeaf,S2,two weeks,-1,-1,0,x,y,5%,2026-02-30,Euro\n"
    )
    with converted(written(tmp_path, text)) as stage:
        assert rejected(stage) == [
            (1, "supplier", None, "the supplier is missing"),
            (2, "currency", "EURO", "this is not a three-letter currency"),
            (2, "duty", "5%", "a percentage is not an amount: write what it comes to for one piece"),
            (2, "freight", "y", "this is not a number"),
            (2, "lead time days", "two weeks", "this is not a number of days; write it as 14"),
            (2, "lead time deviation", "-1", "this cannot be below 0"),
            (2, "minimum order", "-1", "this cannot be below 0"),
            (2, "pack size", "0", "a pack holds at least one piece"),
            (2, "unit cost", "x", "this is not a number"),
            (2, "valid from", "2026-02-30", "this is not a date"),
        ]


# --- what a lookup of synonyms gives


def test_names_are_found_with_blanks_and_with_underscores() -> None:
    names = synonyms.names("unit_cost")
    assert names[0] == "unit cost" and {"unit_cost", "einkaufspreis", "prix_d'achat", "precio de compra"} <= {*names}
    assert all(len(spoken) == len(synonyms.LANGUAGES) for spoken in synonyms.NAMES.values())
