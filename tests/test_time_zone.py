"""A store's time zone can be changed; files whose days it has cut keep them until they are imported again."""

from datetime import date
from pathlib import Path

import pytest

from analytics import db, imports, sales, stores, undo
from analytics.errors import Refused
from analytics.scope import Scope
from imported import take
from screens import SETTINGS, come_in, open_page, words

HEAD = (
    "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tproduct-name\tsku\t"
    "item-status\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\tshipping-tax\titem-promotion-discount\t"
    "ship-promotion-discount\tship-country\n"
)
# half past three in UTC on the first of May is still the last of April in Los Angeles
ROW = (
    "111-1\t2026-05-01T03:30:00+00:00\t2026-05-02T03:30:00+00:00\tShipped\tAmazon\tAmazon.com\tMug\tMUG\tShipped\t1\tUSD\t"
    "20.00\t0.00\t0.00\t0.00\t0.00\t0.00\tUS\n"
)


@pytest.fixture
def report(emptied: str, tmp_path: Path) -> Path:
    path = tmp_path / "orders.txt"
    path.write_text(HEAD + ROW, encoding="utf-8")
    return path


def the_day() -> date:
    days = sales.daily(Scope())
    (day,) = days.loc[days["orders"] > 0, "day"]
    return day


def test_a_store_that_moves_keeps_its_days_until_its_files_come_in_again(report: Path) -> None:
    first = take(report, time_zone="America/Los_Angeles")
    store = stores.find("Shop")
    assert (the_day(), imports.cut_by_zone(store)) == (date(2026, 4, 30), ["orders.txt"])
    version = stores.all_stores()["data_version"].iloc[0]
    stores.move(store, "Europe/Berlin")
    assert stores.time_zone("Shop") == "Europe/Berlin"
    assert stores.all_stores()["data_version"].iloc[0] == version + 1
    assert the_day() == date(2026, 4, 30)
    undo.undo(first["import_id"])
    assert imports.cut_by_zone(store) == []
    take(report)
    assert the_day() == date(2026, 5, 1)


def test_a_zone_that_there_is_not_is_refused_and_nothing_changes(emptied: str) -> None:
    with db.transaction() as cursor:
        store = stores.claim(cursor, "Shop", "Asia/Tokyo")
    with pytest.raises(Refused, match="Europe/Berlin"):
        stores.move(store, "Mars/Olympus")
    assert stores.time_zone("Shop") == "Asia/Tokyo"


def test_a_zone_can_be_chosen_on_the_page(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(report)
    come_in(monkeypatch)
    screen = open_page(SETTINGS)
    assert "orders.txt came with times in UTC" in words(screen)
    zone = next(box for box in screen.selectbox if box.label == "Time zone")
    assert zone.value == "Not known"
    zone.set_value("Pacific/Kiritimati")
    next(button for button in screen.button if button.label == "Save time zone").click()
    screen.run()
    assert "The time zone is kept." in words(screen)
    assert stores.time_zone("Shop") == "Pacific/Kiritimati"
