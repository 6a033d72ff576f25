"""Several currencies: each by itself, or converted by the rate of each day; what has no rate is named, never added raw."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics import bridge, db, proof, rates, sales
from analytics.scope import Scope
from imported import take
from screens import OVERVIEW, SALES, cards, come_in, open_page, words

ORDERS = """Order,Date,SKU,Title,Quantity,Unit price,Currency,Channel,Country
1,2024-05-01,A,Mug,2,10.00,EUR,web,DE
2,2024-05-01,A,Mug,1,11.00,USD,web,US
3,2024-05-03,B,Bowl,3,7.01,USD,pos,US
4,2024-05-02,B,Bowl,1,20.00,CHF,web,CH
5,2024-05-04,A,Mug,1,30.00,CHF,web,CH
"""
# 2 May has the rate of 1 May; francs are only known from 3 May
RATES = """Currency,Into currency,Valid from,Rate
USD,EUR,2024-05-01,0.93
USD,EUR,2024-05-03,0.917
CHF,EUR,2024-05-03,1.02
"""
USD_IN_EUR = Decimal("11.00") * Decimal("0.93") + 3 * Decimal("7.01") * Decimal("0.917")
WHOLE = Decimal("20.00") + USD_IN_EUR + Decimal("30.00") * Decimal("1.02")
DAYS = (date(2024, 5, 1), date(2024, 5, 6))


def written(folder: Path, text: str, name: str = "rates.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Five orders in three currencies and the rates of two of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        folder = tmp_path_factory.mktemp("rates")
        take(written(folder, ORDERS, "orders.csv"))
        take(written(folder, RATES))
        db.forget()
        yield


def scope(**more: object) -> Scope:
    return Scope(start=DAYS[0], stop=DAYS[1], into="EUR", **more)  # type: ignore[arg-type]


def one(frame):  # type: ignore[no-untyped-def]
    assert len(frame) == 1
    return frame.iloc[0]


@pytest.mark.parametrize("basis", ["order_date", "refund_date"])
def test_every_amount_is_converted_by_the_rate_of_its_day(shop: None, basis: str) -> None:
    row = one(sales.summary(scope(basis=basis)))
    assert (row["currency"], row["gross_sales"], row["orders"], row["units"]) == ("EUR", WHOLE, 4, 7)
    assert row["net_sales"] == row["collected"] == WHOLE
    assert row["average_order_value"] == WHOLE / 4


def test_the_days_channels_and_products_add_up_to_the_whole(shop: None) -> None:
    asked = scope()
    daily = sales.daily(asked)
    assert list(daily["net_sales"]) == [
        20 + 11 * Decimal("0.93"), 0, 3 * Decimal("7.01") * Decimal("0.917"), 30 * Decimal("1.02"), 0,
    ]  # fmt: skip
    for dimension in ("channel", "country", "category", "product"):
        assert sum(sales.by_dimension(asked, dimension)["net_sales"]) == WHOLE, dimension
    assert sum(sales.products(asked)["net_sales"]) == WHOLE
    steps = bridge.steps(asked).set_index("step")["amount"]
    assert steps["gross_sales"] == steps["collected"] == steps["documents_total"] == WHOLE
    (behind,) = proof.behind(asked, "net_sales")
    assert behind.total == WHOLE


def test_a_category_is_converted_too(shop: None) -> None:
    unknown = sales.summary(scope(categories=("None",)))
    assert unknown.empty


def test_what_has_no_rate_is_left_out_and_named_with_its_days(shop: None) -> None:
    found = rates.missing(scope())
    assert found.to_dict("records") == [
        {"currency": "CHF", "into_currency": "EUR", "day": date(2024, 5, 2), "orders": 1, "amount": Decimal("20.0000")}
    ]
    assert rates.missing_in_words(found, "EUR") == [
        "1 order in CHF is not in these numbers, 20.00 CHF in all: there is no rate into EUR for 2 May 2024."
    ]
    assert rates.missing(scope(channels=("pos",))).empty


def test_without_any_rate_nothing_is_added_raw(shop: None) -> None:
    asked = Scope(start=DAYS[0], stop=DAYS[1], into="SEK")
    assert sales.summary(asked).empty
    assert set(rates.missing(asked)["currency"]) == {"EUR", "USD", "CHF"}


def test_amounts_of_one_currency_can_be_shown_in_another(shop: None) -> None:
    assert one(sales.summary(scope(currency="USD")))["net_sales"] == USD_IN_EUR


def test_a_currency_by_itself_says_what_is_not_in_it(shop: None) -> None:
    asked = Scope(start=DAYS[0], stop=DAYS[1], currency="EUR")
    assert one(sales.summary(asked))["net_sales"] == Decimal("20.00")
    assert rates.others_in_words(rates.others(asked)) == "2 orders in CHF and 2 orders in USD are not in these numbers."
    assert rates.others_in_words(rates.others(asked.over(date(2024, 6, 1), date(2024, 7, 1)))) is None


def test_the_pairs_say_how_far_they_reach(shop: None) -> None:
    assert rates.pairs()[["currency", "into_currency", "rates", "first_day", "last_rate"]].values.tolist() == [
        ["CHF", "EUR", 1, date(2024, 5, 3), Decimal("1.02")],
        ["USD", "EUR", 2, date(2024, 5, 1), Decimal("0.917")],
    ]
    assert rates.targets(["USD", "EUR"]) == ["EUR"]


WHOLE_DAYS = {"days": ["2024-05-01", "2024-05-05"]}


@pytest.fixture
def screen_of(shop: None, monkeypatch: pytest.MonkeyPatch) -> None:
    come_in(monkeypatch)


def test_the_page_shows_one_currency_and_names_the_others(screen_of: None) -> None:
    screen = open_page(SALES, WHOLE_DAYS | {"currency": "USD"})
    assert cards(screen)["Net sales, USD"] == Decimal("32.03")
    assert "2 orders in CHF and 1 order in EUR are not in these numbers." in words(screen)
    assert screen.selectbox(key="currency").options == ["USD", "CHF", "EUR", "All in USD", "All in EUR"]


def test_the_page_shows_all_in_one_currency_and_names_what_has_no_rate(screen_of: None) -> None:
    screen = open_page(SALES, WHOLE_DAYS | {"currency": "All in EUR"})
    assert cards(screen)["Net sales, EUR"] == WHOLE
    assert (
        "1 order in CHF is not in these numbers, 20.00 CHF in all: there is no rate into EUR for 2 May 2024."
        in words(screen)
    )
    next(button for button in screen.button if button.key.startswith("how_net_sales")).click().run()
    assert f"add up to **{round(WHOLE, 2):,} EUR**" in words(screen)


def test_pages_that_cannot_convert_do_not_offer_it(screen_of: None) -> None:
    screen = open_page(OVERVIEW, {"day": "2024-05-03", "currency": "All in EUR"})
    assert "Nothing is shown" in words(screen) and not screen.metric
