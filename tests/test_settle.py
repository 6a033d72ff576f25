"""What was given back when several files tell of it: nothing twice, exact sums, the kinds and days of the file that knows."""

from datetime import datetime
from decimal import Decimal

from analytics.ingest.settle import Order, Part, Refund, Return, settled

FIRST, SECOND = datetime(2024, 5, 3, 10), datetime(2024, 5, 9, 10)  # noqa: DTZ001 (wall time)
SHIRT, CAP = Part("product", Decimal("40.00"), alias_id=1), Part("product", Decimal("20.00"), alias_id=2)
SHIPPING, TAX = Part("shipping", Decimal("6.00")), Part("tax", Decimal("9.00"))
SOLD = (SHIRT, CAP, SHIPPING, TAX)  # 75.00


def order(**more: object) -> Order:
    return Order(**({"document_total": Decimal(75), "is_cancelled": False, "parts": SOLD} | more))  # type: ignore[arg-type]


def said(parts: list[Part]) -> list[tuple[object, ...]]:
    return [(part.kind, part.line_kind, f"{part.amount:.2f}", part.at.day, part.alias_id) for part in parts]


def estimate(*amounts: str, kind: str = "unknown") -> tuple[Part, ...]:
    """A refund as the orders export has it: money alone, in the order's proportion, on an assumed day."""
    return tuple(
        Part(part.line_kind, Decimal(amount), kind, alias_id=part.alias_id, is_date_assumed=True)
        for part, amount in zip(SOLD, amounts, strict=True)
    )


def back(line: Part, units: str | None = "1", **more: object) -> Return:
    return Return(**({"at": FIRST, "kind": "return", "line": line, "units": units and Decimal(units)} | more))  # type: ignore[arg-type]


def test_a_dated_refund_of_the_same_money_only_dates_the_estimate() -> None:
    own = estimate("40.00", "20.00", "6.00", "9.00", kind="return")
    assert said(settled(order(own=own, refunds=(Refund(FIRST, Decimal(75)),)))) == [
        ("return", "product", "40.00", 3, 1),
        ("return", "product", "20.00", 3, 2),
        ("return", "shipping", "6.00", 3, None),
        ("return", "tax", "9.00", 3, None),
    ]


def test_what_dated_refunds_leave_of_the_estimate_keeps_its_assumed_day() -> None:
    own = estimate("16.00", "8.00", "2.40", "3.60")  # 30.00
    parts = settled(order(own=own, refunds=(Refund(FIRST, Decimal(10)),)))
    assert [f"{part.amount:.2f}" for part in parts] == ["5.33", "2.67", "0.80", "1.20", "10.67", "5.33", "1.60", "2.40"]
    assert [part.is_date_assumed for part in parts] == [False] * 4 + [True] * 4
    assert {part.kind for part in parts} == {"unknown"}


def test_refunds_the_orders_export_does_not_know_yet_go_by_the_orders_own_proportions() -> None:
    parts = settled(order(refunds=(Refund(FIRST, Decimal(25)), Refund(SECOND, Decimal(50), "chargeback"))))
    assert said(parts)[:4] == [
        ("return", "product", "13.33", 3, 1),
        ("return", "product", "6.67", 3, 2),
        ("return", "shipping", "2.00", 3, None),
        ("return", "tax", "3.00", 3, None),
    ]
    assert {part.kind for part in parts[4:]} == {"chargeback"}
    assert sum(part.amount for part in parts) == 75


def test_a_cancellation_takes_back_only_what_refunds_have_not() -> None:
    rest = tuple(Part(part.line_kind, part.amount, "cancellation", SECOND) for part in SOLD)
    parts = settled(order(is_cancelled=True, rest=rest, refunds=(Refund(FIRST, Decimal(30)),)))
    assert sum(part.amount for part in parts) == 75
    assert sum(part.amount for part in parts if part.at == SECOND) == 45
    assert settled(order(rest=rest, refunds=(Refund(FIRST, Decimal(80)),)))[-1].at == FIRST


def test_a_returns_file_tells_units_and_reason_and_the_payment_tells_the_money() -> None:
    returns = (back(CAP, reason="too small", is_restocked=True),)
    parts = settled(order(refunds=(Refund(SECOND, Decimal(25)),), returns=returns))
    assert said(parts) == [
        ("return", "product", "20.00", 9, 2),
        ("return", "shipping", "2.00", 9, None),
        ("return", "tax", "3.00", 9, None),
    ]
    assert (parts[0].units, parts[0].reason, parts[0].is_restocked) == (1, "too small", True)


def test_money_beyond_the_returned_goods_is_of_unknown_kind_and_less_of_it_is_shared() -> None:
    more = settled(order(refunds=(Refund(SECOND, Decimal("37.50")),), returns=(back(CAP),)))
    assert said(more)[:2] == [("return", "product", "20.00", 9, 2), ("unknown", "product", "10.00", 9, None)]
    less = settled(order(refunds=(Refund(SECOND, Decimal("12.50")),), returns=(back(CAP), back(SHIRT))))
    assert said(less)[:2] == [("return", "product", "3.33", 9, 2), ("return", "product", "6.67", 9, 1)]
    assert sum(part.amount for part in less) == Decimal("12.50")


def test_a_return_without_money_takes_the_value_of_its_line_and_says_so() -> None:
    parts = settled(order(returns=(back(SHIRT, "0.5"),)))
    assert said(parts) == [("return", "product", "20.00", 3, 1), ("return", "tax", "3.00", 3, None)]
    assert parts[0].inferred_from == "order_line_value"


def test_a_return_that_names_its_money_splits_it_into_goods_and_tax_and_a_fee_kept_lowers_it() -> None:
    returns = (back(CAP, amount=Decimal(23)), back(CAP, None, kind="return_fee", amount=Decimal(5)))
    parts = settled(order(returns=returns))
    assert said(parts) == [
        ("return", "product", "20.00", 3, 2),
        ("return", "tax", "3.00", 3, None),
        ("return_fee", "fee", "-5.00", 3, None),
    ]
    assert parts[0].inferred_from is None


def test_an_estimate_is_dated_by_the_return_it_pays_for() -> None:
    parts = settled(order(own=estimate("13.33", "6.67", "2.00", "3.00"), returns=(back(CAP),)))
    assert said(parts)[0] == ("return", "product", "20.00", 3, 2)
    assert not any(part.is_date_assumed for part in parts)


def test_a_currency_without_cents_is_shared_in_whole_units() -> None:
    parts = settled(order(unit=Decimal(1), refunds=(Refund(FIRST, Decimal(10)),)))
    assert [part.amount for part in parts] == [5, 3, 1, 1]
