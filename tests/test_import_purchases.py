"""Purchase orders and policies made by hand: what a table of them brings, what is set aside and why, and undo."""

from pathlib import Path

import pytest

from analytics.undo import undo
from imported import AS_OF, counts, rows_of, take
from test_generic_formats import converted, facts, rejected, states, written

ORDERS = (
    "PO,Supplier,Status,Ordered on,Expected on,SKU,Units,Unit cost,Received,Received on,Freight,Deposit\n"
    "P1,Leaf,,2024-05-01,2024-05-15,MUG,10,3.00,4,2024-05-14,12.50,10\n"
    "P1,Leaf,,,,MUG,,,5,2024-05-20,,\n"
    "P1,Leaf,,,2024-05-22,BOWL,6,2.00,,,,\n"
    "P1,Leaf,,,2024-05-22,BOWL,4,1.80,,,,\n"
    "P2,Leaf,draft,,,MUG,7,,,,,\n"
    "P3,Root,,2024-04-01,,POT,3,9.00,3,2024-04-20,,\n"
)
ORDER = "select order_no, supplier, status, ordered_on::text, expected_on::text, freight::text from purchase_orders order by 1"
LINES = (
    "select order_no, line_no, sku, units::int, unit_cost::numeric(9,2)::text, expected_on::text "
    "from purchase_order_items order by 1, 2"
)
RECEIPTS = "select order_no, line_no, received_on::text, units::int from purchase_receipts order by 1, 2, 3"
POLICIES = (
    "select class, sku, location, method, service_level::text, cover_days::int, sibling_sku "
    "from replenishment_policies order by 1, 2, 3"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANALYTICS_HOME", str(tmp_path / "home"))


@pytest.mark.usefixtures("emptied")
def test_an_order_has_its_lines_and_receipts_is_replaced_whole_and_comes_back(tmp_path: Path) -> None:
    account = take(written(tmp_path, ORDERS, "orders.csv"), currency="EUR")
    assert counts(account) == {"rows": 6, "loaded": 6}
    assert rows_of(ORDER) == [
        ("P1", "Leaf", "sent", "2024-05-01", "2024-05-22", "12.500000"),
        ("P2", "Leaf", "draft", None, None, "0.000000"),
        ("P3", "Root", "closed", "2024-04-01", None, "0.000000"),
    ]
    before = rows_of(LINES)
    assert before == [
        ("P1", 1, "MUG", 10, "3.00", "2024-05-15"),
        ("P1", 2, "BOWL", 6, "2.00", "2024-05-22"),
        ("P1", 3, "BOWL", 4, "1.80", "2024-05-22"),
        ("P2", 1, "MUG", 7, None, None),
        ("P3", 1, "POT", 3, "9.00", None),
    ]
    assert rows_of(RECEIPTS) == [("P1", 1, "2024-05-14", 4), ("P1", 1, "2024-05-20", 5), ("P3", 1, "2024-04-20", 3)]
    assert counts(take(written(tmp_path, ORDERS + "\n", "again.csv"), currency="EUR")) == {"rows": 6, "unchanged": 6}

    fewer = "Order;Supplier;Status;SKU;Units;Ordered on\nP1;Leaf;cancelled;POT;2;\n"
    newer = take(written(tmp_path, fewer, "newer.csv"), currency="EUR")
    assert counts(newer) == {"rows": 1, "updated": 1}
    assert [row for row in rows_of(LINES) if row[0] == "P1"] == [("P1", 1, "POT", 2, None, None)]
    older = take(written(tmp_path, fewer, "older.csv"), currency="EUR", as_of=AS_OF.replace(day=1))
    assert counts(older) == {"rows": 1, "unchanged": 1}
    undo(newer["import_id"])
    assert rows_of(LINES) == before and len(rows_of(RECEIPTS)) == 3


@pytest.mark.usefixtures("home")
def test_an_order_of_which_a_row_cannot_be_is_set_aside_whole_with_the_reason(tmp_path: Path) -> None:
    text = (
        "PO,Supplier,Status,Ordered on,Expected on,SKU,Units,Unit cost,Received,Received on,Deposit,Deposit due,Balance due,Currency\n"
        ",Leaf,,,,MUG,1,,,,,,,\n"
        "A,,,,,MUG,1,,,,,,,\n"
        "B,Leaf,on the moon,,,MUG,1,,,,,,,\n"
        "B,Leaf,,,,BOWL,1,,,,,,,\n"
        "C,Leaf,sent,,,MUG,1,,,,,,,\n"
        "D,Leaf,,2024-05-01,2024-04-30,MUG,1,,,,,,,\n"
        "E,Leaf,,2024-05-01,,MUG,0,-1,,,,,,\n"
        "F,Leaf,,2024-05-01,,MUG,5,,2,,,,,\n"
        "G,Leaf,,2024-05-01,,MUG,5,,2,2024-04-01,,,,\n"
        "H,Leaf,,,,MUG,5,,2,2024-04-01,,,,\n"
        "I,Leaf,,2024-05-01,,MUG,5,2.00,,,10.01,,,\n"
        "J,Leaf,,2024-05-01,,MUG,5,2.00,,,10.00,2024-06-02,2024-06-01,\n"
        "K,Leaf,,2024-05-01,,MUG,5,2.00,,,,,,USD\n"
        "K,Root,,2024-05-02,,MUG,6,2.00,,,,,,EUR\n"
        "L,Leaf,,2024-05-01,,,5,,,,,2024-05-02,,\n"
        "M,Leaf,,2024-05-01,,MUG,,,3,2024-05-05,,,,\n"
        "N,Leaf,,2024-05-01,,MUG,many,x,-3,2024-05-32,y,,,\n"
        "O,Leaf,,2024-05-01,,MUG,5,,3,2024-05-05,,,,\n"
        "O,Leaf,,2024-05-01,,MUG,,,3,2024-05-06,,,,\n"
        "OK,Leaf,,2024-05-01,,MUG,5,2.00,,,10.00,,,\n"
        "OK,Leaf,,2024-05-01,,BOWL,5,2.00,5,2024-05-05,,,,\n"
    )
    with converted(written(tmp_path, text)) as stage:
        assert [(record, column, reason) for record, column, _, reason in rejected(stage)] == [
            (1, "order", "the purchase order's number is missing"),
            (1, "supplier", "the supplier is missing"),
            (2, "supplier", "the supplier is missing"),
            (3, "status", "this is no status: draft, sent, closed or cancelled"),
            (4, "order", "another row of this order cannot be used, and a part of it is not the order"),
            (5, "ordered on", "the day of the order is missing: it is sent"),
            (6, "expected on", "it was ordered later, on 2024-05-01"),
            (7, "unit cost", "this cannot be below 0"),
            (7, "units", "a line orders more than 0 pieces"),
            (8, "received on", "the day on which it came is missing"),
            (9, "received on", "it was ordered later, on 2024-05-01"),
            (10, "status", "goods came in of an order that was never sent: say on which day it was ordered"),
            (11, "deposit", "that is more than the whole order, 10.00"),
            (12, "balance due on", "the deposit is due later, on 2024-06-02"),
            (13, "order", "another row of this order cannot be used, and a part of it is not the order"),
            (14, "currency", "another row of this order is in USD"),
            (14, "ordered on", "another row of this order says 2024-05-01"),
            (14, "supplier", "another row of this order names Leaf"),
            (
                14,
                "units",
                "another row of this line orders 5: leave it empty on further receipts, or say another cost for another line",
            ),
            (15, "deposit due on", "a deposit is due, and its amount is missing"),
            (15, "sku", "the SKU is missing"),
            (16, "units", "how many pieces were ordered is missing"),
            (17, "deposit", "this is not a number"),
            (17, "received on", "this is not a date"),
            (17, "received units", "this cannot be below 0"),
            (17, "unit cost", "this is not a number"),
            (17, "units", "this is not a number"),
            (18, "received units", "6 came of 5 that were ordered: raise the units of the line if more was sent"),
            (19, "received units", "6 came of 5 that were ordered: raise the units of the line if more was sent"),
        ]
        assert facts(stage, "order_no, sku, units, deposit") == [("OK", "BOWL", 5, 10), ("OK", "MUG", 5, 10)]


@pytest.mark.usefixtures("emptied")
def test_products_of_orders_that_nothing_else_tells_of_are_named_and_loaded(tmp_path: Path) -> None:
    take(written(tmp_path, "SKU,Title,Price\nMUG,Mug,5.00\n", "products.csv"), currency="EUR")
    take(written(tmp_path, "SKU,On hand,Date\nPOT,3,2024-04-30\n", "inventory.csv"), currency="EUR")
    account = take(written(tmp_path, ORDERS, "orders.csv"), currency="EUR")
    assert counts(account) == {"rows": 6, "loaded": 6}
    assert [each for each in account["notices"] if "not known" in each] == [
        "1 SKU of these orders is not known from products, orders or counts: BOWL. What is ordered of them counts as soon as one "
        "of those names them; mend the order if they are misspelt."
    ]
    many = "PO,Supplier,SKU,Units,Ordered on\n" + "".join(f"P9,Leaf,N{number},1,2024-05-01\n" for number in range(7))
    (named,) = take(written(tmp_path, many, "many.csv"), currency="EUR")["notices"]
    assert named.startswith("7 SKUs of these orders are not known") and "N0, N1, N2, N3, N4 and 2 more." in named


@pytest.mark.usefixtures("home")
def test_a_row_told_twice_counts_once(tmp_path: Path) -> None:
    text = (
        "Bestellung;Lieferant;Bestellt am;Artikelnummer;Menge;EK;Erhalten;Erhalten am\n"
        "P1;Leaf;01.05.2024;MUG;5;2,50;4;14.05.2024\nP1;Leaf;01.05.2024;MUG;5;2,50;4;14.05.2024\n"
        "P1;Leaf;01.05.2024;MUG;;;1;14.05.2024\n"
    )
    with converted(written(tmp_path, text)) as stage:
        assert facts(stage, "order_no, status, units, unit_cost, received_units, rows") == [
            ("P1", "closed", 5, 2.5, 5, 2)
        ]
        assert states(stage) == ["fact", "duplicate", "fact"]


@pytest.mark.usefixtures("emptied")
def test_a_policy_holds_until_a_newer_file_says_otherwise_or_takes_it_away(tmp_path: Path) -> None:
    text = (
        "Class,SKU,Location,Method,Service level,Cover days,Sibling SKU\n,,,ROP,95 %,30,\nax,,,,0.98,,\n"
        ",MUG,Berlin,on order,,,\n,NEW,,,,,MUG\n"
    )
    first = take(written(tmp_path, text, "policies.csv"))
    assert counts(first) == {"rows": 4, "loaded": 4}
    before = rows_of(POLICIES)
    assert before == [
        ("", "", "", "reorder point", "0.95000000", 30, None),
        ("", "MUG", "Berlin", "on order", None, None, None),
        ("", "NEW", "", None, None, None, "MUG"),
        ("AX", "", "", None, "0.98000000", None, None),
    ]
    away = take(written(tmp_path, "Class,SKU,Service level,Remove\nAX,,,yes\n,NEW,0.9,\n", "away.csv"))
    assert counts(away) == {"rows": 2, "updated": 2}
    assert [row[:2] for row in rows_of(POLICIES)] == [("", ""), ("", "MUG"), ("", "NEW")]
    undo(away["import_id"])
    assert rows_of(POLICIES) == before
    undo(first["import_id"])
    assert rows_of(POLICIES) == []


@pytest.mark.usefixtures("home")
def test_a_policy_that_cannot_be_is_named(tmp_path: Path) -> None:
    text = (
        "Class,SKU,Method,Service kind,Service level,Cover days,Lead time,Sibling\nAX,MUG,none,,,,,\nD,,none,,,,,\n"
        "AX,,magic,all,95,-1,-2,\n,MUG,,,0,x,y,MUG\nBZ,,,,,,,MUG\n,MUG,,,,,,\n"
    )
    with converted(written(tmp_path, text)) as stage:
        assert [(record, column, reason) for record, column, _, reason in rejected(stage)] == [
            (1, "class", "a row is about a class or about a product, not both"),
            (2, "class", "this is no class: A, B or C and X, Y or Z, such as AX"),
            (3, "cover days", "this cannot be below 0"),
            (3, "lead time days", "this cannot be below 0"),
            (3, "method", "this is no method: reorder point, on order or none"),
            (3, "service kind", "this is no kind of service: fill rate or cycle service"),
            (3, "service level", "a service level is a share between 0 and 1: write 95 % as 0.95 or as 95 %"),
            (4, "cover days", "this is not a number of days; write it as 30"),
            (4, "lead time days", "this is not a number of days; write it as 14"),
            (4, "service level", "a service level is a share between 0 and 1: write 95 % as 0.95 or as 95 %"),
            (4, "sibling SKU", "a product is not its own sibling"),
            (5, "sibling SKU", "only a product has a sibling: the row's SKU is missing"),
            (6, "method", "the row says nothing of how to replenish"),
        ]
