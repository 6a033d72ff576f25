"""Goods that came back, as returns files tell it: each return once, and paid for by the money that is known."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from analytics.ingest.given_back import Order, Part, Return, rounded, scaled, total

# Where one return stands in several files, the first of these leads; tables made by hand come after them.
SOURCES = ("amazon_merchant_returns", "amazon_fba_returns")
GOODS = ("return", "exchange", "cancellation")


def told_once(backs: Iterable[Return]) -> list[Return]:
    """Every return once, by day: what a file tells beyond a better one is added, and what that one leaves open is filled in.

    One return is the same pieces of the same line; a row that names no line of the order means any of its pieces.
    """
    told: list[Return] = []
    known = list(backs)
    for source in sorted({back.source for back in known}, key=_rank):
        # rows that name their line choose first
        more = sorted((back for back in known if back.source == source), key=lambda back: back.line.alias_id is None)
        left, done = told, []
        for back in more:
            matched, left, beyond = _pieces(left, back)
            done += [_filled(best, other) for best, other in matched]
            done += [beyond] if beyond else []
        told = done + left
    return sorted(told, key=lambda back: back.at)


def _rank(source: str) -> tuple[int, str]:
    return (SOURCES.index(source) if source in SOURCES else len(SOURCES), source)


def _pieces(told: list[Return], back: Return) -> tuple[list[tuple[Return, Return]], list[Return], Return | None]:
    """The pieces of `told` that a row of another file means, each beside its own; those it does not mean; what it adds."""
    matched, left, rest = [], list(told), back
    for each in sorted((each for each in told if _is_same(each, back)), key=lambda each: _distance(each, back)):
        pieces = min(_count(each), _count(rest))
        best, best_left = _cut(each, pieces)
        other, other_left = _cut(rest, pieces)
        matched.append((best, other))
        left.remove(each)
        left += [best_left] if best_left else []
        if other_left is None:
            return matched, left, None
        rest = other_left
    return matched, left, rest


def _is_same(one: Return, other: Return) -> bool:
    is_kind = one.kind == other.kind or (one.kind in GOODS and other.kind in GOODS)
    lines = one.line.alias_id, other.line.alias_id
    return is_kind and (None in lines or lines[0] == lines[1])


def _distance(one: Return, other: Return) -> tuple[bool, int]:
    return one.line.alias_id != other.line.alias_id, abs((one.at - other.at).days)


def _count(back: Return) -> Decimal:
    return back.units or Decimal(1)


def _cut(back: Return, pieces: Decimal) -> tuple[Return, Return | None]:
    """So many pieces of a return, with their share of its money, and the rest of it."""
    if pieces >= _count(back):
        return back, None
    share = None if back.amount is None else round(back.amount * pieces / _count(back), 2)
    rest = None if back.amount is None or share is None else back.amount - share
    return replace(back, units=pieces, amount=share), replace(back, units=_count(back) - pieces, amount=rest)


def _filled(best: Return, other: Return) -> Return:
    """What two files tell of the same pieces."""
    return replace(
        best,
        line=best.line if best.line.alias_id is not None else other.line,
        units=other.units if best.units is None else best.units,
        amount=other.amount if best.amount is None else best.amount,
        reason=other.reason if best.reason is None else best.reason,
        condition=other.condition if best.condition is None else best.condition,
        is_restocked=other.is_restocked if best.is_restocked is None else best.is_restocked,
    )


def fees_kept(order: Order) -> list[Part]:
    """What a returns file says was kept of refunds, as far as the order's own file does not say it."""
    known = -total([part for part in order.own if part.kind == "return_fee"])
    found = []
    for fee in order.returns:
        if fee.kind == "return_fee":
            beyond = max(Decimal(), abs(fee.amount or Decimal()) - known)
            known = max(Decimal(), known - abs(fee.amount or Decimal()))
            found.append(Part("fee", -beyond, "return_fee", fee.at, reason=fee.reason))
    return found


