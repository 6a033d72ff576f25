"""Age, dead stock, overstock, turnover, size runs and the history of counts, on a shop worked out by hand (stock_shop)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

import stock_shop
from analytics import db
from analytics.stock import ageing, excess, inventory, settings, size_runs, snapshots, turnover
from analytics.stock.inventory import StockLook
from analytics.stock.settings import StockSettings
from stock_shop import NOW

# from the first of the ten weeks to the last day: units ÷ 70
TEN_WEEKS = StockLook("2026-03-23..2026-05-31")
RECEIPTS = """
insert into purchase_orders (store_id, order_no, supplier, status, ordered_on, currency)
values (1, 'PO1', 'Potters', 'closed', '2025-12-01', 'EUR');
insert into purchase_order_items (store_id, order_no, line_no, sku, units) values (1, 'PO1', 1, 'VASE', 12);
insert into purchase_receipts (store_id, order_no, line_no, received_on, units)
values (1, 'PO1', 1, '2025-12-20', 5), (1, 'PO1', 1, '2026-01-05', 7), (1, 'PO1', 1, '2026-06-03', 1)
"""


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        stock_shop.bring(tmp_path_factory.mktemp("shop"))
        yield


@pytest.fixture
def receipts() -> Iterator[None]:
    with db.transaction() as cursor:
        cursor.execute(RECEIPTS)
    yield
    with db.transaction() as cursor:
        cursor.execute("delete from purchase_orders")


def by_sku(frame: pd.DataFrame, *names: str) -> dict[Any, tuple[Any, ...]]:
    return {row["sku"]: tuple(row[name] for name in names) for row in frame.to_dict("records")}


# --- age


def test_stock_is_as_old_as_the_last_count_that_showed_more_of_it() -> None:
    found = by_sku(ageing.of(NOW), "age_days", "at_least_days")
    assert found == {
        "MUG": (31, None), "CARD": (31, None), "BOWL": (0, None),
        # never more than at the first count 61 days ago; the vase of April came back from its buyer
        "LAMP": (None, 61), "SOAP": (None, 61), "SHIRT-S": (None, 61), "SHIRT-L": (None, 61), "VASE": (None, 61),
    }  # fmt: skip
    assert ageing.of(NOW).iloc[-1]["age_basis"] == "unknown: at least 61 days, no more of it since the first count"


@pytest.mark.usefixtures("receipts")
def test_what_was_received_is_as_old_as_its_last_receipt_that_was_not_later() -> None:
    assert by_sku(ageing.of(NOW), "age_days", "age_basis")["VASE"] == (146, "received")


@pytest.mark.usefixtures("receipts")
def test_the_brackets_of_age_add_up_to_what_is_on_hand() -> None:
    rows = ageing.by_age(NOW)
    told = {name: (products, value) for name, _, products, _, value, _ in rows.itertuples(index=False) if products}
    assert told == {
        "up to 30 days": (1, 48), "31 – 60 days": (2, 300), "91 – 180 days": (1, 150), "unknown": (4, 768),
    }  # fmt: skip
    assert inventory.total(rows["share_of_stock"]) == 1 and inventory.total(rows["on_hand"]) == 1111


# --- dead stock and overstock


def test_dead_stock_did_not_sell_in_90_days_and_overstock_lasts_beyond_180() -> None:
    rows = excess.of(NOW, TEN_WEEKS)
    names = ("state", "excess_units", "tied_up", "days_since_sale", "is_young")
    assert by_sku(rows, *names) == {
        # 600 − 180 × 60 ÷ 70 = 445.7, 400 − 180 × 20 ÷ 70 = 348.6
        "SOAP": ("overstock", 445, 445, 6, False),
        "LAMP": ("overstock", 348, None, 13, False),
        "VASE": ("dead", 10, 150, 141, False),
        "BOWL": ("dead", 12, 48, None, True),
    }
    assert list(excess.dead_stock(NOW, TEN_WEEKS)["sku"]) == ["VASE"]
    assert list(excess.overstock(NOW, TEN_WEEKS)["sku"]) == ["SOAP", "LAMP"]


def test_the_lists_add_up_to_the_headline() -> None:
    found = excess.summary(NOW, TEN_WEEKS).iloc[0].to_dict()
    for name, rows in (("dead", excess.dead_stock(NOW, TEN_WEEKS)), ("overstock", excess.overstock(NOW, TEN_WEEKS))):
        assert found[f"{name}_value"] == inventory.total(rows["tied_up"])
        assert found[f"{name}_units"] == inventory.total(rows["excess_units"])
        assert found[f"{name}_products"] == len(rows)
    assert (found["dead_value"], found["overstock_value"], found["uncosted_products"]) == (150, 445, 1)
    assert (found["young_products"], found["young_value"]) == (1, 48)
    assert found["tied_up_share"] == Decimal(595) / 1264


def test_the_limits_are_the_stores_own() -> None:
    settings.save(
        1, replace(StockSettings(), dead_days=Decimal(142), young_days=Decimal(0), overstock_days=Decimal(25))
    )
    try:
        rows = by_sku(excess.of(NOW, TEN_WEEKS), "state", "excess_units")
    finally:
        settings.save(1, StockSettings())
    # the vase sold 141 days ago; 40 cards − 25 × 20 ÷ 70 = 32.9, 8 shirts − 25 × 10 ÷ 70 = 4.4
    assert rows == {
        "SOAP": ("overstock", 578), "LAMP": ("overstock", 392), "CARD": ("overstock", 32), "SHIRT-S": ("overstock", 4),
        "BOWL": ("dead", 12),
    }  # fmt: skip


def test_nothing_is_called_dead_before_the_orders_known_reach_back_far_enough() -> None:
    # 63 days of orders are known then; the vases were not sold yet, and nothing was counted before April
    early = NOW.over(None, date(2025, 7, 22))
    assert excess.order_days(early) == 63 and excess.of(early).empty
    settings.save(1, replace(StockSettings(), dead_days=Decimal(400)))
    try:
        assert "dead" not in set(excess.of(NOW, TEN_WEEKS)["state"])
    finally:
        settings.save(1, StockSettings())


# --- turnover


def test_sell_through_is_told_of_the_period_and_of_its_starting_stock() -> None:
    since_april = StockLook("2026-04-01..2026-05-31")
    found = by_sku(turnover.of(NOW, since_april), "period_units", "sell_through", "sell_through_of_start")
    assert found["MUG"] == (80, Decimal(80) / 115, Decimal(80) / 65)
    assert found["SHIRT-M"] == (80, 1, Decimal(80) / 90)
    assert found["SOAP"] == (48, Decimal(48) / 648, Decimal(48) / 700)
    assert found["BOWL"] == (0, 0, None) and found["TEA"] == (0, None, 0)
    whole = turnover.summary(NOW, since_april).iloc[0]
    assert (whole["period_units"], whole["on_hand_at_start"]) == (268, 1314)
    assert whole["sell_through"] == Decimal(268) / (268 + 1111)
    # cards were not counted before April
    assert whole["sell_through_of_start"] == Decimal(248) / 1314


def test_without_a_count_near_the_start_its_stock_is_not_known() -> None:
    found = turnover.summary(NOW, TEN_WEEKS).iloc[0]
    assert found["sell_through"] == Decimal(339) / (339 + 1111) and found["sell_through_of_start"] is None


def test_stock_turn_and_gmroi_are_of_12_months_over_the_month_ends_that_were_counted() -> None:
    found = turnover.summary(NOW, TEN_WEEKS).iloc[0]
    average = Decimal(2860 + 2310 + 1264) / 3
    assert (found["year_start"], found["year_stop"], found["month_ends"]) == (date(2025, 6, 1), date(2026, 6, 1), 3)
    assert round(found["average_stock"], 10) == round(average, 10)
    # 1,200 + 800 + 240 + 120 + 60 (soaps, of boxes) + 9 + 10 + 15 (the vase that came back was not restocked)
    assert (found["cost_of_goods_sold"], found["gross_profit"]) == (2454, 6276 - 2454)
    assert round(found["stock_turn"], 6) == round(2454 / average, 6)
    assert round(found["gmroi"], 6) == round(3822 / average, 6)
    mug = turnover.of(NOW, TEN_WEEKS).set_index("sku").loc["MUG"]
    assert round(mug["stock_turn"], 6) == round(Decimal(800) * 3 / (520 + 680 + 280), 6)


def test_a_month_without_a_count_is_no_month_end() -> None:
    with db.transaction() as cursor:
        cursor.execute(
            "insert into inventory_levels (store_id, as_of, location, level_key, product_key, title, on_hand) "
            "values (1, '2026-07-31', 'Hamburg', 'MUG', 'MUG', 'Mug', 5)"
        )
    try:
        found = turnover.summary(NOW).iloc[0]
    finally:
        with db.transaction() as cursor:
            cursor.execute("delete from inventory_levels where as_of = '2026-07-31'")
    # March, April, May and July; Berlin as it was counted in May, Hamburg with its five mugs
    assert (found["year_start"], found["month_ends"]) == (date(2025, 8, 1), 4)
    assert round(found["average_stock"], 10) == round(Decimal(2860 + 2310 + 1264 + 576 + 40) / 4, 10)


def test_turn_is_not_told_of_less_than_12_months_of_orders() -> None:
    found = turnover.summary(NOW.over(None, date(2026, 5, 1)), TEN_WEEKS).iloc[0]
    assert found["stock_turn"] is None and found["gmroi"] is None and not found["is_whole_year"]


# --- size runs


def test_a_style_that_misses_a_size_that_sells_is_a_broken_run() -> None:
    # XL is out, too, and nobody asks for it
    (run,) = size_runs.broken(NOW, TEN_WEEKS).to_dict("records")
    told = {
        name: run[name]
        for name in ("product", "sizes", "in_stock", "missing", "sizes_left", "units_left", "value_left")
    }
    assert told == {
        "product": "shirt", "sizes": 4, "in_stock": 2, "missing": "M", "sizes_left": "S, L", "units_left": 14, "value_left": 168,
    }  # fmt: skip
    assert round(run["missing_share"], 4) == round(Decimal(100) / 130, 4)
    # at the end of April every size was there
    assert size_runs.broken(NOW.over(None, date(2026, 5, 1)), TEN_WEEKS).empty


# --- history


def test_every_day_of_counts_is_told_with_each_location_as_it_was_last_counted() -> None:
    rows = snapshots.history(NOW)
    assert rows[["day", "on_hand", "value_at_cost", "is_partial"]].to_numpy().tolist() == [
        [date(2026, 3, 31), 1314, 2860, False],
        [date(2026, 4, 30), 1306, 2310, False],
        [date(2026, 5, 15), 1266, 2270, True],
        [date(2026, 5, 31), 1109, 1264, False],
    ]
    assert rows["covered_share"].iloc[0] == Decimal(904) / 1314
    assert rows["products"].tolist() == [8, 9, 9, 8]


def test_the_history_ends_with_the_headline() -> None:
    last, now = snapshots.history(NOW).iloc[-1], inventory.summary(NOW).iloc[0]
    for name in ("on_hand", "value_at_cost", "value_at_retail", "covered_share"):
        assert last[name] == now[name]
