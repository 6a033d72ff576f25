"""Orders as they were placed: who bought what on which day, with which discounts, shipping and tax."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

from analytics.sample import catalogue, money, people, seasons
from analytics.sample.catalogue import Product, Variant
from analytics.sample.people import Customer

ZONE = ZoneInfo("Europe/Berlin")
BULK_ORDERS = {30: (220, 40), 111: (180, 0), 250: (260, 60), 410: (150, 20)}  # days before: T-shirts, long sleeves
HOURS = (2, 1, 1, 1, 1, 2, 4, 6, 7, 8, 9, 9, 10, 9, 8, 8, 9, 10, 12, 14, 16, 15, 10, 5)
EXISTING_CODES = {"WELCOME10": 0.075, "NEWSLETTER5": 0.04, "FREESHIP": 0.04, "FRIENDS15": 0.02}
NEW_CODES = {"WELCOME10": 0.012, "NEWSLETTER5": 0.03, "FREESHIP": 0.05, "FRIENDS15": 0.05}
PER_CENT = {"WELCOME10": 10, "FRIENDS15": 15, "STAFFPICK100": 100}


@dataclass(slots=True)
class Line:
    """One line; price is a unit's with tax, discount the whole line's. Kind is goods, gift card or tip."""

    kind: str
    name: str
    quantity: int
    price: int
    discount: int = 0
    product: Product | None = None
    variant: Variant | None = None

    @property
    def value(self) -> int:
        return self.price * self.quantity - self.discount


@dataclass(slots=True)
class Order:
    """One order in cents with tax inside; refund, cancellation and shipment are filled in by `fates`."""

    created: datetime
    customer: Customer | None
    country: str
    source: str
    lines: list[Line]
    code: str = ""
    order_discount: int = 0
    shipping: int = 0
    shipping_discount: int = 0
    number: int = 0
    is_existing: bool = False
    status: str = "paid"
    paid_at: datetime | None = None
    fulfilled_at: datetime | None = None
    cancelled_at: datetime | None = None
    refunded: int = 0
    refunded_at: datetime | None = None
    taxes: int = 0
    total: int = 0
    discounts_by_line: list[int] = field(default_factory=list)  # line and order discount together, tips 0

    @property
    def tips(self) -> int:
        return sum(line.value for line in self.lines if line.kind == "tip")

    @property
    def gift_cards(self) -> int:
        return sum(line.value for line in self.lines if line.kind == "gift card")

    @property
    def discount_amount(self) -> int:
        return sum(line.discount for line in self.lines) + self.order_discount + self.shipping_discount

    @property
    def subtotal(self) -> int:
        return self.total - self.tips - self.shipping + self.shipping_discount

    @property
    def taxable(self) -> list[int]:
        """Discounted value of each line, then of shipping: what the order's tax is taken out of."""
        lines = [
            line.price * line.quantity - off if line.kind == "goods" else 0
            for line, off in zip(self.lines, self.discounts_by_line, strict=True)
        ]
        return [*lines, self.shipping - self.shipping_discount]


def place(rng: Random, last_day: date) -> list[Order]:
    """All orders of the 24 months, oldest first, numbered, with nothing refunded or shipped yet."""
    span = seasons.days(last_day)
    noise = seasons.wobbles(rng, len(span))
    buyers = Buyers()
    placed: list[Order] = []
    for n, (day, count) in enumerate(zip(span, seasons.order_counts(last_day, noise), strict=True)):
        shelf = Shelf(day, last_day)
        todays = sorted(_moment(rng, day) for _ in range(count))
        for index, created in enumerate(todays):
            placed.append(_order(rng, (created, index, n / len(span)), shelf, buyers))
    for number, order in enumerate(placed, start=10_001):
        order.number = number
        _settle(order)
    return placed


class Buyers:
    """Everybody who ordered so far; one entry an order, so that frequent buyers come back more often."""

    def __init__(self) -> None:
        self.seen: list[Customer] = []
        self.count = 0

    def next(self, rng: Random, progress: float) -> tuple[Customer, bool]:
        """A customer and whether the customer ordered before."""
        if self.seen and rng.random() < 0.12 + 0.36 * progress:
            customer, is_existing = self.seen[int(rng.random() * len(self.seen))], True
        else:
            self.count += 1
            customer, is_existing = people.invent(rng, self.count, progress), False
        self.seen.append(customer)
        return customer, is_existing


class Shelf:
    """What can be bought on a day, and at which price."""

    def __init__(self, day: date, last_day: date) -> None:
        self.day, self.age = day, (last_day - day).days
        self.products = [product for product in PRODUCTS if not product.is_gift_card]
        self.weights = list(accumulate(seasons.demand(product, day, last_day) for product in self.products))

    def line(self, rng: Random, product: Product | None = None) -> Line:
        """A line of that product, or of one drawn by demand."""
        product = product or rng.choices(self.products, cum_weights=self.weights)[0]
        variant = rng.choices(product.variants, cum_weights=product.cumulative)[0]
        price = variant.price
        if product.title in catalogue.DEARER and self.age >= catalogue.DEARER_DAYS:
            price -= 500
        quantity = 1 if rng.random() < 0.93 else 2 + int(rng.random() * 2)
        off = money.share(price * quantity, seasons.line_discount(product, self.day), 100)
        kind = "gift card" if product.is_gift_card else "goods"
        return Line(kind, variant.name, quantity, price, off, product, variant)


