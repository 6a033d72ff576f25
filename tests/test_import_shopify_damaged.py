"""Orders exports that a spreadsheet has filled down, sorted, doubled or cut: the same orders to the cent, or named."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from analytics.errors import Refused
from converted import Converted, conversions, converted
from imported import counts, rows_of, table, take, unreconciled
from order_rows import line, one, tip
from shop_files import ORDER_COLUMNS

Row = dict[str, str]
LINE_COLUMNS = {name for name in ORDER_COLUMNS if name.startswith("Lineitem")} | {
    "Name",
    "Email",
    "Created at",
    "Vendor",
}
# lines with a discount of their own and one of the order, a tip, tax inside, two equal lines, a refund, a cancellation,
# a free order, a free gift beside a paid line
SHOP = [
    one(1, "20.00 48.40 4.00 5.30 57.70 1.60", Lineitem_discount="0.60", Discount_Code="HELLO"),
    line(1, 2, "15.00", "Socks"),
    one(2, "23.80 35.70 5.95 6.65 41.65 0.00", Currency="EUR"),
    line(2, 1, "11.90", "Cap"),
    one(3, "20.00 20.00 4.00 2.00 29.00 0.00"),
    tip(3, "3.00"),
    one(4, "7.50 15.00 0.00 0.00 15.00 0.00", "Mug"),
    line(4, 1, "7.50", "Mug"),
    one(5, "30.00 42.00 0.00 0.00 42.00 0.00", Refunded_Amount="42.00", Financial_Status="refunded"),
    line(5, 3, "4.00", "Pins"),
    one(6, "10.00 10.00 0.00 0.00 10.00 0.00", Cancelled_at="2024-05-02 09:00:00 +0000"),
    one(7, "25.00 0.00 0.00 0.00 0.00 25.00", "Gift"),
    one(8, "0.00 40.00 0.00 0.00 40.00 0.00", "Sample"),
    line(8, 2, "20.00", "Shirt"),
    one(9, "9.00 9.00 0.00 0.00 9.00 0.00", "Mug"),
]  # fmt: skip
UNEQUAL = [row for row in SHOP if row["Name"] != "#4"]


def heads(rows: list[Row]) -> dict[str, Row]:
    return {row["Name"]: row for row in rows if row.get("Subtotal")}


def filled_down(rows: list[Row]) -> list[Row]:
    """Every row carries its order's own columns."""
    return [heads(rows)[row["Name"]] | {name: row.get(name, "") for name in LINE_COLUMNS} for row in rows]


def status_filled_down(rows: list[Row]) -> list[Row]:
    """Only some of the order's columns are repeated."""
    names = ("Financial Status", "Currency", "Shipping", "Taxes", "Refunded Amount", "Id")
    return [row | {name: heads(rows)[row["Name"]].get(name, "") for name in names} for row in rows]


def shuffled(rows: list[Row]) -> list[Row]:
    return Random(3).sample(rows, len(rows))


def sorted_by_title(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["Lineitem name"])


def doubled(rows: list[Row]) -> list[Row]:
    return [*rows, *rows]


def with_blank_rows_and_a_total(rows: list[Row]) -> list[Row]:
    spaced = [part for row in rows for part in (row, {})]
    return [*spaced, {"Name": "Total", "Subtotal": "212.10", "Total": "234.35", "Lineitem quantity": "19"}]


def last_line_doubled(rows: list[Row]) -> list[Row]:
    """Each further line stands twice, each first row once."""
    return [part for row in rows for part in ((row,) if row.get("Subtotal") else (row, row))]


def written(folder: Path, rows: list[Row], columns: list[str] = ORDER_COLUMNS, **how: str) -> Path:
    return table(folder / f"orders-{len(list(folder.iterdir()))}.csv", columns, rows, **how)


def facts(path: Path) -> tuple[Converted, tuple[list[Any], ...]]:
    """A file's orders, and what it says of them, of their lines and reversals, whatever the order of its rows."""
    orders, items, back = conversions(path, "orders", "items", "reversals")
    return orders, (
        sorted(orders.column("order_name", "fingerprint", "shipping", "tax", "difference", "unreconciled")),
        sorted(items.column("order_key", "sku", "title", "kind", "units", "amount", "discount")),
        sorted(back.column("order_key", "kind", "line_kind", "title", "amount", "booked_at"), key=str),
    )


@pytest.fixture(scope="module")
def undamaged(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[list[Any], ...]]:
    """What the shop says as it was exported, by its number of rows: whole, and without its order of two equal lines."""
    folder = tmp_path_factory.mktemp("undamaged")
    return {len(rows): facts(written(folder, rows))[1] for rows in (SHOP, UNEQUAL)}


