"""Order lines as public tables and spreadsheets print them: totals after discount, percent, tax inside, pieces without a count."""

from decimal import Decimal
from pathlib import Path

import pytest

from imported import counts, money, rejects, rows_of, take, unreconciled

HEADER = "Order,Date,SKU,Title,Quantity,Unit price"

pytestmark = pytest.mark.usefixtures("emptied")


def lines(folder: Path, header: str, *rows: str) -> Path:
    path = folder / "lines.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("total", "what"), [("20.00", "gross"), ("17.00", "discounted"), ("20.23", "all in"), ("23.23", "with tax")]
)
def test_a_line_total_beside_a_price_is_never_discounted_or_taxed_twice(total: str, what: str, tmp_path: Path) -> None:
    path = lines(tmp_path, f"{HEADER},Line total,Discount,Tax", f"A1,2024-05-01,S1,Shirt,2,10.00,{total},3.00,3.23")
    assert counts(take(path)) == {"rows": 1, "loaded": 1}
    amounts = money("gross_sales", "discounts", "net_sales", "tax", "collected")
    assert amounts == ["20.00", "3.00", "17.00", "3.23", "20.23"], what


def test_a_line_total_that_its_price_does_not_explain_stands_as_printed(tmp_path: Path) -> None:
    take(lines(tmp_path, f"{HEADER},Line total,Discount", "A1,2024-05-01,S1,Shirt,2,10.00,19.50,3.00"))
    assert money("gross_sales", "discounts") == ["19.50", "3.00"]


def test_a_discount_in_percent_is_taken_of_the_price(tmp_path: Path) -> None:
    rows = [
        "A1,2024-05-01,S1,Shirt,3,3.33,10%",
        "A2,2024-05-01,S1,Shirt,1,10.00,12.5 %",
        "A3,2024-05-01,S1,Shirt,1,10.00,0%",
    ]
    assert counts(take(lines(tmp_path, f"{HEADER},Discount", *rows))) == {"rows": 3, "loaded": 3}
    # 9.99 × 10 % is 1.00 to the cent
    assert money("gross_sales", "discounts") == ["29.99", "2.25"]


def test_what_is_taken_back_takes_its_percent_with_it(tmp_path: Path) -> None:
    rows = ["A1,2024-05-01,S1,Shirt,2,10.00,10%", "A1,2024-05-03,S1,Shirt,-1,10.00,10%"]
    take(lines(tmp_path, f"{HEADER},Discount", *rows))
    assert money("gross_sales", "discounts", "reversals", "net_sales") == ["20.00", "2.00", "9.00", "9.00"]


@pytest.mark.parametrize(
    ("discount", "reason"),
    [
        ("120%", "a discount in percent lies between 0 % and 100 %"),
        ("-5%", "a discount in percent lies between 0 % and 100 %"),
        ("%", "this is not an amount"),
        ("half", "this is not an amount"),
    ],
)
def test_a_discount_that_is_none_is_named(discount: str, reason: str, tmp_path: Path) -> None:
    account = take(lines(tmp_path, f"{HEADER},Discount", f"A1,2024-05-01,S1,Shirt,2,10.00,{discount}"))
    assert rejects(account) == [(2, "discount", discount, reason)]


def test_discounts_printed_below_zero_are_discounts(tmp_path: Path) -> None:
    rows = [
        "A1,2024-05-01,S1,Shirt,2,10.00,-3.00",
        "A2,2024-05-01,S1,Shirt,1,10.00,",
        "A1,2024-05-02,S1,Shirt,-1,10.00,1.50",
    ]
    take(lines(tmp_path, f"{HEADER},Discount", *rows))
    assert money("gross_sales", "discounts", "reversals") == ["30.00", "3.00", "8.50"]


def test_where_discounts_stand_above_zero_one_below_takes_a_discount_back(tmp_path: Path) -> None:
    rows = ["A1,2024-05-01,S1,Shirt,2,10.00,3.00", "A2,2024-05-01,S1,Shirt,1,10.00,-1.00"]
    take(lines(tmp_path, f"{HEADER},Discount", *rows))
    assert money("discounts") == ["2.00"]


