"""Tables made by hand in the database: what each changes in the numbers, twice and corrected, beside what others brought."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from imported import counts, everything, money, rejects, rows_of, take

ORDERS = (
    "Order,Date,SKU,Title,Quantity,Unit price\n1001,2024-05-01,S1,Shirt,3,10.00\n1001,2024-05-01,S2,Cap,1,5.00\n"
    "1002,2024-05-02,S2,Cap,2,5.00\n"
)

pytestmark = pytest.mark.usefixtures("emptied")


def written(folder: Path, text: str, name: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_costs_fill_the_margin_of_the_days_they_hold_for(tmp_path: Path) -> None:
    take(written(tmp_path, ORDERS, "orders.csv"), currency="EUR")
    text = "SKU,Unit cost,Valid from\nS1,4.00,2024-01-01\nS2,1.00,2024-01-01\nS2,2.00,2024-05-02\n"
    account = take(written(tmp_path, text, "costs.csv"), currency="EUR")
    assert counts(account) == {"rows": 3, "loaded": 3}
    # 3 × 4 + 1 × 1 on the first day, 2 × 2 on the second
    assert money("cost_of_goods_sold", "gross_profit") == ["17.00", "28.00"]
    assert counts(take(written(tmp_path, text, "costs.csv"), currency="EUR")) == {"rows": 3, "unchanged": 3}
    mended = text.replace("4.00", "5.00")
    assert counts(take(written(tmp_path, mended, "costs.csv"), currency="EUR")) == {
        "rows": 3,
        "updated": 1,
        "unchanged": 2,
    }
    assert money("cost_of_goods_sold") == ["20.00"]


def test_a_count_without_a_location_or_a_day_stands_on_the_day_of_the_file(tmp_path: Path) -> None:
    account = take(written(tmp_path, "SKU,Stock\nS1,4\nS2,many\n,,\n", "stock.csv"))
    assert counts(account) == {"rows": 3, "loaded": 1, "rejected": 1, "ignored": 1}
    assert rejects(account) == [(3, "on hand", "many", "this is not a quantity")]
    assert rows_of("select as_of, location, product_key, on_hand, available from inventory_levels") == [
        (date(2024, 6, 30), "unknown", "S1", 4, 4)
    ]
    assert any("does not say its day" in notice for notice in account["notices"])


def test_a_count_with_days_is_a_snapshot_a_day(tmp_path: Path) -> None:
    text = "SKU,Location,Stock,Date\nS1,Berlin,4,2024-06-01\nS1,Berlin,3,2024-06-02\nS1,Köln,9,2024-06-02\n"
    account = take(written(tmp_path, text, "stock.csv"))
    assert (counts(account), account["start"], account["stop"]) == (
        {"rows": 3, "loaded": 3},
        date(2024, 6, 1),
        date(2024, 6, 3),
    )
    assert rows_of("select as_of, location, on_hand from inventory_levels order by 1, 2") == [
        (date(2024, 6, 1), "Berlin", 4),
        (date(2024, 6, 2), "Berlin", 3),
        (date(2024, 6, 2), "Köln", 9),
    ]
    assert not any("does not say its day" in notice for notice in account["notices"])


def test_products_name_the_lines_that_were_sold_before_them(tmp_path: Path) -> None:
    take(written(tmp_path, ORDERS, "orders.csv"), currency="EUR")
    text = "SKU,Title,Variant,Price,Cost,Category\nS1,Shirt,red,12,4.00,Clothes\nS2,Cap,,6,,Hats\n"
    assert counts(take(written(tmp_path, text, "products.csv"), currency="EUR")) == {"rows": 2, "loaded": 2}
    assert rows_of("select product_key, title, category, price from products order by 1") == [
        ("S1", "Shirt - red", "Clothes", 12),
        ("S2", "Cap", "Hats", 6),
    ]
    # of the caps nobody knows the cost, so they are left out
    assert money("cost_of_goods_sold", "gross_profit") == ["12.00", "18.00"]


def test_returns_take_back_money_and_pieces_on_their_own_day(tmp_path: Path) -> None:
    take(written(tmp_path, ORDERS, "orders.csv"), currency="EUR")
    text = "Order,SKU,Quantity,Refund amount,Return date,Reason,Restocked\n1001,S1,1,10.00,2024-05-09,size,yes\n"
    assert counts(take(written(tmp_path, text, "returns.csv"), currency="EUR")) == {"rows": 1, "loaded": 1}
    assert money("gross_sales", "reversals", "net_sales", "units", "net_units") == [
        "45.00",
        "10.00",
        "35.00",
        "6.00",
        "5.00",
    ]
    assert rows_of("select kind, reason, is_restocked, units, amount from returns") == [
        ("return", "size", True, Decimal(1), Decimal(10))
    ]


def test_a_supplier_is_kept_with_its_terms(tmp_path: Path) -> None:
    text = "Supplier,SKU,Lead time,MOQ,Freight,Valid from\nLeaf,,14,50,,2024-01-01\nLeaf,S1,10,100,0.15,2024-01-01\n"
    assert counts(take(written(tmp_path, text, "suppliers.csv"), currency="EUR")) == {"rows": 2, "loaded": 2}
    assert rows_of("select supplier, sku, lead_time_days, minimum_order, freight from suppliers order by sku") == [
        ("Leaf", "", 14, 50, None),
        ("Leaf", "S1", 10, 100, Decimal("0.15")),
    ]


def test_nothing_that_a_person_wrote_or_is_called_is_kept(emptied: str, tmp_path: Path) -> None:
    header = "Order,SKU,Quantity,Return date,Reason,Customer name,Comments,Email"
    row = "1001,S1,1,2024-05-09,call anna@example.com,Anna Secretova,my street is Hidden Lane 7,anna@example.com"
    take(written(tmp_path, f"{header}\n{row}\n1001,anna@example.com and more,x,2024-05-09,,,,\n", "returns.csv"))
    text = everything(emptied).lower()
    assert all(secret not in text for secret in ("anna", "secretova", "hidden lane"))
