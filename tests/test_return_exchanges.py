"""Exchanges: what came back, what was sold for it on that day in the same order, and what of the money the shop kept.

In EUR without tax; a tee costs 30.00, in L 32.00, a cap 15.00. Chain's orders are of one table of lines:
  X1  2 Mar  a tee in S; on the 9th exchanged for M, on 2 April the M for L: 30 back and 30 sold, then 30 back and 32 sold
  X2  3 Mar  a tee in S, exchanged on the 10th for a cap of 15: 15 of the 30 were paid out
  X3  4 Mar  a tee in M, back on the 11th, and nothing for it: nobody knows what became of the money
  X4  5 Mar  a tee in M, back the same day: what was ordered is not what was taken for it
Portal's orders have a table of returns beside them, and a refund on a gift card:
  P1  2 Mar  two tees in S 60; one exchanged, one for store credit;  P2  3 Mar  a cap 15, exchanged (what for, no file says)
  P3  4 Mar  a cap 15, refunded to the card;  P4  5 Mar  a cap 15, nobody knows;  P5  6 Mar  a cap 15, paid back on a gift card
  P6  7 Mar  a tee 30, exchanged, and a cap 15, refunded
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from analytics import db, sales, stores
from analytics.returns import rates, retained
from analytics.scope import BASES, Scope
from imported import take

CHAIN, PORTAL = "Chain", "Portal"
HEADER = "Order,Date,SKU,Title,Quantity,Price,Currency,Kind\n"
LINES = f"""\
{HEADER}X1,2026-03-02 10:00,TEE-S,Tee - S,1,30.00,EUR,
X1,2026-03-09 10:00,TEE-S,Tee - S,-1,30.00,EUR,exchange
X1,2026-03-09 10:00,TEE-M,Tee - M,1,30.00,EUR,exchange
X1,2026-04-02 10:00,TEE-M,Tee - M,-1,30.00,EUR,exchange
X1,2026-04-02 10:00,TEE-L,Tee - L,1,32.00,EUR,exchange
X2,2026-03-03 10:00,TEE-S,Tee - S,1,30.00,EUR,
X2,2026-03-10 10:00,TEE-S,Tee - S,-1,30.00,EUR,exchange
X2,2026-03-10 10:00,CAP,Cap,1,15.00,EUR,exchange
X3,2026-03-04 10:00,TEE-M,Tee - M,1,30.00,EUR,
X3,2026-03-11 10:00,TEE-M,Tee - M,-1,30.00,EUR,return
X4,2026-03-05 10:00,TEE-M,Tee - M,1,30.00,EUR,
X4,2026-03-05 18:00,TEE-M,Tee - M,-1,30.00,EUR,return
"""
PORTAL_LINES = f"""\
{HEADER}P1,2026-03-02 10:00,TEE-S,Tee - S,2,30.00,EUR,
P2,2026-03-03 10:00,CAP,Cap,1,15.00,EUR,
P3,2026-03-04 10:00,CAP,Cap,1,15.00,EUR,
P4,2026-03-05 10:00,CAP,Cap,1,15.00,EUR,
P5,2026-03-06 10:00,CAP,Cap,1,15.00,EUR,
P6,2026-03-07 10:00,TEE-S,Tee - S,1,30.00,EUR,
P6,2026-03-07 10:00,CAP,Cap,1,15.00,EUR,
"""
RETURNS = """\
Order,SKU,Quantity,Currency,Return date,Kind,Resolution
P1,TEE-S,1,EUR,2026-03-10,return,Store credit
P1,TEE-S,1,EUR,2026-03-11,exchange,
P2,CAP,1,EUR,2026-03-12,return,Umtausch
P3,CAP,1,EUR,2026-03-13,return,refund to credit card
P4,CAP,1,EUR,2026-03-14,return,
P6,TEE-S,1,EUR,2026-03-16,return,Replacement
P6,CAP,1,EUR,2026-03-16,return,Refund
"""
REFUNDS = """\
Order,Name,Kind,Gateway,Created At,Status,Amount,Currency,Card Type
5,P5,refund,gift_card,2026-03-15 09:00:00 +0100,success,15.00,EUR,
"""
FILES = {
    "lines.csv": (CHAIN, LINES), "orders.csv": (PORTAL, PORTAL_LINES), "returns.csv": (PORTAL, RETURNS),
    "refunds.csv": (PORTAL, REFUNDS),
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def shops(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Both shops, only read by the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        folder: Path = tmp_path_factory.mktemp("exchanges")
        for name, (store, text) in FILES.items():
            (folder / name).write_text(text, encoding="utf-8")
            take(folder / name, store=store, as_of=date(2026, 6, 30), currency="EUR")
        yield
        db.forget()


def march(store: str, basis: str = "order_date") -> Scope:
    return Scope(stores.find(store), date(2026, 3, 1), date(2026, 4, 1), basis, currency="EUR")


def one(scope: Scope) -> dict[str, Any]:
    return retained.of(scope).iloc[0].to_dict()


def outcomes(scope: Scope) -> list[str]:
    """Exchanged, store credit, paid out, not known."""
    return [f"{one(scope)[name]:.2f}" for name in retained.OUTCOMES]


def pairs(scope: Scope) -> list[tuple[Any, ...]]:
    names = ["title", "change", "returned", "taken", "exchanges", "value_back", "value_taken"]
    return list(retained.exchanges(scope)[names].itertuples(index=False, name=None))


def test_an_exchange_is_a_return_and_a_sale_of_its_day_and_no_order() -> None:
    # gross: what each line sold, on the day it was sold; of the chain three tees were sold and two came back, in one order
    everything = replace(march(CHAIN), start=None, stop=None)
    whole = sales.summary(everything).iloc[0]
    assert (whole["orders"], whole["gross_sales"], whole["reversals"], whole["net_sales"]) == (4, 197, 150, 47)
    assert rates.summary(everything)["orders_with_return"].iloc[0] == 4
    for basis, reversals in (("order_date", 0), ("refund_date", 30)):
        april = march(CHAIN, basis).over(date(2026, 4, 1), date(2026, 5, 1))
        found = sales.summary(april).iloc[0]
        # in April the L was sold; the M that came back belongs to an order of March, or to its own day
        assert (found["orders"], found["gross_sales"], found["reversals"]) == (0, 32, reversals)


def test_each_link_of_a_chain_is_an_exchange_of_its_own() -> None:
    assert pairs(march(CHAIN)) == [
        ("Tee", "size", "M", "L", 1, 30, 32),
        ("Tee", "size", "S", "M", 1, 30, 30),
        ("Tee", "another product", "Tee", "Cap", 1, 30, 15),
    ]
    assert set(retained.exchanges(march(CHAIN))["currency"]) == {"EUR"}
    # by its own day the last link is one of April
    assert [row[2:4] for row in pairs(march(CHAIN, "refund_date"))] == [("S", "M"), ("Tee", "Cap")]
    april = march(CHAIN, "refund_date").over(date(2026, 4, 1), date(2026, 5, 1))
    assert pairs(april) == [("Tee", "size", "M", "L", 1, 30, 32)]


def test_what_is_taken_for_something_is_kept_at_most_as_far_as_that_was_worth() -> None:
    # 30 + 30 of the chain, 15 for the cap, 15 paid out; of X3 and X4 nobody knows
    assert outcomes(march(CHAIN)) == ["75.00", "0.00", "15.00", "60.00"]
    assert one(march(CHAIN))["retained_share"] == Decimal("0.5")  # 75 of 150
    assert outcomes(march(CHAIN, "refund_date")) == ["45.00", "0.00", "15.00", "60.00"]


def test_a_returns_file_says_what_became_of_the_money_and_a_payment_where_it_does_not() -> None:
    # exchanged 30 of P1, 15 of P2 and 30 of P6; credit 30 of P1 and 15 of P5, on a gift card; paid out 15 of P3 and of P6; P4 is
    # not known
    assert outcomes(march(PORTAL)) == ["75.00", "45.00", "30.00", "15.00"]
    found = one(march(PORTAL))
    assert (found["retained_share"], found["outcome_coverage"]) == (Decimal(120) / 165, Decimal(150) / 165)
    # what it was exchanged for no file says
    assert pairs(march(PORTAL)) == []


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("store", [CHAIN, PORTAL])
def test_outcomes_add_up_to_what_came_back(basis: str, store: str) -> None:
    found = one(march(store, basis))
    assert sum(found[name] for name in retained.OUTCOMES) == found["value_returned"]
    name = "value_returned" if basis == "order_date" else "value_returned_in_period"
    assert found["value_returned"] == rates.summary(march(store, basis))[name].iloc[0] > 0


def test_where_nobody_knows_an_outcome_there_is_no_share() -> None:
    only = march(CHAIN).over(date(2026, 3, 4), date(2026, 3, 5))
    assert (one(only)["retained_share"], one(only)["outcome_coverage"]) == (None, 0)
    nowhere = march(CHAIN).over(date(2020, 1, 1), date(2020, 2, 1))
    assert retained.of(nowhere).empty and retained.exchanges(nowhere).empty
