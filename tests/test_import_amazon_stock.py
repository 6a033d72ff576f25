"""Amazon's stock: what lies in its warehouses today, what the merchant offers himself, and the history of a ledger."""

from datetime import date
from pathlib import Path

import pytest

from amazon_files import FBA_INVENTORY, LEDGER, LISTINGS, accounted, converted, facts, written
from analytics import db
from analytics.scope import Scope
from analytics.stock import history, inventory, snapshots
from analytics.undo import undo
from imported import counts, rows_of, take


def stocked(sku: str = "MUG", **cells: str) -> dict[str, str]:
    """A row of Manage FBA inventory: 35 in the warehouses (20 to sell, 5 unsellable, 10 reserved) and 20 on their way."""
    row = {
        "sku": sku,
        "asin": "B000000001",
        "product-name": 'Mug 4" high',
        "condition": "New",
        "your-price": "10.25",
        "mfn-listing-exists": "No",
        "afn-listing-exists": "Yes",
        "afn-warehouse-quantity": "35",
        "afn-fulfillable-quantity": "20",
        "afn-unsellable-quantity": "5",
        "afn-reserved-quantity": "10",
        "afn-total-quantity": "55",
        "afn-inbound-working-quantity": "10",
        "afn-inbound-shipped-quantity": "5",
        "afn-inbound-receiving-quantity": "5",
    }
    return row | {name.replace("_", "-"): value for name, value in cells.items()}


def day(on: str, balance: str, disposition: str = "SELLABLE", **cells: str) -> dict[str, str]:
    """A row of the ledger: what a warehouse held of a SKU at the end of a day."""
    row = {
        "Date": on,
        "FNSKU": "X000000001",
        "MSKU": "MUG",
        "Title": "Mug",
        "Disposition": disposition,
        "Ending Warehouse Balance": balance,
        "Location": "PHX7",
    }
    return row | cells


LEVELS = "select sku, on_hand, committed, unavailable, available, incoming from levels_new order by sku"


def test_on_hand_is_what_lies_in_the_warehouses_and_inbound_comes_on_top(tmp_path: Path) -> None:
    bare = {name: "" for name in stocked() if name.startswith("afn-")}
    rows = [stocked(), stocked("CUP", **bare), stocked("JUG", afn_warehouse_quantity="")]
    rows.append(stocked("NEW", afn_warehouse_quantity="36"))
    with converted(written(tmp_path / "stock.txt", FBA_INVENTORY, rows)) as stage:
        assert stage.recognised.format.name == "amazon_fba_inventory"
        # nothing is known of what Amazon does not stock; without the sum, the sum of its parts
        assert facts(stage, LEVELS) == [
            ("CUP", None, None, None, None, None),
            ("JUG", 35, 10, 5, 20, 20),
            ("MUG", 35, 10, 5, 20, 20),
            ("NEW", 36, 10, 5, 20, 20),
        ]
        assert facts(stage, "select distinct location, title, rows from levels_new") == [
            ("Amazon FBA", 'Mug 4" high', 1)
        ]


def test_the_last_row_of_a_sku_stands_and_bad_rows_are_named(tmp_path: Path) -> None:
    rows = [
        stocked(afn_fulfillable_quantity="1"),
        stocked(),
        {},
        stocked(""),
        stocked("CUP", afn_reserved_quantity="many"),
        stocked(""),
    ]
    with converted(written(tmp_path / "stock.txt", FBA_INVENTORY, rows)) as stage:
        assert accounted(stage) == {"duplicate": 1, "fact": 1, "ignored": 1, "rejected": 3}
        assert facts(stage, "select available from levels_new") == [(20,)]
        assert facts(stage, "select column_name, value, reason from rejects order by record") == [
            ("sku", None, "the SKU is missing"),
            ("afn-reserved-quantity", "many", "this is not a quantity"),
            ("sku", None, "the SKU is missing"),
        ]


