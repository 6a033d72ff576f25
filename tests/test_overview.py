"""The morning's figures and findings, counted by hand from a small shop."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import shop_files
from analytics import findings, money_findings, overview, proof, stores
from analytics.finding import Finding
from analytics.ingest.load import Options, load
from analytics.scope import Scope

LAST_DAY = date(2026, 3, 20)


def imported(folder: Path) -> Scope:
    """The last day of the four orders, once they are in."""
    load(shop_files.orders(folder / "orders.csv", LAST_DAY), Options(store="Pottery"))
    return Scope(stores.find("Pottery"), LAST_DAY, LAST_DAY + timedelta(days=1), currency="USD")


@pytest.fixture(scope="module")
def kept(second_database: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Scope]:
    """The address of a database with the four orders in it, and their last day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", second_database)
        return second_database, imported(tmp_path_factory.mktemp("overview"))


@pytest.fixture
def scope(kept: tuple[str, Scope], monkeypatch: pytest.MonkeyPatch) -> Scope:
    """The four orders, only to be read."""
    monkeypatch.setenv("DATABASE_URL", kept[0])
    return kept[1]


def test_a_day_stands_beside_the_month_up_to_it(scope: Scope) -> None:
    seen = overview.of(scope, date(2026, 3, 1))
    assert seen.day.net_sales == shop_files.NET_SALES_OF_LAST_DAY
    assert seen.day.orders == 2
    assert seen.month.net_sales == shop_files.NET_SALES


def test_days_before_the_data_begin_are_unknown_and_not_zero(scope: Scope) -> None:
    seen = overview.of(scope, date(2026, 3, 1))
    assert seen.last_year.net_sales is None and seen.month_last_year.net_sales is None


def test_a_day_without_orders_in_the_data_counts_as_zero_in_the_mean(scope: Scope) -> None:
    # of the four Fridays before, the data hold the 6th and the 13th, both without an order
    assert overview.of(scope, date(2026, 3, 1)).usual.net_sales == 0


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("net_sales", shop_files.NET_SALES),
        ("gross_sales", shop_files.GROSS_SALES),
        ("discounts", shop_files.DISCOUNTS),
        ("reversals", shop_files.REVERSALS),
        ("orders", Decimal(shop_files.ORDERS)),
    ],
)
def test_the_lines_behind_a_metric_add_up_to_it(scope: Scope, name: str, total: Decimal) -> None:
    (behind,) = proof.behind(scope.over(date(2026, 3, 1), LAST_DAY + timedelta(days=1)), name)
    assert behind.total == total == sum(behind.rows["amount"])


def test_an_order_paid_and_not_sent_for_two_days_is_found(emptied: str, tmp_path: Path) -> None:
    scope = imported(tmp_path)
    late = [
        shop_files.order(
            2001, LAST_DAY - timedelta(days=2), 1, "250.00", "Mug", {"Subtotal": "250.00", "Total": "250.00"}
        ),
        shop_files.order(
            2002, LAST_DAY - timedelta(days=1), 1, "999.00", "Mug", {"Subtotal": "999.00", "Total": "999.00"}
        ),
    ]
    rows = [row | {"Fulfillment Status": "unfulfilled"} for row in late]
    load(shop_files.write(tmp_path / "late.csv", shop_files.ORDER_COLUMNS, rows), Options(store="Pottery"))
    found = findings.unshipped(scope, scope)
    assert found is not None
    assert found.proof["order_name"].tolist() == ["#2001"]
    assert found.sentence == (
        "1 paid order has waited two days or more to be sent, the oldest for 2; they are worth 250 USD."
    )


