"""What came in: which days are held, how fresh each kind of data is, and taking an import back on the page."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import shop_files
from analytics import imports, sales, undo, wording
from analytics.scope import Scope
from imported import take
from screens import HISTORY, come_in, open_page, words

LAST_DAY = date(2026, 3, 20)
LINES = "order,date,sku,title,quantity,unit price,currency\n"


@pytest.fixture
def shop(emptied: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    come_in(monkeypatch)
    take(shop_files.orders(tmp_path / "orders.csv", LAST_DAY), store="Pottery", as_of=LAST_DAY)
    return tmp_path


def lines(folder: Path, name: str, rows: str, **said: Any) -> dict[str, Any]:
    (folder / name).write_text(LINES + rows)
    return take(folder / name, store="Pottery", **said)


def listed(screen: AppTest) -> pd.DataFrame:
    return next(table.value for table in screen.dataframe if "file" in table.value)


def press(screen: AppTest, key: str) -> AppTest:
    screen.button(key=key).click()
    screen.run()
    assert not screen.exception
    return screen


def test_an_import_knows_its_kind_and_how_long_it_took(shop: Path) -> None:
    row = imports.history().iloc[0]
    assert (row["kind"], row["status"], row["start"], row["stop"]) == (
        "orders",
        "loaded",
        date(2026, 3, 1),
        date(2026, 3, 21),
    )
    assert row["seconds"] > 0 and "imported_by" in row.index


def test_a_gap_between_files_is_found_and_an_undone_file_fills_none(shop: Path) -> None:
    later = lines(shop, "later.csv", "A1,2026-03-25,S,Pot,1,20.00,USD\n")
    covered = imports.coverage(imports.history())
    assert imports.gaps(covered) == [(date(2026, 3, 21), date(2026, 3, 25))]
    between = lines(shop, "between.csv", "A2,2026-03-21,S,Pot,1,2.00,USD\nA3,2026-03-24,S,Pot,1,2.00,USD\n")
    assert imports.gaps(imports.coverage(imports.history())) == []
    undo.undo(between["import_id"])
    assert imports.gaps(imports.coverage(imports.history())) == [(date(2026, 3, 21), date(2026, 3, 25))]
    undo.undo(later["import_id"])
    covered = imports.coverage(imports.history())
    assert list(covered["is_valid"]) == [True, False, False] and imports.gaps(covered) == []


def test_data_are_as_fresh_as_the_newest_file_that_is_not_undone(shop: Path) -> None:
    through = dict(zip(*(imports.freshness()[name] for name in ("kind", "through")), strict=True))
    assert through["orders"] == LAST_DAY and through["inventory"] is None and len(through) == len(imports.KINDS)
    newer = lines(shop, "later.csv", "A1,2026-03-25,S,Pot,1,20.00,USD\n")
    orders = imports.freshness().set_index("kind").loc["orders"]
    assert orders["through"] == date(2026, 3, 25)
    today = datetime.now().astimezone().date()
    assert abs((today - date(2026, 3, 25)).days - orders["days_old"]) <= 1
    undo.undo(newer["import_id"])
    assert imports.freshness().set_index("kind").loc["orders", "through"] == LAST_DAY


def fresh(*rows: tuple[str, str, int]) -> pd.DataFrame:
    """Freshness of that many days before 22 Nov 2026."""
    days = [date(2026, 11, 22) - timedelta(days=old) for _, _, old in rows]
    return pd.DataFrame(
        [
            {"store": store, "kind": kind, "through": day, "days_old": old}
            for (store, kind, old), day in zip(rows, days, strict=True)
        ]
    )


def test_freshness_is_one_line_and_what_is_old_says_how_old() -> None:
    kinds = (("A", "inventory", 12), ("A", "orders", 2), ("A", "products", 20), ("A", "transactions", 2))
    assert imports.in_words(fresh(*kinds)) == (
        "orders and transactions through 20 Nov; inventory 12 days old; products of 2 Nov"
    )


def test_of_several_stores_those_behind_are_named() -> None:
    said = imports.in_words(fresh(("A", "orders", 1), ("B", "orders", 30), ("C", "orders", 1)))
    assert said == "orders through 21 Nov (B 30 days old)"
    assert imports.in_words(fresh(("A", "orders", 1)).iloc[:0]) == ""


def test_the_page_says_where_orders_are_missing(shop: Path) -> None:
    assert "**Orders cover 1 – 20 Mar 2026 without a gap**" in words(open_page(HISTORY))
    lines(shop, "later.csv", "A1,2026-03-25,S,Pot,1,20.00,USD\n")
    missing = wording.days(date(2026, 3, 21), date(2026, 3, 25))
    assert f"**No orders file holds {missing}**" in words(open_page(HISTORY))


def test_undo_says_what_will_happen_and_does_it_only_when_told(shop: Path) -> None:
    screen = press(open_page(HISTORY), "undo")
    assert "4 rows that only this import brought go." in words(screen)
    assert len(sales.summary(Scope())) == 1, "asked, not done"
    screen = press(screen, "undo_now")
    assert sales.summary(Scope()).empty
    assert "4 rows went, 0 returned" in words(screen)
    assert list(listed(screen)["status"]) == ["undone"]
    assert "undo" not in [button.key for button in screen.button], "what is undone cannot be undone again"


def test_what_an_import_changed_returns(shop: Path) -> None:
    changed = [shop_files.order(1001, LAST_DAY, 2, "30.00", "Mug", {"Subtotal": "60.00", "Total": "60.00"})]
    newer = shop_files.write(shop / "newer.csv", shop_files.ORDER_COLUMNS, changed)
    take(newer, store="Pottery", as_of=LAST_DAY + timedelta(days=1))
    before = sales.summary(Scope())["total_sales"].iloc[0]
    screen = press(open_page(HISTORY), "undo")
    assert "1 row that it changed returns to what stood before." in words(screen)
    assert "0 rows went, 1 returned" in words(press(screen, "undo_now"))
    assert sales.summary(Scope())["total_sales"].iloc[0] == before + 8


def test_an_undo_that_came_too_late_is_told(shop: Path) -> None:
    screen = press(open_page(HISTORY), "undo")
    undo.undo(1)
    assert "was undone already" in words(press(screen, "undo_now"))


def test_the_filters_in_the_address_narrow_the_imports(shop: Path) -> None:
    take(shop_files.inventory(shop / "stock.csv"), store="Pottery", as_of=LAST_DAY)
    undo.undo(1)
    assert set(listed(open_page(HISTORY))["file"]) == {"orders.csv", "stock.csv"}
    assert list(listed(open_page(HISTORY, {"kind": "inventory"}))["file"]) == ["stock.csv"]
    assert list(listed(open_page(HISTORY, {"status": ["undone"]}))["file"]) == ["orders.csv"]
    assert "Nothing happened in these days" in words(open_page(HISTORY, {"kind": "returns"}))


@pytest.mark.parametrize("asked", [{"kind": "gossip"}, {"status": "lost"}, {"import": "77"}])
def test_a_wrong_value_in_the_address_shows_nothing_wider(shop: Path, asked: dict[str, str]) -> None:
    screen = open_page(HISTORY, asked)
    assert screen.warning and "undo" not in [button.key for button in screen.button]


def test_the_address_names_one_import_and_its_rows_set_aside(shop: Path) -> None:
    lines(shop, "bad.csv", "A1,2026-03-25,S,Pot,1,20.00,USD\nA2,2026-03-25,S,Pot,many,20.00,USD\n")
    assert "1 new, 1 set aside." in words(open_page(HISTORY, {"import": "2"}))
    assert "No row of it was set aside" in words(open_page(HISTORY, {"import": "1"}))
    aside = next(table.value for table in open_page(HISTORY).dataframe if "reason" in table.value)
    assert list(aside["value"]) == ["many"]
