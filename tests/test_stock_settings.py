"""A store's own limits for its stock."""

from dataclasses import replace
from decimal import Decimal

import pytest

from analytics import db, stores
from analytics.errors import Refused
from analytics.stock import settings
from analytics.stock.settings import StockSettings


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
