"""What was given back when several files tell of it: nothing twice, exact sums, the kinds and days of the file that knows."""

from datetime import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from analytics.ingest.given_back import Order, Part, Refund, Return
from analytics.ingest.returned import told_once
from analytics.ingest.settle import settled

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


# --- several files of returns, and lines that name their pieces


def test_two_returns_files_tell_of_one_return_and_fill_in_what_the_other_leaves_open() -> None:
    amazons = back(CAP, reason="UNWANTED", source="amazon_fba_returns", at=SECOND)
    tables = back(CAP, reason="too small", amount=Decimal(23), is_restocked=True)
    for told in ([amazons, tables], [tables, amazons]):
        (one,) = told_once(told)
        assert (one.reason, one.amount, one.is_restocked, one.at) == ("UNWANTED", 23, True, SECOND)


def test_pieces_and_lines_that_only_one_returns_file_tells_are_added() -> None:
    amazons = [back(CAP, source="amazon_fba_returns"), back(CAP, source="amazon_fba_returns", at=SECOND)]
    tables = [back(CAP, "3", amount=Decimal(30)), back(SHIRT)]
    found = told_once([*amazons, *tables])
    assert (
        sorted((one.line.alias_id, one.units, one.amount) for one in found if one.line.alias_id == 2)
        == [(2, 1, 10)] * 3
    )
    assert [one.units for one in found if one.line.alias_id == 1] == [1]
    # a row that names no line of the order means one that another file names
    assert len(told_once([amazons[0], back(Part("product", Decimal()))])) == 1
    # a fee is no piece of goods
    assert len(told_once([amazons[0], back(CAP, None, kind="return_fee", amount=Decimal(5))])) == 2


def test_money_that_a_returns_file_names_goes_before_the_orders_export() -> None:
    own = estimate("16.00", "8.00", "2.40", "3.60")  # 30.00 in all, 23.00 of them for a cap
    parts = settled(order(own=own, returns=(back(CAP, amount=Decimal(23)),)))
    assert said(parts)[:2] == [("return", "product", "20.00", 3, 2), ("return", "tax", "3.00", 3, None)]
    assert sum(part.amount for part in parts) == 30
    more = settled(order(own=own, returns=(back(SHIRT, amount=Decimal(46)),)))
    assert said(more) == [("return", "product", "40.00", 3, 1), ("return", "tax", "6.00", 3, None)]


def test_a_return_of_a_cancelled_order_takes_nothing_back_twice() -> None:
    rest = tuple(Part(part.line_kind, part.amount, "cancellation", SECOND) for part in SOLD)
    parts = settled(order(is_cancelled=True, rest=rest, returns=(back(CAP, amount=Decimal(23)),)))
    assert sum(part.amount for part in parts) == 75
    assert sum(part.amount for part in parts if part.kind == "cancellation") == 52


def test_a_fee_kept_is_told_once_and_leaves_what_was_paid() -> None:
    fee = back(CAP, None, kind="return_fee", amount=Decimal(5))
    paid = settled(order(refunds=(Refund(SECOND, Decimal(70)),), returns=(back(CAP), back(SHIRT), fee)))
    assert sum(part.amount for part in paid) == 70
    assert said(paid)[-1] == ("return_fee", "fee", "-5.00", 3, None)
    known = (*estimate("40.00", "20.00", "6.00", "9.00", kind="return"), Part("fee", Decimal(-5), "return_fee"))
    again = settled(order(own=known, returns=(back(CAP), back(SHIRT), fee)))
    assert sum(part.amount for part in again) == 70 and [part.kind for part in again].count("return_fee") == 1


