"""What was paid and paid back: the transaction history of refunded orders, and the card payments of the last months."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from analytics.sample import export, money
from analytics.sample.orders import Order

HISTORY_COLUMNS = export.columns("Order,Name,Kind,Gateway,Created At,Status,Amount,Currency,Card Type")
PAYOUT_COLUMNS = export.columns("""
    Transaction Date,Type,Order,Card Brand,Card Source,Payout Status,Payout Date,Available On,Amount,Fee,Net,Checkout,
    Payment Method Name,Presentment Amount,Presentment Currency,Currency""")
PAYOUT_DAYS = 90  # the export reaches back so far
FEE_PER_THOUSAND, FEE_FIXED = 19, 25
FAILED_FIRST = 37  # every so many refunded orders were paid at the second attempt
GATEWAYS = {
    "Shopify Payments": "shopify_payments",
    "PayPal Express Checkout": "paypal",
    "Klarna": "klarna",
    "Cash": "cash",
}


@dataclass(frozen=True)
class Movement:
    """Cents that Shopify Payments took or gave back for an order; both signed from the shop's side."""

    order: Order
    at: datetime
    amount: int
    fee: int

    @property
    def paid_out_on(self) -> date:
        """Two working days later."""
        day = self.at.date()
        for _ in range(2):
            day += timedelta(days={4: 3, 5: 2}.get(day.weekday(), 1))
        return day


def refunded(placed: list[Order]) -> list[Order]:
    """The orders whose transaction history is exported: those of which something was paid back."""
    return [order for order in placed if order.refunded]


def history_rows(placed: list[Order]) -> Iterator[dict[str, str]]:
    """The payment and the refund of each refunded order, newest order first; some cards failed at first."""
    for order in reversed(refunded(placed)):
        paid, back = order.paid_at or order.created, order.refunded_at
        yield _history(order, "sale", paid, order.total)
        if order.number % FAILED_FIRST == 0:
            yield _history(order, "sale", paid - timedelta(minutes=2), order.total) | {"Status": "failure"}
        if back:
            yield _history(order, "refund", back, order.refunded)


def _history(order: Order, kind: str, at: datetime, amount: int) -> dict[str, str]:
    gateway = GATEWAYS[export.payment_method(order)]
    return {
        "Order": export.order_id(order),
        "Name": f"#{order.number}",
        "Kind": kind,
        "Gateway": gateway,
        "Created At": export.time_text(at),
        "Status": "success",
        "Amount": money.text(amount),
        "Currency": "EUR",
        "Card Type": _card(order) if gateway == "shopify_payments" else "",
    }


def movements(placed: list[Order], last_day: date) -> list[Movement]:
    """Card payments and refunds of the last months, oldest first; fees are kept when a payment goes back."""
    moved = []
    for order in placed:
        if not order.total or not order.paid_at or export.payment_method(order) != "Shopify Payments":
            continue
        fee = money.share(order.total, FEE_PER_THOUSAND, 1000) + FEE_FIXED
        moved.append(Movement(order, order.paid_at, order.total, fee))
        if order.refunded_at:
            moved.append(Movement(order, order.refunded_at, -order.refunded, 0))
    recent = [move for move in moved if (last_day - move.at.date()).days < PAYOUT_DAYS]
    return sorted(recent, key=lambda move: (move.at, move.order.number))


def payout_rows(moved: list[Movement], last_day: date) -> Iterator[dict[str, str]]:
    """One row a movement, newest first; what is paid out after the last day is pending."""
    for move in reversed(moved):
        is_paid = move.paid_out_on <= last_day
        yield {
            "Transaction Date": export.time_text(move.at),
            "Type": "charge" if move.amount > 0 else "refund",
            "Order": f"#{move.order.number}",
            "Card Brand": _card(move.order),
            "Card Source": "swiped" if move.order.source == "pos" else "online",
            "Payout Status": "paid" if is_paid else "pending",
            "Payout Date": move.paid_out_on.isoformat() if is_paid else "",
            "Available On": move.paid_out_on.isoformat(),
            "Amount": money.text(move.amount),
            "Fee": money.text(move.fee),
            "Net": money.text(move.amount - move.fee),
            "Checkout": f"#{28_000_000_000 + move.order.number}",
            "Payment Method Name": "card",
            "Presentment Amount": money.text(abs(move.amount)),
            "Presentment Currency": "EUR",
            "Currency": "EUR",
        }


def answers(placed: list[Order], last_day: date) -> list[tuple[str, str, str]]:
    """What both exports must say: key, exact value, what it means."""
    back = refunded(placed)
    days = sorted((o.refunded_at.date() - o.created.date()).days for o in back if o.refunded_at and not o.cancelled_at)
    moved = movements(placed, last_day)
    return [
        ("transaction_refunds", str(len(back)), "refunds in the transaction history"),
        (
            "transaction_refunded",
            money.text(sum(order.refunded for order in back)),
            "their sum; the orders say the same",
        ),
        (
            "median_days_to_refund",
            str(days[len(days) // 2]),
            "days from the order to its refund, cancelled orders left out",
        ),
        ("payout_rows", str(len(moved)), f"card payments and refunds of the last {PAYOUT_DAYS} days"),
        ("payout_amount", money.text(sum(move.amount for move in moved)), "payments minus refunds"),
        ("payout_fees", money.text(sum(move.fee for move in moved)), "1.9 % and 0.25 a payment, not given back"),
        ("payout_net", money.text(sum(move.amount - move.fee for move in moved)), "amount − fee"),
        ("payout_pending", str(sum(move.paid_out_on > last_day for move in moved)), "rows not paid out yet"),
    ]


def _card(order: Order) -> str:
    return "visa" if order.number % 3 else "master"
