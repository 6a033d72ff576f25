"""Prices: planted elasticities come back within their intervals, refusals say why, and what-ifs, promotions and markdowns add up."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest

import price_shop
from analytics import db, undo
from analytics.prices import costs, elasticity, history, markdowns, promotions, weekly, what_if
from analytics.prices.markdowns import PATHS, Sale
from analytics.profit import cost_rules
from price_shop import SLOPES, scope
from screens import cards, come_in, open_page, words

LATER: dict[str, int] = {}


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        come_in(patch)
        LATER["import"] = price_shop.bring(tmp_path_factory.mktemp("prices"))
        yield


def row_of(frame: pd.DataFrame, product: str, column: str = "product") -> Any:
    return frame[frame[column] == product].iloc[0]


def test_planted_elasticities_lie_within_their_intervals_and_the_intervals_are_no_excuse() -> None:
    rows = elasticity.of(scope())
    found = {sku: row_of(rows, sku.lower()) for sku in SLOPES}
    assert all(row["low_95"] <= Decimal(str(SLOPES[sku])) <= row["high_95"] for sku, row in found.items())
    assert sum(row["low_80"] <= Decimal(str(SLOPES[sku])) <= row["high_80"] for sku, row in found.items()) >= 5
    assert all(row["high_80"] - row["low_80"] < 1 for row in found.values())
    assert found["MUG"]["category"] == "Cups" and found["MUG"]["own_share"] > Decimal("0.5")


def test_a_price_that_never_moved_only_in_promotions_or_for_too_few_weeks_is_refused_in_words() -> None:
    rows = elasticity.of(scope())
    said = {product: row_of(rows, product)["reason"] for product in ("rag", "napkin", "young")}
    assert said["rag"].startswith("The price hardly varied: between 5.00 and 5.00 EUR (0.0 %)")
    assert said["napkin"].startswith(
        "All changes of the price, between 6.40 and 8.00 EUR (25.0 %), came with promotions"
    )
    assert said["young"].startswith("Only 9 weeks in stock") and "26 weeks" in said["young"]
    for product in said:
        row = row_of(rows, product)
        assert row["is_refused"] and row["elasticity"] is None and row["low_80"] is None


def test_a_category_and_the_shop_have_the_mean_of_their_products_with_an_interval() -> None:
    rows = elasticity.of(scope(), "category")
    cups = row_of(rows, "Cups", "category")
    assert cups["low_95"] < Decimal("-2.2") < cups["high_95"] and cups["products"] == 4
    assert not elasticity.of(scope(), "shop").iloc[0]["is_refused"]
    with pytest.raises(ValueError, match="by is one of"):
        elasticity.of(scope(), "brand")


def test_the_history_of_a_product_has_listed_and_realised_prices_units_and_what_a_piece_left() -> None:
    rows = history.of(scope(), "MUG")
    first, promoted = rows.iloc[0], rows.iloc[34]
    assert len(rows) == 80 and first["day"] == date(2025, 1, 6) and first["listed_price"] == 20
    assert promoted["full_price"] * Decimal("0.8") == pytest.approx(promoted["realised_price"]) and promoted[
        "discount_depth"
    ] == Decimal("0.2")
    assert first["unit_cost"] == Decimal("6.5") and first["piece_margin"] == first["realised_price"] - Decimal("6.5")
    assert row_of(rows, date(2025, 10, 6), "day")["listed_price"] == 24
    units = sum(int(line.split(",")[4]) for line in price_shop.lines().splitlines() if line.startswith("MUG-"))
    assert sum(rows["units"]) == units
    assert history.of(scope(), "POT").iloc[0]["piece_margin"] is None  # nobody knows what it costs
    with pytest.raises(ValueError, match="NOTHING"):
        history.of(scope(), "NOTHING")


def test_lasting_changes_are_told_from_orders_and_from_dated_exports_and_undo_takes_the_latter_back() -> None:
    steps = [price for sku, _, price, _ in price_shop.weeks() if sku == "MUG"]
    planted = sum(one != other for one, other in pairwise(steps))
    rows = history.changes(scope(), "MUG")
    assert sum(rows["told_by"] == history.SOLD) == planted > 3
    listed = row_of(rows, history.LISTED, "told_by")
    assert (listed["day"], listed["price_before"], listed["price"]) == (date(2025, 10, 6), 20, 24)
    assert listed["price_change"] == Decimal("0.2")
    undo.undo(LATER["import"])
    assert history.LISTED not in set(history.changes(scope(), "MUG")["told_by"])
    assert set(history.of(scope(), "MUG")["listed_price"]) == {20}


def test_a_what_if_is_the_model_written_out_and_keeps_to_prices_seen() -> None:
    about = what_if.about(scope(), "mug").iloc[0]
    basis, _ = what_if.basis(scope(), "mug")
    assert basis is not None and about["unit_cost"] == Decimal("6.5") and about["told_from"] == "its own"
    row = what_if.at(scope(), "mug", "19.00").iloc[0]
    units = basis.units * (19 / basis.price) ** basis.slope
    assert float(row["weekly_units"]) == pytest.approx(units, abs=1e-3)
    assert float(row["price_contribution"]) == pytest.approx(units * (19 - 6.5), abs=0.01)
    assert row["contribution_low"] <= row["price_contribution"] <= row["contribution_high"]
    outside = what_if.at(scope(), "mug", "99.00").iloc[0]
    assert outside["is_outside"] and outside["weekly_units"] is None
    prices = what_if.curve(scope(), "mug")["price"]
    assert min(prices) == about["lowest_price"] and max(prices) == about["highest_price"]


def test_the_price_that_leaves_most_is_cost_times_the_markup_of_its_elasticity_or_the_nearest_seen() -> None:
    def basis(slope: float, fee: float = 0.0) -> what_if.Basis:
        return what_if.Basis(20, 40, 6, fee, slope, 0.1, "its own", 8, 22)

    assert basis(-2.0).best() == 12.0  # 6 × −2 ÷ −1
    assert basis(-2.0, 0.2).best() == pytest.approx(15.0)  # the fee makes a piece cost 7.50
    assert basis(-1.0).best() is None and basis(-0.5).best() is None
    margins = [basis(-2.0, 0.2).units_at(price) * (price * 0.8 - 6) for price in (14.9, 15.0, 15.1)]
    assert max(margins) == margins[1]
    mug, sheet = what_if.about(scope(), "mug").iloc[0], what_if.about(scope(), "sheet").iloc[0]
    assert mug["best_is_clipped"] and "below every price that was seen" in mug["advice"]  # about 10.83, never so low
    assert mug["best_price"] == mug["lowest_price"]
    assert sheet["best_price"] == sheet["highest_price"] and "knows no best price" in sheet["advice"]
    assert (
        "cost" in what_if.about(scope(), "pot").iloc[0]["advice"]
        and what_if.about(scope(), "pot").iloc[0]["best_price"] is None
    )


def test_fees_of_a_price_are_those_that_files_or_rules_tell() -> None:
    assert costs.fee_shares(scope()) == {}
    rule = {"cost_kind": "payment_fee", "share": Decimal("0.03"), "currency": "EUR"}
    cost_rules.add(1, rule)
    try:
        assert round(costs.fee_shares(scope())["EUR"], 3) == Decimal("0.03")
        assert what_if.about(scope(), "mug").iloc[0]["fee_share"] == Decimal("0.03")
    finally:
        cost_rules.delete(1, int(cost_rules.of(scope())["rule_no"].iloc[0]))
    assert costs.fee_shares(scope()) == {}


def test_a_promotion_is_found_with_what_it_brought_what_was_only_bought_earlier_and_what_it_gave_away() -> None:
    rows = promotions.of(scope())
    assert list(rows["starts_on"]) == [date(2026, 3, 31), date(2025, 9, 2)]  # first orders of weeks 64 and 34
    row = rows.iloc[1]
    told = _planted(34)
    assert row["categories"] == "Cups" and not row["is_refused"]
    assert row["incremental_units_low"] < told["more"] < row["incremental_units_high"]
    assert abs(float(row["incremental_units"]) / told["more"] - 1) < 0.25
    assert abs(float(row["pull_forward_units"]) / told["less"] - 1) < 0.6 and row["pull_forward_units"] < 0
    assert row["net_incremental_units"] == row["incremental_units"] + row["pull_forward_units"]
    assert float(row["given_away"]) == pytest.approx(told["off"], rel=0.12)


def _planted(start: int) -> dict[str, float]:
    """What a promotion of the cups brought in truth: the course without it is known."""
    sold: dict[tuple[str, int], float] = {}
    for line in price_shop.lines().splitlines()[1:]:
        sku, week, _ = line.split(",")[0].split("-")
        sold[sku, int(week)] = sold.get((sku, int(week)), 0) + int(line.split(",")[4])
    more = less = off = 0.0
    for sku, week, price, share in price_shop.weeks():
        units = sold.get((sku, week), 0)
        if sku in price_shop.CUPS and week in (start, start + 1):
            more += units * (1 - 1 / (1.25 * 0.8 ** SLOPES.get(sku, -2.0)))
            off += units * price * share
        if sku in price_shop.CUPS and week in (start + 2, start + 3):
            less += units * (1 - 1 / 0.8)
    return {"more": more, "less": less, "off": off}


def test_a_promotion_of_the_calendar_that_nothing_surrounds_is_refused_in_words() -> None:
    with db.transaction(1) as cursor:
        cursor.execute(
            "insert into calendar_events (store_id, starts_on, ends_on, kind, title)"
            " values (1, '2026-07-14', '2026-07-17', 'promotion', 'Last days')"
        )
        db.run(cursor, "load/raise_version", store_id=1, currency=None)
    row = row_of(promotions.of(scope()), "Last days", "promotion")
    with db.transaction(1) as cursor:
        cursor.execute("delete from calendar_events")
        db.run(cursor, "load/raise_version", store_id=1, currency=None)
    assert row["is_refused"] and "calm weeks before it and 0 after it" in row["reason"]
    assert row["promotion_kind"] == "calendar" and row["net_incremental_units"] is None


def test_a_markdown_clears_for_the_most_money_and_its_parts_add_up() -> None:
    row = row_of(markdowns.plan(scope()), "LAMP", "sku")
    assert (row["state"], row["units_to_clear"], row["tied_up"]) == ("dead", 40, 160)
    assert row["units_cleared"] + row["units_uncleared"] == pytest.approx(Decimal(40), abs=Decimal("0.001"))
    assert row["better_than_holding"] == row["recovered"] - row["held_money"] >= 0
    assert row["recovered_low"] <= row["recovered"] <= row["recovered_high"]
    assert row["told_from"] in ("its own", "its category's") and row["markdown_path"]
    with pytest.raises(ValueError, match="weeks"):
        markdowns.plan(scope(), 2)


def test_of_paths_that_clear_the_dearest_is_taken_and_of_none_the_one_that_brings_most() -> None:
    sale = Sale(units=24, weekly=1, price=10, slope=-2, error=0.2)
    best = PATHS[markdowns.best_path(sale, 12)]
    cleared, brought = markdowns.outcome(sale, PATHS, 12)
    does_clear = cleared >= 23.5
    assert does_clear.any() and cleared[markdowns.best_path(sale, 12)] >= 23.5
    assert brought[markdowns.best_path(sale, 12)] == pytest.approx(brought[does_clear].max())
    assert list(best) == sorted(best)
    # 3 weeks a stage at half the price sell 12 by ε −2: 1 × 3 × 4
    assert markdowns.outcome(Sale(100, 1, 10, -2, 0), np.array([[0, 0, 0, 0.5]]), 12)[0][0] == pytest.approx(9 + 12)
    # who hardly answers to prices would bring 120 at today's, but does not clear the 14 that are to go
    slow = Sale(units=14, weekly=1, price=10, slope=-0.5, error=0.2)
    cleared, brought = markdowns.outcome(slow, PATHS, 12)
    assert (
        cleared[markdowns.best_path(slow, 12)] >= 13.5 and brought[markdowns.best_path(slow, 12)] < brought.max() == 120
    )
    never = Sale(units=1e6, weekly=1, price=10, slope=-0.5, error=0.2)
    assert list(PATHS[markdowns.best_path(never, 12)]) == [
        0,
        0,
        0,
        0,
    ]  # who hardly answers to prices buys no more for less


def test_the_median_by_weight_is_the_price_of_most_pieces() -> None:
    values, weights, groups = (
        np.array(each, dtype=float) for each in ([5, 4, 5, 9, 1], [3, 1, 3, 1, 2], [0, 0, 0, 0, 2])
    )
    found = weekly.medians(values, weights, groups.astype(int), 4)
    assert found[0] == 5 and np.isnan(found[1]) and found[2] == 1 and np.isnan(found[3])


@pytest.mark.parametrize(
    ("page", "asked", "says"),
    [
        ("prices", {"product": "mug"}, "Mug brought"),
        ("elasticity", {}, "answers most to its price"),
        ("elasticity", {"by": "category"}, "of 2 categories"),
        ("what_if", {"product": "mug", "change": "+5 %"}, "units a week instead of"),
        ("what_if", {"product": "mug", "change": "+50 %"}, "was never sold near"),
        ("what_if", {"product": "rag"}, "The price hardly varied"),
        ("promotions", {}, "after what it gave away"),
        ("markdowns", {"weeks": "26"}, "more than waiting"),
    ],
)
def test_a_page_says_its_finding(page: str, asked: dict[str, str], says: str) -> None:
    assert says in words(open_page(f"pages/prices/{page}.py", asked))


def test_the_cards_of_a_product_are_those_of_its_best_price() -> None:
    about, shown = (
        what_if.about(scope(), "jar").iloc[0],
        cards(open_page("pages/prices/what_if.py", {"product": "jar"})),
    )
    assert shown["Price that leaves most, EUR"] == about["best_price"] and shown["Price now, EUR"] == about["price_now"]
    assert shown["Elasticity"] == about["elasticity"]


def test_a_product_that_the_address_asks_for_and_is_not_there_shows_nothing() -> None:
    said = words(open_page("pages/prices/what_if.py", {"product": "ghost"}))
    assert "ghost" in said and "units a week instead" not in said
