"""Levels on a small shop worked out by hand (stock_shop): what is there, what it is worth and how long it lasts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import stock_shop
from analytics import db, stores
from analytics.scope import Scope
from analytics.stock import groups, inventory, velocity
from analytics.stock.inventory import StockLook
from imported import take
from stock_shop import NOW

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        stock_shop.bring(tmp_path_factory.mktemp("shop"))
        yield


def by_sku(frame: pd.DataFrame, *names: str) -> dict[Any, tuple[Any, ...]]:
    return {row["sku"]: tuple(row[name] for name in names) for row in frame.to_dict("records")}


def test_a_level_has_its_newest_count_and_its_worth_and_what_is_not_known_is_none() -> None:
    found = inventory.levels(NOW)
    assert by_sku(found, "on_hand", "available", "cost_value", "retail_value") == {
        "MUG": (35, 33, 280, 700),
        "VASE": (10, 10, 150, 400),
        "SHIRT-S": (8, 8, 96, 240),
        "SHIRT-L": (6, 6, 72, 180),
        "SOAP": (600, 600, 600, 3000),
        "BOWL": (12, 12, 48, 120),
        "CARD": (40, 40, 20, 80),
        "SHIRT-M": (0, 0, 0, 0),
        "TEA": (-2, -2, -2, -8),
        "LAMP": (400, 400, None, 20000),
    }
    assert by_sku(found, "negative_at", "not_stocked_at")["TEA"] == (1, 0)
    assert by_sku(found, "negative_at", "not_stocked_at")["SHIRT-M"] == (0, 1)


def test_rows_of_locations_add_up_to_the_products_and_keep_what_is_not_stocked_apart_from_none_there() -> None:
    rows = inventory.levels(NOW, StockLook(rows="location"))
    shirts = rows[rows["sku"] == "SHIRT-M"].sort_values("location")
    assert shirts[["location", "on_hand", "cost_value"]].to_numpy().tolist() == [
        ["Berlin", 0, 0],
        ["Hamburg", None, None],
    ]
    assert rows["velocity"].isna().all() and rows["days_of_cover"].isna().all()
    whole = inventory.levels(NOW)
    for name in ("on_hand", "available", "cost_value", "retail_value"):
        assert inventory.total(rows[name]) == inventory.total(whole[name])


def test_the_summary_is_the_sum_of_the_levels_with_the_share_that_costs_cover() -> None:
    found = inventory.summary(NOW).iloc[0].to_dict()
    assert {name: found[name] for name in ("value_at_cost", "value_at_retail", "on_hand", "available", "products")} == {
        "value_at_cost": 1264, "value_at_retail": 24712, "on_hand": 1109, "available": 1107, "products": 10,
    }  # fmt: skip
    assert found["covered_share"] == Decimal(711) / 1111
    assert (found["negative"], found["not_stocked"], found["as_of"]) == (1, 2, date(2026, 5, 31))


def test_days_of_cover_follow_the_window_that_is_chosen() -> None:
    # of the last 30 days: MUG on 4, 11, 18 and 25 May, four boxes of three make 24 soaps
    found = by_sku(inventory.levels(NOW, StockLook("30")), "units_sold", "velocity_basis", "days_of_cover")
    assert found["MUG"][:2] == (40, "30 days in stock") and found["MUG"][2].quantize(Decimal("0.01")) == Decimal(
        "24.75"
    )
    assert found["SOAP"][0] == 24 and round(found["SOAP"][2], 2) == 750
    assert found["BOWL"] == (0, "no sales known", None)


def test_a_week_of_the_past_tests_todays_stock() -> None:
    # Easter 2026 is 5 April: the week from Monday 30 March
    assert velocity.span(NOW, "Easter 2026") == (date(2026, 3, 30), date(2026, 4, 6))
    found = by_sku(inventory.levels(NOW, StockLook("Easter 2026")), "units_sold", "velocity_basis", "days_of_cover")
    assert found["SHIRT-S"][:2] == (1, "7 calendar days") and found["SHIRT-S"][2].quantize(Decimal(1)) == 56
    assert found["MUG"][2].quantize(Decimal("0.01")) == Decimal("23.10")
    assert (
        "Easter 2026" in velocity.windows(NOW)
        and "Christmas 2025" in velocity.windows(NOW)
        and "Easter 2025" not in velocity.windows(NOW)
    )
    assert velocity.of(NOW, "2026-03-30..2026-04-05").equals(velocity.of(NOW, "Easter 2026"))


@pytest.mark.parametrize(
    "window", ["yesterday", "Black Friday", "0", "2026-04-05..2026-03-30", "2026-13-01..2026-13-02"]
)
def test_a_window_that_cannot_be_is_refused(window: str) -> None:
    with pytest.raises(ValueError, match=r"window|month|day"):
        velocity.span(NOW, window)


def test_levels_of_an_earlier_day_are_those_counted_then() -> None:
    found = by_sku(inventory.levels(NOW.over(None, date(2026, 5, 1))), "on_hand", "as_of")
    assert found["MUG"] == (85, date(2026, 4, 30)) and "BOWL" not in found


def test_a_category_keeps_its_own_products() -> None:
    assert set(inventory.levels(replace(NOW, categories=("Apparel",)))["sku"]) == {"SHIRT-S", "SHIRT-M", "SHIRT-L"}


def test_levels_carry_their_classes() -> None:
    found = by_sku(inventory.table(NOW), "abc", "xyz")
    assert found["MUG"] == ("A", "X") and found["BOWL"] == ("C", None)


def grouped(group: str) -> dict[Any, tuple[Any, ...]]:
    rows = groups.by(NOW, group)
    return {row["name"]: (row["products"], row["value_at_cost"], row["on_hand"]) for row in rows.to_dict("records")}


def test_stock_is_told_by_location_category_and_supplier() -> None:
    assert grouped("location") == {"Berlin": (8, 576, 492), "Hamburg": (5, 688, 617)}
    assert grouped("category") == {
        "Kitchen": (3, 326, 45), "Home": (3, 170, 450), "Apparel": (3, 168, 14), "Bath": (1, 600, 600),
    }  # fmt: skip
    assert grouped("supplier") == {"Potters": (2, 430, 45), "Mill": (1, 0, 0), "unknown": (7, 834, 1064)}


@pytest.mark.parametrize("group", groups.GROUPS)
def test_every_grouping_adds_up_to_the_whole(group: str) -> None:
    rows, whole = groups.by(NOW, group), inventory.summary(NOW).iloc[0]
    for name in ("value_at_cost", "value_at_retail", "on_hand", "available", "negative", "not_stocked"):
        assert inventory.total(rows[name]) == whole[name]
    assert round(inventory.total(rows["share_of_stock"]), 20) == 1


def test_the_matrix_of_classes_adds_up_in_both_directions() -> None:
    rows = groups.by_class(NOW)
    assert list(rows["name"]) == ["AX", "AY", "BX", "CZ", "C unknown"]
    found = groups.matrix(rows, "value_at_cost").set_index("abc")
    assert found.loc["A"].to_dict() == {"X": 280, "Y": None, "Z": None, "unknown": None, "all": 280}
    assert found.loc["C"].to_dict() == {"X": None, "Y": None, "Z": -2, "unknown": 218, "all": 216}
    assert found.loc["all", "all"] == 1264


def test_the_sample_shops_stock_is_that_of_its_answers() -> None:
    told = (SAMPLE / "ANSWERS.md").read_text(encoding="utf-8")
    for name in ("shopify_products.csv", "shopify_inventory.csv"):
        take(SAMPLE / name, store="Sample", as_of=date(2026, 3, 31), currency="EUR")
    found = inventory.summary(Scope(stores.find("Sample"))).iloc[0]
    answers = {
        "on_hand": "on_hand",
        "negative": "negative_levels",
        "not_stocked": "not_stocked",
        "value_at_cost": "value_at_cost",
    }
    for ours, theirs in answers.items():
        assert f"| {theirs} | {found[ours]:.2f} |".replace(".00 |", " |") in told
    rows = groups.by(Scope(stores.find("Sample")), "location")
    assert inventory.total(rows["value_at_cost"]) == found["value_at_cost"] and len(rows) == 2
