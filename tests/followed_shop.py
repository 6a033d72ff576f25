"""A shop of which every piece can be followed: 120 days to the end of April 2026, told by sales, counts, returns and receipts.

LAMP   sells 2 a day from 1 January to 30 April but on the days it is out; counted every Sunday evening.
       Counted 14 on Sunday 1 March, and 0 on Sundays 8 and 15 March: sold out on 7 March, so out from 8 to 15 March and
       on 16 and 17, when nothing was sold; on 18 March two are sold without a receipt, and on 22 March 20 are counted.
CHAIR  sells one every other day; its only count is 5 on 26 April. It costs nothing that anybody knows.
SOFA   in two colours: together three a day, but nothing from 10 to 18 April. Never counted.
MUG    bought for 5 and sold for 10; counted 10 on 1 April and 4 on 30 April: sold 8, put back 1 (another came back broken),
       received 3, so 2 are missing.
VASE   never sells: 5 counted in the depot on 5 April, 3 in the shop on 10 April, 5 and 2 in both on 20 April.
SET    two mugs: one is sold on 20 April (so 6 of the mugs were sold alone).
"""

from datetime import date, timedelta
from pathlib import Path

from analytics import db
from analytics.scope import Scope
from imported import take

FIRST, LAST = date(2026, 1, 1), date(2026, 4, 30)
OUT = (date(2026, 3, 8), date(2026, 3, 17))
SILENT = (date(2026, 4, 10), date(2026, 4, 18))
ALL = Scope(1, FIRST, LAST + timedelta(days=1), currency="EUR")
MARCH = ALL.over(date(2026, 3, 1), date(2026, 4, 1))
APRIL = ALL.over(date(2026, 4, 1), date(2026, 5, 1))
VASES = (("Depot", 5, "05"), ("Shop", 3, "10"), ("Depot", 5, "20"), ("Shop", 2, "20"))
PRODUCTS = """\
Handle,Title,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Cost per item
lamp,Lamp,Light,Title,Default Title,LAMP,30.00,12.00
chair,Chair,Seats,Title,Default Title,CHAIR,80.00,
sofa,Sofa,Seats,Colour,Blue,SOFA-B,300.00,100.00
sofa,,,,Red,SOFA-R,300.00,100.00
mug,Mug,Kitchen,Title,Default Title,MUG,10.00,5.00
set,Set,Kitchen,Title,Default Title,SET,18.00,
vase,Vase,Kitchen,Title,Default Title,VASE,20.00,
"""
RETURNS = "Order,SKU,Quantity,Returned at,Restocked\nO91,MUG,1,2026-04-15,yes\nO92,MUG,1,2026-04-16,no\n"
BUNDLES = "Bundle SKU,Component SKU,Units\nSET,MUG,2\n"


def _lines() -> list[str]:
    rows = ["Order,Date,SKU,Title,Quantity,Price,Discount,Currency"]
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        sold = {
            "LAMP": ("Lamp", 0 if OUT[0] <= day <= OUT[1] else 2, "30.00"),
            "CHAIR": ("Chair", 1 - number % 2, "80.00"),
            "SOFA-B": ("Sofa - Blue", 0 if SILENT[0] <= day <= SILENT[1] else 1, "300.00"),
            "SOFA-R": ("Sofa - Red", 0 if SILENT[0] <= day <= SILENT[1] else 2, "300.00"),
            "MUG": ("Mug", 1 if date(2026, 4, 2) <= day <= date(2026, 4, 7) else 0, "10.00"),
            "SET": ("Set", 1 if day == date(2026, 4, 20) else 0, "18.00"),
        }
        rows += [
            f"O{number},{day} 10:00,{sku},{title},{units},{price},0,EUR"
            for sku, (title, units, price) in sold.items()
            if units
        ]
    return rows


def _counts() -> list[str]:
    rows = ["SKU,Title,Location,Available,Date"]
    for number in range(17):
        day = date(2026, 1, 4) + timedelta(days=7 * number)
        lamps = {date(2026, 3, 1): 14, date(2026, 3, 8): 0, date(2026, 3, 15): 0, date(2026, 3, 22): 20}.get(day, 40)
        rows.append(f"LAMP,Lamp,Shop,{lamps},{day}")
    rows.append("CHAIR,Chair,Shop,5,2026-04-26")
    rows += [f"VASE,Vase,{at},{count},2026-04-{day}" for at, count, day in VASES]
    return [*rows, "MUG,Mug,Shop,10,2026-04-01", "MUG,Mug,Shop,4,2026-04-30"]


def bring(folder: Path) -> None:
    """Import the whole shop into the database that stands empty."""
    texts = {"lines": "\n".join(_lines()), "products": PRODUCTS, "counts": "\n".join(_counts()), "bundles": BUNDLES}
    texts["returns"] = RETURNS
    for name, text in texts.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        take(path, store="Furniture", as_of=LAST, currency="EUR")
    with db.transaction() as cursor:
        cursor.execute(
            "insert into purchase_orders (store_id, order_no, supplier, status, ordered_on, currency) "
            "values (1, 'P1', 'Clay', 'sent', '2026-03-20', 'EUR')"
        )
        cursor.execute(
            "insert into purchase_order_items (store_id, order_no, line_no, sku, units) values (1, 'P1', 1, 'MUG', 5)"
        )
        cursor.execute("insert into purchase_receipts values (1, 'P1', 1, '2026-04-10', 3)")
