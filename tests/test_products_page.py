"""The page of products: its numbers, its choices in the address, one product opened, bundles either way."""

from collections.abc import Iterator

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import product_shop
from analytics import db
from screens import PRODUCTS, cards, come_in, open_page, words

MARCH = {"store": "Breakfast", "days": ["2026-03-01", "2026-03-31"], "compare": "previous period"}


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        come_in(patch)
        product_shop.bring(tmp_path_factory.mktemp("shop"))
        yield


def table(screen: AppTest, column: str) -> pd.DataFrame:
    """The first table that has a column."""
    return next(each.value for each in screen.dataframe if column in each.value)


def test_the_ranking_shows_the_period_to_the_cent_and_who_leads() -> None:
    screen = open_page(PRODUCTS, MARCH)
    shown = cards(screen)
    assert (shown["Net sales, EUR"], shown["Products sold"], shown["A products"]) == (333.5, 6, 3)
    assert table(screen, "abc")["title"].head(3).tolist() == ["Shirt", "Mug", "Breakfast Set"]
    said = words(screen)
    assert "Shirt leads with 60.6 % of net sales" in said and "3 of 6 products bring 80 % of net sales" in said


def test_bundles_as_components_change_the_rows_and_not_the_total() -> None:
    screen = open_page(PRODUCTS, MARCH | {"bundles": "as components", "metric": "units"})
    shown = table(screen, "abc")
    assert "Breakfast Set" not in set(shown["title"]) and shown["net_sales"].sum() == 333.5
    assert shown.set_index("title").loc["Mug", ["units", "net_sales"]].tolist() == [7, 98]


def test_movers_are_those_of_the_days_compared() -> None:
    screen = open_page(PRODUCTS, MARCH | {"show": "movers", "rows": "variant"})
    shown = table(screen, "relative_change").set_index("name")
    # 1 to 31 March against 29 January to 28 February
    assert shown.loc["Mug", ["now", "before", "change"]].tolist() == [60, 200, -140]
    assert "Shirt - Red / M" in shown.index


def test_new_and_fading_products_are_named_with_what_that_means() -> None:
    screen = open_page(PRODUCTS, MARCH | {"show": "new and fading", "pace": "25 %"})
    frames = [each.value for each in screen.dataframe if "pace_left" in each.value]
    assert [list(frame["title"]) for frame in frames] == [["Mug"], ["Breakfast Set", "Tea", "Card - Blank"]]
    said = words(screen)
    assert "1 product sold at 25 % of the former pace or less" in said and "History starts on Sat 1 Nov 2025" in said


def test_a_product_of_the_address_is_opened_with_its_sizes_and_days() -> None:
    screen = open_page(PRODUCTS, MARCH | {"product": "shirt"})
    assert "Net sales of Shirt" in words(screen) and "4 variants sold" in words(screen)
    sizes = table(screen, "colour")
    assert list(sizes.columns) == ["colour", "S", "M", "XL", "All"] and sizes["All"].tolist() == [7, 5, 1, 1]
    assert table(screen, "day")["net_sales"].sum() == 202


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"metric": "fame"}, "metric “fame”"),
        ({"bundles": "as gifts"}, "bundles “as gifts”"),
        ({"show": "nothing"}, "show “nothing”"),
        ({"product": "no-such"}, "the product “no\\-such”"),
    ],
)
def test_what_the_address_asks_for_and_is_not_there_is_said(asked: dict[str, str], said: str) -> None:
    screen = open_page(PRODUCTS, MARCH | asked)
    assert said in words(screen) and "not there" in words(screen)
    assert "Net sales of" not in words(screen)
    if "product" not in asked:
        assert not any("abc" in each.value for each in screen.dataframe)


def test_a_search_finds_titles_and_skus() -> None:
    assert set(table(open_page(PRODUCTS, MARCH | {"find": "tea, SHIRT"}), "abc")["title"]) == {"Tea", "Shirt"}
    variants = table(open_page(PRODUCTS, MARCH | {"find": "shirt-bm,c-1", "rows": "variant"}), "abc")
    assert set(variants["title"]) == {"Shirt - Blue / M", "Card - Blank"}
