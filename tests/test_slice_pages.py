"""The pages of channels, countries, categories and hours: they show the shop, keep choices in the address, save rules."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import ledger_shop
from analytics import channels, db, events, stores
from analytics.channels import Rule
from analytics.scope import Scope
from imported import rows_of
from pages.ui import margins, reads
from screens import CATEGORIES, CHANNELS, COUNTRIES, HOURS, ORDERS, SLICES, cards, come_in, marked, open_page, words
from test_slices import DAYS_ONLY, FILES, bring

DAYS = (date(2026, 1, 1), date(2026, 4, 1))
WHOLE = {"store": "Hand", "days": ["2026-01-01", "2026-03-31"]}


@pytest.fixture(scope="module", autouse=True)
def books(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shop written by hand, and one whose file prints no times."""
    folder = tmp_path_factory.mktemp("books")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        for name, text, as_of in FILES:
            bring(folder, ledger_shop.STORE, (name, text), as_of)
        bring(folder, "Days", ("days.csv", DAYS_ONLY), date(2026, 4, 1))
        come_in(patch)
        yield
        db.forget()


def table(screen: AppTest, column: str) -> pd.DataFrame:
    return next(each.value for each in screen.dataframe if column in each.value.columns)


@pytest.mark.parametrize("page", SLICES)
def test_a_page_of_slices_shows_the_whole_and_its_parts(page: str) -> None:
    screen = open_page(page, WHOLE | {"currency": "EUR"})
    assert cards(screen)["Net sales, EUR"] == Decimal("292.77")
    if page == HOURS:
        assert table(screen, "time").shape == (24, 8)
        return
    rows = table(screen, "net_sales")
    assert rows["name"].iloc[0] == "Total" and rows["net_sales"].iloc[0] == 292.77
    assert round(rows["net_sales"].iloc[1:].sum(), 2) == 292.77


def test_events_are_marked_on_the_lines_of_the_biggest_slices() -> None:
    store = stores.find("Hand")
    assert store is not None
    fair = {
        "event_id": None,
        "starts_on": date(2026, 2, 12),
        "ends_on": None,
        "kind": "note",
        "title": "Fair",
        "note": None,
    }
    events.save(store, [], [fair])
    reads.forget()
    screen = open_page(CHANNELS, WHOLE | {"currency": "EUR"})
    found = events.of(Scope(store, *DAYS, currency="EUR"))
    letter = found.loc[found["title"] == "Fair", "letter"].iloc[0]
    assert f"**{letter}** Thu 12 Feb 2026 note: Fair" in words(screen)
    assert any(letter in said.split() for said in marked(screen))
    assert any(letter in said.split() for said in marked(open_page(ORDERS, WHOLE | {"currency": "EUR"})))


@pytest.mark.parametrize(
    ("page", "asked", "gone"),
    [
        (CATEGORIES, {"by": "colour"}, "net_sales"),
        (HOURS, {"measure": "profit"}, "time"),
        (HOURS, {"per": "week"}, "time"),
        (COUNTRIES, {"regions_of": "ZZ"}, None),
        (CHANNELS, {"line": "Fax"}, None),
    ],
)
def test_an_address_that_asks_for_what_is_not_there_says_so(page: str, asked: dict[str, str], gone: str | None) -> None:
    screen = open_page(page, WHOLE | asked)
    assert "The address asks for" in words(screen) and f"“{next(iter(asked.values()))}”" in words(screen)
    assert all(gone not in each.value.columns for each in screen.dataframe)


def test_the_choices_of_a_page_come_from_the_address() -> None:
    screen = open_page(HOURS, WHOLE | {"currency": "EUR", "measure": "net sales"})
    assert "Net sales a day, EUR" in words(screen)
    screen = open_page(HOURS, WHOLE | {"currency": "EUR", "measure": "net sales", "per": "in all"})
    assert "Net sales in all, EUR" in words(screen)
    brands = table(open_page(CATEGORIES, WHOLE | {"by": "brand"}), "net_sales")
    assert set(brands["name"]) == {"Total", "Clay", "Loom", "Wick"}


def test_hours_of_files_without_times_are_not_drawn() -> None:
    screen = open_page(HOURS, {"store": "Days", "days": ["2026-01-01", "2026-01-31"]})
    assert "2 orders (100.0 %) with net sales of 30.00 EUR stand on no hour" in words(screen)
    assert "No hours are known" in [
        each.icon or each.proto.title for each in screen.info
    ] or "print no time of day" in words(screen)
    assert all("time" not in each.value.columns for each in screen.dataframe)


def test_what_has_no_country_can_be_filtered_for() -> None:
    screen = open_page(COUNTRIES, {"store": "Days", "days": ["2026-01-01", "2026-01-31"], "country": "unknown"})
    assert cards(screen)["Net sales, EUR"] == 30


def test_a_country_without_regions_says_so() -> None:
    screen = open_page(COUNTRIES, WHOLE | {"regions_of": "AT"})
    assert "The files name no region for the orders to Austria" in words(screen)


def test_rules_are_suggested_written_into_the_table_and_saved_only_when_asked() -> None:
    store = stores.find("Hand")
    rows_of("update orders set tags = 'B2B, net 30' where order_name = '#2012' returning 1")
    channels.save(store, [Rule("channel", "Phone", "Calls")])
    screen = open_rules()
    assert "Suggested for what occurs here: tag “B2B” is Wholesale." in words(screen)
    press(screen, "Add 1 suggestion")
    assert channels.rules(store)["channel"].tolist() == ["Calls"]
    press(screen, "Save rules")
    assert "2 rules saved; 1 order changed channel." in words(screen)
    assert channels.rules(store)["channel"].tolist() == ["Calls", "Wholesale"]
    assert {"Calls", "Wholesale"} < set(table(screen, "net_sales")["name"])
    channels.save(store, [])


def open_rules() -> AppTest:
    screen = open_page(CHANNELS, WHOLE | {"currency": "EUR"})
    screen.session_state["channel_rules"] = True
    screen.run()
    assert not screen.exception
    return screen


def press(screen: AppTest, label: str) -> None:
    next(button for button in screen.button if button.label == label).click()
    screen.run()
    assert not screen.exception, screen.exception


def test_of_nothing_sold_no_margin_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("pages.ui.states.partial", said.append)
    margins.told(pd.DataFrame({"covered_share": []}))
    assert said == []
    margins.told(pd.DataFrame({"covered_share": [None]}))
    assert len(said) == 1
