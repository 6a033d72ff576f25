"""Tables made by hand in the database: what each changes in the numbers, twice and corrected, beside what others brought."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from analytics import sales
from analytics.scope import Scope
from analytics.undo import undo
from imported import AS_OF, counts, everything, money, rejects, rows_of, take

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
    account = take(written(tmp_path, text, "suppliers.csv"), currency="EUR")
    assert counts(account) == {"rows": 2, "loaded": 2}
    # from the first day of a term to the day on which the table was made
    assert (account["start"], account["stop"]) == (date(2024, 1, 1), AS_OF + timedelta(days=1))
    assert rows_of("select supplier, sku, lead_time_days, minimum_order, freight from suppliers order by sku") == [
        ("Leaf", "", 14, 50, None),
        ("Leaf", "S1", 10, 100, Decimal("0.15")),
    ]


def test_nothing_by_which_a_person_is_called_or_reached_is_kept(emptied: str, tmp_path: Path) -> None:
    header = "Order,SKU,Quantity,Return date,Reason,Customer name,Comments,Email"
    comment = "too small; anna@example.com or +49 170 5551234"
    row = f"1001,S1,1,2024-05-09,call anna@example.com,Anna Secretova,{comment},anna@example.com"
    take(written(tmp_path, f"{header}\n{row}\n1001,anna@example.com and more,x,2024-05-09,,,,\n", "returns.csv"))
    text = everything(emptied).lower()
    assert all(secret not in text for secret in ("anna", "secretova", "5551234")) and "too small; " in text


RATES = "Currency,Into currency,Valid from,Rate\nUSD,EUR,2024-05-01,0.93\nUSD,EUR,2024-05-03,0.917\n"


def spans() -> list[tuple[object, ...]]:
    """Every rate with the days it holds for."""
    return rows_of("select currency, rate::text, valid_from, valid_to from exchange_rates order by 1, 3")


def test_a_rate_holds_until_the_next_one_and_comes_and_goes_with_its_file(tmp_path: Path) -> None:
    first = take(written(tmp_path, RATES, "rates.csv"))
    assert counts(first) == {"rows": 2, "loaded": 2} and first["currency"] != "USD"
    before = spans()
    assert before == [
        ("USD", "0.93", date(2024, 5, 1), date(2024, 5, 3)),
        ("USD", "0.917", date(2024, 5, 3), date(9999, 12, 31)),
    ]
    more = RATES.replace("0.917", "0.92") + "USD,EUR,2024-05-02,0.925\n"
    second = take(written(tmp_path, more, "more.csv"))
    assert counts(second) == {"rows": 3, "loaded": 1, "updated": 1, "unchanged": 1}
    assert [row[1:] for row in spans()] == [
        ("0.93", date(2024, 5, 1), date(2024, 5, 2)),
        ("0.925", date(2024, 5, 2), date(2024, 5, 3)),
        ("0.92", date(2024, 5, 3), date(9999, 12, 31)),
    ]
    undo(second["import_id"])
    assert spans() == before
    undo(first["import_id"])
    assert spans() == []


def test_rates_count_for_every_store_whichever_brought_them(tmp_path: Path) -> None:
    take(written(tmp_path, ORDERS, "orders.csv"), currency="USD", store="One")
    version = rows_of("select data_version from stores where name = 'One'")
    other = take(written(tmp_path, RATES, "rates.csv"), store="Other")
    assert rows_of("select data_version from stores where name = 'One'") > version
    newer = take(written(tmp_path, RATES.replace("0.93", "0.94"), "newer.csv"), store="One", as_of=date(2024, 7, 1))
    # 35.00 on the first day, 10.00 on the second, both at 0.94
    whole = sales.summary(Scope(into="EUR"))
    assert whole[["currency", "net_sales"]].values.tolist() == [["EUR", Decimal("45") * Decimal("0.94")]]
    undo(newer["import_id"])
    assert sales.summary(Scope(into="EUR"))["net_sales"].tolist() == [Decimal("45") * Decimal("0.93")]
    undo(other["import_id"])
    assert sales.summary(Scope(into="EUR")).empty


def test_a_rate_that_is_none_is_set_aside_and_small_ones_keep_their_digits(tmp_path: Path) -> None:
    text = (
        "Currency;Into currency;Date;Rate\nIDR;EUR;2024-05-01;0,000056912345\nVND;EUR;2024-05-01;3,7E-05\nUSD;USD;2024-05-01;1\n"
        "USD;EUR;;0,93\nEuro;USD;2024-05-01;1,08\nGBP;EUR;2024-05-01;-1,1\nGBP;EUR;2024-05-01;\nGBP;EUR;2024-05-01;much\n;;;\n"
    )
    account = take(written(tmp_path, text, "rates.csv"))
    assert counts(account) == {"rows": 9, "loaded": 1, "rejected": 7, "ignored": 1}
    assert spans() == [("IDR", "0.000056912345", date(2024, 5, 1), date(9999, 12, 31))]
    assert [(column, reason) for _, column, _, reason in rejects(account)] == [
        ("rate", "this is not a rate"),
        ("into currency", "a currency is always worth one of itself"),
        ("valid from", "the day is missing"),
        ("currency", "this is not a three-letter currency"),
        ("rate", "a rate is above 0"),
        ("rate", "the rate is missing"),
        ("rate", "this is not a rate"),
    ]
