"""The cost of returns: each part from the file that knows it, assumed by the store, or unknown; together the whole, exactly."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import return_costs_shop
from analytics import db, stores
from analytics.errors import Refused
from analytics.returns import costs, rates, settings
from analytics.returns.settings import ReturnSettings
from analytics.scope import BASES, Scope
from return_costs_shop import ASSUMED, STORE, march


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shop, only read by the tests; a test that changes what it assumes sets it back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        return_costs_shop.bring(tmp_path_factory.mktemp("costs"))
        yield
        db.forget()


@pytest.fixture
def assume() -> Iterator[Any]:
    """Change what the shop assumes, until the test ends."""
    yield lambda **said: settings.save(stores.find(STORE), replace(ASSUMED, **said))
    settings.save(stores.find(STORE), ASSUMED)


def told(scope: Scope) -> dict[str, tuple[str | None, str, bool]]:
    """Of each part the amount, the covered share and whether it is assumed."""
    return {
        row["part"]: (
            None if row["amount"] is None else f"{row['amount']:.2f}", f"{row['covered_share']:.4f}", row["is_assumed"]
        )
        for row in costs.of(scope).to_dict("records")
    }  # fmt: skip


def amounts(scope: Scope) -> dict[str, str | None]:
    return {part: amount for part, (amount, _, _) in told(scope).items()}


def test_each_part_is_what_a_receipt_would_say() -> None:
    assert told(march()) == {
        "contribution_lost": ("52.00", "0.7500", False),
        "write_off": ("13.00", "0.6667", False),
        "outbound_shipping": ("27.50", "1.0000", True),
        "return_label": ("28.00", "1.0000", True),
        "handling": ("10.50", "1.0000", True),
        "fees_kept": ("1.00", "0.2500", False),
        "return_fee_kept": ("-3.50", "1.0000", False),
        "cost_of_returns": ("128.50", "0.2500", True),
    }


def test_the_refund_stands_beside_the_cost_and_is_that_of_the_rates() -> None:
    found = costs.summary(march()).iloc[0]
    assert found["value_returned"] == rates.summary(march())["value_returned"].iloc[0] == 120
    assert (found["orders_with_return"], round(found["cost_per_return"], 4)) == (6, Decimal("21.4167"))  # 128.50 ÷ 6
    assert round(found["cost_share"], 4) == Decimal("1.0708") and found["unknown_parts"] == 0


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("stop", [date(2026, 3, 13), date(2026, 4, 1)])
@pytest.mark.parametrize("categories", [(), ("Kitchen", "Home")])
def test_parts_and_products_add_up_to_the_whole(basis: str, stop: date, categories: tuple[str, ...]) -> None:
    scope = replace(march(basis), stop=stop, categories=categories)
    rows = costs.of(scope).set_index("part")["amount"]
    known = [amount for amount in rows if amount is not None]
    assert sum(known[:-1]) == rows["cost_of_returns"] == known[-1]
    for level in ("variant", "product"):
        products = costs.by_product(scope, level)
        for part in rows.index:
            assert sum(amount for amount in products[part] if amount is not None) == (rows[part] or 0)
        assert sum(products["value_returned"]) == costs.summary(scope)["value_returned"].iloc[0]


def test_categories_add_up_to_the_whole() -> None:
    # order B has two of them: what is of an order is spread over its lines in whole cents
    parts = [replace(march(), categories=(name,)) for name in ("Kitchen", "Bowls", "Home")]
    found = [costs.of(scope).set_index("part")["amount"] for scope in parts]
    assert f"{found[0]['return_label']:.2f}" == "13.33"  # of A 4.00, of B 5.33, of D 4.00
    for part, whole in costs.of(march()).set_index("part")["amount"].items():
        assert sum(amounts[part] or 0 for amounts in found) == whole


def test_on_the_other_clock_a_return_costs_on_its_own_day() -> None:
    # until the 14th the mug of A and all of B came back
    found = amounts(replace(march("refund_date"), stop=date(2026, 3, 15)))
    assert (found["contribution_lost"], found["write_off"]) == ("29.00", "9.00")
    assert (found["outbound_shipping"], found["return_label"], found["fees_kept"]) == ("6.50", "12.00", None)
    # on the 12th the mug of B alone: two thirds of its order's 6.00, 8.00 and 3.00
    day = amounts(replace(march("refund_date"), start=date(2026, 3, 12), stop=date(2026, 3, 13)))
    assert (day["outbound_shipping"], day["return_label"], day["handling"]) == ("4.00", "5.33", "2.00")


def test_what_nobody_knows_is_none_and_not_nothing(assume: Any) -> None:
    assume(outbound_label=None, return_label=None, handling=None)
    found = told(replace(march(), categories=("Home",)))
    # the vase has no cost, no card fee, and now nothing is assumed of its parcel: only the fee that was kept is known
    assert {part for part, (amount, _, _) in found.items() if amount is not None} == {"return_fee_kept"}
    assert found["cost_of_returns"] == (None, "0.0000", False)
    assert costs.summary(march())["unknown_parts"].iloc[0] == 3
    assert told(march())["cost_of_returns"][0] == "62.50"  # 52 + 13 + 1 − 3.50


def test_a_share_written_off_is_assumed_only_where_no_file_says_it(assume: Any) -> None:
    assume(written_off_share=Decimal("0.25"))
    # a quarter of the bowl of B, beside 9 + 4; the vase has no cost
    assert told(march())["write_off"] == ("14.00", "0.7500", True)


def test_a_parcel_of_another_currency_costs_nobody_knows_what() -> None:
    with db.transaction() as cursor:
        cursor.execute("update stores set currency = 'USD' where name = %s", (STORE,))
    try:
        found = amounts(march())
    finally:
        with db.transaction() as cursor:
            cursor.execute("update stores set currency = 'EUR' where name = %s", (STORE,))
    assert (found["outbound_shipping"], found["return_label"], found["handling"]) == (None, None, None)
    assert found["contribution_lost"] == "52.00"


def test_converted_costs_go_by_the_day_of_the_clock() -> None:
    with db.transaction() as cursor:
        cursor.execute(
            "insert into exchange_rates (currency, into_currency, valid_from, valid_to, rate) values "
            "('EUR', 'CHF', '2026-01-01', '2026-03-08', 2), ('EUR', 'CHF', '2026-03-08', '9999-12-31', 3)"
        )
    scope = replace(march(), currency=None, into="CHF")
    # A and B were ordered before the 8th
    assert amounts(scope)["contribution_lost"] == "127.00"  # 29 × 2 + 23 × 3
    assert amounts(replace(scope, basis="refund_date"))["contribution_lost"] == "156.00"
    with db.transaction() as cursor:
        cursor.execute("delete from exchange_rates where into_currency = 'CHF'")


def test_of_a_marketplaces_fees_what_it_gave_back_is_no_cost_and_what_the_refund_cost_is_one() -> None:
    # of the vase: 4.50 taken at the sale, 3.60 of it given back, 0.90 for the refund itself; another report tells the same
    fees = [
        ("amazon_settlement", "fee", "2026-03-09 10:00", "-4.50", "Order / ItemFees / Commission"),
        ("amazon_settlement", "refund", "2026-03-15 10:00", "-30.00", "Refund / ItemPrice / Principal"),
        ("amazon_settlement", "fee", "2026-03-15 10:00", "3.60", "Refund / ItemFees / Commission"),
        ("amazon_settlement", "fee", "2026-03-15 10:00", "-0.90", "Refund / ItemFees / RefundCommission"),
        ("amazon_transactions", "fee", "2026-03-09 12:00", "-4.50", "Order / selling fees"),
    ]
    store = stores.find(STORE)
    with db.transaction() as cursor:
        for number, (source, kind, at, amount, what) in enumerate(fees):
            cursor.execute(
                "insert into transactions "
                "(store_id, transaction_key, source, order_name, kind, happened_at, currency, amount, what) "
                "values (%s, %s, %s, 'C', %s, %s, 'EUR', %s, %s)",
                (store, f"fee {number}", source, kind, at, amount, what),
            )
    try:
        assert told(replace(march(), categories=("Home",)))["fees_kept"] == ("1.80", "1.0000", False)
    finally:
        with db.transaction() as cursor:
            cursor.execute("delete from transactions where transaction_key like 'fee %%'")


def test_products_come_by_what_their_returns_cost() -> None:
    rows = costs.by_product(march()).to_dict("records")
    assert [row["sku"] for row in rows] == ["MUG", "BOWL", "VASE"]
    mug = rows[0]
    # A 12, B 11, D 11; written off 9; out 0.50 + 4.00 + 6.00; back 4.00 + 5.33 + 4.00; handled 1.50 + 2.00 + 1.50; card 0.90
    assert [f"{mug[part]:.2f}" for part in costs.PARTS] == ["34.00", "9.00", "10.50", "13.33", "5.00", "0.90", "0.00"]
    assert f"{mug['cost_of_returns']:.2f}" == "72.73" and mug["value_returned"] == 60
    assert rows[2]["contribution_lost"] is None and rows[2]["return_fee_kept"] == Decimal("-3.50")
    with pytest.raises(ValueError, match="level is"):
        costs.by_product(march(), "brand")


def test_settings_that_cannot_be_are_refused() -> None:
    for wrong in ({"handling": Decimal(-1)}, {"written_off_share": Decimal(2)}):
        with pytest.raises(Refused, match=r"below 0|between 0 and 1"):
            settings.save(stores.find(STORE), replace(ASSUMED, **wrong))
    assert settings.of(stores.find(STORE)) == ASSUMED
    assert settings.of(()) == ReturnSettings()


def test_without_returns_there_are_columns_and_no_rows() -> None:
    nowhere = march().over(date(2020, 1, 1), date(2020, 2, 1))
    for frame in (costs.of(nowhere), costs.summary(nowhere), costs.by_product(nowhere)):
        assert frame.empty and len(frame.columns) > 5
