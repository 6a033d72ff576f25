"""Unshipped: who waits, for how long at the end of the day asked for, and who does not although a status says so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

import shop_files
from analytics import db, findings, stores, unshipped
from analytics.ingest.load import Options, load
from analytics.scope import Scope
from imported import rows_of
from screens import UNSHIPPED, cards, come_in, open_page, words

LAST = date(2026, 3, 20)


@pytest.fixture(scope="module")
def store(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A shop with orders of every age and state, imported once for all tests of this module, which only read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        path = tmp_path_factory.mktemp("waiting") / "orders.csv"
        load(shop_files.write(path, shop_files.ORDER_COLUMNS, _orders()), Options(store="Waiting", as_of=LAST))
        yield stores.find("Waiting")


def _orders() -> list[dict[str, str]]:
    unsent = {"Fulfillment Status": "unfulfilled"}
    return [
        # placed at 10:00: 14 hours old at the end of the last day, 38 a day earlier, 62 two days earlier
        _order(1, 0, unsent),
        _order(2, 1, unsent),
        _order(3, 2, unsent | {"Fulfillment Status": "partial"}),
        _order(4, 4, unsent | {"Financial Status": "partially_refunded", "Refunded Amount": "20.00"}),
        _order(5, 10, unsent | {"Financial Status": "pending"}),
        _order(6, 100, unsent),
        # none of these waits
        _order(11, 3, {}),
        _order(12, 3, unsent | {"Cancelled at": f"{LAST} 08:00:00 +0000"}),
        _order(13, 3, unsent | {"Financial Status": "refunded", "Refunded Amount": "50.00"}),
        _order(14, 3, unsent | {"Refunded Amount": "50.00"}),
        _order(15, 3, unsent | {"Financial Status": "voided"}),
        _order(
            16,
            3,
            unsent | {"Lineitem name": "Gift Card", "Lineitem requires shipping": "false", "Lineitem taxable": "false"},
        ),
        _order(17, 3, unsent | {"Fulfillment Status": "restocked"}),
        _order(18, -1, unsent),  # of a day that is not over
    ]


def _order(number: int, days_ago: int, more: dict[str, str]) -> dict[str, str]:
    usual = {"Subtotal": "50.00", "Total": "50.00"}
    return shop_files.order(3000 + number, LAST - timedelta(days=days_ago), 1, "50.00", "Mug", usual | more)


@pytest.fixture
def scope(store: int) -> Scope:
    return Scope(store=store, stop=LAST + timedelta(days=1), currency="USD")


def test_who_waits_stands_with_age_state_payment_and_worth_the_oldest_first(scope: Scope) -> None:
    rows = unshipped.orders(scope)
    assert rows[["order_name", "age", "state", "is_paid", "amount"]].values.tolist() == [
        ["#3006", "over 90 days", "not sent", True, Decimal("50")],
        ["#3005", "7–90 days", "not sent", False, Decimal("50")],
        ["#3004", "4–7 days", "not sent", True, Decimal("30")],
        ["#3003", "2–4 days", "partly sent", True, Decimal("50")],
        ["#3002", "24–48 hours", "not sent", True, Decimal("50")],
        ["#3001", "under 24 hours", "not sent", True, Decimal("50")],
    ]
    assert [round(hours) for hours in rows["hours_waiting"]] == [2414, 254, 110, 62, 38, 14]


def test_an_age_begins_at_its_hour() -> None:
    ages = [unshipped._age(Decimal(hours)) for hours in ("0", "23.99", "24", "48", "96", "168", "2159.9", "2160")]
    assert ages == [
        "under 24 hours", "under 24 hours", "24–48 hours", "2–4 days", "4–7 days", "7–90 days", "7–90 days", "over 90 days",
    ]  # fmt: skip
    assert unshipped._age(Decimal("-1")) == "under 24 hours"


def test_ages_add_up_to_the_orders_that_wait(scope: Scope) -> None:
    rows = unshipped.orders(scope)
    ages = unshipped.by_age(rows)
    assert ages["age"].tolist() == list(unshipped.AGES)
    assert ages["orders"].tolist() == [1, 1, 1, 1, 0, 1] and ages["unpaid_orders"].tolist() == [0, 0, 0, 0, 1, 0]
    assert sum(ages["amount"]) + sum(ages["unpaid_amount"]) == sum(rows["amount"]) == Decimal("280")


def test_the_summary_keeps_the_unpaid_and_the_forgotten_apart(scope: Scope) -> None:
    row = unshipped.summary(unshipped.orders(scope)).iloc[0]
    assert (row["orders_waiting"], row["value_waiting"], row["partly_sent"]) == (4, Decimal("180"), 1)
    assert (row["orders_late"], row["value_late"]) == (2, Decimal("80"))
    assert (row["orders_unpaid"], row["orders_forgotten"]) == (1, 1)
    assert round(row["oldest_days"], 1) == Decimal("4.6")


def test_without_a_day_orders_are_looked_at_at_the_end_of_the_data(store: int) -> None:
    # the newest order is of the day after the last: the data's last day
    assert unshipped.as_of(Scope(store=store)) == LAST + timedelta(days=1)
    assert "#3018" in unshipped.orders(Scope(store=store))["order_name"].tolist()


def test_the_finding_in_the_morning_tells_of_the_late_orders(scope: Scope) -> None:
    found = findings.unshipped(scope, scope)
    assert found is not None and found.money == Decimal("80")
    assert found.proof["order_name"].tolist() == ["#3004", "#3003"]


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("payment", "sent", "state"),
    [
        ("paid", "unfulfilled", "not sent"),
        ("paid", "on_hold", "not sent"),
        ("paid", "partial", "partly sent"),
        ("paid", "fulfilled", None),
        ("paid", "restocked", None),
        ("paid", "unshipped", "not sent"),
        ("paid", "partiallyshipped", "partly sent"),
        ("pending", "pending", None),
        ("processing", None, "not sent"),
        ("partially-shipped", None, "partly sent"),
        ("on-hold", None, None),
        ("completed", None, None),
        (None, None, None),
    ],
)
def test_each_platforms_status_means_what_the_page_says(
    payment: str | None, sent: str | None, state: str | None
) -> None:
    query = "select waiting_state(%(payment)s::text, %(sent)s::text)"
    assert rows_of(query, payment=payment, sent=sent) == [(state,)]


def test_what_amazon_sends_itself_does_not_wait_here(scope: Scope) -> None:
    _become("unshipped", {"#3011": "FBA", "#3017": "FBM"})
    try:
        found = unshipped.orders(scope)["order_name"].tolist()
    finally:
        _become("fulfilled", {"#3011": None, "#3017": None})
    assert "#3017" in found and "#3011" not in found


def _become(status: str, tags: dict[str, str | None]) -> None:
    with db.transaction() as cursor:
        for name, tag in tags.items():
            cursor.execute(
                "update orders set fulfillment_status = %s, tags = %s where order_name = %s", (status, tag, name)
            )


def test_what_waits_in_another_currency_is_counted_apart(scope: Scope) -> None:
    found = unshipped.others(replace(scope, currency="EUR"))
    assert found.to_dict("records") == [{"currency": "USD", "orders": 6, "amount": Decimal(280)}]
    assert unshipped.others(scope).empty and unshipped.others(replace(scope, currency=None)).empty


@pytest.mark.usefixtures("store")
def test_the_page_tells_of_the_late_and_what_each_status_means(monkeypatch: pytest.MonkeyPatch) -> None:
    come_in(monkeypatch)
    screen = open_page(UNSHIPPED, {"store": "Waiting"})
    shown = cards(screen)
    assert shown["Paid orders waiting"] == 5  # with the one of the last day
    assert shown["Not paid yet"] == 1
    assert "the oldest 5 days" in words(screen)
    assert len(screen.table[0].value) == len(unshipped.MEANINGS)