def test_a_bad_row_of_a_sku_does_not_push_out_its_good_one(tmp_path: Path) -> None:
    rows = [stocked(), stocked(afn_fulfillable_quantity="?")]
    with converted(written(tmp_path / "stock.txt", FBA_INVENTORY, rows)) as stage:
        assert accounted(stage) == {"fact": 1, "rejected": 1}
    listed = [{"sku": "MUG", "asin": "B1", "price": "9.99", "quantity": quantity} for quantity in ("3", "?")]
    with converted(written(tmp_path / "listings.txt", LISTINGS, listed)) as stage:
        assert accounted(stage) == {"fact": 1, "rejected": 1}
    with converted(written(tmp_path / "ledger.txt", LEDGER, [day("2026-05-31", "3"), day("2026-05-31", "?")])) as stage:
        assert accounted(stage) == {"fact": 1, "rejected": 1}


def test_a_listing_brings_the_merchants_own_stock_and_a_blank_is_not_0(tmp_path: Path) -> None:
    rows = [
        {"sku": "CUP", "asin": "B2", "price": "5.00", "quantity": ""},
        {"sku": "MUG", "asin": "B1", "price": "9.99", "quantity": "12", "Business Price": "9.50"},
        {"sku": "NIL", "asin": "B3", "price": "1.00", "quantity": "0"},
        {"sku": "", "asin": "B4", "price": "1.00", "quantity": "1"},
        {"sku": "BAD", "asin": "B5", "price": "1.00", "quantity": "few"},
    ]
    with converted(written(tmp_path / "listings.txt", LISTINGS, rows)) as stage:
        assert stage.recognised.format.name == "amazon_listings"
        assert facts(stage, LEVELS) == [
            ("CUP", None, None, None, None, None),
            ("MUG", 12, None, None, 12, None),
            ("NIL", 0, None, None, 0, None),
        ]
        assert accounted(stage) == {"fact": 3, "rejected": 2}
        assert facts(stage, "select distinct location from levels_new") == [("Amazon merchant",)]


def test_a_ledger_gives_a_snapshot_a_day_and_only_sellable_stock_is_available(tmp_path: Path) -> None:
    rows = [
        day("05/30/2026", "7"),
        day("05/30/2026", "2", "CUSTOMER_DAMAGED"),
        day("05/31/2026", "4", **{"In Transit Between Warehouses": "3"}),
        day("05/31/2026", "1", "DEFECTIVE", MSKU="CUP", Title="Cup"),
    ]
    with converted(written(tmp_path / "ledger.txt", LEDGER, rows)) as stage:
        assert stage.recognised.format.name == "amazon_inventory_ledger"
        assert facts(
            stage, "select as_of, sku, on_hand, unavailable, available, incoming, rows from levels_new order by 1, 2"
        ) == [
            (date(2026, 5, 30), "MUG", 9, 2, 7, None, 2),
            (date(2026, 5, 31), "CUP", 1, 1, 0, None, 1),
            (date(2026, 5, 31), "MUG", 4, 0, 4, 3, 1),
        ]


def test_warehouses_of_a_day_are_added_up_and_every_row_is_accounted_for(tmp_path: Path) -> None:
    rows = [
        day("2026-05-31", "7"),
        day("2026-05-31", "5", Location="ONT8"),
        day("2026-05-31", "6", Location="ONT8"),  # the same row again: the last stands
        day("2026-05-31", "1", FNSKU="X000000002"),
        {},
    ]
    with converted(written(tmp_path / "ledger.txt", LEDGER, rows)) as stage:
        assert accounted(stage) == {"fact": 3, "duplicate": 1, "ignored": 1}
        assert facts(stage, "select location, on_hand, rows from levels_new") == [("Amazon FBA", 14, 3)]


