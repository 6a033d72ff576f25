"""Returns by what an order or a product belongs to: each rate beside that of the whole, and all of them together the whole."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import return_costs_shop
from analytics import db, stores
from analytics.returns import breakdown, products, rates
from analytics.scope import Scope
from imported import take
from return_costs_shop import march

# 100 orders of the code EARLY, of which 20 came back whole, and 100 of none, of which 2 did: 22 of 200. Two codes at once: one
# order of 31.00, of which all came back, half of it under each.
CODED = "Coded"
ORDERS_HEADER = (
    "Name,Email,Financial Status,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Cancelled at,Refunded Amount,Id\n"
)
# One of those refunds has a day, five days after the order.
REFUNDS = """\
Order,Name,Kind,Gateway,Created At,Status,Amount,Currency,Card Type
1,#1,refund,card,2026-03-10 09:00:00 +0100,success,10.00,EUR,
"""


def _order(number: int, code: str, price: str, is_back: bool) -> str:
    status, refunded = ("refunded", price) if is_back else ("paid", "0.00")
    return (
        f"#{number},,{status},fulfilled,EUR,{price},0,0,{price},{code},0,2026-03-05 12:00:00 +0100,1,Cup,{price},CUP,true,true,,"
        f"{refunded},{number}\n"
    )


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shop whose costs are counted by hand, and one with discount codes; only read by the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        folder: Path = tmp_path_factory.mktemp("breakdown")
        return_costs_shop.bring(folder)
        rows = [
            _order(number, "EARLY" if number < 100 else "", "10.00", number % 100 < (20 if number < 100 else 2))
            for number in range(200)
        ]
        both = _order(200, '"EARLY, LATE"', "31.00", True)
        (folder / "coded.csv").write_text(ORDERS_HEADER + "".join(rows) + both, encoding="utf-8")
        take(folder / "coded.csv", store=CODED, as_of=date(2026, 6, 30))
        (folder / "refunds.csv").write_text(REFUNDS, encoding="utf-8")
        take(folder / "refunds.csv", store=CODED, as_of=date(2026, 6, 30))
        yield
        db.forget()


def rows(scope: Scope, side: str) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in breakdown.of(scope, side).to_dict("records")}


def rounded(row: dict[str, Any], *names: str) -> list[str]:
    return [f"{row[name]:.4f}" for name in names]


def test_channels_and_countries_are_rated_by_orders() -> None:
    found = rows(march(), "channel")
    # web: A, B, C, H of A, B, C, H, F; phone: D, E of D, E, G; together 6 of 8
    web, phone = found["web"], found["phone"]
    assert (web["orders"], web["orders_with_return"], web["rate_of"]) == (5, 4, "orders")
    assert rounded(web, "return_rate", "lower", "upper", "whole_rate") == ["0.8000", "0.3755", "0.9638", "0.7500"]
    # 20 + 30 + 30 + 10 of 40 + 30 + 30 + 10 + 20
    assert (web["value_returned"], web["value_sold"]) == (90, 130)
    assert rounded(web, "return_rate_by_value", "share_of_returned") == ["0.6923", "0.7500"]
    # A 8, B 6 and 8, C 7, H 8 days; D 7, E 8
    assert (web["days_to_return_median"], web["days_to_return_p90"]) == (8, 8)
    assert (phone["days_to_return_median"], phone["days_to_return_p90"]) == (7, 8)
    assert list(rows(march(), "country")) == ["Germany", "Austria"]
    assert (found["web"]["is_flagged"], rows(march(), "country")["Austria"]["orders_with_return"]) == (False, 2)


def test_brands_and_suppliers_are_rated_by_what_is_known_of_their_products() -> None:
    brands = rows(march(), "brand")
    # units of which files name those of 110 of 120: mugs and bowls 5 + 4 sold, 3 + 2 back and one bowl of an unknown number
    assert (brands["Clay"]["rate_of"], brands["Clay"]["units_sold"], brands["Clay"]["units_returned"]) == (
        "units",
        10,
        5,
    )
    assert rounded(brands["Glass"], "return_rate", "whole_rate") == ["1.0000", "0.5455"]
    suppliers = rows(march(), "supplier")
    # mugs and the vase are bought of one; of whom bowls are nobody says
    assert (suppliers["Kiln & Co"]["units_sold"], suppliers["Kiln & Co"]["units_returned"]) == (7, 4)
    assert (suppliers["unknown"]["value_returned"], suppliers["Kiln & Co"]["value_returned"]) == (30, 90)
    assert suppliers["Kiln & Co"]["days_to_return_median"] == 7  # A 8, B 6, C 7, D 7


@pytest.mark.parametrize("side", breakdown.SIDES)
def test_every_side_adds_up_to_the_whole(side: str) -> None:
    frame, whole = breakdown.of(march(), side), rates.summary(march()).iloc[0]
    assert sum(frame["value_returned"]) == whole["value_returned"] and sum(frame["value_sold"]) == whole["value_sold"]
    assert round(sum(frame["share_of_returned"]), 10) == 1
    assert set(frame["rate_of"]) == {"orders" if side in breakdown.OF_ORDERS else "units"}
    if side in breakdown.OF_ORDERS:
        assert sum(frame["orders_with_return"]) == whole["orders_with_return"] == 6


def test_the_clock_changes_no_rate() -> None:
    for side in breakdown.SIDES:
        assert breakdown.of(march("refund_date"), side).equals(breakdown.of(march(), side))
        # on the 12th a mug came back, and nothing was ordered
        assert breakdown.of(march("refund_date").over(date(2026, 3, 12), date(2026, 3, 13)), side).empty


def test_a_code_whose_orders_come_back_is_flagged_beside_the_whole() -> None:
    found = rows(Scope(stores.find(CODED)), "code")
    early, none, late = found["EARLY"], found[breakdown.NO_CODE], found["late"]
    # 20 of 100 and the order of both codes
    assert (early["orders"], early["orders_with_return"]) == (101, 21)
    assert rounded(early, "return_rate", "whole_rate") == ["0.2079", "0.1144"]  # 23 of 201
    assert [row["is_flagged"] for row in (early, none, late)] == [True, False, False]
    assert (none["orders"], none["orders_with_return"], late["orders_with_return"]) == (100, 2, 1)
    # the 31.00 of both in equal parts, to the cent
    assert (early["value_returned"], late["value_returned"]) == (Decimal("215.50"), Decimal("15.50"))
    # the refund that two files tell of counts once, on the day of the payment; the others have none
    assert (early["days_to_return_median"], late["days_to_return_median"]) == (5, None)


def test_another_side_is_named() -> None:
    with pytest.raises(ValueError, match="weekday"):
        breakdown.of(march(), "weekday")


def test_without_orders_there_are_columns_and_no_rows() -> None:
    nowhere = march().over(date(2020, 1, 1), date(2020, 2, 1))
    for side in breakdown.SIDES:
        assert breakdown.of(nowhere, side).empty
    assert products.of(replace(march(), categories=("Home",)))["vendor"].iloc[0] == "Glass"
