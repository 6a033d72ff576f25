"""The pages of what returns cost and of returns by side, and the settings that fill them."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import return_costs_shop
from analytics import db, stores
from analytics.returns import settings
from pages.ui import reads
from return_costs_shop import ASSUMED, STORE
from screens import COST_OF_RETURNS, RETURNS, RETURNS_BY, SETTINGS, cards, come_in, open_page, words

MARCH = {"days": ["2026-03-01", "2026-03-31"]}


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shop whose costs are counted by hand; a test that changes what it assumes sets it back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        return_costs_shop.bring(tmp_path_factory.mktemp("costs"))
        come_in(patch)
        yield
        db.forget()


def table(screen: AppTest, column: str) -> pd.DataFrame:
    return next(each.value for each in screen.dataframe if column in each.value.columns)


def test_the_page_says_what_returns_cost_and_how_far_that_is_known() -> None:
    screen = open_page(COST_OF_RETURNS, MARCH)
    found = cards(screen)
    assert (found["Cost of returns, EUR"], found["Value returned, EUR"]) == (Decimal("128.5"), 120)
    assert f"{found['Cost a return, EUR']:.4f}" == "21.4167" and "every part known of 25.0 % of the value" in words(
        screen
    )
    assert "the largest part is contribution lost, 52.00 EUR" in words(screen)
    parts = table(screen, "source").set_index("label")
    assert dict(parts["source"]) == {
        "Contribution lost": "from files", "Written off": "from files", "Outbound shipping lost": "assumed (Settings)",
        "Return labels": "assumed (Settings)", "Handling": "assumed (Settings)", "Fees not given back": "from files",
        "Return fees kept": "from files", "Cost of returns": "partly assumed",
    }  # fmt: skip
    assert list(table(screen, "cost_of_returns")["title"]) == ["Mug", "Bowl", "Vase"]
    # of D and E a payment tells that they were paid out, of the rest nobody does
    assert found["Retained revenue"] == 0 and "known of 25.0 % of the value" in words(screen)


def test_the_overview_has_the_cost_by_the_day_of_the_order_on_either_clock() -> None:
    for clock in ("order date", "refund date"):
        found = cards(open_page(RETURNS, {"days": ["2026-03-01", "2026-03-07"], "clock": clock}))
        assert found["Cost of returns, EUR"] == 61  # of A and B 29 + 9 + 6.50 + 12 + 4.50


def test_what_is_not_known_names_what_fills_it() -> None:
    settings.save(stores.find(STORE), replace(ASSUMED, return_label=None))
    reads.forget()
    try:
        said = words(open_page(COST_OF_RETURNS, MARCH))
    finally:
        settings.save(stores.find(STORE), ASSUMED)
        reads.forget()
    assert "**Return labels**: what a label back costs, in Settings" in said and "1 part of it not known" in said


def test_days_without_returns_name_the_files_that_bring_them() -> None:
    for page in (COST_OF_RETURNS, RETURNS_BY):
        assert "Nothing happened in these days" in words(open_page(page, {"days": ["2026-04-10", "2026-04-10"]}))
        assert "table of returns" in words(open_page(page, {"days": ["2026-03-25", "2026-03-25"]}))


def test_a_side_stands_in_the_address_beside_the_rate_of_the_whole() -> None:
    screen = open_page(RETURNS_BY, MARCH | {"by": "supplier"})
    assert list(table(screen, "whole_rate")["name"]) == ["Kiln & Co", "unknown"]
    assert "No supplier has surely more returns than the whole" in words(screen) and "terms for it" in words(screen)
    assert f"{cards(screen)['Rate of the whole']:.4f}" == "0.5455"  # 6 of 11 units
    assert "The address asks for" in words(open_page(RETURNS_BY, MARCH | {"by": "weekday"}))
    assert list(table(open_page(RETURNS_BY, MARCH), "whole_rate")["name"]) == ["web", "phone"]


def test_what_a_parcel_costs_is_typed_in_settings_and_what_cannot_be_is_refused() -> None:
    store = stores.find(STORE)
    screen = open_page(SETTINGS)
    screen.number_input(key=f"return_handling_{store}").set_value(2.25)
    screen.number_input(key=f"return_outbound_label_{store}").set_value(None)
    screen.number_input(key=f"return_written_off_share_{store}").set_value(40.0)
    next(button for button in screen.button if button.label == "Save returns").click()
    screen.run()
    try:
        assert "The costs of returned parcels are kept." in words(screen)
        wanted = replace(ASSUMED, handling=Decimal("2.25"), outbound_label=None, written_off_share=Decimal("0.4"))
        assert settings.of(store) == wanted
        screen.number_input(key=f"return_written_off_share_{store}").set_value(140.0)
        next(button for button in screen.button if button.label == "Save returns").click()
        screen.run()
        assert "between 0 and 1" in words(screen) and settings.of(store) == wanted
    finally:
        settings.save(store, ASSUMED)
