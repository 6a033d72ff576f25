"""The pages of stock levels: their numbers, their choices in the address, and what they say of what is not known."""

from collections.abc import Iterator

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import stock_shop
from analytics import db
from screens import STOCK, cards, come_in, open_page, words

EXCESS = "pages/stock/excess.py"
SHOP = {"store": "Corner"}


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        come_in(patch)
        stock_shop.bring(tmp_path_factory.mktemp("shop"))
        yield


def table(screen: AppTest, column: str) -> pd.DataFrame:
    """The first table that has a column."""
    return next(each.value for each in screen.dataframe if column in each.value)


def test_stock_shows_its_worth_and_where_the_money_lies() -> None:
    screen = open_page(STOCK, SHOP | {"by": "location"})
    shown, said = cards(screen), words(screen)
    assert (shown["Stock at cost, EUR"], shown["Stock at retail, EUR"], shown["On hand"]) == (1264, 24712, 1109)
    assert "Hamburg: 54.4 % of the money in stock" in said
    assert "Costs are known for 64.0 % of the pieces" in said and "Below zero: 1; not stocked: 2" in said
    assert "over 3 month ends of 12" in said and "There is less money in stock than on Tue 31 Mar 2026" in said
    assert table(screen, "share_of_stock").set_index("name").loc["Berlin", "value_at_cost"] == 576
    assert table(screen, "velocity").set_index("sku").loc["TEA", "on_hand"] == -2


def test_stock_by_class_and_location_over_a_week_of_the_past_stands_in_the_address() -> None:
    asked = {"by": "class", "rows": "location", "window": "week of Easter 2026"}
    screen = open_page(STOCK, SHOP | asked)
    found = table(screen, "abc").set_index("abc")
    assert found.loc["all", "all"] == 1264 and found.loc["A", "X"] == 280
    levels = table(screen, "velocity_basis")
    assert len(levels) == 13 and levels["velocity"].isna().all()
    assert "Velocity over the week of Easter 2026" in words(screen)


def test_a_window_that_is_not_there_shows_nothing() -> None:
    said = words(open_page(STOCK, SHOP | {"window": "week of Easter 1999"}))
    assert "week of Easter 1999" in said and "Costs are known" not in said


def test_excess_adds_up_to_its_cards_and_says_by_which_limits() -> None:
    screen = open_page(EXCESS, SHOP)
    assert cards(screen)["Dead stock, EUR"] == table(screen, "tied_up")["tied_up"].sum() == 150
    assert "Dead: no sale in 90 days. Overstock: beyond 180 days of cover." in words(screen)
    screen = open_page(EXCESS, SHOP | {"show": "overstock"})
    rows = table(screen, "tied_up")
    assert cards(screen)["Overstock, EUR"] == rows["tied_up"].sum() > 0
    assert rows["sku"].tolist() == ["SOAP", "LAMP"] and "1 product has no cost" in words(screen)


@pytest.mark.parametrize(
    ("show", "sentence"),
    [
        ("age", "The age of 72.5 % of the money is not known"),
        ("size runs", "1 style misses sizes that sell, Shirt before all"),
        ("sell-through", "Nothing was counted in the week before the period"),
    ],
)
def test_excess_tells_of_age_sizes_and_sell_through(show: str, sentence: str) -> None:
    assert sentence in words(open_page(EXCESS, SHOP | {"show": show}))