def test_tax_inside_the_prices_is_taken_out_of_price_and_discount(tmp_path: Path) -> None:
    header = f"{HEADER},Discount,Tax,Prices include tax"
    rows = [
        # 23.80 − 5.95 = 17.85, of it 2.85 tax at 19 %
        "A1,2024-05-01,S1,Shirt,2,11.90,5.95,2.85,yes",
        "A2,2024-05-01,S1,Shirt,1,10.00,,1.90,nein",
        "A3,2024-05-01,S1,Shirt,1,0.00,,0.00,ja",
        "A1,2024-05-04,S1,Shirt,-1,11.90,,1.90,yes",
    ]
    assert counts(take(lines(tmp_path, header, *rows))) == {"rows": 4, "loaded": 4}
    amounts = money("gross_sales", "discounts", "reversals", "net_sales", "tax", "collected")
    assert amounts == ["30.00", "5.00", "10.00", "15.00", "2.85", "17.85"]
    assert rows_of("select order_key, prices_include_tax from orders order by 1") == [
        ("A1", True),
        ("A2", False),
        ("A3", True),
    ]
    assert unreconciled() == []


def test_parts_without_tax_add_up_to_what_was_paid_whatever_is_rounded(tmp_path: Path) -> None:
    header = f"{HEADER},Discount,Tax,Prices include tax"
    rows = [f"A{at},2024-05-01,S1,Shirt,3,{at}.33,{at}.07,0.{at}1,yes" for at in range(1, 10)]
    take(lines(tmp_path, header, *rows))
    paid = sum(3 * Decimal(f"{at}.33") - Decimal(f"{at}.07") for at in range(1, 10))
    assert money("collected") == [f"{paid:.2f}"]


def test_prices_with_a_tax_that_nobody_knows_are_named(tmp_path: Path) -> None:
    header = f"{HEADER},Tax,Prices include tax"
    rows = [
        "A1,2024-05-01,S1,Shirt,2,11.90,,yes",
        "A2,2024-05-01,S1,Shirt,2,11.90,1.00,perhaps",
        "A3,2024-05-01,S1,Shirt,2,11.90,,no",
    ]
    account = take(lines(tmp_path, header, *rows))
    assert rejects(account) == [
        (2, "prices include tax", "yes", "the prices hold tax, but the line does not say how much"),
        (3, "prices include tax", "perhaps", "this is neither yes nor no"),
    ]
    assert counts(account) == {"rows": 3, "loaded": 1, "rejected": 2}


def test_a_table_without_quantities_has_a_row_a_piece(tmp_path: Path) -> None:
    # Olist's order items: one row a unit
    rows = ["A1,2024-05-01,S1,,,58.90", "A1,2024-05-01,S1,,,58.90", "A2,2024-05-02,S2,,,10.00"]
    account = take(lines(tmp_path, HEADER, *rows))
    assert counts(account) == {"rows": 3, "loaded": 3}
    assert money("gross_sales", "units") == ["127.80", "3.00"]
    assert any(notice.startswith("1 lines repeat another line") for notice in account["notices"])


def test_one_missing_quantity_among_others_is_named(tmp_path: Path) -> None:
    account = take(lines(tmp_path, HEADER, "A1,2024-05-01,S1,Shirt,,10.00", "A2,2024-05-01,S1,Shirt,2,10.00"))
    assert rejects(account) == [(2, "quantity", None, "the quantity is missing")]


def test_numbers_that_a_spreadsheet_made_floating_are_the_same_keys(tmp_path: Path) -> None:
    take(lines(tmp_path, HEADER, "536365.0,2024-05-01,85123.0,Shirt,2,10.00", "536366.0,2024-05-01,85124.0,Cap,1,5.00"))
    assert rows_of("select order_key from orders order by 1") == [("536365",), ("536366",)]
    assert rows_of("select product_key from products order by 1") == [("85123",), ("85124",)]
    # one that is whole: the others are codes as they stand
    take(lines(tmp_path, HEADER, "9.0,2024-05-01,7.0,Shirt,2,10.00", "9.1,2024-05-01,7.1,Cap,1,5.00"), store="Other")
    assert rows_of("select order_key from orders where order_key like '9%%' order by 1") == [("9.0",), ("9.1",)]


