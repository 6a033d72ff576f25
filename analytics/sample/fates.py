"""What became of the orders: paid or not, cancelled, sent, taken back in part or whole."""

from datetime import date, datetime, time, timedelta
from random import Random

from analytics.sample import catalogue, money
from analytics.sample.orders import BULK_ORDERS, ZONE, Order

GOODWILL = 120
GOODWILL_PER_CENT = 35
FEES = {5_00: 140, 10_00: 90}
CANCELLED_REFUNDED = 260
CANCELLED_KEPT = 24
VOIDED = 60
NEVER_PAID = 8
PENDING = 30
UNSHIPPED = 7
TIPS_BACK = 12  # whole refunds of orders with a tip
SOONEST_RETURN = 6
WHOLE, LINE, ODD = 0.045, 0.075, 0.08  # cumulative shares of orders; one size comes back far more often
RUNS_SMALL_SHARE = 0.42
BAD_BATCH_DAYS = range(SOONEST_RETURN, 43)  # days before the last one on which the bad batch was sold


def decide(rng: Random, placed: list[Order], last_day: date) -> None:
    """Fills in status, payment, shipment, cancellation and refund of every order."""
    stop = datetime.combine(last_day, time(23, 59, 59), ZONE)
    for order in placed:
        order.paid_at = order.created
        sent = order.created if order.source == "pos" else _next_pickup(order.created)
        order.fulfilled_at = sent if sent <= stop else None
    plain = [order for order in placed if _is_plain(order, last_day)]
    plain = rng.sample(plain, len(plain))
    _leave_unpaid(plain, last_day)
    _cancel(rng, plain, last_day)
    _hold_back(plain, last_day)
    _give_goodwill(plain)
    _keep_fees(plain)
    for order in [order for order in placed if order.tips and not order.gift_cards][:TIPS_BACK]:
        _pay_back(order, order.total)
    for order in sorted(plain, key=lambda order: order.number):
        _refund(rng, order)
        if is_spoilt(order, last_day):
            _pay_back(order, order.total)
    for order in placed:
        if order.refunded:
            order.refunded_at = order.cancelled_at or _paid_back_at(order, last_day)


def _paid_back_at(order: Order, last_day: date) -> datetime:
    """Three days to over three weeks after the order, in office hours, and never after the last day."""
    days = min(3 + order.number * 7 % 22, (last_day - order.created.date()).days)
    clock = time(9 + order.number % 8, order.number % 60, order.number * 13 % 60)
    return datetime.combine(order.created.date() + timedelta(days=days), clock, ZONE)


def _next_pickup(moment: datetime) -> datetime:
    """The parcel service comes in the afternoon, never on a Sunday; orders after eleven go the next time."""
    day = moment.date() + timedelta(days=moment.hour >= 11)
    day += timedelta(days=day.weekday() == 6)
    return datetime.combine(day, time(15, day.toordinal() % 60), ZONE)


def _later(moment: datetime, hours: float) -> datetime:
    return datetime.fromtimestamp(int(moment.timestamp() + hours * 3600), ZONE)


def _is_plain(order: Order, last_day: date) -> bool:
    """Orders that may be refunded or cancelled: no tip, gift card or free order, and no planted big one."""
    is_bulk = order.source == "shopify_draft_order" and (last_day - order.created.date()).days in BULK_ORDERS
    return order.total > 0 and not is_bulk and all(line.kind == "goods" for line in order.lines)


def _take(plain: list[Order], count: int, ages: range, last_day: date) -> list[Order]:
    """Removes and returns the first orders placed that many days before the last day; not at the till."""
    fit = [order for order in plain if (last_day - order.created.date()).days in ages and order.source != "pos"]
    taken = fit[:count]
    chosen = {order.number for order in taken}
    plain[:] = [order for order in plain if order.number not in chosen]
    return taken


