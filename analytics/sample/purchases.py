"""From whom Nordlicht Mode buys: suppliers' terms, purchase orders that brought what was sold, and what is on its way.

Each order brings about what was sold until the next one, so that the stock of past days can be told from it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from analytics.sample import catalogue, ledger, money, returns
from analytics.sample.catalogue import Product, Variant
from analytics.sample.orders import PRODUCTS, Order
from analytics.sample.returns import Back
from analytics.sample.stock import WAREHOUSE, Level

SUPPLIER_COLUMNS = (
    "Supplier", "SKU", "Lead time days", "Lead time deviation", "Minimum order", "Pack size", "Unit cost", "Freight", "Duty",
    "Currency", "Valid from",
)  # fmt: skip
PURCHASE_COLUMNS = (
    "Purchase order", "Supplier", "Status", "Ordered on", "Expected on", "Location", "SKU", "Units", "Unit cost", "Currency",
    "Received units", "Received on", "Freight", "Duty", "Deposit", "Deposit due on", "Balance due on",
)  # fmt: skip
CYCLE, CYCLES = 56, 12  # days between two deliveries of a supplier, and how many of them there were
LEAST = 3  # pieces of a variant worth ordering
BROUGHT = 0.92  # of what was sold until the next delivery; the rest came back
LATE_SUPPLIER, CREEPING, OVERDUE_DAYS = "Fjordwolle", catalogue.BULK, 21
OLD_COST, DEARER_FOR = 580, 3  # cents of the T-shirts that cost 6.40 now, and for how many deliveries
SHORT_SHARE = 0.8


@dataclass(frozen=True)
class Terms:
    """What a supplier promises, how late each of its deliveries was (the latest first), and how many days ago that one came."""

    days: int
    deviation: int
    minimum: int
    latest: int
    delays: tuple[int, ...]


# the bestseller is out for nine days until the own label's delivery, nine days late, lands 31 days before the last day
SUPPLIERS = {
    "Nordlicht": Terms(21, 2, 100, 31, (9, 0, -1, 0, 1, 0)),
    "Fjordwolle": Terms(35, 3, 60, 47, (12, 9, 16, 7, 14, 11)),
    "Hafenkante": Terms(30, 2, 80, 19, (0, -2, 0, -1, 0, 0)),
    "Elbgold": Terms(28, 4, 50, 40, (0, 3, -1, 0, 0, 2)),
}


@dataclass(slots=True)
class Item:
    """A line of an order: pieces, cents a piece, and what came on which day."""

    product: Product
    variant: Variant
    units: int
    cost: int
    received: list[tuple[date, int]] = field(default_factory=list)


@dataclass(slots=True)
class Purchase:
    """One purchase order; money in cents."""

    supplier: str
    status: str
    ordered_on: date | None
    expected_on: date | None
    items: list[Item]
    freight: int = 0
    deposit: int = 0
    deposit_due_on: date | None = None
    balance_due_on: date | None = None
    number: str = ""

    @property
    def value(self) -> int:
        return sum(item.units * item.cost for item in self.items) + self.freight


def place(placed: list[Order], levels: list[Level], returned: list[Back], last_day: date) -> list[Purchase]:
    """Every purchase order, the oldest first and the draft last, numbered by year."""
    sold = _sold(placed)
    there: dict[str, int] = defaultdict(int)
    for level in levels:
        there[level.variant.name] += level.on_hand or 0
    landed = last_day - timedelta(days=SUPPLIERS["Nordlicht"].latest)
    for name, pieces in returns.put_back(returned, landed).items():
        there[name] -= pieces  # they came from customers, not from the supplier
    found = [
        _delivered(supplier, cycle, sold, there, last_day) for supplier in SUPPLIERS for cycle in range(CYCLES)
    ] + _on_their_way(last_day)
    found.sort(key=lambda each: (each.ordered_on or date.max, each.supplier))
    counts: dict[int, int] = defaultdict(int)
    for each in found:
        year = (each.ordered_on or last_day).year
        counts[year] += 1
        each.number = f"PO-{year}-{counts[year]:03d}"
    return found


def _sold(placed: list[Order]) -> dict[str, dict[date, int]]:
    sold: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for order in placed:
        if ledger.counts(order):
            for line in order.lines:
                sold[line.name][order.created.date()] += line.quantity
    return sold


def goods_of(supplier: str) -> list[tuple[Product, Variant]]:
    """What a supplier sends: the variants of its brand that a SKU tells from all others."""
    rows = [(product, variant) for product in PRODUCTS if product.vendor == supplier for variant in product.variants]
    return [(product, each) for product, each in rows if each.sku.count("-") and not product.is_gift_card]


def _delivered(
    supplier: str, cycle: int, sold: dict[str, dict[date, int]], there: dict[str, int], last_day: date
) -> Purchase:
    terms = SUPPLIERS[supplier]
    came = last_day - timedelta(days=terms.latest + CYCLE * cycle)
    until = last_day + timedelta(days=1) if cycle == 0 else came + timedelta(days=CYCLE)
    expected = came - timedelta(days=terms.delays[cycle % len(terms.delays)])
    ordered = expected - timedelta(days=terms.days)
    items = []
    for product, variant in goods_of(supplier):
        pieces = sum(count for day, count in sold[variant.name].items() if came <= day < until)
        is_bestseller = product.title == catalogue.BESTSELLER
        units = there[variant.name] + pieces if is_bestseller and cycle == 0 else int(pieces * BROUGHT)
        if units >= LEAST:
            items.append(Item(product, variant, units, _cost(product, variant, cycle), [(came, units)]))
    _incomplete(supplier, cycle, items)
    return Purchase(supplier, "closed", ordered, expected, items, freight=12000 if supplier == LATE_SUPPLIER else 0)


def _incomplete(supplier: str, cycle: int, items: list[Item]) -> None:
    """One line of one order never came whole; another order came in two parts."""
    first = max(items, key=lambda item: item.units)
    if (supplier, cycle) == ("Hafenkante", 1):
        day, _ = first.received[0]
        first.received = [(day, int(first.units * SHORT_SHARE))]
    if (supplier, cycle) == ("Elbgold", 1):
        for item in items:
            day, units = item.received[0]
            later = units * 2 // 5
            item.received = [(day, units - later), (day + timedelta(days=6), later)]


def _cost(product: Product, variant: Variant, cycle: int = 0) -> int:
    """Cents a piece: the catalogue's, of the T-shirts less before they became dearer; what the shop never entered is asked of
    the supplier."""
    if product.title == CREEPING and cycle >= DEARER_FOR:
        return OLD_COST
    return variant.cost if variant.cost is not None else variant.price * 3 // 10


def _on_their_way(last_day: date) -> list[Purchase]:
    """What was sent and has not come: one order is 21 days late, on the day after the last."""

    def day(after: int) -> date:
        return last_day + timedelta(days=after)

    today = day(1)
    late = Purchase(
        LATE_SUPPLIER, "sent", day(-55), today - timedelta(days=OVERDUE_DAYS), _lines(catalogue.RUNNING_OUT, 30), 18000
    )
    late.deposit, late.deposit_due_on = late.value * 3 // 10, day(-52)
    own = Purchase("Nordlicht", "sent", day(-10), day(11), _lines(catalogue.BESTSELLER, 80) + _lines(CREEPING, 40))
    own.balance_due_on = day(41)
    jeans = Purchase("Hafenkante", "sent", day(-20), day(10), _lines(catalogue.RUNS_SMALL, 25))
    dresses = Purchase("Elbgold", "sent", day(-5), day(23), _lines(catalogue.NEWCOMER, 36), 9500)
    dresses.deposit, dresses.deposit_due_on, dresses.balance_due_on = dresses.value * 2 // 5, day(5), day(37)
    draft = Purchase("Elbgold", "draft", None, None, _lines("Wrap Dress Alster", 20))
    return [late, own, jeans, dresses, draft]


def _lines(title: str, units: int) -> list[Item]:
    product = catalogue.by_title(title)
    return [Item(product, variant, units, _cost(product, variant)) for variant in product.variants]


def supplier_rows(first_day: date, last_day: date) -> Iterator[dict[str, str]]:
    """A row a supplier, and one for each variant of three products with packs and landed costs; T-shirts became dearer."""
    for supplier, terms in SUPPLIERS.items():
        yield {
            "Supplier": supplier, "Lead time days": str(terms.days), "Lead time deviation": str(terms.deviation),
            "Minimum order": str(terms.minimum), "Currency": "EUR", "Valid from": str(first_day),
        }  # fmt: skip
    dearer = last_day - timedelta(days=CYCLE * DEARER_FOR)
    for title, pack, freight in ((catalogue.BESTSELLER, 12, 60), (CREEPING, 10, 25), (catalogue.RUNNING_OUT, 6, 120)):
        product = catalogue.by_title(title)
        for variant in product.variants:
            costs = {first_day: _cost(product, variant, CYCLES), dearer: _cost(product, variant)}
            for day in sorted(costs) if title == CREEPING else [first_day]:
                yield {
                    "Supplier": product.vendor, "SKU": variant.sku, "Pack size": str(pack), "Unit cost": money.text(costs[day]),
                    "Freight": money.text(freight), "Currency": "EUR", "Valid from": str(day),
                }  # fmt: skip


def purchase_rows(purchases: list[Purchase]) -> Iterator[dict[str, str]]:
    """A row a line, and one more for each further receipt of it; only an order's first row carries the order."""
    for order in purchases:
        for number, item in enumerate(order.items):
            line = {
                "Purchase order": order.number, "Supplier": order.supplier, "SKU": item.variant.sku, "Units": str(item.units),
                "Unit cost": money.text(item.cost),
            }  # fmt: skip
            head = _head(order) if number == 0 else {}
            yield head | line | (_received(item.received[0]) if item.received else {})
            for each in item.received[1:]:
                yield {name: line[name] for name in ("Purchase order", "Supplier", "SKU")} | _received(each)


