"""What is ordered of whom by when: suggestions by hand, rules, projections and what would be if."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

import stock_shop
from analytics import db, wording
from analytics.errors import Refused
from analytics.scope import Scope
from analytics.stock import (
    arithmetic,
    channel_locations,
    late,
    outlook,
    policies,
    positions,
    projection,
    purchase_orders,
    replenishment,
    settings,
    what_if,
)
from analytics.stock.planning import Change

D = Decimal
DAY = date(2026, 6, 1)
NOW = Scope(1, stop=DAY, currency="EUR")
BEFORE = Scope(1, stop=date(2026, 5, 11), currency="EUR")


@pytest.fixture(scope="module")
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    stock_shop.bring(tmp_path_factory.mktemp("shop"))
    with db.transaction(1) as cursor:
        cursor.execute(
            "insert into replenishment_policies (store_id, class, sku, method, service_level, cover_days, sibling_sku) values "
            "(1, '', 'MUG', null, 0.98, 20, null), (1, '', 'TEA', 'none', null, null, null), "
            "(1, '', 'BOWL', null, null, null, 'MUG'), (1, 'AX', '', null, 0.9, null, null)"
        )
        cursor.execute(
            "insert into purchase_orders (store_id, order_no, supplier, status, ordered_on, expected_on, currency) values "
            "(1, 'PO-1', 'Potters', 'sent', '2026-05-20', '2026-06-05', 'EUR'), "
            "(1, 'PO-2', 'Potters', 'sent', '2026-05-20', '2026-08-01', 'EUR')"
        )
        cursor.execute(
            "insert into purchase_order_items (store_id, order_no, line_no, sku, units) values "
            "(1, 'PO-1', 1, 'MUG', 4), (1, 'PO-2', 1, 'MUG', 6)"
        )
        cursor.execute(
            "insert into purchase_orders (store_id, order_no, supplier, status, ordered_on, expected_on, currency, location) "
            "values (1, 'PO-0', 'Printers', 'sent', '2026-04-20', '2026-05-09', 'EUR', 'Berlin')"
        )
        cursor.execute(
            "insert into purchase_order_items (store_id, order_no, line_no, sku, units) values (1, 'PO-0', 1, 'CARD', 20)"
        )
        cursor.execute(
            "insert into purchase_receipts (store_id, order_no, line_no, received_on, units) values "
            "(1, 'PO-0', 1, '2026-05-06', 4), (1, 'PO-0', 1, '2026-05-11', 3), (1, 'PO-0', 1, '2026-05-30', 13)"
        )
        cursor.execute("update suppliers set minimum_order = 30, pack_size = 12 where sku = 'MUG'")


def _of(sku: str, frame: pd.DataFrame) -> dict[str, Any]:
    return frame[frame["sku"] == sku].iloc[0].to_dict()


def test_a_suggestion_is_what_its_formulas_say(shop: None) -> None:
    row = _of("MUG", replenishment.suggestions(NOW))
    # 33 counted available on 31 May; lead time 20; 98 % and 20 days of cover by the mug's own rule
    assert (row["available"], row["incoming"], row["in_time"]) == (33, 10, 4)
    assert (row["lead_time_days"], row["cover_days"], row["service_level"]) == (20, 20, D("0.98"))
    safety = (D("2.05") * (20 * row["deviation"] ** 2).sqrt()).quantize(D("0.001"))
    point = row["velocity"] * 20 + safety
    assert row["z"] == D("2.05") and row["safety_stock"] == safety
    assert row["reorder_point"] == point.quantize(D("0.001"))
    # 37 are below the reorder point, by more than was sold since the last order of 20 May; before that it was not late
    assert (row["order_by"], row["order_by_basis"]) == (date(2026, 5, 20), replenishment.SINCE_KNOWN)
    assert D(39) < row["velocity"] * 40 + safety - 33 - 10 < D(40)
    assert (row["suggested_order"], row["order_value"]) == (48, 48 * 8)


def test_what_is_above_its_reorder_point_is_to_be_ordered_when_it_falls_there_at_the_velocity(shop: None) -> None:
    found = replenishment.suggestions(NOW)
    rows = found[found["order_by_basis"] == replenishment.AT_VELOCITY].to_dict("records")
    assert rows
    for row in rows:
        left = (row["order_by"] - row["as_of"]).days * row["velocity"]
        assert left <= row["available"] + row["in_time"] - row["reorder_point"] < left + row["velocity"]


def test_what_is_unknown_is_said(shop: None) -> None:
    found = replenishment.suggestions(NOW)
    lamp = _of("LAMP", found)
    assert lamp["landed_cost"] is None and lamp["order_value"] is None
    assert set(found["location"]) == {positions.EVERYWHERE}
    assert _of("TEA", found)["status"] == replenishment.NEVER


def test_a_new_product_sells_as_its_sibling_does(shop: None) -> None:
    found = replenishment.suggestions(NOW)
    bowl, mug = _of("BOWL", found), _of("MUG", found)
    assert bowl["velocity"] == mug["velocity"] and "sibling MUG" in bowl["velocity_basis"]


def test_arithmetic_says_each_number_and_ends_in_the_suggestion(shop: None) -> None:
    row = _of("MUG", replenishment.suggestions(NOW))
    steps = arithmetic.of(NOW, "MUG").set_index("number")
    for name in ("velocity", "safety_stock", "reorder_point", "order_by", "suggested_order", "order_value"):
        assert steps.loc[name, "value"] == row[name]
    for name in ("velocity", "reorder_point", "order_value"):
        said = steps.loc[name, "with_numbers"].replace("×", "*").replace("÷", "/").replace("−", "-")
        again = eval(
            re.sub(r"\d+(\.\d+)?", lambda found: f"D('{found[0]}')", said)
        )  # what anyone types into a calculator
        assert again.quantize(steps.loc[name, "value"]) == steps.loc[name, "value"]
    assert steps.loc["suggested_order", "with_numbers"].endswith("minimum 30, pack 12")
    with pytest.raises(Refused, match="NONE"):
        arithmetic.of(NOW, "NONE")


def test_a_count_is_rolled_forward_by_what_was_sold_and_received_since(shop: None) -> None:
    row = _of("CARD", replenishment.suggestions(BEFORE))
    # 60 counted on 30 April; five sold on Monday, 4 May, and seven received, on the 6th and on the day of the plan
    assert (row["counted_on"], row["counted"], row["as_of"]) == (date(2026, 4, 30), 60, date(2026, 5, 10))
    assert (row["sold_since"], row["back_since"], row["received_since"], row["found_since"]) == (5, 0, 7, 0)
    assert (row["available"], row["incoming"]) == (62, 13)
    step = arithmetic.of(BEFORE, "CARD").set_index("number").loc["available"]
    assert (step["value"], step["with_numbers"]) == (62, "60 − 5 + 0 + 7")
    assert step["basis"] == "counted on 2026-04-30, rolled forward to 2026-05-10"
    tea = _of("TEA", replenishment.suggestions(BEFORE))
    assert (tea["counted_on"], tea["available"]) == (date(2026, 4, 30), 2)
    # on the day of the last count nothing is left to roll
    assert _of("MUG", replenishment.suggestions(NOW))["sold_since"] is None


def test_the_narrowest_rule_holds_field_by_field() -> None:
    usual = {
        "method": "reorder point", "service_kind": "fill rate", "service_level": D("0.95"), "cover_days": D(30),
        "lead_time_days": None, "sibling_sku": None,
    }  # fmt: skip
    blank = dict.fromkeys(policies.FIELDS)
    rows = {
        ("", "AX", ""): blank | {"service_level": D("0.98"), "cover_days": D(14)},
        ("MUG", "", ""): blank | {"cover_days": D(60)},
        ("MUG", "", "Berlin"): blank | {"cover_days": D(7)},
        ("", "", ""): blank | {"service_kind": "cycle service"},
    }
    rules = policies.Rules(rows, usual)
    mug = policies.rule(rules, "MUG", "AX")
    assert (mug.service_level, mug.cover_days, mug.service_kind) == (D("0.98"), 60, "cycle service")
    assert mug.said == "98 % of cycles (class AX), 60 days of cover (its own rule)"
    assert policies.rule(rules, "MUG", "AX", "Berlin").cover_days == 7
    assert policies.rule(rules, "CUP", "").service_level == D("0.95")
    assert policies.rule(rules, None, "").cover_days == 30


def _row(**other: Any) -> dict[str, Any]:
    rule = policies.Rule("reorder point", "cycle service", D("0.95"), D(30), None, None, "the store's settings")
    row = {
        "sku": "CUP", "title": "Cup", "location": "", "available": D(40), "incoming": D(0), "arrivals": (), "velocity": D(2),
        "deviation": D(1), "z": D("1.65"), "z_basis": "", "lead_time_days": D(30), "lead_time_deviation": D(0), "cover_days": D(30),
        "minimum_order": D(100), "pack_size": D(24), "landed_cost": D(5), "price": D(12), "currency": "EUR", "as_of": DAY,
        "_rule": rule, "rule": rule.said, "service_level": D("0.95"), "service_kind": "cycle service", "_back": None,
        "error_level": None,
    } | other  # fmt: skip
    return {"_outlook": outlook.even(row["velocity"])} | row


def test_an_order_21_days_late_says_from_when_stock_is_missing_and_what_that_costs() -> None:
    # safety stock 1.65·√30 = 9.037, reorder point 69.037; 27.037 left are 42 below it, 21 days of 2 a day
    row = replenishment.suggestion(_row(available=D("27.037")), DAY)
    assert (row["safety_stock"], row["reorder_point"]) == (D("9.037"), D("69.037"))
    assert (row["order_by"], row["late_days"]) == (DAY - timedelta(days=21), 21)
    # 27 last 13 days; an order of today arrives on day 30: 17 days without, 2 a day, 7 of margin each
    assert (row["stockout_on"], row["days_short"], row["margin_at_risk"]) == (DAY + timedelta(days=13), 17, D(238))
    assert row["reason"] == "Order now: 21 days late, 17 days short from 2026-06-14, margin at risk 238.00 EUR."
    # 2 × 60 + 9.037 − 27.037 = 102, in packs of 24
    assert (row["suggested_order"], row["order_value"]) == (120, D(600))


def test_lateness_is_told_by_what_was_sold_since_not_by_the_pace_of_now() -> None:
    def row(sold: list[float], pace: float = 1.0) -> dict[str, Any]:
        back = np.array(sold), np.full(len(sold), pace)
        return replenishment.suggestion(_row(available=D("27.037"), _back=back), DAY)

    # 42 are missing: at 2 a day three weeks; but the last ten days sold none and the ones before 12 a day
    faded = row([0.0] * 10 + [12.0] * 50)
    assert (faded["late_days"], faded["order_by_basis"]) == (14, replenishment.BY_SALES)
    # a new one was not late before it was there
    new = row([2.0] * 9)
    assert (new["late_days"], new["order_by_basis"]) == (9, replenishment.SINCE_KNOWN)
    # evenly sold, both agree; at half of today's pace the reorder point was 34.5185, which 27.037 + 4 × 2 are above
    assert row([2.0] * 60)["late_days"] == 21 and row([2.0] * 60, 0.5)["late_days"] == 4


def test_what_comes_in_time_shortens_the_gap_and_what_comes_too_late_does_not_move_the_day() -> None:
    late = replenishment.suggestion(_row(incoming=D(50), arrivals=((DAY + timedelta(days=31), D(50)),)), DAY)
    soon = replenishment.suggestion(_row(incoming=D(50), arrivals=((DAY + timedelta(days=25), D(50)),)), DAY)
    assert late["in_time"] == 0 and soon["in_time"] == 50
    assert soon["order_by"] - late["order_by"] == timedelta(days=25)
    assert (late["days_short"], late["stockout_on"]) == (10, DAY + timedelta(days=20))
    assert replenishment.shortage(_row(arrivals=((DAY + timedelta(days=25), D(50)),)), DAY, DAY + timedelta(days=30)) == (
        DAY + timedelta(days=20), 5,
    )  # fmt: skip


def test_projected_stock_is_what_was_there_and_came_less_what_was_sold(shop: None) -> None:
    days = projection.of(NOW, "MUG")
    assert len(days) == 26 * 7
    start = _of("MUG", replenishment.suggestions(NOW))
    sold = sum(days["demand"], start=D(0)) - sum(days["lost"], start=D(0))
    end = D(33) - start["velocity"] + sum(days["arrives"], start=D(0)) - sold
    assert abs(end - days["stock"].iloc[-1]) < D("0.2")
    orders = days[days["ordered"] > 0]
    first = days["day"].tolist().index(orders["day"].iloc[0])
    assert days["arrives"].iloc[first + 20] >= orders["ordered"].iloc[0]
    assert all(days["lowest"] <= days["stock"]) and all(days["stock"] <= days["highest"])


def test_an_order_that_is_21_days_late_says_when_stock_ends_what_margin_is_at_risk_and_what_is_to_be_paid(
    shop: None,
) -> None:
    on = Scope(1, stop=date(2026, 6, 26), currency="EUR")  # PO-1 was to come on 5 June
    order = purchase_orders.orders(on).set_index("order_no").loc["PO-1"]
    assert order["days_late"] == 21
    rows = late.at_stake(on, "PO-1")
    plan = _of("MUG", replenishment.suggestions(on, Change(without="PO-1")))
    assert list(rows["sku"]) == ["MUG"] and plan["incoming"] == 6
    assert _of("MUG", replenishment.suggestions(on))["incoming"] == 10
    mug = rows.iloc[0]
    # 33 mugs of 31 May last so many whole days; an order of today takes 20; 20 for a mug that costs 8
    lasts = int(D(33) / mug["velocity"])
    assert mug["stockout_on"] == date(2026, 5, 31) + timedelta(days=lasts)
    short = (date(2026, 7, 16) - max(mug["stockout_on"], date(2026, 6, 26))).days
    assert mug["days_short"] == short > 0
    assert mug["margin_at_risk"] == (short * mug["velocity"] * 12).quantize(D("0.01"))
    due = late.payments(on, "PO-1").assign(amount=[D(32)])
    assert late.finding(rows, due) == (
        f"Without it 1 of 1 product runs out, the first on {wording.day(mug['stockout_on'])}: "
        f"{wording.exact(mug['margin_at_risk'])} EUR of margin at risk; 32.00 EUR are due when it lands, Fri 26 Jun 2026 at "
        "the earliest"
    )
    assert late.at_stake(on, "PO-9").empty


def test_a_cost_in_another_currency_counts_at_the_days_rate_and_without_one_is_unknown(shop: None) -> None:
    with db.transaction(1) as cursor:
        cursor.execute("update suppliers set unit_cost = 10, currency = 'USD' where sku = 'MUG'")
    try:
        row = _of("MUG", replenishment.suggestions(NOW))
        assert (row["currency"], row["landed_cost"], row["order_value"]) == ("EUR", None, None)
        assert row["landed_basis"] == "10 USD without a rate"
        with db.transaction(1) as cursor:
            cursor.execute("insert into exchange_rates values ('USD', 'EUR', '2026-01-01', default, 0.9)")
        row = _of("MUG", replenishment.suggestions(NOW))
        assert (row["landed_cost"], row["order_value"]) == (9, row["suggested_order"] * 9)
        assert row["landed_basis"] == "10 USD × 0.9" and row["order_unit_cost"] == 10
    finally:
        with db.transaction(1) as cursor:
            cursor.execute("update suppliers set unit_cost = null, currency = 'EUR' where sku = 'MUG'")
            cursor.execute("delete from exchange_rates")


def test_longer_lead_times_and_more_demand_cost_stock(shop: None) -> None:
    same = what_if.compared(NOW)
    assert not any(same["difference"].dropna())
    more = what_if.compared(NOW, Change(D("0.99"), D("1.5"), D("1.2"))).set_index("number")
    assert more.loc["safety_value", "difference"] > 0 and more.loc["mean_stock_value", "difference"] > 0
    assert more.loc["kept_service", "changed"] < more.loc["kept_service", "now"]
    assert settings.of(1).service_level == D("0.95")


def test_locations_are_planned_apart_where_channels_are_mapped_to_them(shop: None) -> None:
    channel = db.read("stores/choices", store_ids=[1]).query("what == 'channel'")["value"].iloc[0]
    channel_locations.save(1, {channel: "Berlin"})
    try:
        row = _of("MUG", replenishment.suggestions(NOW))
        assert (row["location"], row["available"]) == ("Berlin", 28)
        # at Berlin alone: of mugs 80 were counted, ten sold by the channel that it serves; the cards were received there
        before = _of("MUG", replenishment.suggestions(BEFORE))
        assert (before["counted"], before["sold_since"], before["available"]) == (80, 10, 70)
        assert _of("CARD", replenishment.suggestions(BEFORE))["received_since"] == 7
        assert set(replenishment.suggestions(BEFORE)["location"]) == {"Berlin"}
    finally:
        channel_locations.save(1, {})
    assert set(replenishment.suggestions(NOW)["location"]) == {"all locations"}
    for chosen, words in (({"Nowhere": "Berlin"}, "No order"), ({channel: "Bern"}, "never counted|ever counted")):
        with pytest.raises(Refused, match=words):
            channel_locations.save(1, chosen)
