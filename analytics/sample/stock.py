"""What lies on the shelves on the last day, by variant and location."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from random import Random

from analytics.sample import catalogue, money
from analytics.sample.catalogue import Product, Variant
from analytics.sample.orders import PRODUCTS, Order

WAREHOUSE, SHOP = "Lager Hamburg", "Laden Berlin"
WINDOW = 60  # days of sales that the buyer looked at when filling the shelves
NEGATIVE = 5
NOT_STOCKED_TYPES = ("Coats", "Swimwear", "Shoes")
OVERSTOCK = 90  # pieces of every variant


@dataclass(slots=True)
class Level:
    """Pieces of one variant at one location; on_hand is None where it is not stocked."""

    product: Product
    variant: Variant
    location: str
    on_hand: int | None
    committed: int = 0
    unavailable: int = 0
    incoming: int = 0


def levels(rng: Random, placed: list[Order], last_day: date) -> list[Level]:
    """Two rows for every variant of goods: the warehouse, then the shop."""
    sold, waiting = _recent(placed, last_day)
    rows = []
    for product in PRODUCTS:
        if product.is_gift_card:
            continue
        for variant in product.variants:
            on_hand = _target(rng, product, sold[variant.name])
            rows.append(Level(product, variant, WAREHOUSE, on_hand, waiting[variant.name]))
            in_shop = None if product.type in NOT_STOCKED_TYPES else int(rng.random() * 5)
            rows.append(Level(product, variant, SHOP, in_shop))
    _adjust([row for row in rows if row.product.title != catalogue.RUNNING_OUT])
    _run_out([row for row in rows if row.product.title == catalogue.RUNNING_OUT], sold)
    return rows


def _recent(placed: list[Order], last_day: date) -> tuple[Counter[str], Counter[str]]:
    """Units sold within the window, and units still to be sent, by line name."""
    sold: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    for order in reversed(placed):
        if (last_day - order.created.date()).days >= WINDOW:
            break
        for line in order.lines:
            sold[line.name] += line.quantity
            if order.fulfilled_at is None and order.cancelled_at is None:
                waiting[line.name] += line.quantity
    return sold, waiting


def _target(rng: Random, product: Product, sold: int) -> int:
    """Pieces for 20 to 90 days of sales; the overstocked product has too many."""
    cover = (20 + 70 * rng.random()) / WINDOW
    if product.title == catalogue.OVERSTOCKED:
        return OVERSTOCK
    return round(sold * cover) + int(rng.random() * 4)


def _run_out(rows: list[Level], sold: Counter[str]) -> None:
    """Leaves six days of sales in the warehouse, beyond what is promised, and nothing in the shop."""
    pieces = [sold[row.variant.name] if row.location == WAREHOUSE else 0 for row in rows]
    for row, part in zip(rows, money.spread(max(3, sum(pieces) * 6 // WINDOW), pieces), strict=True):
        row.on_hand = row.committed + part


def _adjust(rows: list[Level]) -> None:
    """Counting errors of the shop (negative pieces), some damaged and some ordered goods."""
    shop = [row for row in rows if row.location == SHOP and row.on_hand is not None]
    for row in shop[7 :: len(shop) // NEGATIVE][:NEGATIVE]:
        row.on_hand = -2
    warehouse = [row for row in rows if row.location == WAREHOUSE]
    for row in warehouse[5::23]:
        row.unavailable = 1
    for row in warehouse[3::11]:
        row.incoming = 40 if row.product.title != catalogue.OVERSTOCKED else 0
