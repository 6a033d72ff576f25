"""What is known of an order's value and of what was given back for it, as settle.py puts it together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Part:
    """One part of what was given back: of goods, shipping, tax or a fee; amounts without tax, positive."""

    line_kind: str
    amount: Decimal
    kind: str = "unknown"
    at: datetime = datetime(1, 1, 1)  # noqa: DTZ001 (wall time, as everywhere)
    alias_id: int | None = None
    units: Decimal | None = None
    unit_price: Decimal | None = None
    is_restocked: bool | None = None
    inferred_from: str | None = None
    is_date_assumed: bool = False
    reason: str | None = None
    condition: str | None = None


@dataclass(frozen=True)
class Refund:
    """Money that went back at one moment."""

    at: datetime
    amount: Decimal
    kind: str = "refund"  # or chargeback


@dataclass(frozen=True)
class Return:
    """What a returns file says came back; `amount` is the money given for it, None if the file does not say."""

    at: datetime
    kind: str
    line: Part  # the order's line it belongs to: its value for one unit, and its name
    units: Decimal | None = None
    amount: Decimal | None = None
    reason: str | None = None
    condition: str | None = None
    is_restocked: bool | None = None
    source: str = "returns"


@dataclass(frozen=True)
class Order:
    """What is known of an order's value and of what was given back."""

    document_total: Decimal
    is_cancelled: bool
    parts: tuple[Part, ...]  # what was sold and charged
    own: tuple[Part, ...] = ()  # refunds as the orders export has them
    rest: tuple[Part, ...] = ()  # what a cancellation took back beyond refunds
    refunds: tuple[Refund, ...] = ()
    returns: tuple[Return, ...] = ()
    unit: Decimal = CENT  # the currency's smallest coin


def total(parts: Sequence[Part]) -> Decimal:
    """What the parts add up to."""
    return sum((part.amount for part in parts), Decimal())


def scaled(parts: Sequence[Part], to: Decimal, unit: Decimal) -> list[Part]:
    """The parts in proportion so that they add up to `to` exactly."""
    base = total(parts)
    shares, so_far, given = [], Decimal(), Decimal()
    for part in parts:
        so_far += part.amount
        upto = to if so_far == base else rounded(to * so_far / base, unit)
        shares.append(replace(part, amount=upto - given))
        given = upto
    return shares


def rounded(amount: Decimal, unit: Decimal) -> Decimal:
    """An amount in whole coins."""
    return (amount / unit).quantize(Decimal(1), ROUND_HALF_EVEN) * unit
