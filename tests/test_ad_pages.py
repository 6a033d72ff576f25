"""The pages of advertising: what they say of a shop that anyone can add up, and what is told where nothing is known."""

import json
from collections.abc import Iterator
from decimal import Decimal

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import ads_shop
from ads_shop import march
from analytics import db, stores
from analytics.ads import mapping
from analytics.ads.mapping import Saying
from pages.ui import ad_products, reads
from screens import cards, come_in, open_page, words

ADVERTISING, CAMPAIGNS = "pages/ads/advertising.py", "pages/ads/campaigns.py"
DIMINISHING, PRODUCTS = "pages/ads/diminishing.py", "pages/ads/spend_on_products.py"
PAGES = (ADVERTISING, CAMPAIGNS, DIMINISHING, PRODUCTS)
MARCH = {"store": ads_shop.STORE, "days": ["2026-03-01", "2026-03-31"]}


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shop, loaded once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        ads_shop.bring(tmp_path_factory.mktemp("ads"))
        come_in(patch)
        yield
        db.forget()


def table(screen: AppTest, column: str) -> pd.DataFrame:
    return next(each.value for each in screen.dataframe if column in each.value.columns)


@pytest.mark.parametrize("page", PAGES)
def test_a_shop_without_ads_is_told_which_file_to_export_where(page: str) -> None:
    with db.transaction() as cursor:
        cursor.execute("delete from ad_spend")
        cursor.execute("update stores set data_version = data_version + 1")
    reads.forget()
    try:
        said = words(open_page(page, MARCH))
    finally:
        ads_shop.put(stores.find(ads_shop.STORE), ads_shop.ADS)
        reads.forget()
    assert "In Google Ads: Campaigns › Segment › Time › Day" in said and "In Meta Ads Manager" in said


def test_the_headline_says_how_much_of_the_sales_platforms_claim_together() -> None:
    screen = open_page(ADVERTISING, MARCH)
    said, found = words(screen), cards(screen)
    assert "**The platforms together claim 143 % of your sales**" in said
    assert (found["Ad spend, EUR"], found["MER"], len(found)) == (56, Decimal("2.5"), 6)
    assert "breaks even at 3.18, after goods; selling fees and sending not told" in said
    assert "7.00 EUR of Meta Ads is not in these figures" in said
    rows = table(screen, "share_of_claimed").set_index("title")
    assert round(rows.loc["Google Ads", "ad_spend"], 2) == 41 and round(rows["share_of_claimed"].sum(), 6) == 100
    assert "3.92" in list(screen.table[0].value["Amount"])


def test_another_grain_and_another_currency_are_views_of_their_own() -> None:
    weeks = table(open_page(ADVERTISING, MARCH | {"grain": "week"}), "mer")
    assert list(weeks["ad_spend"])[1:] == [36, 20]
    said = words(open_page(ADVERTISING, MARCH | {"days": ["2026-04-01", "2026-04-05"]}))
    assert "No ad spend in EUR is told of these days alone. It is told from Mon 23 Feb 2026 to Sun 15 Mar 2026." in said


def test_campaigns_are_kept_apart_and_one_is_shown_in_full() -> None:
    screen = open_page(CAMPAIGNS, MARCH | {"platform": "Google Ads", "campaign": "google:2"})
    assert cards(screen)["Ad spend, EUR"] == 41
    assert list(table(screen, "share_of_spend")["title"]) == ["Mug PMax (2)", "Shirts - Search", "Mug PMax (3)"]
    assert "Mug PMax (2) claims 80.00 EUR for 26.00 EUR of spend" in words(screen).replace("\\", "")
    specs = [json.loads(chart.proto.spec) for chart in screen.get("vega_lite_chart")]
    assert len(specs) == 2
    assert "which is not there" in words(open_page(CAMPAIGNS, MARCH | {"campaign": "google:99"}))


def test_too_few_days_are_refused_in_words_and_the_confounders_are_named() -> None:
    said = words(open_page(DIMINISHING, MARCH))
    assert "A curve needs 90 days" in said and "The next 100 EUR" not in said


def test_wasted_spend_is_named_and_what_campaigns_are_for_can_be_told() -> None:
    screen = open_page(PRODUCTS, MARCH)
    assert cards(screen)["Spend wasted, EUR"] == 20 and cards(screen)["Share mapped"] == 1
    assert "20.00 EUR of ads (35.7 %) went to products" in words(screen) and "most to Lamp (below zero)" in words(
        screen
    )
    offered = mapping.choices(march())
    assert list(offered) == [
        "The whole shop",
        "Category: Apparel",
        "Category: Home",
        "Category: Kitchen",
        "Lamp",
        "Mug",
        "Shirt",
    ]
    known = mapping.campaigns(march(currency="EUR"))
    known = known[known["origin"] != mapping.BY_SKU].reset_index(drop=True)
    before = pd.DataFrame({"for": list(known["title"])}, dtype=object)
    after = before.assign(
        **{
            "for": [
                "The whole shop" if name == "Mug PMax" else told
                for name, told in zip(known["campaign"], before["for"], strict=True)
            ]
        }
    )
    wanted = ad_products.changed(known, before, after, offered)
    assert wanted == [Saying("google", "Mug PMax", "none")]
    store = stores.find(ads_shop.STORE)
    mapping.save(store, wanted)
    reads.forget()
    try:
        screen = open_page(PRODUCTS, MARCH)
        assert cards(screen)["Spend wasted, EUR"] == 14
        assert list(table(screen, "said_at")["means"]) == ["the whole shop"]
    finally:
        mapping.save(store, [Saying("google", "Mug PMax", None)])
        reads.forget()
