"""Products on a small shop worked out by hand (product_shop): ranking, classes, movers, variants, new and fading, bundles."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

import product_shop
from analytics import db, product_life, product_options, product_rows, products, results, sales
from analytics.errors import Refused
from analytics.product_life import Limits
from analytics.product_rows import Look
from analytics.scope import Scope
from analytics.stock import settings
from product_shop import FEBRUARY, MARCH

COMPONENTS = Look(bundles="as components")
ADDITIVE = ("gross_sales", "discounts", "reversals", "net_sales", "cost_of_goods_sold", "gross_profit")


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        product_shop.bring(tmp_path_factory.mktemp("shop"))
        yield


def listed(frame: pd.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    """The columns of a frame as rows; numbers without their trailing zeros, shares to three places."""
    return [tuple(plain(value) for value in row) for row in frame[list(names)].itertuples(index=False)]


def plain(value: Any) -> Any:
    return float(round(value, 3)) if isinstance(value, Decimal) else value


def total(frame: pd.DataFrame, name: str) -> Decimal:
    return sum((Decimal(each) for each in frame[name] if each is not None), start=Decimal(0))


def row_of(frame: pd.DataFrame, product: str) -> dict[str, Any]:
    return next(row for row in frame.to_dict("records") if row["product"] == product)


# --- ranking and classes


def test_products_are_ranked_and_classed_with_the_one_that_crosses_a_border_in_the_better_class() -> None:
    found = products.ranking(MARCH)
    assert listed(found, "rank", "product", "title", "variants", "net_sales", "abc", "cumulative_share") == [
        (1, "shirt", "Shirt", 4, 202.0, "A", 0.606),
        (2, "mug", "Mug", 1, 60.0, "A", 0.786),
        (3, "breakfast", "Breakfast Set", 1, 47.5, "A", 0.928),
        (4, "Tea", "Tea", 2, 12.0, "B", 0.964),
        (5, "bowl", "Bowl", 1, 10.0, "C", 0.994),
        (6, "C-1", "Card - Blank", 1, 2.0, "C", 1.0),
    ]


def test_what_sold_for_nothing_or_less_is_c_and_takes_nothing_from_the_shares_of_others() -> None:
    found = products.ranking(replace(MARCH, basis="refund_date"))
    assert listed(found.tail(1), "product", "net_sales", "abc", "cumulative_share") == [("VASE", -40.0, "C", None)]
    assert row_of(found, "shirt")["cumulative_share"] == Decimal(202) / Decimal("333.5")
    assert products.abc([Decimal(0), Decimal(-5)]) == [("C", None), ("C", None)]


def test_a_class_ends_where_those_above_reach_its_border_exactly() -> None:
    sold = [Decimal(each) for each in (5, 80, 15)]
    assert [letter for letter, _ in products.abc(sold)] == ["C", "A", "B"]
    assert [letter for letter, _ in products.abc([Decimal(100)])] == ["A"]


def test_a_store_sets_where_a_and_b_end() -> None:
    usual = settings.of(1)
    settings.save(1, replace(usual, a_until=Decimal("0.60"), b_until=Decimal("0.965")))
    try:
        found = products.ranking(MARCH)
        # 60.6 % is beyond 60 %, 96.4 % is not yet 96.5 %
        assert list(found["abc"]) == ["A", "B", "B", "B", "B", "C"]
        assert products.borders(Scope()) == (Decimal("0.60"), Decimal("0.965"))
    finally:
        settings.save(1, usual)


@pytest.mark.parametrize(
    ("metric", "first", "value"),
    [
        ("units", "shirt", 7.0),
        ("reversals", "breakfast", 47.5),
        ("discounts", "breakfast", 5.0),
        # 60 − 24; of the shirts 147 − 60 are covered
        ("gross_profit", "shirt", 87.0),
        ("net_units", "shirt", 7.0),
    ],
)
def test_the_ranking_follows_the_metric_asked_for(metric: str, first: str, value: float) -> None:
    found = products.ranking(MARCH, Look(metric))
    assert listed(found.head(1), "product", metric) == [(first, value)]
    assert found["abc"].iloc[0] == "A" and set(found["rank"]) == set(range(1, 7))


def test_profit_of_a_product_is_that_of_its_variants_with_a_known_cost() -> None:
    found = products.ranking(MARCH)
    shirt = row_of(found, "shirt")
    assert (shirt["cost_of_goods_sold"], shirt["gross_profit"]) == (60, 87)
    assert plain(shirt["covered_share"]) == round(147 / 202, 3) and plain(shirt["gross_margin"]) == round(87 / 147, 3)
    assert row_of(found, "bowl")["gross_profit"] is None


@pytest.mark.parametrize("basis", ["order_date", "refund_date"])
@pytest.mark.parametrize("look", [Look(), Look(level="variant"), COMPONENTS, replace(COMPONENTS, level="variant")])
def test_every_look_adds_up_to_the_sales_of_the_period(look: Look, basis: str) -> None:
    scope = replace(MARCH, basis=basis)
    found, whole = products.ranking(scope, look), sales.summary(scope).iloc[0]
    assert {name: total(found, name) for name in ADDITIVE} == {name: whole[name] for name in ADDITIVE}


def test_a_metric_level_or_way_of_bundles_that_does_not_exist_is_refused() -> None:
    for asked in ({"metric": "fame"}, {"level": "shelf"}, {"bundles": "as gifts"}):
        with pytest.raises(Refused, match=r"is one of .* not"):
            results.run("sales.product_ranking", MARCH, asked)


# --- variants


def test_variants_are_told_by_the_handle_and_else_by_a_title_that_others_share() -> None:
    told = product_rows.told(MARCH)
    assert listed(told, "product_key", "parent", "parent_title", "options") == [
        ("BOWL", "bowl", "Bowl", None),
        ("C-1", "C-1", "Card - Blank", None),
        ("CANDLE", "CANDLE", "Candle", None),
        ("MUG", "mug", "Mug", None),
        ("PEN", "PEN", "Pen", None),
        ("SET", "breakfast", "Breakfast Set", None),
        ("SHIRT-BM", "shirt", "Shirt", "Blue / M"),
        ("SHIRT-BXL", "shirt", "Shirt", "Blue / XL"),
        ("SHIRT-RM", "shirt", "Shirt", "Red / M"),
        ("SHIRT-RS", "shirt", "Shirt", "Red / S"),
        # the catalogue lists it no more: its title says whose variant it was
        ("Shirt - Green / S", "shirt", "Shirt", "Green / S"),
        ("T-1", "Tea", "Tea", "Mint"),
        ("T-2", "Tea", "Tea", "Roses"),
        ("VASE", "VASE", "Vase", None),
    ]


def test_a_product_expands_to_the_variants_that_add_up_to_it() -> None:
    found = products.variants(MARCH, "shirt")
    assert listed(found, "options", "net_sales", "units", "share") == [
        ("Blue / M", 120.0, 4.0, 0.594),
        ("Red / M", 30.0, 1.0, 0.149),
        ("Blue / XL", 27.0, 1.0, 0.134),
        ("Green / S", 25.0, 1.0, 0.124),
    ]
    assert total(products.variants(MARCH), "net_sales") == total(products.ranking(MARCH), "net_sales")


def test_a_product_day_by_day_has_no_gaps_and_adds_up_on_both_clocks() -> None:
    found = products.daily(MARCH, "breakfast")
    assert (len(found), found["day"].iloc[0], found["day"].iloc[-1]) == (31, date(2026, 3, 1), date(2026, 3, 31))
    sold = found[[bool(each) for each in found["net_sales"]]]
    assert listed(sold, "day", "net_sales", "units") == [(date(2026, 3, 6), 47.5, 2.0)]
    on_refunds = products.daily(replace(MARCH, basis="refund_date"), "breakfast")
    booked = on_refunds[[bool(each) for each in on_refunds["net_sales"]]]
    assert listed(booked, "day", "net_sales") == [(date(2026, 3, 6), 95.0), (date(2026, 3, 20), -47.5)]
    with pytest.raises(ValueError, match="not 'nothing'"):
        products.daily(MARCH, "nothing")


# --- movers


def test_movers_come_by_how_much_they_changed_and_add_up_to_the_change_of_all() -> None:
    found = products.movers(MARCH, FEBRUARY)
    assert listed(found, "product", "now", "before", "change", "relative_change", "direction") == [
        ("shirt", 202.0, 60.0, 142.0, round(142 / 60, 3), "up"),
        ("mug", 60.0, 200.0, -140.0, -0.7, "down"),
        ("breakfast", 47.5, 0.0, 47.5, None, "up"),
        ("Tea", 12.0, 0.0, 12.0, None, "up"),
        ("bowl", 10.0, 20.0, -10.0, -0.5, "down"),
        ("C-1", 2.0, 0.0, 2.0, None, "up"),
    ]
    change = total(products.ranking(MARCH), "net_sales") - total(products.ranking(FEBRUARY), "net_sales")
    assert total(found, "change") == change == Decimal("53.5")


def test_movers_on_the_command_line_are_compared_with_the_days_named() -> None:
    found = results.run("sales.movers", MARCH.over(date(2026, 3, 1), date(2026, 3, 29)), {"metric": "units"})
    # the 28 days before: 1 to 28 February
    assert listed(found.head(1), "product", "now", "before") == [("mug", 0.0, 10.0)]
    with pytest.raises(Refused, match="start and stop are needed"):
        results.run("sales.movers", Scope(1), {})
    with pytest.raises(Refused, match="comparison is one of"):
        results.run("sales.movers", MARCH, {"compare": "yesterday"})


# --- new and fading


def test_new_is_what_was_first_sold_in_the_period_and_fading_what_sells_at_half_its_pace_or_less() -> None:
    found = product_life.life(MARCH)
    assert listed(found, "product", "state", "first_day", "last_day") == [
        ("breakfast", "new", date(2026, 3, 6), date(2026, 3, 6)),
        ("Tea", "new", date(2026, 3, 8), date(2026, 3, 8)),
        ("C-1", "new", date(2026, 3, 9), date(2026, 3, 9)),
        ("mug", "fading", date(2025, 12, 15), date(2026, 3, 31)),
        # four in 81 days: that March had none says nothing
        ("PEN", "steady", date(2025, 12, 10), date(2025, 12, 10)),
        ("bowl", "steady", date(2026, 2, 2), date(2026, 3, 7)),
        ("VASE", "steady", date(2026, 2, 10), date(2026, 2, 10)),
        ("shirt", "steady", date(2026, 1, 10), date(2026, 3, 4)),
    ]
    mug = row_of(found, "mug")
    # 168 in the 76 days from 15 December, 3 in the 31 of March
    assert (mug["former_pace"], mug["pace"]) == (Decimal(168) / 76, Decimal(3) / 31)
    assert mug["units_missing"] == Decimal(168) / 76 * 31 - 3
    # on sale for 27 days only
    assert row_of(found, "bowl")["former_pace"] is None


def test_what_counts_as_new_and_as_fading_can_be_said() -> None:
    longer = product_life.life(MARCH, limits=Limits(new_for=60))
    assert set(longer.loc[longer["state"] == "new", "product"]) == {"bowl", "VASE", "breakfast", "Tea", "C-1"}
    on_the_day = product_life.life(MARCH.over(date(2026, 3, 6), date(2026, 4, 1)))
    assert row_of(on_the_day, "breakfast")["state"] == "new"
    stricter = product_life.life(MARCH, limits=Limits(fallen_to=Decimal("0.01")))
    assert "fading" not in set(stricter["state"])
    by_variant = product_life.life(MARCH, Look(level="variant"))
    assert "SHIRT-RM" in set(by_variant.loc[by_variant["state"] == "new", "product"])


def test_nothing_is_new_where_the_data_themselves_begin() -> None:
    first = MARCH.over(date(2025, 11, 1), date(2025, 12, 1))
    assert listed(product_life.life(first), "product", "state") == [("CANDLE", "steady")]
    assert product_life.history_begins(MARCH) == date(2025, 11, 1)


def test_a_period_that_is_over_is_measured_by_all_of_its_days_and_knows_nothing_of_later_ones() -> None:
    mug = row_of(product_life.life(FEBRUARY), "mug")
    assert (mug["last_day"], mug["pace"]) == (date(2026, 2, 2), Decimal(10) / 28)


def test_a_period_that_is_not_over_is_measured_by_the_days_that_have_data() -> None:
    found = product_life.life(MARCH.over(date(2026, 3, 31), date(2026, 6, 1)))
    assert row_of(found, "mug")["pace"] == 3


# --- sizes and colours


def test_a_product_is_laid_out_by_size_and_colour_with_its_totals() -> None:
    found = product_options.cells(MARCH, "shirt")
    assert listed(product_options.matrix(found, "net_sales"), "colour", "S", "M", "XL", "All") == [
        ("All", 25.0, 150.0, 27.0, 202.0),
        ("Blue", None, 120.0, 27.0, 147.0),
        ("Red", None, 30.0, None, 30.0),
        ("Green", 25.0, None, None, 25.0),
    ]
    assert list(product_options.matrix(found, "units").columns) == ["colour", "S", "M", "XL", "All"]
    assert total(found, "units") == 7
    with pytest.raises(ValueError, match="metric is one of"):
        product_options.matrix(found, "fame")


def test_sizes_stand_in_the_order_of_a_shop() -> None:
    said = [
        "XL",
        "unknown",
        "38,5",
        "M",
        "One size",
        "10",
        "XXS",
        "3XL",
        "S/M",
        "9",
        "38 2/3",
        "Blue",
        "X-Large",
        "XS",
        "EU 38",
    ]
    assert product_options.in_order(said) == [
        "XXS", "XS", "S/M", "M", "X-Large", "XL", "3XL", "9", "10", "EU 38", "38,5", "38 2/3", "One size", "Blue", "unknown",
    ]  # fmt: skip
    assert product_options.in_order(["1 l", "250 ml", "2XL", "XXXL"]) == ["2XL", "XXXL", "250 ml", "1 l"]
    assert product_options.in_order(["W32 L34", "W30 L34", "W32 L30"]) == ["W30 L34", "W32 L30", "W32 L34"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["Blue / M", "Red / L", None], [("Blue", "M"), ("Red", "L"), ("unknown", "unknown")]),
        (["M / Blue", "XL / Red"], [("Blue", "M"), ("Red", "XL")]),
        (["M / Blue / Long", "XL / Red"], [("Blue / Long", "M"), ("Red", "XL")]),
        (["Mint", "Roses"], [("Mint", "–"), ("Roses", "–")]),
        (["36", "38"], [("–", "36"), ("–", "38")]),
        (["Blue / M", "Red / L", "Red / Tall"], [("Blue", "M"), ("Red", "L"), ("Red", "Tall")]),
        (["Blue / M", "Red"], [("Blue", "M"), ("Red", "unknown")]),
        ([None], [("–", "–")]),
    ],
)
def test_the_place_that_holds_sizes_is_found(options: list[str | None], told: list[tuple[str, str]]) -> None:
    assert product_options.told(options) == told


# --- bundles as components


def test_a_bundle_becomes_its_components_by_value() -> None:
    found = products.ranking(MARCH, COMPONENTS)
    assert "breakfast" not in set(found["product"])
    names = ("product", "gross_sales", "discounts", "reversals", "net_sales", "units", "units_returned")
    # two mugs for 20.00 weigh 40, a bowl 10: of 100.00 sold, 5.00 off and 47.50 taken back
    assert listed(found[found["product"].isin(["mug", "bowl"])], *names) == [
        ("mug", 140.0, 4.0, 38.0, 98.0, 7.0, 2.0),
        ("bowl", 30.0, 1.0, 9.5, 19.5, 3.0, 1.0),
    ]


def test_a_component_day_by_day_has_its_part_of_the_bundle() -> None:
    found = products.daily(MARCH, "bowl", COMPONENTS)
    sold = found[[bool(each) for each in found["net_sales"]]]
    assert listed(sold, "day", "net_sales", "units") == [(date(2026, 3, 6), 9.5, 2.0), (date(2026, 3, 7), 10.0, 1.0)]


def test_a_component_is_as_old_as_the_first_bundle_it_was_in() -> None:
    found = product_life.life(MARCH, COMPONENTS)
    assert row_of(found, "bowl")["last_day"] == date(2026, 3, 7) and row_of(found, "bowl")["units"] == 3
    assert "breakfast" not in set(found["product"])
