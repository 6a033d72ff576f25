"""A shop and its ads that anyone can add up, March 2026, in EUR without tax.

  2 March   Ann   Shirt M     30     Google  1 Shirts - Search     10, 1,000 shown,  50 clicks, 2 orders claimed worth 60
  3 March   Ben   2 mugs      40     Google  2 Mug PMax            20, 4,000 shown,  40 clicks, 1 order claimed worth 80
  4 March                            Google  3 Mug PMax             5,   100 shown, nothing else told
  5 March   Ann   a mug       20     Amazon  Auto, SKU SHIRT-L      1,   100 shown, claims nothing
  6 March                            Google  4 Swiss brand          9 USD, claims 10 USD
  9–15      Cleo  a lamp      50     Meta    Lamp prospecting      14 for the whole week, 500 shown, 10 clicks, 1 order worth 60
 14 March                            Google  2 Mug PMax             6,   100 shown, 2 clicks, claims nothing
23 February – 3 March                Meta    Brand                  7 for all of these days together, claims 20
Net sales 140, spend 56 in EUR, claimed 200. A shirt costs 12, a mug 8, a lamp 60: left 18 + 36 − 10 = 44. Dora bought a mug in
February 2025 and one on 5 April 2026; there were three mugs on 1 March, none on 12 and 20 March.
"""

from datetime import date
from pathlib import Path
from typing import Any

from analytics import db, stores
from analytics.scope import Scope
from imported import take

STORE, AS_OF = "Ads", date(2026, 4, 6)
LINES = """\
Order,Date,SKU,Title,Quantity,Price,Discount,Currency,Customer
H1,2025-02-01 10:00,MUG,Mug,1,20.00,0,EUR,dora@example.com
O1,2026-03-02 10:00,SHIRT-M,Shirt - M,1,30.00,0,EUR,ann@example.com
O2,2026-03-03 10:00,MUG,Mug,2,20.00,0,EUR,ben@example.com
O3,2026-03-05 10:00,MUG,Mug,1,20.00,0,EUR,ann@example.com
O4,2026-03-10 10:00,LAMP,Lamp,1,50.00,0,EUR,cleo@example.com
O5,2026-04-05 10:00,MUG,Mug,1,20.00,0,EUR,dora@example.com
"""
PRODUCTS = """\
Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Cost per item
shirt,Shirt,Loom,Apparel,Size,M,SHIRT-M,30.00,12.00
shirt,,,,,L,SHIRT-L,30.00,12.00
mug,Mug,Clay,Kitchen,Title,Default Title,MUG,20.00,8.00
lamp,Lamp,Clay,Home,Title,Default Title,LAMP,50.00,60.00
"""
COUNTS = """\
SKU,Title,Location,On hand,Committed,Date
MUG,Mug,Berlin,3,0,2026-03-01
MUG,Mug,Berlin,0,0,2026-03-12
MUG,Mug,Berlin,0,0,2026-03-20
"""
# platform, campaign's number and name, SKU, first and last day, currency, spend, shown, clicks, conversions, claimed
ADS: tuple[tuple[Any, ...], ...] = (
    ("google", "1", "Shirts - Search", None, "2026-03-02", "2026-03-02", "EUR", 10, 1000, 50, 2, 60),
    ("google", "2", "Mug PMax", None, "2026-03-03", "2026-03-03", "EUR", 20, 4000, 40, 1, 80),
    ("google", "3", "Mug PMax", None, "2026-03-04", "2026-03-04", "EUR", 5, 100, None, None, None),
    ("amazon", None, "Auto", "SHIRT-L", "2026-03-05", "2026-03-05", "EUR", 1, 100, None, None, 0),
    ("google", "4", "Swiss brand", None, "2026-03-06", "2026-03-06", "USD", 9, None, None, None, 10),
    ("meta", None, "Lamp prospecting", None, "2026-03-09", "2026-03-15", "EUR", 14, 500, 10, 1, 60),
    ("google", "2", "Mug PMax", None, "2026-03-14", "2026-03-14", "EUR", 6, 100, 2, 0, 0),
    ("meta", None, "Brand", None, "2026-02-23", "2026-03-03", "EUR", 7, None, None, None, 20),
)
INSERT = """
insert into ad_spend (
    store_id, spend_key, source, platform, level, campaign_id, campaign, sku, first_day, last_day, currency, spend, impressions,
    clicks, conversions, attributed_revenue
)
values (%s, %s, 'test', %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def bring(folder: Path) -> None:
    """Import the shop and put its ads into the database that stands empty."""
    for name, text in {"products": PRODUCTS, "lines": LINES, "counts": COUNTS}.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        take(path, store=STORE, as_of=AS_OF, currency="EUR")
    put(stores.find(STORE), ADS)


def put(store: int, rows: tuple[tuple[Any, ...], ...]) -> None:
    """Rows of ad spend of a store."""
    with db.transaction(store) as cursor:
        for at, (platform, number, campaign, sku, *rest) in enumerate(rows):
            level = "product" if sku else "campaign"
            cursor.execute(INSERT, (store, f"{store}-{at}", platform, level, number, campaign, sku, *rest))
        db.run(cursor, "load/raise_version", store_id=store, currency=None)


def march(**more: Any) -> Scope:
    """March of the shop."""
    return Scope(stores.find(STORE), date(2026, 3, 1), date(2026, 4, 1), **more)
