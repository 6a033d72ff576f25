"""A shop whose rules of costs anyone can work out: Shopify's orders and products, and a table of lines. EUR, no tax.

A mug weighs 400 g, a bowl 900 g, nobody knows what a vase weighs. The orders of March 2026:
  #1  2 Mar  DE  two mugs 40, shipping 5; by Shopify Payments: 45.00, 800 g
  #2  3 Mar  AT  a bowl 10 and a mug 20, shipping 5; by PayPal: 35.00, 1,300 g
  #3  4 Mar  DE  a vase 30
  #4  5 Mar  DE  a mug 20, paid, cancelled before it was sent
  #5  6 Mar  DE  a mug, everything off: 0.00
  #6  7 Mar  US  a mug, 22 USD
  #7  8 Mar  DE  a gift card 50: nothing is sent
  #8  9 Mar  DE  a mug 20, cancelled after it was sent
  W1  10 Mar DE  by phone, on invoice: a bowl 10, exchanged on the 12th for a mug 20
RULES below: a label costs 5.00, to AT 9.00, to DE 3.00 up to 500 g and 4.00 above; packing 0.80 and 0.10 a unit, from 5 March
0.90 and 0.10; a payment 1.9 % and 0.25, by PayPal 2.49 % and 0.35, on invoice 0.50.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from analytics import stores
from analytics.scope import Scope
from imported import take

STORE = "Ruled"
_HEAD = (
    "Name,Email,Financial Status,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,"
    "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Shipping Country,Cancelled at,Payment Method,Refunded Amount,Id,Source,Lineitem discount\n"
)
ORDERS = (
    _HEAD
    + """\
#8,h@shop.test,paid,fulfilled,EUR,20.00,0.00,0.00,20.00,0.00,2026-03-09 10:00:00 +0100,\
1,Mug,20.00,MUG,true,true,DE,2026-03-20 10:00:00 +0100,Shopify Payments,0.00,108,web,0.00
#7,g@shop.test,paid,fulfilled,EUR,50.00,0.00,0.00,50.00,0.00,2026-03-08 10:00:00 +0100,\
1,Gift Card,50.00,,false,false,DE,,Shopify Payments,0.00,107,web,0.00
#6,f@shop.test,paid,fulfilled,USD,22.00,0.00,0.00,22.00,0.00,2026-03-07 10:00:00 +0100,\
1,Mug,22.00,MUG,true,true,US,,Shopify Payments,0.00,106,web,0.00
#5,e@shop.test,paid,fulfilled,EUR,0.00,0.00,0.00,0.00,20.00,2026-03-06 10:00:00 +0100,\
1,Mug,20.00,MUG,true,true,DE,,,0.00,105,web,0.00
#4,d@shop.test,paid,unfulfilled,EUR,20.00,0.00,0.00,20.00,0.00,2026-03-05 10:00:00 +0100,\
1,Mug,20.00,MUG,true,true,DE,2026-03-06 10:00:00 +0100,Shopify Payments,0.00,104,web,0.00
#3,c@shop.test,paid,fulfilled,EUR,30.00,0.00,0.00,30.00,0.00,2026-03-04 10:00:00 +0100,\
1,Vase,30.00,VASE,true,true,DE,,Shopify Payments,0.00,103,web,0.00
#2,b@shop.test,paid,fulfilled,EUR,30.00,5.00,0.00,35.00,0.00,2026-03-03 10:00:00 +0100,\
1,Bowl,10.00,BOWL,true,true,AT,,PayPal Express Checkout,0.00,102,web,0.00
#2,b@shop.test,,,,,,,,,2026-03-03 10:00:00 +0100,1,Mug,20.00,MUG,true,true,,,,,,,0.00
#1,a@shop.test,paid,fulfilled,EUR,40.00,5.00,0.00,45.00,0.00,2026-03-02 10:00:00 +0100,\
2,Mug,20.00,MUG,true,true,DE,,Shopify Payments,0.00,101,web,0.00
"""
)
LINES = """\
Order,Date,SKU,Title,Quantity,Price,Currency,Country,Channel,Kind,Payment method
W1,2026-03-10 10:00,BOWL,Bowl,1,10.00,EUR,DE,Phone,,Invoice
W1,2026-03-12 10:00,BOWL,Bowl,-1,10.00,EUR,DE,Phone,exchange,Invoice
W1,2026-03-12 10:00,MUG,Mug,1,20.00,EUR,DE,Phone,exchange,Invoice
"""
PRODUCTS = """\
Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Price,Variant Weight Unit
mug,Mug,Clay,Kitchen,Title,Default Title,MUG,400.0,20.00,kg
bowl,Bowl,Clay,Bowls,Title,Default Title,BOWL,900.0,10.00,kg
vase,Vase,Glass,Home,Title,Default Title,VASE,0.0,30.00,kg
"""
FILES = {"products.csv": PRODUCTS, "orders.csv": ORDERS, "lines.csv": LINES}


def rule(kind: str, per_order: str = "0", **more: Any) -> dict[str, Any]:
    """A rule in EUR as the table to edit has it."""
    return {"cost_kind": kind, "per_order": Decimal(per_order), "currency": "EUR"} | more


RULES = [
    rule("label", "5.00"),
    rule("label", "3.00", country="de", weight_to=Decimal(500)),
    rule("label", "4.00", country="DE", weight_from=Decimal(500), weight_to=Decimal(2000)),
    rule("label", "9.00", country="AT"),
    rule("pick_pack", "0.80", per_unit=Decimal("0.10")),
    rule("pick_pack", "0.90", per_unit=Decimal("0.10"), valid_from=date(2026, 3, 5)),
    rule("payment_fee", "0.25", share=Decimal("0.019")),
    rule("payment_fee", "0.35", share=Decimal("0.0249"), payment_method="paypal express checkout"),
    rule("payment_fee", "0.50", payment_method="invoice"),
]


def bring(folder: Path) -> None:
    """Import the shop into the database, without its rules."""
    for name, text in FILES.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        take(path, store=STORE, as_of=date(2026, 6, 30), currency="EUR")


def march() -> Scope:
    """March 2026 of the shop, in EUR."""
    return Scope(stores.find(STORE), date(2026, 3, 1), date(2026, 4, 1), currency="EUR")