def _head(order: Purchase) -> dict[str, str]:
    days = {
        "Ordered on": order.ordered_on, "Expected on": order.expected_on, "Deposit due on": order.deposit_due_on,
        "Balance due on": order.balance_due_on,
    }  # fmt: skip
    amounts = {"Freight": order.freight, "Deposit": order.deposit}
    return {
        "Status": order.status, "Location": WAREHOUSE, "Currency": "EUR",
        **{name: str(day) for name, day in days.items() if day},
        **{name: money.text(cents) for name, cents in amounts.items() if cents},
    }  # fmt: skip


def _received(receipt: tuple[date, int]) -> dict[str, str]:
    return {"Received on": str(receipt[0]), "Received units": str(receipt[1])}


def answers(purchases: list[Purchase], last_day: date) -> list[tuple[str, str, str]]:
    """What a right import must say of suppliers and their orders, on the day after the last."""
    dearer = catalogue.by_title(CREEPING)
    is_open = [order for order in purchases if order.status == "sent"]
    late = next(order for order in is_open if order.expected_on and order.expected_on <= last_day)
    short_order, short = next(
        (order, item) for order in purchases for item in order.items
        if order.status == "closed" and sum(units for _, units in item.received) < item.units
    )  # fmt: skip
    blocked = max(
        (order for order in purchases if order.supplier == "Nordlicht" and order.status == "closed"),
        key=lambda order: order.number,
    )
    closed = [order for order in purchases if order.supplier == LATE_SUPPLIER and order.status == "closed"]
    days = sorted((order.items[0].received[0][0] - order.ordered_on).days for order in closed if order.ordered_on)
    middle = (days[len(days) // 2 - 1] + days[len(days) // 2]) / 2
    return [
        ("purchase_orders", str(len(purchases)), "purchase orders, a draft among them"),
        ("purchase_lines", str(sum(len(order.items) for order in purchases)), "their lines"),
        ("purchase_receipts", str(sum(len(item.received) for order in purchases for item in order.items)), "their receipts"),
        ("open_orders", str(len(is_open)), "sent and not there yet"),
        ("open_value", money.text(sum(order.value - order.freight for order in is_open)), "their goods, without freight"),
        ("late_supplier", LATE_SUPPLIER, "the supplier that is later than it promises"),
        ("late_supplier_promised_days", str(SUPPLIERS[LATE_SUPPLIER].days), "lead time that it promises"),
        ("late_supplier_median_days", f"{middle:g}", "lead time that it takes, the median of its deliveries"),
        ("overdue_order", late.number, "the order that is late"),
        ("overdue_days", str(OVERDUE_DAYS), "days late on the day after the last"),
        ("overdue_product", catalogue.RUNNING_OUT, "what it should bring: the product with a few days left"),
        ("overdue_units", str(sum(item.units for item in late.items)), "pieces"),
        ("overdue_balance", money.text(late.value - late.deposit), "to be paid when it lands"),
        ("stockout_order", blocked.number, "the order that came nine days late while the bestseller was out"),
        ("short_order", short_order.number, "the order of which something never came"),
        ("short_sku", short.variant.sku, "of this SKU"),
        ("short_units", f"{short.received[0][1]} of {short.units}", "pieces came"),
        ("creeping_product", CREEPING, "the product that its supplier made dearer"),
        ("creeping_cost", f"{money.text(OLD_COST)} to {money.text(_cost(dearer, dearer.variants[0]))}", "a piece, without freight"),
    ]  # fmt: skip