def test_a_sku_that_a_spreadsheet_rounded_is_refused_as_a_key(tmp_path: Path) -> None:
    account = take(lines(tmp_path, HEADER, "A1,2024-05-01,8.5E+12,Shirt,2,10.00", "A1,2024-05-01,85E10,Cap,1,5.00"))
    assert rejects(account) == [
        (2, "sku", "8.5E+12", "a spreadsheet has rounded this SKU, so it is no key; export it again")
    ]
    assert counts(account) == {"rows": 2, "loaded": 1, "rejected": 1}


@pytest.mark.parametrize("packed", ["2× Shirt, 1× Cap", "1 x Shirt | 1 x Cap", "2x Shirt; 10x Cap"])
def test_lines_packed_into_one_cell_are_refused_for_what_they_are(packed: str, tmp_path: Path) -> None:
    account = take(lines(tmp_path, HEADER, f'A1,2024-05-01,,"{packed}",3,25.00', "A2,2024-05-01,,Cap,1,5.00"))
    assert [row[:3] for row in rejects(account)] == [(2, "title", packed)]


def test_sizes_in_a_title_are_no_packed_lines(tmp_path: Path) -> None:
    rows = ['A1,2024-05-01,,"Frame 30 x 40 cm, oak",1,25.00', 'A1,2024-05-01,,"Box 2 x 3 m, 12 pieces",1,5.00']
    assert counts(take(lines(tmp_path, HEADER, *rows))) == {"rows": 2, "loaded": 2}


def test_lines_without_a_sku_are_known_by_their_title(tmp_path: Path) -> None:
    take(
        lines(
            tmp_path,
            "Order,Date,Title,Quantity,Unit price",
            "A1,2024-05-01,Shirt,1,10.00",
            "A2,2024-05-02,Shirt,1,10.00",
        )
    )
    assert rows_of("select product_key, title from products") == [("Shirt", "Shirt")]


def test_superstore_as_it_is_mapped(tmp_path: Path) -> None:
    # its Sales is the line total after a discount that it prints as a share, so that column is left out
    header = "Order,Date,Customer ID,Country,SKU,Title,Line total,Quantity"
    rows = [
        "CA-2016-152156,11/8/2016,CG-12520,United States,FUR-BO-10001798,Bookcase,261.96,2",
        "CA-2016-152156,11/18/2016,CG-12520,United States,OFF-LA-1,Labels,14.62,2",
    ]
    assert counts(take(lines(tmp_path, header, *rows))) == {"rows": 2, "loaded": 2}
    assert money("gross_sales", "units", "orders", "customers") == ["276.58", "4.00", "1.00", "1.00"]


def test_part_of_an_order_replaces_the_whole_of_it(tmp_path: Path) -> None:
    take(lines(tmp_path, HEADER, "A1,2024-05-01,S1,Shirt,2,10.00", "A1,2024-05-01,S2,Cap,1,5.00"))
    assert counts(take(lines(tmp_path, HEADER, "A1,2024-05-01,S2,Cap,1,5.00"))) == {"rows": 1, "updated": 1}
    assert money("gross_sales") == ["5.00"]


def test_an_amount_too_large_to_be_one_costs_its_own_line_only(tmp_path: Path) -> None:
    rows = [
        "A1,2024-05-01,S1,Shirt,99999999999,99999999999,1.00,2.00,yes",
        "A2,2024-05-01,S1,Shirt,1,10.00,10%,0.00,no",
    ]
    account = take(lines(tmp_path, f"{HEADER},Discount,Tax,Prices include tax", *rows))
    assert counts(account) == {"rows": 2, "loaded": 1, "rejected": 1}
    assert rejects(account)[0][1:] == ("quantity", "99999999999", "quantity × price is too large to be an amount")


def test_a_price_of_many_digits_stays_exact(tmp_path: Path) -> None:
    take(lines(tmp_path, f"{HEADER},Discount", "A1,2024-05-01,S1,Gold,1,123456789012.123456,0.0001"))
    assert rows_of("select unit_price from order_items") == [(Decimal("123456789012.123456"),)]
