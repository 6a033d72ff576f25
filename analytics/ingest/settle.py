"""What was given back for an order when several files tell of it, so that nothing counts twice.

For money, what a payment moved beats a returns file, which beats the orders export; for units and reasons the returns file
leads. What the orders export says beyond dated refunds stays, with its day assumed.
"""

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


def settled(order: Order) -> list[Part]:
    """The parts given back in all, by day; they add up to the refunds, else to what the returns are worth."""
    own_total, dated = _sum(order.own), sum((refund.amount for refund in order.refunds), Decimal())
    parts = [part for refund in order.refunds for part in _split(order, refund, own_total, dated)]
    if own_total > dated:
        parts += _scaled(order.own, own_total - dated, order.unit)
    if order.returns:
        parts = _with_returns(order, parts)
    left = _sum(order.rest) - max(Decimal(), dated - own_total)
    return [part for part in parts + (_scaled(order.rest, left, order.unit) if left > 0 else []) if part.amount]


def with_documents(order: Order, documents: tuple[Part, ...]) -> Order:
    """The order when another file tells of dated refunds of its goods, as documents of their own: each refund counts once.

    The documents say when which goods went back; the order's own refund says its lines, and what went back beyond goods.
    """
    dated, own = _sum(documents), _sum(order.own)
    goods = [part for part in order.own if part.line_kind == "product"]
    others = [replace(part, at=documents[-1].at, is_date_assumed=False) for part in order.own if part not in goods]
    if dated > (worth := _sum(goods)):
        told = list(documents)
        others = _scaled(others, max(Decimal(), own - dated), order.unit)
    else:
        told = []
        for document in documents:
            told += [_on_day_of(document, part, goods) for part in _scaled(goods, document.amount, order.unit)]
        told += _scaled(goods, worth - dated, order.unit) if worth > dated else []
    # what the order itself does not know yet of its refunds is no longer taken back by its cancellation
    rest = max(Decimal(), _sum(order.rest) - max(Decimal(), dated - own))
    left = tuple(_scaled(order.rest, rest, order.unit)) if order.rest else ()
    return replace(order, own=tuple(part for part in [*told, *others] if part.amount), rest=left)


def _on_day_of(document: Part, part: Part, goods: list[Part]) -> Part:
    """A share of an order's goods on a document's day; its units are known where there is just one line to take back."""
    units = document.units if len(goods) == 1 else None
    kind = document.kind if part.kind == "unknown" else part.kind
    return replace(part, at=document.at, is_date_assumed=False, units=units, kind=kind)


def _sum(parts: tuple[Part, ...] | list[Part]) -> Decimal:
    return sum((part.amount for part in parts), Decimal())


def _scaled(parts: tuple[Part, ...] | list[Part], total: Decimal, unit: Decimal) -> list[Part]:
    """The parts in proportion so that they add up to `total` exactly."""
    base = _sum(parts)
    shares, so_far, given = [], Decimal(), Decimal()
    for part in parts:
        so_far += part.amount
        upto = total if so_far == base else _rounded(total * so_far / base, unit)
        shares.append(replace(part, amount=upto - given))
        given = upto
    return shares


def _rounded(amount: Decimal, unit: Decimal) -> Decimal:
    return (amount / unit).quantize(Decimal(1), ROUND_HALF_EVEN) * unit


def _split(order: Order, refund: Refund, own_total: Decimal, dated: Decimal) -> list[Part]:
    """One refund in the order's proportions, with the kind that the orders export infers if it is the whole of it."""
    base = order.own if own_total > 0 else order.parts
    if not _sum(base):
        base = (Part("product", Decimal(1)),)
    is_known = own_total > 0 and dated == own_total
    is_whole = dated >= order.document_total > 0
    whole = "cancellation" if order.is_cancelled else "return"

    def booked(part: Part) -> Part:
        kind, why = (
            (part.kind, part.inferred_from) if is_known else (whole, "whole_order") if is_whole else ("unknown", None)
        )
        if refund.kind == "chargeback":
            kind, why = "chargeback", None
        return replace(part, at=refund.at, kind=kind, inferred_from=why, is_date_assumed=False, units=None)

    return [booked(part) for part in _scaled(base, refund.amount, order.unit)]


def _with_returns(order: Order, parts: list[Part]) -> list[Part]:
    """The returned goods by line, with units and reasons, paid for by the goods' part of the money."""
    fees = [_fee(back) for back in order.returns if back.kind == "return_fee"]
    goods = [back for back in order.returns if back.kind not in ("return_fee", "shipping_refund")]
    last = max(back.at for back in order.returns)
    if not parts:
        parts = [part for back in order.returns if back.kind != "return_fee" for part in _worth(order, back)]
        return parts + fees
    dated = sorted(part.at for part in parts if not part.is_date_assumed) or [last]
    parts = [replace(part, at=last, is_date_assumed=False) if part.is_date_assumed else part for part in parts]
    money = [part for part in parts if part.line_kind == "product"]
    others = [part for part in parts if part.line_kind != "product"]
    total, lines = _sum(money), [_line(back, _paid_on(back, dated), order.unit) for back in goods]
    if not lines or total <= 0:
        return parts
    worth = _sum(lines)
    if worth >= total:  # goods explain all of it
        others = [replace(part, kind="return") if part.kind == "unknown" else part for part in others]
    if not worth or worth > total:
        lines = _scaled(lines if worth else [replace(line, amount=Decimal(1)) for line in lines], total, order.unit)
        return lines + others
    left = replace(Part("product", total - worth), at=max(part.at for part in money))
    return [*lines, left, *others]


def _paid_on(back: Return, refunds: list[datetime]) -> datetime:
    """The day on which a return was paid for: the first refund from its day on, else the last one."""
    return next((at for at in refunds if at.date() >= back.at.date()), refunds[-1])


def _line(back: Return, at: datetime, unit: Decimal) -> Part:
    units = back.units if back.units is not None else Decimal(1)
    return replace(
        back.line,
        amount=_rounded(back.line.amount * units, unit),
        kind="return" if back.kind == "exchange" else back.kind,
        at=at,
        units=back.units if back.kind in ("return", "exchange", "cancellation") else None,
        is_restocked=back.is_restocked,
        reason=back.reason,
        condition=back.condition,
    )


def _fee(back: Return) -> Part:
    return Part("fee", -abs(back.amount or Decimal()), "return_fee", back.at, reason=back.reason)


def _worth(order: Order, back: Return) -> list[Part]:
    """A return that no payment tells of: the money its file names, else the value of its line, with the tax on it."""
    if back.kind == "shipping_refund":
        return [Part("shipping", back.amount or Decimal(), back.kind, back.at, reason=back.reason)]
    line = _line(back, back.at, order.unit)
    goods = sum((part.amount for part in order.parts if part.line_kind == "product"), Decimal())
    tax = sum((part.amount for part in order.parts if part.line_kind == "tax"), Decimal())
    share = tax / goods if goods else Decimal()
    if back.amount is None:
        line = replace(line, inferred_from="order_line_value")
    else:
        line = replace(line, amount=_rounded(back.amount / (1 + share), order.unit))
    on_it = _rounded(line.amount * share, order.unit) if back.amount is None else back.amount - line.amount
    return [line, replace(Part("tax", on_it), kind=line.kind, at=back.at)]
