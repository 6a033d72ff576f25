"""A store's own limits for its stock."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from analytics import db, stores
from analytics.errors import Refused
from analytics.stock import channel_locations, settings
from analytics.stock.settings import StockSettings
from imported import take
from pages.ui import stock_limits
from screens import SETTINGS, come_in, open_page, words


def a_store(name: str) -> int:
    with db.transaction() as cursor:
        return stores.claim(cursor, name, "Europe/Berlin")


def test_a_store_keeps_its_limits_and_another_has_the_usual_ones(emptied):
    ours, others = a_store("Ours"), a_store("Others")
    wanted = replace(StockSettings(), dead_days=Decimal(120), service_level=Decimal("0.98"))
    settings.save(ours, wanted)
    assert settings.of(ours) == wanted
    assert settings.of(others) == StockSettings()


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [
        ("lead_time_days", "-1", "cannot be below 0"),
        ("service_level", "1", "between 0 and 1"),
        ("window_days", "0.5", "at least one day"),
        ("a_until", "0.95", "raise the second"),
        ("y_until", "0.5", "raise the second"),
    ],
)
def test_an_impossible_limit_is_refused_with_the_reason(emptied, limit, value, words):
    store = a_store("Ours")
    with pytest.raises(Refused, match=words):
        settings.save(store, replace(StockSettings(), **{limit: Decimal(value)}))
    assert settings.of(store) == StockSettings()


def test_every_limit_can_be_set_on_the_page():
    assert {limit.name for limits in stock_limits.GROUPS.values() for limit in limits} == set(settings.NAMES)


def test_what_is_typed_on_the_page_is_kept_and_what_cannot_be_is_refused(emptied, monkeypatch):
    store = a_store("Ours")
    come_in(monkeypatch)
    screen = open_page(SETTINGS)
    screen.number_input(key="limit_dead_days").set_value(120.0)
    screen.number_input(key="limit_a_until").set_value(75.0)
    next(button for button in screen.button if button.label == "Save limits").click()
    screen.run()
    assert "The limits of stock are kept." in words(screen)
    assert settings.of(store) == replace(StockSettings(), dead_days=Decimal(120), a_until=Decimal("0.75"))
    screen.number_input(key="limit_b_until").set_value(70.0)
    next(button for button in screen.button if button.label == "Save limits").click()
    screen.run()
    assert "raise the second" in words(screen)
    assert settings.of(store).b_until == StockSettings().b_until


def test_the_location_of_a_channel_is_chosen_on_the_page(emptied, monkeypatch, tmp_path):
    orders, counts = tmp_path / "orders.csv", tmp_path / "stock.csv"
    orders.write_text(
        "order,date,sku,quantity,unit_price,channel\n1,2026-03-01,A,1,5.00,web\n2,2026-03-01,A,1,5.00,till\n"
    )
    counts.write_text("sku,available,location\nA,5,Berlin\nA,7,Bremen\n")
    take(orders, currency="EUR")
    take(counts, as_of=date(2026, 3, 2))
    store = stores.find("Shop")
    come_in(monkeypatch)
    screen = open_page(SETTINGS)
    screen.selectbox(key=f"location_of_{store}_till").set_value("Bremen")
    next(button for button in screen.button if button.label == "Save locations").click()
    screen.run()
    assert "The locations of the channels are kept." in words(screen)
    assert channel_locations.of(store) == {"till": "Bremen"}
