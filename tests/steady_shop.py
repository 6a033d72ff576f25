"""A shop whose returns are a clockwork, so that anyone can say what is still to come. In EUR, amounts without tax, units named.

On each of 252 days, 5 January to 13 September 2026, five orders of one piece each, 100.00 together:
  a shoe 30, back after 5 days;  a shoe 30, kept;  a shirt 10, back after 20 days;  a shirt 10, kept;  a hat 20, kept
So of each day's orders 1 of 5 is back within 7 and 14 days and 2 of 5 within 30; by value 30 and 40 of 100.
On the last day, shoes of the five days 9 – 13 September are still to come, 150.00, and shirts of the twenty days 25 August – 13
September, 200.00: 350.00 in 25 orders. A shoe costs 12, a shirt 4; what a hat costs nobody knows. A returned shoe was
put back on the shelf unless it was ordered on the first, fifth, ninth … day; of shirts no file says it.
"""

from datetime import date, timedelta
from pathlib import Path

from analytics import stores
from analytics.scope import Scope
from imported import take

STORE, YOUNG = "Steady", "Young"
FIRST, LAST = date(2026, 1, 5), date(2026, 9, 13)
SHOE_AFTER, SHIRT_AFTER = 5, 20
ORDERS = (("SHOE", 30), ("SHOE", 30), ("SHIRT", 10), ("SHIRT", 10), ("HAT", 20))
PRODUCTS = """\
Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Cost per item
shoe,Shoe,Loom,Shoes,Title,Default Title,SHOE,30.00,12.00
shirt,Shirt,Loom,Shirts,Title,Default Title,SHIRT,10.00,4.00
hat,Hat,Loom,Hats,Title,Default Title,HAT,20.00,
"""


def bring(folder: Path) -> None:
    """Import the shop, and one of its last 60 days alone, into the database that stands."""
    young = "".join(line for line in lines().splitlines(True) if line[0] == "O" or int(line.partition("-")[0]) >= 192)
    files = (
        ("lines.csv", STORE, lines(), LAST),
        ("returns.csv", STORE, shoes(), LAST),
        ("products.csv", STORE, PRODUCTS, FIRST),
    )
    for name, store, text, day in (*files, ("young.csv", YOUNG, young, LAST)):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        take(path, store=store, as_of=day, currency="EUR")


def _days() -> list[tuple[int, date]]:
    return [(each, FIRST + timedelta(days=each)) for each in range((LAST - FIRST).days + 1)]


def lines() -> str:
    """Its table of order lines, with the shirts that came back."""
    found = ["Order,Date,SKU,Title,Quantity,Price,Discount,Currency"]
    for each, day in _days():
        for number, (sku, price) in enumerate(ORDERS):
            found.append(f"{each}-{number},{day} 10:00,{sku},{sku.title()},1,{price}.00,0,EUR")
        back = day + timedelta(days=SHIRT_AFTER)
        if back <= LAST:
            found.append(f"{each}-2,{back} 10:00,SHIRT,Shirt,-1,10.00,0,EUR")
    return "\n".join(found) + "\n"


def shoes() -> str:
    """Its table of returned shoes."""
    found = ["Order,SKU,Quantity,Amount,Currency,Returned at,Restocked"]
    for each, day in _days():
        back = day + timedelta(days=SHOE_AFTER)
        if back <= LAST:
            found.append(f"{each}-0,SHOE,1,30.00,EUR,{back},{'yes' if each % 4 else 'no'}")
    return "\n".join(found) + "\n"


def scope(first: date = FIRST, last: date = LAST, store: str = STORE) -> Scope:
    """Days of the shop, both ends included."""
    return Scope(stores.find(store), first, last + timedelta(days=1))