def test_lines_that_name_their_pieces_keep_what_no_returns_file_tells() -> None:
    cap = Part("product", Decimal("20.00"), "return", SECOND, alias_id=2, units=Decimal(1))
    shirt = Part("product", Decimal("40.00"), "return", SECOND, alias_id=1, units=Decimal(1))
    gesture = Part("product", Decimal("4.00"), "goodwill", SECOND, alias_id=1)
    parts = settled(order(own=(cap, shirt, gesture), returns=(back(CAP, reason="too small"),)))
    assert [(part.kind, part.amount, part.alias_id, part.reason) for part in parts] == [
        ("return", 20, 2, "too small"), ("return", 40, 1, None), ("goodwill", 4, 1, None),
    ]  # fmt: skip


def test_what_is_only_estimated_is_never_worth_more_than_its_line() -> None:
    parts = settled(order(returns=(back(CAP), back(CAP, at=SECOND))))
    assert [(part.amount, part.units) for part in parts if part.line_kind == "product"] == [(20, 1), (0, 1)]
    assert sum(part.amount for part in parts) == 23


def test_each_day_gives_back_what_was_paid_on_it_whatever_came_back_when() -> None:
    third = datetime(2024, 5, 20, 10)  # noqa: DTZ001 (wall time)
    refunds = (Refund(FIRST, Decimal("12.50")), Refund(third, Decimal("62.50")))
    parts = settled(order(refunds=refunds, returns=(back(CAP), back(SHIRT, at=SECOND, reason="too small"))))
    # of the cap's 20.00 the first refund pays 10.00 and the second the rest; the shirt is paid for by the second
    goods = [(part.amount, part.at.day, part.alias_id, part.units) for part in parts if part.line_kind == "product"]
    assert goods == [(10, 3, 2, 1), (10, 20, 2, None), (40, 20, 1, 1)]
    days = {day: sum(part.amount for part in parts if part.at.day == day) for day in (3, 20)}
    assert days == {3: Decimal("12.50"), 20: Decimal("62.50")}
    # what its own day pays for in full takes nothing of an earlier one
    refunds = (Refund(FIRST, Decimal(25)), Refund(third, Decimal(50)))
    later = settled(order(refunds=refunds, returns=(back(SHIRT, at=SECOND),)))
    assert said(later)[:2] == [("return", "product", "40.00", 20, 1), ("unknown", "product", "20.00", 3, None)]


LINES = some.sampled_from([CAP, SHIRT, Part("product", Decimal())])
BACKS = some.lists(
    some.builds(
        back, LINES, some.sampled_from(["1", "2", None]), source=some.sampled_from(["returns", "amazon_fba_returns"]),
        amount=some.sampled_from([None, Decimal(10), Decimal(23)]), at=some.sampled_from([FIRST, SECOND]),
    ),
    max_size=4,
)  # fmt: skip


@given(BACKS, some.sampled_from([0, 30, 75, 80]), some.lists(some.sampled_from([10, 25, 75]), max_size=2))
def test_payments_are_all_that_was_given_back_whatever_returns_files_tell(
    backs: list[Return], refunded: int, paid: list[int]
) -> None:
    own = (
        tuple(Part(part.line_kind, part.amount * refunded / 75, alias_id=part.alias_id) for part in SOLD)
        if refunded
        else ()
    )
    refunds = tuple(Refund(at, Decimal(each)) for at, each in zip((FIRST, SECOND), paid, strict=False))
    parts = settled(order(own=own, refunds=refunds, returns=tuple(told_once(backs))))
    known = max(refunded, sum(paid))
    if paid:
        assert sum(part.amount for part in parts) == known
        at_least = sum(each.amount for each in refunds if each.at == FIRST)
        assert sum(part.amount for part in parts if part.at == FIRST) >= at_least
    else:  # nobody moved money that is known: what the file names, if that is more than the export says
        named = sum((one.amount or Decimal() for one in told_once(backs)), Decimal())
        assert sum(part.amount for part in parts) >= max(Decimal(refunded), named)
    assert all(part.amount >= 0 for part in parts)
    told = [one.units for one in told_once(backs) if one.units and one.line.alias_id]
    assert sum((part.units or Decimal() for part in parts), Decimal()) >= sum(told, Decimal())