def test_a_ledger_with_commas_or_quotes_or_without_a_place_is_the_same(tmp_path: Path) -> None:
    columns = [name for name in LEDGER if name not in ("Location", "In Transit Between Warehouses")]
    bare = {name: value for name, value in day("2026-05-31", "1,204").items() if name in columns}
    bare["Ending Warehouse Balance"] = '"1,204"'
    quoted = [f'"{name}"' for name in columns]
    for delimiter in (",", "\t"):
        path = written(tmp_path / "ledger.csv", columns, [bare], delimiter)
        path.write_text(path.read_text().replace(delimiter.join(columns), delimiter.join(quoted)))
        with converted(path) as stage:
            assert facts(stage, "select on_hand, incoming from levels_new") == [(1204, None)]


def test_a_bad_row_of_a_ledger_is_named(tmp_path: Path) -> None:
    rows = [
        day("2026-05-32", "1"),
        day("2026-05-31", "1", MSKU=""),
        day("2026-05-31", "1", ""),
        day("2026-05-31", ""),
        day("2026-05-31", "1", **{"In Transit Between Warehouses": "x"}),
    ]
    with converted(written(tmp_path / "ledger.txt", LEDGER, rows)) as stage:
        assert accounted(stage) == {"rejected": 5}
        assert facts(stage, "select column_name, value, reason from rejects order by record") == [
            ("Date", "2026-05-32", "this is not a date"),
            ("MSKU", None, "the SKU is missing"),
            ("Disposition", None, "the disposition is missing, so it is not known whether this stock can be sold"),
            ("Ending Warehouse Balance", None, "the quantity is missing"),
            ("In Transit Between Warehouses", "x", "this is not a quantity"),
        ]


@pytest.mark.usefixtures("emptied")
def test_the_newest_count_of_amazons_warehouses_stands_whichever_report_tells_it(tmp_path: Path) -> None:
    history = written(
        tmp_path / "ledger.txt",
        LEDGER,
        [
            day("2026-05-30", "7"),
            day("2026-05-31", "4"),
            day("2026-05-31", "3", Location="ONT8"),
            day("2026-05-31", "2", "DEFECTIVE"),
        ],
    )
    account = take(history)
    assert counts(account) == {"rows": 4, "loaded": 4}
    assert (account["start"], account["stop"]) == (date(2026, 5, 30), date(2026, 6, 1))
    assert rows_of("select as_of, on_hand, available from inventory_levels order by 1") == [
        (date(2026, 5, 30), 7, 7),
        (date(2026, 5, 31), 9, 7),
    ]
    # the days of one report are days of the history of stock
    days = snapshots.history(Scope())[["day", "on_hand", "products", "is_partial"]]
    assert days.to_numpy().tolist() == [[date(2026, 5, 30), 7, 1, False], [date(2026, 5, 31), 9, 1, False]]
    # the same stock, counted again four days later without a warehouse, and the merchant's own beside it
    take(written(tmp_path / "stock.txt", FBA_INVENTORY, [stocked()]), as_of=date(2026, 6, 4))
    listed = [{"sku": "MUG", "asin": "B1", "price": "9.99", "quantity": "12"}]
    take(written(tmp_path / "listings.txt", LISTINGS, listed), as_of=date(2026, 6, 4))
    levels = inventory.levels(Scope())
    assert levels[["sku", "location", "on_hand", "available", "incoming"]].to_numpy().tolist() == [
        ["MUG", "Amazon FBA, Amazon merchant", 47, 32, 20]
    ]
    assert counts(take(history)) == {"rows": 4, "unchanged": 4}


