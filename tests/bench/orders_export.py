"""A Shopify orders export of any length, made line by line: 79 columns, about two lines an order, newest order first.

An order is drawn from its own number, so that a later export repeats it to the letter.
"""

import csv
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import count
from pathlib import Path

HEADER = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,"
    "Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,"
    "Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,"
    "Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,"
    "Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,"
    "Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,"
    "Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,"
    "Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,"
    "Billing Province Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,Payment References"
)
SEED = 20_260_131
DAYS = 730
FIRST = datetime.fromisoformat("2024-01-01")
SKUS = 4_000
# country, province, its name, tax in per cent, is the tax inside the prices
PLACES = [
    ("US", "CA", "California", 8, False),
    ("US", "NY", "New York", 9, False),
    ("US", "TX", "Texas", 6, False),
    ("US", "OR", "Oregon", 0, False),
    ("CA", "ON", "Ontario", 13, False),
    ("GB", "", "", 20, True),
    ("DE", "", "", 19, True),
    ("AU", "VIC", "Victoria", 10, True),
]
COMMONNESS = [24, 16, 14, 8, 10, 14, 8, 6]
LINES = [1, 2, 3, 4, 5, 6]
HOW_MANY = [48, 27, 13, 7, 3, 2]
SOURCES = ["web", "web", "web", "web", "pos", "shopify_draft_order", "iphone"]


def write(path: Path, rows: int, is_later: bool = False) -> int:
    """Write an export of at least so many lines, ending with the order that reaches them; gives the lines written.

    The later one is a month younger: one order in fifty has been refunded since, and one in fifty is new.
    """
    orders = _orders(rows)
    newest = orders + (orders // 50 if is_later else 0)
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER + "\n")
        for number in range(newest, 0, -1):
            lines = _order(number, orders, is_later and number <= orders and number % 50 == 7)
            file.write("".join(lines))
            written += len(lines)
    return written


@lru_cache
def _orders(rows: int) -> int:
    made = 0
    for number in count(1):
        made += _line_count(number) + _has_tip(number)
        if made >= rows:
            return number
    raise AssertionError


def _line_count(number: int) -> int:
    return _COUNTS[number * 7_919 % len(_COUNTS)]


def _has_tip(number: int) -> bool:
    return number % 19 == 5


_COUNTS = random.Random(SEED).choices(LINES, HOW_MANY, k=9_973)


@lru_cache
def _products() -> list[tuple[str, int, str, str]]:
    """Title as a CSV cell, price in cents, SKU, vendor."""
    draw = random.Random(SEED)
    names = ["Linen Shirt", "Enamel Mug, 12 oz", 'Walnut Frame 8"', "Wool Scarf", "Desk Lamp", "Tea Towel", "Café Tray"]
    made = []
    for number in range(SKUS):
        title = f"{draw.choice(names)} No. {number} - {draw.choice('SML')} / {draw.choice(['Red', 'Sand', 'Ink'])}"
        sku = "" if number % 40 == 0 else f"SKU-{number:05d}"
        made.append((_cell(title), draw.randrange(400, 12_000, 5), sku, f"Vendor {number % 60}"))
    return made


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\n') else text


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _order(number: int, orders: int, is_refunded_since: bool) -> list[str]:
    """The lines of one order, the first with the order's own columns."""
    draw = random.Random(SEED + number)
    at = FIRST + timedelta(seconds=int(number / orders * DAYS * 86_400))
    when = f"{at:%Y-%m-%d %H:%M:%S} {'-0400' if 3 < at.month < 11 else '-0500'}"
    email = f"buyer{draw.randrange(max(orders * 2 // 3, 1)):07d}@example.com"
    bought = [
        (draw.choice(_products()), 1 if draw.random() < 0.8 else draw.randrange(2, 6))
        for _ in range(_line_count(number))
    ]
    subtotal = sum(product[1] * units for product, units in bought)
    discount = 0
    if number % 5 == 0:
        discount = subtotal // 10 if number % 10 else min(500, subtotal)
    line_discount = bought[0][0][1] * bought[0][1] * 15 // 100 if number % 23 == 0 else 0
    discount = min(discount + line_discount, subtotal)
    tip = draw.randrange(100, 900) if _has_tip(number) else 0
    head, tail = _head(number, draw, (subtotal - discount, discount, tip, is_refunded_since), when)
    lines = []
    for at_line, ((title, price, sku, vendor), units) in enumerate(bought):
        item = f"{units},{title},{_money(price)},,{sku},true,true,fulfilled"
        off = _money(line_discount if at_line == 0 else 0)
        lines.append(_line(number, email, when, (item, vendor, off), (head, tail) if at_line == 0 else None))
    if tip:
        lines.append(_line(number, email, when, (f"1,Tip,{_money(tip)},,,false,false,fulfilled", "Shop", "0.00"), None))
    return lines


