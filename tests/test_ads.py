"""Figures of advertising, by hand: sums before quotients, periods never spread, currencies apart, and what is left out told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import ads_shop
from ads_shop import march
from analytics import db, stores
from analytics.ads import campaigns, mapping, margins, names, newcomers, products, spend, totals
from analytics.ads.mapping import Saying
from analytics.errors import Refused
from analytics.scope import Scope


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shop, loaded once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        ads_shop.bring(tmp_path_factory.mktemp("ads"))
        yield
        db.forget()


def euros(scope: Scope) -> dict[str, Any]:
    frame = totals.summary(scope)
    return frame[frame["currency"] == "EUR"].iloc[0].to_dict()


def rounded(value: Decimal, digits: int = 4) -> str:
    return f"{value:.{digits}f}"


def test_every_figure_of_the_summary_is_a_quotient_of_sums() -> None:
    row = euros(march())
    assert (row["ad_spend"], row["net_sales"], row["attributed_revenue"]) == (56, 140, 200)
    assert row["mer"] == Decimal("2.5") and row["spend_share"] == row["tacos"] == Decimal("0.4")
    assert rounded(row["overclaim_ratio"]) == "1.4286"
    # 5 of spend tell no claims: 200 ÷ 51
    assert rounded(row["roas"]) == "3.9216" and row["acos"] == Decimal("0.255")
    assert rounded(row["poas"]) == "0.7857" and rounded(row["break_even_roas"]) == "3.1818"
    # nobody says how many clicks the third campaign and Amazon had
    assert [rounded(row[name]) for name in ("ctr", "cpc", "cpm", "conversion_rate")] == [
        "0.0182", "0.4902", "9.6552", "0.0392",
    ]  # fmt: skip
    assert (row["new_customers"], rounded(row["new_customer_cac"], 2), row["is_trusted"]) == (3, "18.67", True)


def test_spend_in_another_currency_stands_apart_and_a_rate_joins_it() -> None:
    frame = totals.summary(march())
    dollars = frame[frame["currency"] == "USD"].iloc[0]
    assert (dollars["ad_spend"], dollars["net_sales"], dollars["mer"], dollars["roas"]) == (
        9,
        None,
        None,
        Decimal(10) / 9,
    )
    assert spend.left_out(march(into="EUR"))["reason"].tolist() == ["period", "rate"]
    with db.transaction() as cursor:
        cursor.execute("insert into exchange_rates values ('USD', 'EUR', '2026-03-05', '2026-03-10', 0.5)")
    try:
        row = euros(march(into="EUR"))
    finally:
        with db.transaction() as cursor:
            cursor.execute("delete from exchange_rates")
    assert (row["ad_spend"], row["attributed_revenue"], row["net_sales"]) == (Decimal("60.5"), 205, 140)


def test_a_period_counts_only_in_days_that_hold_it_wholly_and_is_never_spread() -> None:
    row = euros(march())
    assert row["left_out_spend"] == 7
    assert "7.00 EUR of Meta Ads is not in these figures" in " ".join(spend.cautions(march()))
    whole = Scope(march().store, date(2026, 2, 23), date(2026, 4, 1))
    assert (euros(whole)["ad_spend"], euros(whole)["left_out_spend"]) == (63, 0)
    part = Scope(march().store, date(2026, 3, 10), date(2026, 3, 16))
    assert (euros(part)["ad_spend"], euros(part)["left_out_spend"]) == (6, 14)
    early = Scope(march().store, date(2026, 3, 4), date(2026, 3, 12))
    assert (euros(early)["ad_spend"], euros(early)["left_out_spend"]) == (6, 14)


def test_sales_are_those_of_the_days_that_ads_are_told_of() -> None:
    year = Scope(march().store, date(2025, 1, 1), date(2026, 5, 1))
    row = euros(year)
    assert (row["first_day"], row["last_day"], row["net_sales"]) == (date(2026, 2, 23), date(2026, 3, 15), 140)
    assert "Ad spend is told of 23 Feb – 15 Mar 2026 alone" in spend.cautions(year)[0]
    assert totals.summary(Scope(march().store, date(2025, 1, 1), date(2025, 3, 1))).empty


def test_parts_add_up_to_the_whole_by_platform_campaign_and_day() -> None:
    whole = spend.read(march())
    for dimension in campaigns.DIMENSIONS:
        frame = campaigns.by(march(), dimension)
        for row in whole:
            own = frame[frame["currency"] == row["currency"]]
            for name in ("ad_spend", "attributed_revenue", "clicks"):
                assert sum(each for each in own[name] if each is not None) == (row[name] or 0)
            assert sum(own["share_of_spend"]) == 1
    platforms = campaigns.by(march()).set_index("title")
    assert platforms.loc["Meta Ads", "share_of_claimed"] == Decimal("0.3")
    days = campaigns.by(march(), "day")
    assert "9 – 15 Mar 2026 as a whole" in list(days["title"])


def test_two_campaigns_of_one_name_stay_two() -> None:
    titles = list(campaigns.by(march(), "campaign", "google")["title"])
    assert titles == ["Mug PMax (2)", "Shirts - Search", "Mug PMax (3)", "Swiss brand"]


def test_over_time_a_week_told_as_a_whole_counts_in_its_week_and_on_no_day() -> None:
    days = totals.over_time(march(currency="EUR"))
    assert sum(each for each in days["ad_spend"] if each is not None) == 42 and len(days) == 15
    weeks = totals.over_time(march(currency="EUR"), "week")
    assert [(row["ad_spend"], row["net_sales"]) for row in weeks.to_dict("records")] == [(None, 0), (36, 90), (20, 50)]
    assert list(weeks["mer"]) == [None, Decimal("2.5"), Decimal("2.5")]
    mug = totals.over_time(march(currency="EUR"), "month", "google", "2")
    assert list(mug["ad_spend"]) == [26]


def test_spend_by_channel_country_or_category_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="for which channel, country or category"):
        totals.summary(march(channels=("web",)))
    with pytest.raises(ValueError, match="platform is google"):
        campaigns.by(march(), platform="Google")


def test_a_period_without_anything_below_the_line_is_blank() -> None:
    row = totals.over_time(march(currency="EUR")).iloc[0]
    assert [row[name] for name in ("mer", "roas", "ctr", "overclaim_ratio")] == [None] * 4


PRODUCTS = [
    {"product_key": key, "sku": sku, "title": title, "category": category, "parent": parent, "parent_title": whole}
    for key, sku, title, category, parent, whole in (
        ("LIN-M", "LIN-M1", "Linen Shirt - M", "Shirts", "linen", "Linen Shirt"),
        ("LIN-L", "LIN-L1", "Linen Shirt - L", "Shirts", "linen", "Linen Shirt"),
        ("SIL", "SIL-1", "Silk Shirt", "Shirts", "silk", "Silk Shirt"),
        ("SHI", "SHI-1", "Shirt", "Shirts", "shirt", "Shirt"),
        ("MUG", "MUG", "Mug", "Mugs", "mug", "Mug"),
        ("SET", "SET-9", "Gift Set", "Gifts", "set", "Gift Set"),
        ("CAF", "CAF-9", "Café Crème", None, "cafe", "Café Crème"),
    )
]


@pytest.mark.parametrize(
    ("campaign", "value"),
    [
        ("DE | Linen shirts | Prospecting", "linen"),
        ("PMax – LIN-M1 – broad", "LIN-M"),
        ("Shirts search", "Shirts"),
        ("Linen shirt and Silk shirt", None),
        ("Brand search", None),
        ("Gift set for Christmas", None),
        ("CAFE CREME video", "cafe"),
        ("Smug people", None),
        ("Shopping - all products", None),
    ],
)
def test_a_name_names_one_thing_or_nothing(campaign: str, value: str | None) -> None:
    found = names.guess(campaign, names.known(PRODUCTS))
    assert (found and found.value) == value


def test_a_campaign_is_for_what_its_name_or_its_sku_says_until_somebody_says_otherwise() -> None:
    store = stores.find(ads_shop.STORE)

    def told() -> dict[str, Any]:
        return {row["campaign"]: (row["title"], row["origin"]) for row in mapping.campaigns(march()).to_dict("records")}

    assert told() == {
        "Swiss brand": (None, "not known"), "Mug PMax": ("Mug", "guessed"), "Lamp prospecting": ("Lamp", "guessed"),
        "Shirts - Search": ("Shirt", "guessed"), "Auto": ("the products that its rows name", "the report's SKU"),
    }  # fmt: skip
    try:
        wanted = [Saying("google", "Mug PMax", "none"), Saying("google", "Swiss brand", "product", "mug")]
        assert mapping.save(store, wanted) == 2 and mapping.save(store, wanted) == 0
        assert told()["Mug PMax"] == ("the whole shop", "you") and told()["Swiss brand"] == ("Mug", "you")
        with pytest.raises(Refused, match="no product “vase”"):
            mapping.save(store, [Saying("google", "Mug PMax", "product", "vase")])
    finally:
        mapping.save(store, [Saying("google", "Mug PMax", None), Saying("google", "Swiss brand", None)])
    assert told()["Mug PMax"] == ("Mug", "guessed")
    said = mapping.changes(store)
    assert (
        len(said) == 4
        and list(said["means"].iloc[:2]) == [None, None]
        and list(said["was"].iloc[:2]) == ["Mug", "the whole shop"]
    )


def test_spend_of_products_adds_up_and_is_spread_by_what_sold() -> None:
    frame = products.spend_of_products(march(currency="EUR"))
    assert frame.set_index("product_key")["ad_spend"].to_dict() == {"MUG": 31, "LAMP": 14, "SHIRT-M": 10, "SHIRT-L": 1}
    assert sum(frame["ad_spend"]) == 56
    store = stores.find(ads_shop.STORE)
    mapping.save(store, [Saying("meta", "Lamp prospecting", "category", "Apparel")])
    try:
        frame = products.spend_of_products(march(currency="EUR"))
    finally:
        mapping.save(store, [Saying("meta", "Lamp prospecting", None)])
    # only M of the shirts sold; the lamp's money goes to it
    assert frame.set_index("product_key")["ad_spend"].to_dict() == {"MUG": 31, "SHIRT-M": 24, "SHIRT-L": 1}
    assert dict(zip(frame["product_key"], frame["is_spread"], strict=True)) == {
        "MUG": False,
        "SHIRT-M": True,
        "SHIRT-L": False,
    }


def test_spend_is_wasted_on_what_loses_money_and_on_days_without_stock() -> None:
    frame = products.wasted(march(currency="EUR"))
    found = {row["title"]: row for row in frame.to_dict("records")}
    assert list(found) == ["Lamp", "Mug", "Shirt"]
    lamp, mug, shirt = found.values()
    assert (lamp["wasted_spend"], lamp["reasons"], lamp["profit_before_ads"], lamp["left_after_ads"]) == (
        14,
        "below zero",
        -10,
        -24,
    )
    # the mugs were gone by the 14th
    assert (mug["ad_spend"], mug["wasted_spend"], mug["ad_days_out"], mug["reasons"]) == (31, 6, 1, "out of stock")
    assert (shirt["ad_spend"], shirt["wasted_spend"], shirt["reasons"]) == (11, 0, None)
    store = stores.find(ads_shop.STORE)
    mapping.save(store, [Saying("meta", "Lamp prospecting", "product", "shirt")])
    try:
        found = {row["title"]: row for row in products.wasted(march(currency="EUR")).to_dict("records")}
    finally:
        mapping.save(store, [Saying("meta", "Lamp prospecting", None)])
    # 25 of ads for shirts that left 18
    assert (found["Shirt"]["wasted_spend"], found["Shirt"]["reasons"]) == (7, "ads cost more than it earns")
    row = products.summary(march(currency="EUR")).iloc[0]
    assert (row["ad_spend"], row["mapped_spend"], row["mapped_share"], row["wasted_spend"]) == (56, 56, 1, 20)


def test_what_is_left_of_a_few_orders_is_not_held_against_the_spend_of_all() -> None:
    row = {"net_sales": 100, "cm1": 40, "cm1_net_sales": 90, "cm2": 10, "cm2_net_sales": 30}
    assert margins._profit(row)["profit"] == 40 and margins._profit(row)["profit_is"] == "after goods"
    assert margins._profit(row | {"cm2_net_sales": 80})["profit"] == 10
    assert margins._profit(row | {"cm1_net_sales": 79})["profit"] is None


def test_a_few_customers_give_no_payback_and_the_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    row = newcomers.payback(march(currency="EUR")).iloc[0]
    assert row["payback_months"] is None and "Fewer than 20 customers" in row["why"]
    monkeypatch.setattr(newcomers, "FEWEST", 3)
    scope = replace(march(currency="EUR"), stop=date(2026, 4, 6))
    curve = newcomers.curve(scope)
    # Dora, Ann, Ben and Cleo by first order: (12 + 18 + 24 − 10) ÷ 4 at once; Ann's mug within a month of hers, of three who are old enough
    assert list(curve["contribution_per_customer"]) == [11, 15] and list(curve["cohort_customers"]) == [4, 3]
    # 56 ÷ 3 is more than that
    assert "After 1 month" in newcomers.payback(scope).iloc[0]["why"]