def _leave_unpaid(plain: list[Order], last_day: date) -> None:
    for order in _take(plain, VOIDED, range(3, 700), last_day):
        order.status, order.paid_at, order.fulfilled_at = "voided", None, None
        order.cancelled_at = _same_day(order.created, 3)
    for order in _take(plain, NEVER_PAID, range(10, 700), last_day):
        order.status, order.paid_at, order.fulfilled_at = "pending", None, None
        order.cancelled_at = _later(order.created, 7 * 24)
    for order in _take(plain, PENDING, range(20), last_day):
        order.status, order.paid_at, order.fulfilled_at = "pending", None, None


def _cancel(rng: Random, plain: list[Order], last_day: date) -> None:
    """Most cancellations follow within hours; one in ten on the next day."""
    refunded = _take(plain, CANCELLED_REFUNDED, range(2, 725), last_day)
    for order in refunded + _take(plain, CANCELLED_KEPT, range(2, 725), last_day):
        is_late = rng.random() < 0.1
        order.cancelled_at = _later(order.created, 24) if is_late else _same_day(order.created, 3 * rng.random())
        order.fulfilled_at = None
    for order in refunded:
        order.status, order.refunded = "refunded", order.total


def _same_day(moment: datetime, hours: float) -> datetime:
    night = datetime.combine(moment.date(), time(23, 59, 58), ZONE)
    return max(moment, min(_later(moment, hours), night))


def _hold_back(plain: list[Order], last_day: date) -> None:
    """Paid orders that should have left long ago."""
    for order in _take(plain, UNSHIPPED, range(3, 11), last_day):
        order.fulfilled_at = None
    plain[:] = [order for order in plain if (last_day - order.created.date()).days >= SOONEST_RETURN]


def _give_goodwill(plain: list[Order]) -> None:
    for order in _first(plain, GOODWILL):
        _pay_back(order, money.share(order.total, GOODWILL_PER_CENT, 100))


def _keep_fees(plain: list[Order]) -> None:
    for fee, count in FEES.items():
        for order in _first(plain, count):
            _pay_back(order, order.total - fee)


def _first(plain: list[Order], count: int) -> list[Order]:
    """Removes and returns the first orders worth at least 30.00 that are not of the size that runs small."""
    taken = [order for order in plain if order.total >= 30_00 and not runs_small(order)][:count]
    chosen = {order.number for order in taken}
    plain[:] = [order for order in plain if order.number not in chosen]
    return taken


def runs_small(order: Order) -> bool:
    """Whether the order holds nothing but the size that runs small."""
    variants = [line.variant for line in order.lines if line.variant]
    return len(order.lines) == 1 and (variants[0].title, variants[0].size) == (
        catalogue.RUNS_SMALL,
        catalogue.RUNS_SMALL_SIZE,
    )


def is_spoilt(order: Order, last_day: date) -> bool:
    """Whether the order holds nothing but a piece of the bad batch and came back: four of five online orders of it do."""
    product = order.lines[0].product
    return (
        len(order.lines) == 1
        and product is not None
        and product.title == catalogue.BAD_BATCH
        and (last_day - order.created.date()).days in BAD_BATCH_DAYS
        and order.source != "pos"
        and order.number % 5 != 0
    )


def _refund(rng: Random, order: Order) -> None:
    drawn = rng.random()
    if runs_small(order):
        amount = order.total if drawn < RUNS_SMALL_SHARE else 0
    elif drawn < WHOLE:
        amount = order.total
    elif drawn < LINE and len(order.lines) > 1:
        amount = order.taxable[int(rng.random() * len(order.lines))]
    elif LINE <= drawn < ODD:
        amount = min(3_17 + int(rng.random() * order.total * 0.6), order.total // 2)
    else:
        amount = 0
    # An amount that would only look like a planted kind of refund is left out.
    if amount and amount not in _planted(order):
        _pay_back(order, amount)


def _planted(order: Order) -> set[int]:
    return {money.share(order.total, GOODWILL_PER_CENT, 100), *(order.total - fee for fee in FEES)}


def _pay_back(order: Order, amount: int) -> None:
    order.refunded = amount
    order.status = "refunded" if amount == order.total else "partially_refunded"
