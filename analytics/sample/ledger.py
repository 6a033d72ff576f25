"""The shop's own books: exact amounts without tax by order and by day, and the control report made of them.

This arithmetic is written for the generator alone and shares nothing with the importer, so that the two can be compared.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analytics.sample import fates, money
from analytics.sample.orders import Order


@dataclass(slots=True)
class Amounts:
    """Cents without tax; `returns` is goods taken back, the `_back` fields what else went back."""

    orders: int = 0
    gross: int = 0
    discounts: int = 0
    returns: int = 0
    shipping: int = 0
    shipping_back: int = 0
    tax: int = 0
    tax_back: int = 0
    tips: int = 0
    tips_back: int = 0
    gift_cards: int = 0
    fees: int = 0  # kept of what went back

    @property
    def net(self) -> int:
        return self.gross - self.discounts - self.returns

    @property
    def total(self) -> int:
        return self.net + self.shipping - self.shipping_back + self.tax - self.tax_back + self.fees

    @property
    def collected(self) -> int:
        return self.total + self.tips - self.tips_back + self.gift_cards

    def add(self, other: "Amounts") -> None:
        for name in self.__slots__:
            if more := getattr(other, name):
                setattr(self, name, getattr(self, name) + more)


def counts(order: Order) -> bool:
    """Whether an order counts: not voided, and not cancelled before it was paid."""
    return order.status != "voided" and not (order.cancelled_at and not order.paid_at)


def by_line(order: Order) -> list[tuple[int, int]]:
    """Gross and discount of each line without tax (0, 0 for tips and gift cards).

    The order's tax is spread over the discounted values; a line's gross gives up tax at the line's own
    quotient, rounded to the cent, and its discount is the rest.
    """
    taxable = order.taxable
    taxes = money.spread(order.taxes, taxable)
    rows = []
    for line, value, tax in zip(order.lines, taxable, taxes, strict=False):
        if line.kind != "goods":
            rows.append((0, 0))
            continue
        gross = line.price * line.quantity
        net_gross = money.share(gross, value - tax, value) if value else gross
        rows.append((net_gross, net_gross - (value - tax)))
    return rows


def charged(order: Order) -> Amounts:
    """What the order booked on its own day, before anything went back."""
    lines, taxable = by_line(order), order.taxable
    taxes = money.spread(order.taxes, taxable)
    return Amounts(
        orders=1,
        gross=sum(gross for gross, _ in lines),
        discounts=sum(discount for _, discount in lines),
        shipping=taxable[-1] - taxes[-1],
        tax=order.taxes,
        tips=order.tips,
        gift_cards=order.gift_cards,
    )


def taken_back(order: Order) -> Amounts:
    """What went back: the refund in the order's proportion of goods, shipping and tax; all of it where a return fee was
    kept, with the fee beside it; all of a cancelled order."""
    sold = charged(order)
    goods, fee = sold.gross - sold.discounts, kept_fee(order)
    if order.cancelled_at or order.refunded == order.total:
        parts, tips = [goods, sold.shipping, sold.tax], sold.tips
    elif fee:
        parts, tips = [goods, sold.shipping, sold.tax], 0
    else:
        parts, tips = money.spread(order.refunded, [goods, sold.shipping, sold.tax]), 0
    return Amounts(returns=parts[0], shipping_back=parts[1], tax_back=parts[2], tips_back=tips, fees=fee)


def kept_fee(order: Order) -> int:
    """The return fee kept of a refund, 0 if none was."""
    kept = order.total - order.tips - order.refunded
    return kept if order.refunded and not order.cancelled_at and kept in fates.FEES else 0


def is_taken_back(order: Order) -> bool:
    return bool(order.refunded or order.cancelled_at)


def by_day(placed: Iterable[Order]) -> dict[date, Amounts]:
    """Amounts of each day: sales on the order's day, refunds and cancellations on their own."""
    book: dict[date, Amounts] = defaultdict(Amounts)
    for order in placed:
        if not counts(order):
            continue
        book[order.created.date()].add(charged(order))
        if is_taken_back(order):
            book[(order.cancelled_at or order.refunded_at or order.created).date()].add(taken_back(order))
    return book


def total(placed: Iterable[Order]) -> Amounts:
    """The sum of all days."""
    result = Amounts()
    for amounts in by_day(placed).values():
        result.add(amounts)
    return result