@pytest.mark.usefixtures("emptied")
def test_a_ledger_tells_the_stock_of_any_past_day_beside_what_was_sold_and_came_back(tmp_path: Path) -> None:
    """7 on the 27th, two sold on the 28th, 20 received on the 29th, one of them sold and one back on the 30th."""
    names = ("Starting Warehouse Balance", "Receipts", "Customer Shipments", "Customer Returns")
    moves = {27: ("7", "0", "0", "0"), 28: ("7", "0", "-2", "0"), 29: ("5", "20", "0", "0"), 30: ("25", "0", "-1", "1")}
    rows = [
        day(f"2026-05-{on}", balance, **dict(zip(names, moves[on], strict=True)))
        for on, balance in {27: "7", 28: "5", 29: "25", 30: "25"}.items()
    ]
    account = take(written(tmp_path / "ledger.txt", LEDGER, rows), currency="USD")
    assert account["format"] == "amazon_inventory_ledger" and counts(account) == {"rows": 4, "loaded": 4}
    (tmp_path / "lines.csv").write_text(
        "Order,Date,SKU,Title,Quantity,Price,Discount,Currency\n"
        "A1,2026-05-28 10:00,MUG,Mug,2,10.00,0,USD\nA2,2026-05-30 10:00,MUG,Mug,1,10.00,0,USD\n",
        encoding="utf-8",
    )
    take(tmp_path / "lines.csv", currency="USD", as_of=date(2026, 5, 31))
    (tmp_path / "returns.csv").write_text(
        "Order,Date,SKU,Quantity,Refunded amount,Restocked\nA1,2026-05-30,MUG,1,10.00,yes\n", encoding="utf-8"
    )
    take(tmp_path / "returns.csv", currency="USD", as_of=date(2026, 5, 31))
    days = history.daily(Scope(1), "MUG").set_index("day")
    told = days[["available", "basis", "sold", "restocked", "received", "adjusted", "unexplained", "state"]]
    assert told.loc[date(2026, 5, 28)].tolist() == [5, history.COUNTED, 2, 0, 0, 0, 0, "in stock"]
    assert told.loc[date(2026, 5, 29)].tolist() == [25, history.COUNTED, 0, 0, 20, 0, 0, "in stock"]
    # what came back is told by both files and counts once
    assert told.loc[date(2026, 5, 30)].tolist() == [25, history.COUNTED, 1, 1, 0, 0, 0, "in stock"]
    # on the page: the 29th alone
    (row,) = history.daily(Scope(1, date(2026, 5, 29), date(2026, 5, 30)), "MUG").to_dict("records")
    assert (row["available"], row["on_hand"], row["lowest"], row["is_counted"]) == (25, 25, 25, True)


@pytest.mark.usefixtures("emptied")
def test_what_a_ledger_says_was_received_lost_or_found_explains_the_count(tmp_path: Path) -> None:
    """10 on the 1st; on the 2nd 6 come, one goes to another warehouse, two are lost, one is found; on the 3rd a broken one comes back."""
    told = {"Receipts": "6", "Warehouse Transfer In/Out": "-1", "Lost": "-2", "Found": "1"}
    rows = [
        day("2026-05-01", "10"),
        day("2026-05-02", "14", **told),
        day("2026-05-03", "15", **{"Other Events": "0"}),
        day("2026-05-03", "1", "CUSTOMER_DAMAGED", **{"Customer Returns": "1", "Receipts": "3"}),
    ]
    ledger = written(tmp_path / "ledger.txt", LEDGER, rows)
    take(ledger, currency="USD")
    for statement in (
        "insert into purchase_orders (store_id, order_no, supplier, status, ordered_on, currency, location) values "
        "(1, 'P1', 'Clay', 'sent', '2026-04-01', 'USD', 'Amazon FBA')",
        "insert into purchase_order_items (store_id, order_no, line_no, sku, units) values (1, 'P1', 1, 'MUG', 6)",
        "insert into purchase_receipts values (1, 'P1', 1, '2026-05-02', 6)",
    ):
        with db.transaction(1) as cursor:
            cursor.execute(statement)
    days = history.daily(Scope(1), "MUG").set_index("day")
    moves = days[["available", "restocked", "received", "adjusted", "unexplained"]]
    # the purchase order's receipt is what the ledger received; of the last piece nothing tells
    assert moves.loc[date(2026, 5, 2)].tolist() == [14, 0, 6, -2, 0]
    assert moves.loc[date(2026, 5, 3)].tolist() == [15, 0, 0, 0, 1]
    assert days["unexplained"].sum() == 1
    assert undo(1)["removed"] == 3 and rows_of("select count(*) from inventory_levels") == [(0,)]
