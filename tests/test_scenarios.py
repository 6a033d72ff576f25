"""What growth, prices and promotions do to a forecast, worked out by hand, and what nothing can be told of."""

from collections.abc import Iterator
from decimal import Decimal
from math import hypot

import numpy as np
import pytest

import pottery_forecasts
import price_shop
from analytics import db
from analytics.errors import Refused
from analytics.forecasts import effects, scenario
from analytics.forecasts.scenario import Plan
from analytics.prices import elasticity, promotions
from screens import come_in

PROMOTION = {
    "weeks": 2, "categories": "Cups", "baseline_units": Decimal(100), "incremental_units": Decimal(50),
    "incremental_units_low": Decimal(35),
    "incremental_units_high": Decimal(80), "pull_forward_units": Decimal(-20), "baseline_sales": Decimal(1000),
    "incremental_sales": Decimal(200), "pull_forward_sales": Decimal(-100),
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        patch.setenv("ANALYTICS_BACKGROUND", "off")
        price_shop.bring(tmp_path_factory.mktemp("shop"))
        pottery_forecasts.fill([100.0])
        come_in(patch)
        yield
        db.forget()


def sums(plan: Plan) -> dict[str, dict[str, Decimal | None]]:
    rows = scenario.summed(price_shop.scope(), plan)
    return {row["number"]: row for row in rows.to_dict("records")}


def test_growth_raises_units_sales_and_the_stock_that_is_enough_and_keeps_the_share_of_the_interval() -> None:
    found = sums(Plan(weeks=4, growth=Decimal("0.1")))
    units, sales, stock = (found[name] for name in ("units", "net_sales", "stock_needed"))
    # four weeks of 100; their sum lies between 90 and 115 % of it
    assert (units["now"], units["now_low"], units["now_high"]) == (400, 360, 460)
    assert (units["changed"], units["changed_low"], units["changed_high"]) == (440, 396, 506)
    assert (sales["changed"], sales["difference"], sales["change"]) == (8800, 800, Decimal("0.1"))
    assert (stock["now"], stock["changed"], stock["changed_low"]) == (460, 506, None)
    rows = scenario.of(price_shop.scope(), Plan(weeks=4, growth=Decimal("0.1")))
    assert list(rows["changed_units_high"]) == [132] * 4 and list(rows["net_sales_low"]) == [1600] * 4
    assert sum(rows["changed_units"]) == units["changed"]


def test_another_price_follows_the_elasticity_and_joins_its_interval_with_the_forecasts() -> None:
    known = elasticity.of(price_shop.scope(), "category")
    row = known[known["category"] == "Cups"].iloc[0]
    found = sums(Plan("category", "Cups", 4, price=Decimal("-0.05")))
    middle, low, high = (0.95 ** float(row[name]) for name in ("elasticity", "high_80", "low_80"))
    units, sales = found["units"], found["net_sales"]
    assert float(units["changed"]) == pytest.approx(240 * middle, rel=1e-4)
    assert float(sales["changed"]) == pytest.approx(6000 * middle * 0.95, rel=1e-4)
    assert float(units["changed_low"]) == pytest.approx(240 * middle * (1 - hypot(0.1, 1 - low / middle)), rel=1e-4)
    assert float(units["changed_high"]) == pytest.approx(240 * middle * (1 + hypot(0.15, high / middle - 1)), rel=1e-4)


def test_a_price_that_nothing_tells_of_is_refused() -> None:
    with pytest.raises(Refused, match="was never sold near"):
        scenario.summed(price_shop.scope(), Plan("product", "MUG", 4, price=Decimal("-0.6")))
    with pytest.raises(Refused, match="were ever sold"):
        scenario.summed(price_shop.scope(), Plan("store", "", 4, price=Decimal("-0.6")))
    with pytest.raises(Refused, match="Nothing of it is forecast"):
        scenario.summed(price_shop.scope(), Plan("product", "RAG", 4))
    with pytest.raises(Refused, match="hardly varied"):
        effects.price(price_shop.scope(), "product", "RAG", Decimal("0.1"), 4)


def test_a_product_is_worth_what_a_piece_brought_lately() -> None:
    found = sums(Plan("product", "MUG", 4))
    price = effects.costs.now(price_shop.scope())["mug"].price
    assert found["units"]["now"] == 240 and float(found["net_sales"]["now"]) == pytest.approx(240 * float(price))


def test_a_promotion_sells_more_in_its_weeks_and_less_in_the_four_after() -> None:
    effect = effects.promotion(PROMOTION, 1, 8)
    # half more in weeks 2 and 3; then 20 of 4 × 50 are missing, of sales 100 of 4 × 500
    assert effect.units == pytest.approx([1, 1.5, 1.5, 0.9, 0.9, 0.9, 0.9, 1])
    assert effect.net_sales == pytest.approx([1, 1.2, 1.2, 0.95, 0.95, 0.95, 0.95, 1])
    assert effect.down[1] == pytest.approx(0.1) and effect.up[1] == pytest.approx(0.2) and effect.up[4] == 0
    half = effects.promotion(PROMOTION, 1, 8, (np.full(8, 0.5), np.full(8, 0.2)))
    assert half.units[1] == pytest.approx(1.25) and half.net_sales[3] == pytest.approx(0.99)


def test_a_promotion_of_one_category_moves_the_store_by_that_categorys_part() -> None:
    scope = price_shop.scope()
    named = promotions.of(scope)
    title = named.loc[(named["categories"] == "Cups") & ~named["is_refused"].astype(bool), "promotion"].iloc[0]
    row = dict(effects.known_promotions(scope, "store", "").set_index("promotion", drop=False).loc[title])
    more = float(row["incremental_units"]) / float(row["baseline_units"])
    assert more > 0.2
    whole = scenario.of(scope, Plan(weeks=4, promotion=title))
    cups = scenario.of(scope, Plan("category", "Cups", 4, promotion=title))
    # 60 of the store's 100 units a week are cups
    assert float(cups["changed_units"].iloc[0]) == pytest.approx(60 * (1 + more), abs=0.01)
    assert float(whole["changed_units"].iloc[0]) == pytest.approx(40 + 60 * (1 + more), abs=0.01)
    # and 1,500 of its 2,000 EUR
    worth = 1 + float(row["incremental_sales"]) / float(row["baseline_sales"])
    assert float(whole["changed_net_sales"].iloc[0]) == pytest.approx(500 + 1500 * worth, abs=0.01)
    with pytest.raises(Refused, match="No promotion called"):
        scenario.summed(scope, Plan("category", "Cloth", 4, promotion=title))
