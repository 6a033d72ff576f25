"""Payments by week and suppliers' scorecards, from frames of a few rows worked out by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics.stock import cash, scorecard

DAY = date(2024, 7, 3)  # a Wednesday; its week begins on 1 July
NOTHING = {"deposit": None, "deposit_due_on": None, "balance_due_on": None, "last_received_on": None}


def order(number: str, status: str, **more: Any) -> dict[str, Any]:
    usual = {
        "store_id": 1, "order_no": number, "supplier": "Leaf", "status": status, "currency": "EUR", "ordered_on": date(2024, 6, 1),
        "freight": Decimal(0), "duty": Decimal(0),
    }  # fmt: skip
    return usual | NOTHING | more


def line(number: str, units: int, cost: str | None, **more: Any) -> dict[str, Any]:
    usual = {
        "store_id": 1, "order_no": number, "supplier": "Leaf", "status": "sent", "sku": "MUG", "units": Decimal(units),
        "unit_cost": None if cost is None else Decimal(cost), "received_units": Decimal(0), "open_units": Decimal(units),
        "currency": "EUR", "ordered_on": date(2024, 6, 1), "expected_on": None, "last_received_on": None,
    }  # fmt: skip
    return usual | more


def due(number: str, units: int, cost: str | None, day: date, currency: str = "EUR") -> dict[str, Any]:
    paid = None if cost is None else Decimal(cost)
    return {
        "store_id": 1,
        "order_no": number,
        "due_on": day,
        "units": Decimal(units),
        "unit_cost": paid,
        "currency": currency,
    }


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), dtype=object)


ORDERS = frame(
    # 100 × 3 + 20 of freight: 96 on 8 July, 224 when it lands on 25 July
    order("A", "sent", freight=Decimal(20), deposit=Decimal(96), deposit_due_on=date(2024, 7, 8)),
    # late since June, so it lands this week at the earliest; its deposit was due with the order
    order("B", "sent", deposit=Decimal(10)),
    # 8 of 10 came, so 16 are owed, on their day
    order("C", "closed", balance_due_on=date(2024, 7, 31), last_received_on=date(2024, 6, 20)),
    order("D", "sent", currency="USD", balance_due_on=date(2024, 7, 31)),
    order("E", "sent"),
    order("F", "draft", deposit=Decimal(5), deposit_due_on=date(2024, 7, 8)),
    order("G", "cancelled"),
)
LINES = frame(
    line("A", 100, "3"),
    line("B", 10, "4"),
    line("C", 10, "2", status="closed", received_units=Decimal(8), open_units=Decimal(0)),
    line("D", 5, "7", currency="USD"),
    line("E", 5, None),
    line("F", 9, "1", status="draft"),
    line("G", 9, "1", status="cancelled"),
)
INCOMING = frame(
    due("A", 100, "3", date(2024, 7, 25)),
    due("B", 10, "4", date(2024, 6, 15)),
    due("D", 5, "7", date(2024, 12, 1), "USD"),
    due("E", 5, None, date(2024, 7, 9)),
)


def test_payments_are_deposits_and_balances_each_with_its_day() -> None:
    found = cash.payments(ORDERS, LINES, INCOMING, DAY)
    rows = found[["order_no", "kind", "due_on", "due_basis", "amount", "currency"]]
    assert [tuple(row) for row in rows.itertuples(index=False)] == [
        ("B", "deposit", date(2024, 6, 1), cash.ON_ORDER, 10, "EUR"),
        ("B", "balance", DAY, cash.ON_LANDING, 30, "EUR"),
        ("A", "deposit", date(2024, 7, 8), cash.STATED, 96, "EUR"),
        ("E", "balance", date(2024, 7, 9), cash.ON_LANDING, None, "EUR"),
        ("A", "balance", date(2024, 7, 25), cash.ON_LANDING, 224, "EUR"),
        ("C", "balance", date(2024, 7, 31), cash.STATED, 16, "EUR"),
        ("D", "balance", date(2024, 7, 31), cash.STATED, 35, "USD"),
    ]
    assert cash.unknown(found) == 1


def test_thirteen_weeks_hold_every_payment_that_is_due_in_them_once() -> None:
    found = cash.payments(ORDERS, LINES, INCOMING, DAY)
    weeks = cash.by_week(found, INCOMING, DAY)
    assert len(weeks) == 2 * cash.WEEKS and weeks["week"].iloc[0] == date(2024, 7, 1)
    euros = weeks[weeks["currency"] == "EUR"].set_index("week")
    paid = euros[["deposits", "balances", "payments_due", "running_payments"]]
    assert paid[paid["payments_due"] > 0].to_records().tolist() == [
        (date(2024, 7, 1), 0, 30, 30, 30),
        (date(2024, 7, 8), 96, 0, 96, 126),
        (date(2024, 7, 22), 0, 224, 224, 350),
        (date(2024, 7, 29), 0, 16, 16, 366),
    ]
    known = found[(found["due_on"] >= DAY) & found["amount"].notna() & (found["currency"] == "EUR")]
    assert cash.total(euros, "payments_due") == sum(known["amount"]) == euros["running_payments"].iloc[-1]
    landing = euros[euros["landing_orders"] > 0][["landing_units", "landing_value"]]
    assert landing.to_records().tolist() == [
        (date(2024, 7, 1), 10, 40),
        (date(2024, 7, 8), 5, 0),
        (date(2024, 7, 22), 100, 300),
    ]
    # the dollars' goods land after the last of the weeks
    dollars = weeks[weeks["currency"] == "USD"]
    assert (cash.total(dollars, "payments_due"), cash.total(dollars, "landing_units")) == (35, 0)


def test_without_orders_there_is_nothing_to_pay() -> None:
    found = cash.payments(ORDERS.head(0), LINES.head(0), INCOMING.head(0), DAY)
    assert list(found.columns) == list(cash.PAYMENTS) and found.empty
    assert cash.by_week(found, INCOMING.head(0), DAY).empty


def received(number: str, day: date, days: int) -> dict[str, Any]:
    return {"supplier": "Leaf", "order_no": number, "received_on": day, "lead_time_days": days}


def test_a_scorecard_tells_lead_times_lateness_what_was_missing_and_how_costs_rose() -> None:
    closed = {"status": "closed", "open_units": Decimal(0)}
    lines = frame(
        line("A", 10, "2.00", **closed, received_units=Decimal(10), ordered_on=date(2024, 3, 1), expected_on=date(2024, 3, 15),
             last_received_on=date(2024, 3, 15)),
        line("B", 20, "2.20", **closed, received_units=Decimal(17), ordered_on=date(2024, 4, 1), expected_on=date(2024, 4, 15),
             last_received_on=date(2024, 4, 20)),
        line("B", 5, "9.00", **closed, received_units=Decimal(6), ordered_on=date(2024, 4, 1), expected_on=date(2024, 4, 15),
             last_received_on=date(2024, 4, 12), sku="POT"),
        # 22 days late and still counting; not due yet; never promised
        line("C", 10, "2.50", expected_on=date(2024, 6, 11)),
        line("C", 40, "8.10", expected_on=date(2024, 8, 1), sku="POT"),
        line("C", 3, None, sku="LID"),
        line("D", 99, "1.00", status="cancelled"),
        line("R", 1, "1.00", supplier="Root", ordered_on=date(2024, 7, 1)),
    )  # fmt: skip
    receipts = frame(
        received("A", date(2024, 3, 15), 14),
        # two lines that came together are one delivery
        received("B", date(2024, 4, 12), 11),
        received("B", date(2024, 4, 20), 19),
        received("B", date(2024, 4, 20), 19),
    )
    found = scorecard.score(lines, receipts, DAY)
    assert list(found.columns) == list(scorecard.COLUMNS)
    leaf, root = found.to_dict("records")
    # in order 11, 14, 19: the 90th percentile lies four fifths of the way from 14 to 19
    assert (leaf["purchase_orders"], leaf["deliveries"], leaf["lead_time_p50"], leaf["lead_time_p90"]) == (3, 3, 14, 18)
    assert (leaf["due_lines"], leaf["on_time_share"], leaf["days_late"]) == (4, Decimal("0.5"), Decimal("13.5"))
    # 3 of 35 pieces never came; what came too much makes up for nothing
    assert leaf["short_share"] == Decimal("0.0857")
    # mugs 2.00 → 2.50 (10 of them), pots 9.00 → 8.10 (40): 349 against 380
    assert leaf["cost_creep"] == Decimal("-0.0816") and leaf["last_ordered_on"] == date(2024, 6, 1)
    assert (root["supplier"], root["lead_time_p50"], root["on_time_share"], root["short_share"], root["cost_creep"]) == (
        "Root", None, None, None, None,
    )  # fmt: skip