PRODUCTS = catalogue.products()
BY_TITLE = {product.title: product for product in PRODUCTS}


def _moment(rng: Random, day: date) -> datetime:
    hour = rng.choices(range(24), HOURS)[0]
    start = datetime.combine(day, time(), ZONE).timestamp()
    stop = datetime.combine(day + timedelta(days=1), time(), ZONE).timestamp()
    return datetime.fromtimestamp(min(start + hour * 3600 + int(rng.random() * 3600), stop - 1), ZONE)


def _order(rng: Random, when: tuple[datetime, int, float], shelf: Shelf, buyers: Buyers) -> Order:
    created, index, progress = when
    if index == 1 and shelf.age in BULK_ORDERS:
        return _bulk(rng, created, shelf, buyers)
    source = _source(rng, created)
    if source == "pos" and rng.random() < 0.4:
        return Order(created, None, "", source, _basket(rng, shelf, index))
    customer, is_existing = buyers.next(rng, progress)
    order = Order(created, customer, customer.country, source, _basket(rng, shelf, index), is_existing=is_existing)
    if source != "pos":
        order.shipping = _shipping(order)
        _redeem(rng, order)
    return order


def _source(rng: Random, created: datetime) -> str:
    drawn = rng.random()
    if created.weekday() < 6 and 10 <= created.hour < 20 and drawn < 0.21:
        return "pos"
    if drawn > 0.994:
        return "shopify_draft_order"
    return "instagram" if drawn > 0.90 else "web"


def _basket(rng: Random, shelf: Shelf, index: int) -> list[Line]:
    if index > 2 and rng.random() < 0.006:
        return [shelf.line(rng, BY_TITLE[catalogue.GIFT_CARD])]
    is_out = seasons.STOCKOUT[1] <= shelf.age <= seasons.STOCKOUT[0]
    # Two early orders of a day hold the bestseller, so that only the planted days are without it, voided orders or not.
    first = BY_TITLE[catalogue.BESTSELLER] if index in (0, 2) and not is_out else None
    lines = [shelf.line(rng, first)]
    count = rng.choices((0, 1, 2, 3, 4), (56, 26, 11, 5, 2))[0]
    lines += [shelf.line(rng) for _ in range(count)]
    if rng.random() < 0.003:
        lines.append(shelf.line(rng, BY_TITLE[catalogue.GIFT_CARD]))
    if rng.random() < 0.025:
        lines.append(Line("tip", "Tip", 1, 50 + 50 * int(rng.random() * 10)))
    return lines


def _bulk(rng: Random, created: datetime, shelf: Shelf, buyers: Buyers) -> Order:
    customer, is_existing = buyers.next(rng, 0.0)
    shirts, long_sleeves = BULK_ORDERS[shelf.age]
    lines = [shelf.line(rng, BY_TITLE[catalogue.BULK]), shelf.line(rng, BY_TITLE["Dune Longsleeve"])]
    for line, quantity in zip(lines, (shirts, long_sleeves), strict=True):
        line.quantity, line.discount = quantity, 0
    lines = [line for line in lines if line.quantity]
    return Order(created, customer, customer.country, "shopify_draft_order", lines, is_existing=is_existing)


def _shipping(order: Order) -> int:
    goods = sum(line.value for line in order.lines if line.kind == "goods")
    _, _, price, free_from = people.COUNTRIES[order.country]
    return price if 0 < goods < free_from else 0


def _redeem(rng: Random, order: Order) -> None:
    """A code, never together with a gift card; free shipping only where nothing else is discounted."""
    goods = sum(line.value for line in order.lines)
    if any(line.kind != "goods" for line in order.lines):
        return
    if order.source == "shopify_draft_order" and rng.random() < 0.25:
        order.code, order.order_discount, order.shipping = "STAFFPICK100", goods, 0
        return
    drawn, codes = rng.random(), EXISTING_CODES if order.is_existing else NEW_CODES
    code = next((code for code, sum_ in zip(codes, accumulate(codes.values()), strict=True) if drawn < sum_), "")
    if code == "FREESHIP" and order.shipping and not order.discount_amount:
        order.code, order.shipping_discount = code, order.shipping
    elif code == "NEWSLETTER5" and goods >= 4000:
        order.code, order.order_discount = code, 500
    elif code in PER_CENT:
        order.code, order.order_discount = code, money.share(goods, PER_CENT[code], 100)


def _settle(order: Order) -> None:
    """Fills in what the shop's checkout computes: discounts by line, tax inside, the total."""
    values = [0 if line.kind == "tip" else line.value for line in order.lines]
    shares = money.spread(order.order_discount, values)
    order.discounts_by_line = [line.discount + part for line, part in zip(order.lines, shares, strict=True)]
    order.total = (
        sum(line.value for line in order.lines) - order.order_discount + order.shipping - order.shipping_discount
    )
    rate = people.COUNTRIES[order.country or "DE"][0]
    order.taxes = sum(money.share(value, rate, 100 + rate) for value in order.taxable)
