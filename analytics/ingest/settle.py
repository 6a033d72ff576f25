"""What was given back for an order when several files tell of it, so that nothing counts twice.

For money, what a payment moved beats a returns file, which beats the orders export; for units and reasons the returns file
leads. What the orders export says beyond dated refunds stays, with its day assumed.
"""

from dataclasses import replace
from decimal import Decimal

from analytics.ingest.given_back import Order, Part, Refund, scaled, total
from analytics.ingest.returned import fees_kept, with_returns


def settled(order: Order) -> list[Part]:
    """The parts given back in all, by day; they add up to the refunds, else to what the returns are worth."""
    own_total, dated = total(order.own), sum((refund.amount for refund in order.refunds), Decimal())
    parts = [part for refund in order.refunds for part in _split(order, refund, own_total, dated)]
    if own_total > dated:
        parts += scaled(order.own, own_total - dated, order.unit)
    if order.returns:
        parts = with_returns(order, parts)
    # a cancellation takes back what nothing else has
    left = total(order.rest) - max(Decimal(), total(parts) - own_total)
    parts += scaled(order.rest, left, order.unit) if left > 0 else []
    # pieces count even where no money is left for them
    return [part for part in [*parts, *fees_kept(order)] if part.amount or (part.units and part.alias_id is not None)]


def with_documents(order: Order, documents: tuple[Part, ...]) -> Order:
    """The order when another file tells of dated refunds of its goods, as documents of their own: each refund counts once.

    The documents say when which goods went back; the order's own refund says its lines, and what went back beyond goods.
    """
    dated, own = total(documents), total(order.own)
    goods = [part for part in order.own if part.line_kind == "product"]
    others = [replace(part, at=documents[-1].at, is_date_assumed=False) for part in order.own if part not in goods]
    if dated > (worth := total(goods)):
        told = list(documents)
        others = scaled(others, max(Decimal(), own - dated), order.unit)
    else:
        told = []
        for document in documents:
            told += [_on_day_of(document, part, goods) for part in scaled(goods, document.amount, order.unit)]
        told += scaled(goods, worth - dated, order.unit) if worth > dated else []
    # what the order itself does not know yet of its refunds is no longer taken back by its cancellation
    rest = max(Decimal(), total(order.rest) - max(Decimal(), dated - own))
    left = tuple(scaled(order.rest, rest, order.unit)) if order.rest else ()
    return replace(order, own=tuple(part for part in [*told, *others] if part.amount), rest=left)


def _on_day_of(document: Part, part: Part, goods: list[Part]) -> Part:
    """A share of an order's goods on a document's day; its units are known where there is just one line to take back."""
    units = document.units if len(goods) == 1 else None
    kind = document.kind if part.kind == "unknown" else part.kind
    return replace(part, at=document.at, is_date_assumed=False, units=units, kind=kind)


def _split(order: Order, refund: Refund, own_total: Decimal, dated: Decimal) -> list[Part]:
    """One refund in the order's proportions, with the kind that the orders export infers if it is the whole of it."""
    base = order.own if own_total > 0 else order.parts
    if not total(base):
        base = (Part("product", Decimal(1)),)
    is_known = own_total > 0 and dated == own_total
    is_whole = dated >= order.document_total > 0
    whole = "cancellation" if order.is_cancelled else "return"

    def booked(part: Part) -> Part:
        kind, why = (
            (part.kind, part.inferred_from) if is_known else (whole, "whole_order") if is_whole else ("unknown", None)
        )
        # which pieces went back is known of a refund that is all that the order's own file tells
        units = part.units if is_known and len(order.refunds) == 1 else None
        if refund.kind == "chargeback":
            kind, why = "chargeback", None
        return replace(part, at=refund.at, kind=kind, inferred_from=why, is_date_assumed=False, units=units)

    return [booked(part) for part in scaled(base, refund.amount, order.unit)]
