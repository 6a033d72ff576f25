"""Suppliers' terms and purchase orders of a small shop worked out by hand: landed cost, real lead times, what is to come."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics import db
from analytics.scope import Scope
from analytics.stock import purchase_orders, suppliers
from imported import take

SHOP = Scope(stop=date(2024, 7, 1))
PRODUCTS = (
    "SKU,Title,Price,Brand,Cost\nMUG,Mug,9,Leaf,\nBOWL,Bowl,8,Leaf,2.20\nPOT,Pot,20,,\nLID,Lid,3,,1.00\nCAP,Cap,5,,\n"
)
# the second Leaf row holds from June on; Root is dearer for mugs but was ordered from last
TERMS = (
    "Supplier,SKU,Lead time,Deviation,MOQ,Pack size,Unit cost,Freight,Duty,Currency,Valid from\n"
    "Leaf,,14,2,50,,,,,EUR,2024-01-01\nLeaf,MUG,10,,,6,3.00,0.15,0.05,EUR,2024-01-01\n"
    "Leaf,MUG,10,,,6,3.30,0.15,0.05,EUR,2024-06-01\nLeaf,MUG,10,,,6,9.99,,,EUR,2025-01-01\n"
    "Root,MUG,30,,,,3.10,0.50,,EUR,2024-01-01\nRoot,POT,30,,12,4,5.00,,,USD,2024-01-01\n"
)
# POT came after 10, 20 and 24 days: 18 ± 7.211; all of Leaf's three deliveries took 14, 15 and 19 days: 16 ± 2.646
ORDERS = (
    "PO,Supplier,Status,Ordered on,Expected on,Location,SKU,Units,Unit cost,Received,Received on,Freight,Duty,Deposit\n"
    "A1,Leaf,closed,2024-03-01,2024-03-15,Berlin,MUG,100,3.00,100,2024-03-15,,,\n"
    "A2,Leaf,sent,2024-05-01,2024-05-15,Berlin,BOWL,30,2.00,10,2024-05-16,8.00,4.00,20\n"
    "A2,Leaf,,,,,BOWL,,,12,2024-05-20,,,\n"
    "A2,Leaf,,,,,MUG,20,3.00,20,2024-05-20,,,\n"
    "B1,Root,closed,2024-01-01,,Berlin,POT,4,5.00,4,2024-01-11,,,\n"
    "B2,Root,closed,2024-02-01,,Berlin,POT,4,5.00,4,2024-02-21,,,\n"
    "B3,Root,closed,2024-03-01,,Berlin,POT,4,5.00,4,2024-03-25,,,\n"
    "B4,Root,sent,2024-06-10,,Loft,POT,8,5.00,,,,,\n"
    "B5,Root,sent,2024-06-20,2024-07-08,Loft,MUG,50,,,,,,\n"
    "D1,Leaf,draft,,,,MUG,60,3.30,,,,,\n"
    "X1,Leaf,cancelled,2024-06-01,2024-06-05,,MUG,60,3.30,,,,,\n"
)


@pytest.fixture(scope="module")
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("purchases")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        for name, text in (("products", PRODUCTS), ("suppliers", TERMS), ("orders", ORDERS)):
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
            assert take(Path(folder / f"{name}.csv"), currency="EUR")["rejected"] == 0
        yield


def amounts(values: object) -> list[str | None]:
    return [None if each is None else f"{Decimal(each).normalize():f}" for each in values]  # type: ignore[attr-defined]


def test_terms_are_those_of_the_supplier_last_ordered_from_with_the_real_lead_time(shop: None) -> None:
    found = suppliers.terms(SHOP).set_index("product_key")
    assert {*found.reset_index().columns} == {*suppliers.TERMS}
    assert found["supplier"].to_dict() == {"BOWL": "Leaf", "CAP": None, "LID": None, "MUG": "Root", "POT": "Root"}
    assert found["lead_time_basis"].to_dict() == {
        "BOWL": suppliers.OF_SUPPLIER,
        "CAP": suppliers.ASSUMED,
        "LID": suppliers.ASSUMED,
        "MUG": suppliers.OF_SUPPLIER,
        "POT": suppliers.OF_PRODUCT,
    }
    assert amounts(found.loc[["POT", "BOWL", "CAP"], "lead_time_days"]) == ["18", "16", "14"]
    assert amounts(found.loc[["POT", "BOWL", "CAP"], "lead_time_deviation"]) == ["7.211", "2.646", "0"]
    # Root's terms for mugs; bowls have what Leaf says of all its products; caps nobody sells to the shop
    assert amounts(found.loc["MUG", ["unit_cost", "freight", "duty", "landed_cost"]]) == ["3.1", "0.5", None, "3.6"]
    assert amounts(
        found.loc["BOWL", ["minimum_order", "supplier_minimum", "pack_size", "unit_cost", "landed_cost"]]
    ) == [
        None,
        "50",
        None,
        "2.2",
        "2.2",
    ]
    assert list(found["cost_basis"]) == ["product cost", "unknown", "product cost", "terms", "terms"]
    assert found.loc["POT", "currency"] == "USD" and found.loc["CAP", "landed_cost"] is None


def test_terms_hold_from_their_day_and_the_first_reach_back(shop: None) -> None:
    days = {date(2023, 1, 1): "3", date(2024, 5, 31): "3", date(2024, 6, 1): "3.3"}
    for stop, cost in days.items():
        # before it ordered mugs from Root, Leaf is where they last came from, or the cheaper one
        found = suppliers.terms(Scope(stop=stop)).set_index("product_key").loc["MUG"]
        assert (found["supplier"], *amounts([found["unit_cost"]])) == ("Leaf", cost)


def test_a_promise_counts_until_three_receipts_are_known(shop: None) -> None:
    found = suppliers.terms(Scope(stop=date(2024, 5, 16))).set_index("product_key")
    # by then Leaf delivered twice, 14 and 15 days after the order
    assert (found.loc["MUG", "lead_time_basis"], found.loc["MUG", "lead_time_days"]) == (suppliers.PROMISED, 10)
    assert (found.loc["BOWL", "lead_time_days"], found.loc["BOWL", "lead_time_deviation"]) == (14, 2)


def test_orders_say_what_they_are_worth_what_came_and_how_late_they_are(shop: None) -> None:
    found = purchase_orders.orders(SHOP).set_index("order_no")
    assert found["stage"].to_dict() == {
        "D1": "draft", "B5": "sent", "B4": "sent", "X1": "cancelled", "A2": "partly received", "A1": "closed", "B3": "closed",
        "B2": "closed", "B1": "closed",
    }  # fmt: skip
    assert next(iter(found.index)) == "D1"
    late = found.loc["A2"]
    # 30 × 2 + 20 × 3 + 8 + 4; 8 bowls are still to come; 47 days after 15 May
    assert amounts(late[["units", "received_units", "open_units", "value", "open_value"]]) == [
        "50",
        "42",
        "8",
        "132",
        "16",
    ]
    assert (late["days_late"], late["deposit"]) == (47, 20)
    assert amounts(found["days_late"])[-1] is None and found.loc["B4", "days_late"] is None
    assert found.loc["B5", "value"] is None and found.loc["X1", "open_value"] == 0


def test_landed_cost_of_a_line_holds_its_share_of_freight_and_duty(shop: None) -> None:
    found = purchase_orders.lines(SHOP).set_index(["order_no", "sku"])
    # 12 of freight and duty over goods of 120: a tenth more
    assert amounts(found.loc["A2"]["landed_unit_cost"]) == ["2.2", "3.3"]
    assert found.loc[("B5", "MUG"), "landed_unit_cost"] is None and found.loc[("A2", "BOWL"), "title"] == "Bowl"


def test_what_is_to_come_is_that_of_sent_orders_and_adds_up(shop: None) -> None:
    found = purchase_orders.incoming(SHOP)
    assert list(found.columns) == list(purchase_orders.INCOMING)
    rows = found[["order_no", "sku", "location", "units", "due_on", "due_basis"]]
    assert [tuple(row) for row in rows.itertuples(index=False)] == [
        ("A2", "BOWL", "Berlin", 8, date(2024, 5, 15), purchase_orders.EXPECTED),
        # ordered on 10 June, Root's pots take 18 days
        ("B4", "POT", "Loft", 8, date(2024, 6, 28), purchase_orders.BY_LEAD_TIME),
        ("B5", "MUG", "Loft", 50, date(2024, 7, 8), purchase_orders.EXPECTED),
    ]
    assert found["units"].sum() == purchase_orders.orders(SHOP)["open_units"].sum()


def test_receipts_tell_lead_time_and_lateness(shop: None) -> None:
    found = purchase_orders.receipts(SHOP)
    assert len(found) == 7 and found["units"].sum() == 100 + 42 + 12
    leaf = found[found["order_no"] == "A2"]
    assert leaf[["sku", "lead_time_days", "days_late"]].to_records(index=False).tolist() == [
        ("BOWL", 19, 5), ("MUG", 19, 5), ("BOWL", 15, 1),
    ]  # fmt: skip
    assert purchase_orders.receipts(Scope(stop=date(2024, 2, 1)))["order_no"].tolist() == ["B1"]


def test_a_new_order_has_the_next_number_of_its_year() -> None:
    known = ["PO-2024-007", "PO-2023-100", "PO-2024-x", "A1"]
    assert purchase_orders.next_number(known, date(2024, 5, 1)) == "PO-2024-008"
    assert purchase_orders.next_number(known, date(2025, 5, 1)) == "PO-2025-001"