def with_returns(order: Order, parts: list[Part]) -> list[Part]:
    """The parts given back once the returns of the order are known: by line, with units and reasons, before fees_kept.

    Parts that name their line and pieces are the same returns as those of that line. What the others come to, and the fee
    that was kept of it, pays for the rest; without payments the money that the returns name themselves goes before it.
    """
    shipping = [back for back in order.returns if back.kind == "shipping_refund"]
    goods = [back for back in order.returns if back.kind not in ("return_fee", "shipping_refund")]
    told = [part for part in parts if _names_pieces(part)]
    others = [part for part in parts if not _names_pieces(part)]
    lines, told, goods = _of_lines(order, told, goods)
    is_open = any(part.line_kind == "product" for part in others)
    if not is_open and not order.refunds:
        return [*lines, *told, *others, *_worth(order, goods if others else [*goods, *shipping], lines + told)]
    kept = -total(fees_kept(order))
    if not order.refunds and (named := [back for back in [*goods, *shipping] if back.amount is not None]):
        goods = [back for back in goods if back.amount is None]
        kept -= sum((back.amount or Decimal() for back in named), Decimal())
        lines += _worth(order, named, [])
    if kept and is_open:
        others = scaled(others, max(Decimal(), total(others) + kept), order.unit)
    return [*lines, *told, *(_paid(order, others, goods) if goods else others)]


def _names_pieces(part: Part) -> bool:
    return part.line_kind == "product" and part.alias_id is not None and part.units is not None


def _of_lines(order: Order, told: list[Part], goods: Sequence[Return]) -> tuple[list[Part], list[Part], list[Return]]:
    """Returns of lines that were told to be taken back: those lines as the returns tell them, the lines and returns left."""
    sold = {part.alias_id for part in order.parts if part.alias_id is not None}
    found, more = [], []
    for back in goods:
        rest: Return | None = back
        for part in sorted(told, key=lambda part: part.alias_id != back.line.alias_id):
            same = part.alias_id == back.line.alias_id or back.line.alias_id is None or part.alias_id not in sold
            if rest is None or not same or part.kind not in (*GOODS, "unknown"):
                continue
            pieces = min(_count(rest), part.units or Decimal(1))
            mine, rest = _cut(rest, pieces)
            share = rounded(part.amount * pieces / (part.units or Decimal(1)), order.unit)
            found.append(_told_better(order, replace(part, amount=share, units=pieces), mine))
            told.remove(part)
            if part.units and part.units > pieces:
                told.append(replace(part, amount=part.amount - share, units=part.units - pieces))
        more += [rest] if rest else []
    return found, told, more


def _told_better(order: Order, part: Part, back: Return) -> Part:
    """A line taken back as a returns file tells it: kind, reason and condition, its money if it names it, a day if none is."""
    return replace(
        part,
        amount=part.amount if back.amount is None else _goods_of(order, back.amount),
        kind="return" if back.kind == "exchange" else back.kind,
        at=back.at if part.is_date_assumed else part.at,
        is_date_assumed=False,
        is_restocked=part.is_restocked if back.is_restocked is None else back.is_restocked,
        reason=back.reason,
        condition=back.condition,
    )


def _paid(order: Order, parts: list[Part], goods: Sequence[Return]) -> list[Part]:
    """The returned goods by line, paid for by the goods' part of the money, day by day; the rest of it is of unknown kind."""
    last = max(back.at for back in goods)
    dated = sorted(part.at for part in parts if not part.is_date_assumed) or [last]
    assumed = _paid_on(last, dated)
    parts = [replace(part, at=assumed, is_date_assumed=False) if part.is_date_assumed else part for part in parts]
    money = [part for part in parts if part.line_kind == "product"]
    others = [part for part in parts if part.line_kind != "product" and part.amount]
    pot, lines = total(money), [_line(order, back, _paid_on(back.at, dated)) for back in goods]
    worth = total(lines)
    if worth >= pot:  # goods explain all of it
        others = [replace(part, kind="return") if part.kind == "unknown" else part for part in others]
    if not worth or worth > pot:
        lines = scaled(lines if worth else [replace(line, amount=Decimal(1)) for line in lines], pot, order.unit)
    return [*_day_by_day(lines, money), *others]