Damage = Callable[[list[Row]], list[Row]]


@pytest.mark.parametrize(
    ("damages", "rows", "duplicates"),
    [
        ([filled_down], SHOP, 0),
        ([status_filled_down], SHOP, 0),
        ([shuffled], SHOP, 0),
        ([sorted_by_title], SHOP, 0),
        ([filled_down, shuffled], SHOP, 0),
        ([filled_down, sorted_by_title], SHOP, 0),
        ([doubled], SHOP, len(SHOP)),
        ([doubled, sorted_by_title], UNEQUAL, len(UNEQUAL)),
        ([filled_down, doubled], UNEQUAL, len(UNEQUAL)),
        ([last_line_doubled], UNEQUAL, 5),
        ([with_blank_rows_and_a_total], SHOP, 0),
        ([filled_down, with_blank_rows_and_a_total], SHOP, 0),
    ],
    ids=lambda value: (
        "-".join(step.__name__ for step in value) if isinstance(value, list) and callable(value[0]) else ""
    ),
)
def test_a_damaged_file_says_the_same_to_the_cent(
    damages: list[Damage], rows: list[Row], duplicates: int, undamaged: dict[int, Any], tmp_path: Path
) -> None:
    damaged = rows
    for damage in damages:
        damaged = damage(damaged)
    found, said = facts(written(tmp_path, damaged))
    assert (found.states.get("duplicate", 0), found.rejects) == (duplicates, [])
    assert found.states["fact"] == len(rows)
    assert said == undamaged[len(rows)]


def test_the_undamaged_shop_adds_up(tmp_path: Path) -> None:
    found = converted(written(tmp_path, SHOP), "orders")
    assert not any(found.column("unreconciled")) and len(found.facts) == 9


def test_two_equal_lines_are_two_and_an_equal_order_again_is_one(tmp_path: Path) -> None:
    def units(rows: list[Row]) -> Decimal:
        return sum(converted(written(tmp_path, rows), "items").column("units"))

    two = [one(4, "7.50 15.00 0.00 0.00 15.00 0.00", "Mug"), line(4, 1, "7.50", "Mug")]
    again = [one(9, "9.00 9.00 0.00 0.00 9.00 0.00", "Mug")] * 2
    free = [one(7, "0.00 0.00 0.00 0.00 0.00 0.00", "Gift")] * 2
    assert [units(two), units(filled_down(two)), units(again), units(two * 2), units(free)] == [2, 2, 1, 2, 1]


def test_an_order_changed_between_two_exports_counts_as_it_stands_last(tmp_path: Path) -> None:
    before = [one(1, "20.00 35.00 0.00 0.00 35.00 0.00"), line(1, 1, "15.00", "Socks")]
    after = [one(1, "20.00 50.00 0.00 0.00 50.00 0.00"), line(1, 2, "15.00", "Socks")]
    for first, then in ((before, after), (filled_down(before), filled_down(after))):
        found = converted(written(tmp_path, first + then), "orders")
        assert (found.states, found.column("document_total")) == ({"fact": 2, "duplicate": 2}, [Decimal(50)])
        assert not any(found.column("unreconciled"))


def test_two_versions_of_an_order_mixed_up_are_set_aside_not_guessed(tmp_path: Path) -> None:
    before, after = one(1, "20.00 35.00 0.00 0.00 35.00 0.00"), one(1, "20.00 50.00 0.00 0.00 50.00 0.00")
    socks = line(1, 1, "15.00", "Socks"), line(1, 2, "15.00", "Socks")
    found = converted(written(tmp_path, [before, after, one(2, "9.00 9.00 0.00 0.00 9.00 0.00"), *socks]), "orders")
    assert found.states == {"fact": 1, "rejected": 4}
    reason = "this order stands in the file in two versions that are mixed up; export it again"
    assert found.rejects == [(number, "Name", "#1", reason) for number in (2, 3, 5, 6)]


def test_a_filled_down_order_that_lost_a_line_is_named_and_not_multiplied(tmp_path: Path) -> None:
    rows = filled_down(
        [one(1, "20.00 50.00 4.00 0.00 54.00 0.00"), line(1, 1, "15.00", "Socks"), line(1, 1, "15.00", "Cap")]
    )
    found = converted(written(tmp_path, rows[:2]), "orders")
    assert found.states == {"fact": 2}
    assert found.column("shipping", "unreconciled") == [(Decimal(4), "Subtotal is not the lines minus Discount Amount")]


