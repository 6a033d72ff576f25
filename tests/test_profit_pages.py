"""The pages of contribution: what is left and of how much it is known, by side, product and order, and the rules of costs."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

import rules_shop
from analytics import db, stores
from analytics.profit import beside, contribution, cost_rules, order_profit
from analytics.scope import Scope
from imported import take
from rules_shop import RULES, march
from screens import come_in, open_page, words

MARCH = {"days": ["2026-03-01", "2026-03-31"], "currency": "EUR"}
COSTS = "SKU,Unit cost,Currency,Valid from\nMUG,8.00,EUR,2026-01-01\nBOWL,12.00,EUR,2026-01-01\n"
PROFIT, BY, PRODUCTS, ORDERS, RULED = (
    f"pages/profit/{name}.py" for name in ("profit", "profit_by", "profit_products", "profit_orders", "cost_rules")
)


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shop of rules with costs of mugs and bowls; a bowl costs more than it brings, nobody knows what a vase costs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        folder = tmp_path_factory.mktemp("shop")
        rules_shop.bring(folder)
        (folder / "costs.csv").write_text(COSTS, encoding="utf-8")
        take(folder / "costs.csv", store=rules_shop.STORE, as_of=date(2026, 6, 30))
        cost_rules.save(stores.find(rules_shop.STORE), [], RULES)
        come_in(patch)
        yield
        db.forget()


def test_contribution_says_what_it_does_without() -> None:
    screen = open_page(PROFIT, MARCH)
    assert "Without ad spend: import a report" in words(screen) and "are estimated by rules" in words(screen)
    assert "Without selling fees" not in words(screen)
    steps = next(each.value for each in screen.dataframe if "amount" in each.value.columns)
    assert steps["label"].iloc[0] == "Gross sales" and "Sales without a known cost" in set(steps["label"])


def test_products_of_all_variants_add_up_to_the_summary() -> None:
    rows, whole = beside.by_product(march()), contribution.summary(march()).iloc[0]
    for name in ("net_sales", "cm1", "cm2"):
        assert sum(amount for amount in rows[name] if amount is not None) == whole[name]
    assert {"Mug", "Bowl", "Vase"} <= set(rows["title"])


def test_a_product_that_costs_more_than_it_brings_comes_first() -> None:
    screen = open_page(PRODUCTS, MARCH)
    assert "after sending and fees" in words(screen)
    assert next(each.value for each in screen.dataframe if "cm2" in each.value.columns)["title"].iloc[0] == "Bowl"


def test_a_side_that_the_address_asks_for_is_broken_down() -> None:
    screen = open_page(BY, MARCH | {"by": "country"})
    assert {"DE", "AT"} <= set(next(each.value for each in screen.dataframe if "cm2" in each.value.columns)["name"])


def test_every_order_of_which_all_is_known_stands_in_one_span() -> None:
    assert "after sending and fees" in words(open_page(ORDERS, MARCH))
    spread = order_profit.spread(march())
    assert sum(spread["cm2"], start=Decimal(0)) == contribution.summary(march()).iloc[0]["cm2"]


def test_what_is_known_of_much_more_now_is_not_compared() -> None:
    now = {"cm2": Decimal(1), "cm2_coverage": Decimal("0.9")}
    assert beside.is_comparable(now, now | {"cm2_coverage": Decimal("0.86")}, "cm2")
    assert not beside.is_comparable(now, now | {"cm2_coverage": Decimal("0.5")}, "cm2")
    assert not beside.is_comparable(now, None, "cm2")


def test_a_preset_is_saved_as_a_rule_only_by_the_button() -> None:
    store = stores.find(rules_shop.STORE)
    screen = open_page(RULED, MARCH)
    assert "Selling fees are known of" in words(screen)
    screen.button(key="preset_Marketplace 15 %").click().run()
    assert len(cost_rules.of(Scope(store))) == len(RULES)
    next(each for each in screen.button if each.label == "Save rules").click().run()
    assert not screen.exception and list(cost_rules.of(Scope(store))["cost_kind"])[-1] == "marketplace_fee"
