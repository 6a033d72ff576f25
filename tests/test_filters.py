"""The filters: what the address may ask, what happens when it asks for something else, and the link back."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import shop_files
from analytics import imports, stores
from analytics.ingest.load import Options, load
from analytics.undo import undo
from pages.ui import reads, states
from pages.ui.checks import problems
from screens import SALES, cards, come_in, open_page, words

LAST_DAY = date(2026, 3, 20)
OPTIONS = {"store": ["Pottery", "Studio"], "clock": ["order date", "refund date"], "channel": ["web", "pos"]}
WHOLE = {"store": "Pottery", "days": ["2026-03-01", "2026-03-20"]}


def with_stores(address: str, folder: Path, *names: str) -> str:
    """The address of a database after each of these stores had the four orders imported."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", address)
        for name in names:
            load(shop_files.orders(folder / f"{name}.csv", LAST_DAY), Options(store=name))
    return address


@pytest.fixture(scope="module")
def one_store(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    return with_stores(shared_database, tmp_path_factory.mktemp("one"), "Pottery")


@pytest.fixture
def pottery(one_store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One store, only to be read."""
    monkeypatch.setenv("DATABASE_URL", one_store)
    come_in(monkeypatch)


@pytest.mark.parametrize(
    "asked",
    [
        {"store": ["Pottery"]},
        {"store": ["Pottery", "Studio"]},
        {"channel": ["web", "pos"]},
        {"days": ["2026-03-01", "2026-03-20"]},
        {"days": ["2026-03-01", "2026-03-01"]},
        {"day": ["2026-03-01"]},
    ],
)
def test_an_address_that_can_be_followed_is_no_problem(asked: dict[str, list[str]]) -> None:
    assert problems(asked, OPTIONS) == {}


@pytest.mark.parametrize(
    "asked",
    [
        {"store": ["Bakery"]},
        {"store": ["Pottery", "Bakery"]},
        {"store": ["Pottery", "Pottery"]},
        {"clock": ["order_date"]},
        {"channel": ["web", "fax"]},
        {"channel": [""]},
        {"days": []},
        {"days": ["2026-03-01", "2026-03-02", "2026-03-03"]},
        {"days": ["2026-03-20", "2026-03-01"]},
        {"days": ["2026-03-01", "2026-02-30"]},
        {"days": ["1789-07-14", "2026-03-01"]},
        {"day": ["yesterday"]},
    ],
)
def test_an_address_that_cannot_be_followed_is_named_with_its_value(asked: dict[str, list[str]]) -> None:
    found = problems(asked, OPTIONS)
    assert list(found) == list(asked)
    assert all(values == [] or states.plain(values[0])[:9] in found[name] for name, values in asked.items())


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "fax"},
        {"channel": ["web", "fax"]},
        {"country": "Atlantis"},
        {"clock": "sundial"},
        {"compare": "last week"},
        {"days": ["2026-03-20", "2026-03-01"]},
        {"store": "Bakery"},
        {"currency": "XAU"},
    ],
)
def test_a_wrong_value_shows_a_notice_and_nothing_wider(pottery: None, wrong: dict[str, str | list[str]]) -> None:
    screen = open_page(SALES, WHOLE | wrong)
    assert "Nothing is shown" in screen.warning[0].value
    assert not screen.metric and not screen.dataframe


def test_the_notice_stays_until_something_is_chosen(pottery: None) -> None:
    screen = open_page(SALES, WHOLE | {"channel": ["web", "fax"]})
    screen.run()
    assert screen.warning and not screen.metric
    next(button for button in screen.button if button.label == "Go on without it").click()
    screen.run()
    assert not screen.warning and screen.metric


def test_choosing_a_value_lifts_the_notice(pottery: None) -> None:
    screen = open_page(SALES, WHOLE | {"channel": "fax"})
    screen.multiselect(key="channel").set_value(screen.multiselect(key="channel").options[:1]).run()
    assert not screen.warning and screen.metric


def test_a_filter_in_the_address_filters(pottery: None) -> None:
    assert cards(open_page(SALES, WHOLE | {"country": "CA"}))["Net sales, USD"] == Decimal("37.05")


def test_without_days_the_last_28_complete_days_of_data_are_shown(pottery: None) -> None:
    assert open_page(SALES).date_input(key="days").value == (date(2026, 3, 1), date(2026, 3, 20))
    assert "1 – 20 Mar 2026" in words(open_page(SALES))


def test_the_link_holds_every_filter_and_absolute_days(pottery: None) -> None:
    link = parse_qs(urlsplit(open_page(SALES, {"country": "CA"}).code[0].value).query)
    assert link["days"] == ["2026-03-01", "2026-03-20"]
    assert link["country"] == ["CA"] and link["store"] == ["Pottery"]
    assert link["clock"] == ["order date"] and link["compare"] == ["same weekdays last year"]


def test_the_link_opens_the_same_view(pottery: None) -> None:
    first = open_page(SALES, {"country": "CA", "clock": "refund date"})
    asked = parse_qs(urlsplit(first.code[0].value).query)
    again = open_page(SALES, asked)
    assert cards(again) == cards(first)
    assert again.code[0].value == first.code[0].value


@pytest.fixture(scope="module")
def three_stores(second_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    return with_stores(second_database, tmp_path_factory.mktemp("three"), "Pottery", "Studio", "Market")


@pytest.fixture
def three(three_stores: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three stores, only to be read."""
    monkeypatch.setenv("DATABASE_URL", three_stores)
    come_in(monkeypatch)


def test_some_stores_are_summed_and_the_others_are_left_out(three: None) -> None:
    shown = {
        names: cards(open_page(SALES, WHOLE | {"store": list(names)}))["Net sales, USD"]
        for names in ((), ("Studio",), ("Pottery", "Studio"), ("Market", "Pottery", "Studio"))
    }
    one = shop_files.NET_SALES
    assert list(shown.values()) == [3 * one, one, 2 * one, 3 * one]


def test_the_link_names_every_store(three: None) -> None:
    screen = open_page(SALES, WHOLE | {"store": ["Pottery", "Studio"]})
    assert parse_qs(urlsplit(screen.code[0].value).query)["store"] == ["Pottery", "Studio"]
    assert "Pottery and Studio · " in words(screen)
    everything = parse_qs(urlsplit(open_page(SALES, {"days": WHOLE["days"]}).code[0].value).query)
    assert sorted(everything["store"]) == ["Market", "Pottery", "Studio"]


def test_what_happens_in_one_of_the_chosen_stores_is_seen(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_stores(database, tmp_path, "Pottery", "Studio", "Market")
    come_in(monkeypatch)
    asked = WHOLE | {"store": ["Pottery", "Studio"]}
    assert cards(open_page(SALES, asked))["Orders"] == 2 * shop_files.ORDERS
    undo(int(imports.history(stores.find("Studio"))["import_id"].iloc[0]))
    reads.forget()
    assert cards(open_page(SALES, asked))["Orders"] == shop_files.ORDERS
