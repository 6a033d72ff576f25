"""A small shop with discount codes, written by hand in the files of Shopify, whose figures anyone can add up.

All in USD, without tax. A mug is 30.00 and costs 10.00, a bowl is 20.00 and nobody knows what it costs.

  #1000  20 Feb  ben   1 mug                         no discount
  #1001   1 Mar  ann   2 mugs      SPRING         −6.00   ann's first
  #1002   2 Mar  ann   1 mug       spring         −3.00
  #1003   3 Mar  ben   1 mug       SPRING, VIP   −10.01
  #1004   4 Mar  –     1 bowl      no code        −2.00
  #1005   5 Mar  cat   1 bowl                        no discount
  #1006   6 Mar  dan   1 mug       SHIP           −5.00 off the shipping of 5.00; dan's first
  #1007   7 Mar  eve   1 mug       SPRING         −3.00   eve's first; cancelled and refunded on 2 April
  #1008   8 Mar  fay   1 mug       SPRING         −3.00   voided: counts nowhere
"""

from datetime import date
from pathlib import Path

import shop_files
from analytics import stores
from analytics.ingest.load import Options, load

STORE = "Codes"
AS_OF = date(2026, 4, 5)
DISCOUNTS = """\
Name,Value,Value Type,Type,Discount Class,Minimum Purchase Requirements,Times Used In Total,Status,Start,End
SPRING,-10.0,percentage,Amount Off,order,20.00,6,Active,2026-03-01 00:00:00 +0000,
OLD,-5.00,fixed_amount,Amount Off,order,,0,Expired,2025-01-01 00:00:00 +0000,2025-02-01 00:00:00 +0000
"""
PRODUCTS = """\
Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Gift Card,Cost per item
mug,Mug,Clay,Cups,Title,Default Title,SKU-Mug,30.00,false,10.00
bowl,Bowl,Clay,Bowls,Title,Default Title,SKU-Bowl,20.00,false,
"""


def fill(folder: Path) -> int:
    """Import the shop into the database; gives the store's number."""
    said = Options(store=STORE, as_of=AS_OF)
    load(shop_files.write(folder / "orders.csv", shop_files.ORDER_COLUMNS, _orders()), said)
    for name, text in (("products.csv", PRODUCTS), ("discounts.csv", DISCOUNTS)):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        load(path, Options(store=STORE, as_of=AS_OF, currency="USD"))
    return stores.find(STORE)


def _orders() -> list[dict[str, str]]:
    march = date(2026, 3, 1)
    return [
        _order(1000, date(2026, 2, 20), "ben", (1, "Mug"), {}),
        _order(1001, march, "ann", (2, "Mug"), _off("SPRING", "6.00", "54.00")),
        _order(1002, march.replace(day=2), "ann", (1, "Mug"), _off("spring", "3.00", "27.00")),
        _order(1003, march.replace(day=3), "ben", (1, "Mug"), _off("SPRING, VIP", "10.01", "19.99")),
        _order(1004, march.replace(day=4), "", (1, "Bowl"), _off("", "2.00", "18.00")),
        _order(1005, march.replace(day=5), "cat", (1, "Bowl"), {}),
        _order(
            1006, march.replace(day=6), "dan", (1, "Mug"),
            {"Discount Code": "SHIP", "Discount Amount": "5.00", "Shipping": "5.00", "Total": "30.00"},
        ),
        _order(
            1007, march.replace(day=7), "eve", (1, "Mug"),
            _off("SPRING", "3.00", "27.00")
            | {"Cancelled at": "2026-04-02 09:00:00 +0000", "Refunded Amount": "27.00", "Financial Status": "refunded"},
        ),
        _order(
            1008, march.replace(day=8), "fay", (1, "Mug"), _off("SPRING", "3.00", "27.00") | {"Financial Status": "voided"}
        ),
    ]  # fmt: skip


def _order(number: int, day: date, who: str, what: tuple[int, str], more: dict[str, str]) -> dict[str, str]:
    units, title = what
    price = {"Mug": 30, "Bowl": 20}[title]
    listed = f"{units * price}.00"
    email = f"{who}@codes.test" if who else ""
    return shop_files.order(
        number, day, units, f"{price}.00", title, {"Email": email, "Subtotal": listed, "Total": listed} | more
    )


def _off(code: str, amount: str, left: str) -> dict[str, str]:
    return {"Discount Code": code, "Discount Amount": amount, "Subtotal": left, "Total": left}