def _day_by_day(lines: list[Part], money: list[Part]) -> list[Part]:
    """The lines on the days of the money that paid for them, its own day first; what no line takes stands without one.

    A line that two days paid for is cut; its units stand with the larger piece.
    """
    pots: dict[datetime, Decimal] = {}
    for part in sorted(money, key=lambda part: part.at):
        pots[part.at] = pots.get(part.at, Decimal()) + part.amount
    kinds = {part.kind for part in money}
    kind = kinds.pop() if len(kinds) == 1 and kinds <= {"cancellation", "chargeback"} else "unknown"
    pieces: list[dict[datetime, Decimal]] = [{} for _ in lines]
    for is_own_day in (True, False):
        for line, taken in zip(lines, pieces, strict=True):
            for at in [line.at] if is_own_day else pots:
                share = min(pots.get(at, Decimal()), line.amount - sum(taken.values(), Decimal()))
                if share > 0:
                    taken[at] = taken.get(at, Decimal()) + share
                    pots[at] -= share
    found = [part for line, taken in zip(lines, pieces, strict=True) for part in _cut_by_day(line, taken)]
    return found + [replace(Part("product", left), kind=kind, at=at) for at, left in pots.items() if left]


def _cut_by_day(line: Part, taken: dict[datetime, Decimal]) -> list[Part]:
    if not taken:
        return [line]
    largest = max(taken, key=lambda at: taken[at])
    return [
        replace(line, amount=amount, at=at, units=line.units if at == largest else None) for at, amount in taken.items()
    ]


def _paid_on(at: datetime, refunds: list[datetime]) -> datetime:
    """The day on which a return was paid for: the first refund from its day on, else the last one."""
    return next((refund for refund in refunds if refund.date() >= at.date()), refunds[-1])


def _line(order: Order, back: Return, at: datetime) -> Part:
    units = back.units if back.units is not None else Decimal(1)
    is_named = back.amount is not None
    return replace(
        back.line,
        amount=_goods_of(order, back.amount or Decimal())
        if is_named
        else rounded(back.line.amount * units, order.unit),
        kind="return" if back.kind == "exchange" else back.kind,
        at=at,
        units=back.units if back.kind in GOODS else None,
        is_restocked=back.is_restocked,
        reason=back.reason,
        condition=back.condition,
    )


def _tax_share(order: Order) -> Decimal:
    goods = total([part for part in order.parts if part.line_kind == "product"])
    tax = total([part for part in order.parts if part.line_kind == "tax"])
    return tax / goods if goods else Decimal()


def _goods_of(order: Order, amount: Decimal) -> Decimal:
    """The goods in an amount that holds their tax."""
    return rounded(amount / (1 + _tax_share(order)), order.unit)


def _worth(order: Order, backs: Sequence[Return], told: list[Part]) -> list[Part]:
    """Returns that no payment tells of: the money their file names, else the value of their line as far as it is left,
    with the tax on it."""
    left: dict[int | None, Decimal] = {}
    for part in order.parts:
        if part.line_kind == "product":
            left[part.alias_id] = left.get(part.alias_id, Decimal()) + part.amount
    for part in told:
        left[part.alias_id] = left.get(part.alias_id, Decimal()) - part.amount
    found = []
    for back in backs:
        if back.kind == "shipping_refund":
            found.append(Part("shipping", back.amount or Decimal(), back.kind, back.at, reason=back.reason))
            continue
        line = _line(order, back, back.at)
        if back.amount is None:
            worth = min(line.amount, max(Decimal(), left.get(line.alias_id, line.amount)))
            line = replace(line, amount=worth, inferred_from="order_line_value")
            on_it = rounded(worth * _tax_share(order), order.unit)
        else:
            on_it = back.amount - line.amount
        left[line.alias_id] = left.get(line.alias_id, line.amount) - line.amount
        found += [line, replace(Part("tax", on_it), kind=line.kind, at=back.at)]
    return found