def test_best_sellers_that_are_out_or_run_out_before_a_delivery_are_found(scope: Scope, tmp_path: Path) -> None:
    load(shop_files.inventory(tmp_path / "inventory.csv"), Options(store="Pottery", as_of=LAST_DAY))
    # 7 mugs of which 5 were sold in 20 days; no bowl is there, which brought 17.99; the vase was taken back
    month = scope.over(date(2026, 2, 19), LAST_DAY + timedelta(days=1))
    found = findings.sold_out(scope, month)
    assert found is None or "Bowl" not in found.sentence  # the mugs alone bring 80 %
    bowls = shop_files.order(2003, LAST_DAY, 20, "19.99", "Bowl", {"Subtotal": "399.80", "Total": "399.80"})
    more = shop_files.order(2004, LAST_DAY, 9, "30.00", "Mug", {"Subtotal": "270.00", "Total": "270.00"})
    load(shop_files.write(tmp_path / "more.csv", shop_files.ORDER_COLUMNS, [bowls, more]), Options(store="Pottery"))
    found = findings.sold_out(scope, month)
    assert found is not None
    # mugs: 14 sold in 20 days, so 7 last 10 days; 399.80 + 17.99 + 270 + 97.05 in 30 days
    assert found.sentence == (
        "1 best seller is out of stock and 1 best seller lasts no longer than the 14 days that a delivery is assumed to "
        "take, Bowl before all; they bring 26.16 USD a day."
    )
    assert found.proof["title"].tolist() == ["Bowl", "Mug"] and found.proof["days_of_cover"].iloc[1] == 10


def test_old_data_are_pinned_first(scope: Scope) -> None:
    found = findings.of(scope)
    assert found[0].name == "stale" and found[0].is_pinned


def test_at_most_five_findings_are_told(scope: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Finding("any", "Any.", "See", "sales", Decimal(1_000))
    for name in ("unreconciled", "stale", "sold_out", "unshipped", "rising_returns"):
        monkeypatch.setattr(findings, name, lambda scope, month: one)
    monkeypatch.setattr(findings.money_findings, "below_zero", lambda scope, month: one)
    assert len(findings.of(scope)) == findings.MOST


def test_what_is_too_small_is_left_out(scope: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("unreconciled", "stale", "sold_out"):
        monkeypatch.setattr(findings, name, lambda scope, month: None)
    small = Finding("small", "Small.", "See", "sales", Decimal("99.99"))
    monkeypatch.setattr(findings, "unshipped", lambda scope, month: small)
    assert findings.of(scope) == []


def test_what_sells_below_zero_and_ads_in_vain_are_found(emptied: str, tmp_path: Path) -> None:
    day = imported(tmp_path)
    costs, ads = tmp_path / "costs.csv", tmp_path / "ads.csv"
    # 5 mugs brought 97.05 and 5.00 for shipping, and cost 110; ads for them were on two of the 30 days and once before
    costs.write_text("SKU,Unit cost,Currency,Valid from\nSKU-Mug,22.00,USD,2026-01-01\n")
    ads.write_text(
        "Day,Platform,Campaign,Spend,Currency,Revenue\n2026-03-20,Google,Mug,40.00,USD,30.00\n"
        "2026-03-19,Google,Mug,25.50,USD,0\n2025-12-01,Google,Mug,500.00,USD,0\n"
    )
    for file in (costs, ads):
        load(file, Options(store="Pottery"))
    month = day.over(LAST_DAY - timedelta(days=29), LAST_DAY + timedelta(days=1))
    lost = money_findings.below_zero(day, month)
    assert lost is not None and lost.money == Decimal("7.95") and lost.proof["net_sales"].tolist() == [Decimal("97.05")]
    assert lost.sentence.startswith("Mug sold below zero in the last 30 days and lost 7.95 USD after goods")
    vain = money_findings.ads_in_vain(day, month)
    assert vain is not None and vain.money == Decimal("65.50")
    assert vain.sentence == "65.50 USD of ads in the last 30 days was spent in vain on Mug: below zero."
    seen = overview.of(day, date(2026, 3, 1))
    assert seen.ads["ad_spend"] == Decimal("40.00") and seen.ads["mer"] == seen.day.net_sales / Decimal("40.00")
    assert seen.kept["ad_spend"] == Decimal("40.00") and seen.ads_last_year == {}
