"""Expected returns: what is still to come of orders placed, its parts that add up, and that old orders have nothing to come."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

import steady_shop
from analytics import db, sales, trend
from analytics.errors import Refused
from analytics.returns import after, back_in_stock, expected, outstanding, resellable
from analytics.returns.shrinkage import drawn
from analytics.trend import Drawn
from steady_shop import LAST, YOUNG, scope


@pytest.fixture(scope="module", autouse=True)
def shops(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The steady shop, and one that is too young, only read by the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        steady_shop.bring(tmp_path_factory.mktemp("expected"))
        yield
        db.forget()


def one(**days: date) -> dict[str, Any]:
    frame = expected.summary(scope(**days))
    assert len(frame) == 1
    return frame.iloc[0].to_dict()


def test_what_is_to_come_of_a_steady_shop_is_known_exactly() -> None:
    row = one()
    # shoes of five days, 150, and shirts of twenty, 200, in 25 orders
    assert (row["value_to_come"], row["orders_to_come"]) == (350, 25)
    assert (row["to_come_at_least"], row["to_come_at_most"]) == (350, 350)
    # 252 days of 100, less 247 shoes and 232 shirts
    assert row["net_sales"] == 25200 - 7410 - 2320 and row["net_sales_after"] == 15470 - 350
    assert row["as_of"] == LAST


def test_by_day_each_day_has_its_own_returns_to_come() -> None:
    rows = expected.of(scope(), "day").set_index("name")
    assert list(rows.index) == [date(2026, 8, 25 + each) if each < 7 else date(2026, 9, each - 6) for each in range(20)]
    # of the last five days shoe and shirt, of those before the shirt
    assert list(rows["value_to_come"]) == [10] * 15 + [40] * 5
    assert list(rows["orders_to_come"]) == [1] * 15 + [2] * 5


def test_what_is_due_back_comes_in_its_week() -> None:
    rows = expected.of(scope(), "due").set_index("name")["value_to_come"]
    # shoes of the five days come within five, shirts one a day until 3 October: 150 + 70, 70 and 60
    assert {day: round(value) for day, value in rows.items()} == {
        date(2026, 9, 14): 220, date(2026, 9, 21): 70, date(2026, 9, 28): 60,
    }  # fmt: skip
    assert sum(rows) == 350


def test_the_parts_add_up_to_the_store_whatever_they_are_and_whichever_days() -> None:
    for days in ({}, {"first": date(2026, 8, 27), "last": date(2026, 9, 10)}):
        whole = expected.of(scope(**days), "store").iloc[0]
        assert whole["value_to_come"] > 100
        for by in ("product", "category", "day", "due"):
            rows = expected.of(scope(**days), by)
            for name in ("value_to_come", "units_to_come"):
                assert sum(rows[name]) == whole[name]
        assert sum(expected.of(scope(**days), "day")["orders_to_come"]) == whole["orders_to_come"]
        assert one(**days)["value_to_come"] == whole["value_to_come"]


def test_mature_orders_have_nothing_to_come() -> None:
    old = {"last": date(2026, 6, 15)}  # 90 days before the last day
    assert expected.of(scope(**old), "product").empty and expected.of(scope(**old), "day").empty
    row = one(**old)
    assert (row["value_to_come"], row["to_come_at_most"], row["orders_to_come"]) == (0, 0, 0)
    assert row["net_sales_after"] == row["net_sales"] > 0 and row["gross_profit_after"] == row["gross_profit"]


def test_nothing_of_it_is_in_net_sales() -> None:
    assert one()["net_sales"] == sales.summary(scope()).iloc[0]["net_sales"]


def test_net_sales_over_time_stand_beside_what_is_left_after_expected_returns() -> None:
    weeks, told = scope(date(2026, 8, 17)), outstanding.of(scope())
    found = after.beside(trend.of(weeks, None, Drawn("net_sales", "week")), after.by_period(weeks, told, "week"))
    # all of the week of 17 August is back; of that of 24 August the shirts of 25 – 30 are not; then 7 shirts; then 7 and 5 shoes
    left = [row["amount"] - (row["after"] or row["amount"]) for row in found.to_dict("records")]
    assert left == [0, 60, 70, 70 + 150] and found["after"].iloc[0] is None
    # where refunds count on their own day, these days will not change any more
    assert after.by_period(replace(weeks, basis="refund_date"), told) == {}
    assert after.by_period(weeks, outstanding.of(scope(store=YOUNG))) == {}
    # until a day that is over: the last one is left out
    assert after.by_period(weeks, told, "week", date(2026, 9, 12))[date(2026, 9, 7)] == 60 + 120
    fact = sales.summary(weeks).iloc[0].to_dict()
    row = expected.of_sales(weeks, told, fact)
    assert row is not None and all(row[name] == expected.summary(weeks).iloc[0][name] for name in row)
    assert expected.of_sales(weeks, told, fact | {"currency": "USD"}) is None


def test_what_is_expected_back_stands_beside_stock_and_changes_nothing_of_it() -> None:
    plan = pd.DataFrame(
        {"store_id": [scope().stores[0]] * 2, "product_key": ["SHOE", "SOCK"], "available": [3, 4], "incoming": [1, 2]}
    )
    found = back_in_stock.beside(plan, back_in_stock.by_product(scope()))
    shoe = {row["sku"]: row for row in expected.of(scope()).to_dict("records")}["SHOE"]
    assert found["units_to_come"].iloc[0] == shoe["units_to_come"] > 7
    assert found["resellable_units"].iloc[0] == shoe["resellable_units"] < shoe["units_to_come"]
    assert list(found.iloc[1][["units_to_come", "resellable_units"]]) == [None, None]
    pd.testing.assert_frame_equal(found[list(plan.columns)], plan)
    assert back_in_stock.by_product(scope(store=YOUNG)).empty


def test_a_product_has_its_part_by_its_own_rate() -> None:
    rows = {row["sku"]: row for row in expected.of(scope()).to_dict("records")}
    # 247 of 486 shoes and 232 of 486 shirts are back, of what by its age should be: 50.8 and 47.7 %. Of the last five days all of
    # it is to come: 5 · 60 · 0.508 and 5 · 20 · 0.477. Of the fifteen before, a quarter, if not back yet: of shoes 0.127 ÷ (0.127 +
    # 0.492) of 450, of shirts 0.119 ÷ (0.119 + 0.523) of 300. That is 244.7 and 103.4 of 348.1, of which 350 are expected
    assert float(rows["SHOE"]["value_to_come"]) == pytest.approx(246, abs=1.5)
    assert float(rows["SHIRT"]["value_to_come"]) == pytest.approx(104, abs=1.5)
    assert rows["HAT"]["value_to_come"] < 2 if "HAT" in rows else True
    shoe = rows["SHOE"]
    assert float(shoe["units_to_come"]) == pytest.approx(float(shoe["value_to_come"]) / 30, abs=0.001)
    assert shoe["to_come_at_least"] < shoe["value_to_come"] < shoe["to_come_at_most"]
    # pieces come whole
    assert shoe["to_come_at_least"] % 30 == 0 and shoe["to_come_at_most"] % 30 == 0


def test_what_goes_back_on_the_shelf_is_a_share_of_what_files_tell() -> None:
    told = resellable.shares(scope())
    # 247 shoes, of every fourth of which the file says no
    store = scope().stores[0]
    assert told[None] == told[store, "SHOE"] == 185 / 247 and len(told) == 2
    rows = {row["sku"]: row for row in expected.of(scope()).to_dict("records")}
    for sku in ("SHOE", "SHIRT"):
        share = float(rows[sku]["resellable_units"] / rows[sku]["units_to_come"])
        assert share == pytest.approx(185 / 247, abs=0.001)


def test_gross_profit_after_returns_keeps_the_cost_of_what_can_be_sold_again() -> None:
    row, products = one(), {each["sku"]: each for each in expected.of(scope()).to_dict("records")}
    # 12 of each shoe and 4 of each shirt that goes back on the shelf; hats have no known cost
    kept = 12 * products["SHOE"]["resellable_units"] + 4 * products["SHIRT"]["resellable_units"]
    lost = products["SHOE"]["value_to_come"] + products["SHIRT"]["value_to_come"] - kept
    assert float(row["profit_to_come"]) == pytest.approx(float(lost), abs=0.02)
    assert row["gross_profit_after"] == row["gross_profit"] - row["profit_to_come"]
    assert row["covered_share"] == sales.summary(scope()).iloc[0]["covered_share"] < 1


def test_too_young_a_shop_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="those of 60 are there"):
        expected.of(scope(store=YOUNG))
    assert "90 days old" in expected.refusal(scope(store=YOUNG)) and expected.refusal(scope()) == ""
    with pytest.raises(ValueError, match="colour"):
        expected.of(scope(), "colour")


def test_a_share_of_few_is_drawn_to_its_group() -> None:
    # two groups of five with shares about 0.1 and 0.5, in which rows differ by chance alone, and a row of one that came back
    of = np.array([100.0] * 10 + [1.0])
    happened = np.array([10.0, 12, 8, 11, 9, 50, 52, 48, 51, 49, 1])
    found = drawn(happened, of, np.array(["a"] * 5 + ["b"] * 5 + ["a"]))
    assert np.isinf(found.weight).all()
    assert found.share[10] == found.share[0] == pytest.approx(51 / 501, abs=0.003)
    assert found.share[5] == pytest.approx(0.5, abs=0.003)
    # rows that differ by more than chance keep most of their own
    apart = drawn(np.array([5.0, 50, 95]), np.array([100.0] * 3), np.zeros(3))
    assert [round(each, 2) for each in apart.share] == [0.06, 0.5, 0.94]


def test_parts_of_an_amount_add_up_and_follow_their_weights() -> None:
    parts = outstanding.spread(1.0, np.array([1.0, 1.0, 1.0]))
    assert sorted(parts) == [3333, 3333, 3334] and sum(parts) == 10_000
    assert list(outstanding.spread(5.0, np.zeros(2))) == [0, 0]
    assert Decimal(int(parts.sum())) / outstanding.PARTS == 1