def test_lines_above_their_order_do_not_take_the_place_of_its_shipping(tmp_path: Path) -> None:
    # 5.95 of shipping holds 0.95 of tax; the line right above the order's first row must not be taken for it
    head, cap = one(2, "23.80 35.70 5.95 6.65 41.65 0.00", Currency="EUR"), line(2, 1, "11.90", "Cap")
    found = converted(written(tmp_path, [cap, head]), "orders")
    assert found.column("shipping", "tax", "difference") == [(Decimal(5), Decimal("6.65"), Decimal(0))]


@pytest.mark.parametrize("missing", ["Refunded Amount", "Cancelled at", "Discount Amount", "Total"])
def test_a_deleted_column_without_which_an_amount_would_be_wrong_is_asked_for(missing: str, tmp_path: Path) -> None:
    columns = [name for name in ORDER_COLUMNS if name != missing]
    with pytest.raises(Refused, match=rf"looks like Shopify orders, but these columns are missing: {missing}\."):
        converted(written(tmp_path, SHOP, columns), "orders")


def test_deleted_columns_of_persons_and_places_change_no_amount(tmp_path: Path) -> None:
    kept = [
        name
        for name in ORDER_COLUMNS
        if not name.startswith(("Billing", "Shipping ", "Tax ", "Note", "Payment", "Phone"))
    ]
    assert len(kept) < 45
    whole, cut = (converted(written(tmp_path, SHOP, columns), "items") for columns in (ORDER_COLUMNS, kept))
    assert whole.facts == cut.facts


def brazilian(rows: list[Row]) -> list[Row]:
    """As a Brazilian spreadsheet saves it: decimal commas, thousands points, its own words, no zones, rounded ids."""
    changed = []
    for row in rows:
        amounts = {}
        for name, value in row.items():
            if value.count(".") == 1 and value.replace(".", "").isdigit():
                whole, cents = value.split(".")
                amounts[name] = f"{int(whole):,}".replace(",", ".") + "," + cents
        words = {
            name: {"true": "VERDADEIRO", "false": "FALSO"}[row[name]] for name in row if row[name] in ("true", "false")
        }
        day, clock = row["Created at"][:10].split("-"), row["Created at"][11:16]
        when = {"Created at": f"{int(day[2]) + 20}/{day[1]}/{day[0]} {clock}"}
        changed.append(row | amounts | words | when | ({"Id": "5,37518E+12"} if row.get("Id") else {}))
    return changed


@pytest.mark.parametrize(
    "damage", [brazilian, lambda rows: filled_down(brazilian(rows)), lambda rows: brazilian(shuffled(rows))]
)
def test_a_brazilian_resave_loads_to_the_cent(damage: Damage, tmp_path: Path) -> None:
    shop = [
        one(1, "1020.50 1048.90 4.00 5.30 1058.20 1.60", Currency="BRL", Lineitem_discount="0.60"),
        line(1, 2, "15.00", "Meias"),
        one(2, "20.00 20.00 4.00 2.00 29.00 0.00", Currency="BRL"),
        tip(2, "3.00"),
    ]
    path = written(tmp_path, damage(shop), delimiter=";", encoding="cp1252", lines="\r\n")
    found, items = conversions(path, "orders", "items")
    assert found.states == {"fact": 4} and not any(found.column("unreconciled"))
    assert sorted(found.column("order_key", "ordered_on", "shipping", "tax", "document_total")) == [
        ("#1", date(2024, 5, 21), Decimal(4), Decimal("5.3"), Decimal("1058.2")),
        ("#2", date(2024, 5, 21), Decimal(4), Decimal(2), Decimal(29)),
    ]
    assert sorted(items.column("title", "amount", "discount")) == sorted(
        converted(written(tmp_path, shop), "items").column("title", "amount", "discount")
    )


@pytest.mark.usefixtures("emptied")
def test_a_filled_down_file_after_the_export_itself_changes_nothing(tmp_path: Path) -> None:
    first = take(written(tmp_path, UNEQUAL))
    assert counts(first) == {"rows": len(UNEQUAL), "loaded": len(UNEQUAL)}
    figures = rows_of("select currency, sum(shipping), sum(tax) from orders group by 1 order by 1")
    for damage in (filled_down, shuffled, with_blank_rows_and_a_total):
        again = take(written(tmp_path, damage(UNEQUAL)))
        assert again["unchanged"] == len(UNEQUAL) and again["loaded"] == again["updated"] == 0
    assert figures == rows_of("select currency, sum(shipping), sum(tax) from orders group by 1 order by 1")
    assert unreconciled() == []
