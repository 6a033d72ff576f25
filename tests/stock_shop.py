"""A shop of few products whose stock anyone can work out: one for every kind of level.

Ten weeks of orders, Mondays from 23 March to 25 May 2026, beside what ONCE tells; prices in EUR without tax:
  SHIRT-M   5 and 15 a week in turn   100 × 30 = 3,000      SHIRT-L   2 a week   20 × 30 = 600
  MUG       10 a week                 100 × 20 = 2,000      SHIRT-S   1 a week   10 × 30 = 300
  LAMP      4 and 0 a week in turn     20 × 50 = 1,000      BOX       3 a week   30 × 10 = 300, two soaps each
  CARD      5 a week, the last four    20 × 2  =    40      TEA       9 in the first week, then none    9 × 4 = 36
The vase sold once, on 10 January, for 40, and came back on 15 April; pens for 1 on 20 May 2025, the first day, and on the last,
Sunday 31 May; the bowl and shirts XL never. The 52 weeks to 31 May brought 7,277.
"""

from datetime import date, timedelta
from pathlib import Path

from analytics.scope import Scope
from imported import take

FIRST_WEEK, AS_OF, STOP = date(2026, 3, 23), date(2026, 5, 31), date(2026, 6, 1)
WEEKLY = {
    "SHIRT-M": [5, 15] * 5,
    "MUG": [10] * 10,
    "LAMP": [4, 0] * 5,
    "SHIRT-L": [2] * 10,
    "SHIRT-S": [1] * 10,
    "BOX": [3] * 10,
    "CARD": [0] * 6 + [5] * 4,
    "TEA": [9] + [0] * 9,
}
ONCE = [
    (date(2025, 5, 20), "PEN", 1),
    (date(2026, 1, 10), "VASE", 1),
    (date(2026, 5, 31), "PEN", 1),
]
PRICES = {
    "SHIRT-M": 30,
    "SHIRT-L": 30,
    "SHIRT-S": 30,
    "MUG": 20,
    "LAMP": 50,
    "BOX": 10,
    "CARD": 2,
    "TEA": 4,
    "VASE": 40,
    "PEN": 1,
}
PRODUCTS = """\
Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Cost per item
shirt,Shirt,Loom,Apparel,Size,S,SHIRT-S,30.00,12.00
shirt,,,,,M,SHIRT-M,30.00,12.00
shirt,,,,,L,SHIRT-L,30.00,12.00
shirt,,,,,XL,SHIRT-XL,30.00,12.00
mug,Mug,Clay,Kitchen,Title,Default Title,MUG,20.00,8.00
lamp,Lamp,Clay,Home,Title,Default Title,LAMP,50.00,
box,Box,Clay,Bath,Title,Default Title,BOX,10.00,2.00
soap,Soap,Clay,Bath,Title,Default Title,SOAP,5.00,1.00
tea,Tea,Leaf,Kitchen,Title,Default Title,TEA,4.00,1.00
card,Card,Leaf,Home,Title,Default Title,CARD,2.00,0.50
vase,Vase,Clay,Home,Title,Default Title,VASE,40.00,15.00
bowl,Bowl,Clay,Kitchen,Title,Default Title,BOWL,10.00,4.00
"""
# On hand by day and "SKU location", committed after a slash; "-" is not stocked.
COUNTS = {
    date(2026, 3, 31): "MUG Berlin 60, MUG Hamburg 5, SHIRT-S Berlin 15, SHIRT-M Berlin 90, SHIRT-L Berlin 20, "
    "LAMP Berlin 410, SOAP Hamburg 700, TEA Berlin 5, VASE Berlin 9",
    date(2026, 4, 30): "MUG Berlin 80, MUG Hamburg 5, SHIRT-S Berlin 12, SHIRT-M Berlin 40, SHIRT-L Berlin 12, "
    "LAMP Berlin 405, SOAP Hamburg 680, TEA Berlin 2, VASE Berlin 10, CARD Berlin 60",
    # only one of the two
    date(2026, 5, 15): "MUG Hamburg 5, SOAP Hamburg 640",
    date(
        2026, 5, 31
    ): "MUG Berlin 30/2, MUG Hamburg 5, SHIRT-S Berlin 8, SHIRT-M Berlin 0, SHIRT-M Hamburg -, SHIRT-L Berlin 6, "
    "SHIRT-XL Berlin 0, LAMP Berlin 400, SOAP Hamburg 600, TEA Berlin -2, VASE Berlin 10, CARD Berlin 40, CARD Hamburg -, BOWL Hamburg 12",
}
SUPPLIERS = "Supplier,SKU,Lead time\nPotters,MUG,20\nPotters,VASE,20\nMill,SHIRT-M,30\n"
BUNDLES = "Bundle SKU,Component SKU,Units\nBOX,SOAP,2\n"
NOW = Scope(1, currency="EUR")


def lines() -> str:
    """The shop's order lines: an order a product and week."""
    weeks = [
        (FIRST_WEEK + timedelta(weeks=at), sku, units) for sku, each in WEEKLY.items() for at, units in enumerate(each)
    ]
    rows = [
        f"N{at},{day} 10:00,{sku},{title(sku)},{units},{PRICES[sku]}.00,0,EUR"
        for at, (day, sku, units) in enumerate([*ONCE, *weeks])
        if units
    ]
    rows.append("N1,2026-04-15 10:00,VASE,Vase,-1,40.00,0,EUR")
    return "\n".join(["Order,Date,SKU,Title,Quantity,Price,Discount,Currency", *rows, ""])


def counts() -> str:
    """The shop's counts of stock, all days in one table."""
    rows = ["SKU,Title,Location,On hand,Committed,Date"]
    for day, said in COUNTS.items():
        for each in said.split(", "):
            sku, location, number = each.split(" ")
            on_hand, _, committed = number.partition("/")
            rows.append(f"{sku},{title(sku)},{location},{'' if on_hand == '-' else on_hand},{committed},{day}")
    return "\n".join([*rows, ""])


def title(sku: str) -> str:
    """What a product is called where its code is known."""
    name, _, size = sku.partition("-")
    return f"{name.capitalize()} - {size}" if size else name.capitalize()


def bring(folder: Path) -> None:
    """Import the whole shop into the database that stands empty."""
    tables = {"products": PRODUCTS, "lines": lines(), "bundles": BUNDLES, "counts": counts(), "suppliers": SUPPLIERS}
    for name, text in tables.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        take(path, store="Corner", as_of=AS_OF, currency="EUR")
