"""Discounts: each code's money and people, their sum being all that was sold, on both clocks; the page of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import coded_shop
from analytics import db, discounts, sales
from analytics.scope import Scope
from imported import rows_of
from screens import DISCOUNTS, cards, come_in, open_page, words

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
PARTS = ("gross_sales", "discounts", "reversals", "net_sales", "units")


@pytest.fixture(scope="module")
def store(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The shop with codes, imported once for all tests of this module, which only read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        yield coded_shop.fill(tmp_path_factory.mktemp("codes"))


@pytest.fixture
def march(store: int) -> Scope:
    return Scope(store=store, start=MARCH, stop=APRIL, currency="USD")


def of(scope: Scope, name: str) -> dict[str, Any]:
    """The row of a code by its name as printed."""
    rows = discounts.codes(scope)
    return rows[rows["name"] == name].iloc[0].to_dict()


def test_a_code_is_one_in_capitals_and_in_small_letters(march: Scope) -> None:
    row = of(march, "SPRING")
    assert (row["orders"], row["code"]) == (4, "spring")
    assert (row["gross_sales"], row["discounts"]) == (Decimal("135"), Decimal("17.01"))
    assert row["depth"] == Decimal("17.01") / 135


def test_money_of_an_order_with_two_codes_is_spread_over_both_to_the_cent(march: Scope) -> None:
    row = of(march, "vip")
    assert (row["orders"], row["gross_sales"], row["discounts"]) == (1, Decimal("15"), Decimal("5.00"))
    assert row["net_sales"] == Decimal("10.00")


@pytest.mark.parametrize("basis", ["order_date", "refund_date"])
@pytest.mark.parametrize("days", [(None, None), (MARCH, APRIL), (APRIL, MAY), (date(2026, 3, 3), date(2026, 3, 5))])
@pytest.mark.parametrize("category", [(), ("Cups",)])
def test_codes_and_what_has_none_add_up_to_all_sales(
    store: int, basis: str, days: Any, category: tuple[str, ...]
) -> None:
    scope = Scope(store, *days, basis, categories=category, currency="USD")
    rows, whole = discounts.codes(scope), sales.summary(scope)
    for name in PARTS:
        assert sum(rows[name]) == (whole[name].iloc[0] if len(whole) else 0), name


def test_a_reversal_counts_for_its_code_on_the_day_of_the_clock(march: Scope) -> None:
    assert of(march, "SPRING")["net_sales"] == Decimal("90.99")
    assert of(replace(march, basis="refund_date"), "SPRING")["net_sales"] == Decimal("117.99")
    april = of(replace(march, start=APRIL, stop=MAY, basis="refund_date"), "SPRING")
    assert (april["net_sales"], april["orders"], april["new_customer_share"]) == (Decimal("-27"), 0, None)


def test_new_is_who_has_no_earlier_order_of_any_kind(march: Scope) -> None:
    row = of(march, "SPRING")
    assert (row["known_customers"], row["new_customers"]) == (3, 2)  # ann and eve; ben bought a mug in February
    assert of(march, "vip")["new_customer_share"] == 0


def test_an_order_without_a_known_person_is_no_customer(march: Scope) -> None:
    row = of(march, discounts.WAYS["automatic"])
    assert (row["orders"], row["known_customers"], row["new_customer_share"]) == (1, 0, None)


def test_a_discount_without_a_code_has_a_row_of_its_own(march: Scope) -> None:
    row = of(march, discounts.WAYS["automatic"])
    assert (row["discounts"], row["depth"]) == (Decimal("2.00"), Decimal("0.1"))


def test_margin_given_away_is_known_where_the_cost_is(march: Scope) -> None:
    row = of(march, "SPRING")
    assert row["margin_given_away"] == Decimal("17.01")
    assert (row["gross_profit"], row["gross_profit_without"]) == (Decimal("45.99"), Decimal("63.00"))
    bowl = of(march, discounts.WAYS["automatic"])
    assert (bowl["margin_given_away"], bowl["gross_profit"], bowl["covered_share"]) == (None, None, 0)


def test_an_average_order_is_held_against_the_orders_without_a_code(march: Scope) -> None:
    row = of(march, "SPRING")
    assert row["average_order_value"] == Decimal("29.4975")
    assert row["against_without"] == Decimal("29.4975") / 19 - 1  # a bowl at 18.00 and one at 20.00


def test_a_code_that_took_off_shipping_took_nothing_off_goods(march: Scope) -> None:
    row = of(march, "SHIP")
    assert (row["orders"], row["discounts"], row["net_sales"]) == (1, 0, Decimal("30"))


def test_the_summary_counts_each_order_and_customer_once(march: Scope) -> None:
    row = discounts.of(march).summary.iloc[0]
    assert (row["orders"], row["coded_orders"], row["discounts"]) == (7, 5, Decimal("24.01"))
    assert row["discounted_share"] == Decimal(6) / 7
    assert row["discount_depth"] == Decimal("24.01") / 200  # 135 + 15 + 30 of codes and a bowl of 20
    assert row["new_customer_share"] == Decimal("0.75")  # ann, dan and eve, not ben
    assert row["average_with_code"] == Decimal("157.99") / 5
    assert row["margin_given_away"] == Decimal("22.01")  # without the bowl's 2.00, whose cost nobody knows


@pytest.mark.parametrize("basis", ["order_date", "refund_date"])
def test_days_and_products_of_a_code_add_up_to_it(march: Scope, basis: str) -> None:
    scope = replace(march, basis=basis)
    whole = of(scope, "SPRING")
    days, goods = discounts.daily(scope, "SPRING"), discounts.products(scope, "spring")
    assert sum(days["net_sales"]) == sum(goods["net_sales"]) == whole["net_sales"]
    assert sum(days["discounts"]) == sum(goods["discounts"]) == whole["discounts"]
    assert sum(days["orders"]) == whole["orders"]
    assert (sum(days["new_customers"]), sum(days["returning_customers"])) == (2, 2)
    assert goods["title"].tolist() == ["Mug"] and goods["units"].iloc[0] == Decimal("4.5")


def test_the_platforms_count_stands_beside_the_orders_that_name_a_code(march: Scope) -> None:
    rows = discounts.of_platform(march).set_index("code")
    # the voided order names it too
    assert rows.loc["SPRING", ["used", "named_here", "difference"]].tolist() == [6, 5, -1]
    assert rows.loc["SPRING", "terms"] == "10 % off order from 20.00"
    assert rows.loc["OLD", ["used", "named_here", "difference"]].tolist() == [0, 0, 0]


@pytest.mark.usefixtures("store")
def test_codes_are_read_once_each_whatever_their_letters_and_spaces() -> None:
    assert rows_of("select codes_of(' Vip, SPRING,vip ,'), codes_of('One'), codes_of(null), codes_of(' ')") == [
        (["spring", "vip"], ["one"], None, [])
    ]


@pytest.mark.usefixtures("store")
def test_equal_parts_are_whole_coins_and_in_all_the_amount() -> None:
    query = """
        select a, n, sum(part) = a, max(part) - min(part) <= 1 / 10.0 ^ d from (
            select a, n, d, share_of(a, k, n, d) as part
            from unnest(array[10.00, 0.01, -7.35, 100, 0.3333]) as a, generate_series(1, 7) as n,
            (values (0), (2), (3)) as digits (d), lateral generate_series(1, n) as k
        ) as parts where d > 0 or a = 100 group by a, n, d
    """
    wrong = [(amount, parts) for amount, parts, adds_up, is_even in rows_of(query) if not adds_up or not is_even]
    assert [(amount, parts) for amount, parts in wrong if amount != Decimal("0.3333")] == []


@pytest.fixture
def visitor(store: int, monkeypatch: pytest.MonkeyPatch) -> None:
    come_in(monkeypatch)


@pytest.mark.usefixtures("visitor")
def test_the_page_follows_one_code_from_the_address_to_its_orders() -> None:
    asked = {"store": coded_shop.STORE, "days": ["2026-03-01", "2026-03-31"], "code": "spring"}
    screen = open_page(DISCOUNTS, asked)
    assert cards(screen)["Discounts, USD"] == Decimal("24.01")
    said = words(screen)
    assert "4 orders, 12.6 % off, 66.7 % of its known customers are new" in said
    assert "history starts on Fri 20 Feb 2026" in said and "less than a year before" in said
    listed = next(table.value for table in screen.dataframe if "order_name" in table.value)
    assert listed["order_name"].tolist() == ["All 5", "#1008", "#1007", "#1003", "#1002", "#1001"]
    table = next(table.value for table in screen.dataframe if "margin_given_away" in table.value)
    assert table["name"].iloc[0] == "All" and table["discounts"].iloc[0] == 24.01


@pytest.mark.usefixtures("visitor")
def test_a_code_that_nobody_used_is_not_taken_for_another() -> None:
    asked = {"store": coded_shop.STORE, "days": ["2026-03-01", "2026-03-31"], "code": "nothing"}
    screen = open_page(DISCOUNTS, asked)
    assert "asks for code “nothing”, which is not there" in words(screen)
    assert not [table for table in screen.dataframe if "order_name" in table.value]