def _line(number: int, email: str, when: str, item: tuple[str, str, str], own: tuple[str, list[str]] | None) -> str:
    what, vendor, off = item
    if own is None:
        return f"#{number},{email},,,,,,,,,,,,,,{when},{what},{',' * 26}{vendor},,,,,,,,,{off}{',' * 19}\n"
    head, (places, notes, refunded, identity, taxes) = own
    return f"#{number},{email},{head},{when},{what},{places},{notes},{refunded},{vendor},{identity},{off},{taxes}\n"


def _head(number: int, draw: random.Random, money: tuple[int, int, int, bool], when: str) -> tuple[str, list[str]]:
    """The cells that only an order's first line fills, in the pieces that stand between the line's own."""
    subtotal, discount, tip, is_refunded_since = money
    country, province, province_name, rate, is_included = draw.choices(PLACES, COMMONNESS)[0]
    shipping = 0 if subtotal > 7_500 else 595
    taxed = subtotal + shipping
    taxes = round(taxed * rate / (100 + rate)) if is_included else round(taxed * rate / 100)
    total = taxed + tip + (0 if is_included else taxes)
    status, fulfilled, cancelled, refunded = "paid", "fulfilled", "", 0
    if number % 60 == 1:
        status, cancelled, refunded, fulfilled = "refunded", when, total, "unfulfilled"
    elif number % 29 == 3 or is_refunded_since:
        status, refunded = "partially_refunded", total // 2
    method = _cell("Standard, tracked") if shipping else ""
    head = (
        f"{status},{when},{fulfilled},{when if fulfilled == 'fulfilled' else ''},{'yes' if number % 3 else 'no'},USD,"
        f"{_money(subtotal)},{_money(shipping)},{_money(taxes)},{_money(total)},{'WELCOME10' if discount else ''},"
        f"{_money(discount)},{method}"
    )
    name, street, city = f"Buyer {number}", f'"{number % 900 + 1} High Street, Flat {number % 7}"', "Springfield"
    address = (
        f"{name},{street},{number % 900 + 1} High Street,Flat {number % 7},,{city},'{number % 90_000:05d},{province},"
    )
    places = f"{address}{country},,{address}{country},"
    notes = '"Please leave it\nwith the neighbour",' if number % 50 == 11 else ","
    identity = (
        f"0.00,,,,{5_000_000_000_000 + number * 32_768},{_cell('wholesale, net 30') if number % 31 == 0 else ''},Low,"
        f"{SOURCES[number % len(SOURCES)]}"
    )
    tax = f"{province_name or country} Tax {rate}%,{_money(taxes)}" if taxes else ","
    taxes_paid = f"{tax},,,,,,,,,,,,{province_name},{province_name},{number:x}p,,,"
    return head, [places, notes, f"{cancelled},Shopify Payments,c{number:x},{_money(refunded)}", identity, taxes_paid]


def records(path: Path) -> Iterator[list[str]]:
    """The records of an export, for a look at what was made."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)
