"""Two shops whose returns anyone can add up. “Pieces” has a table of order lines, which name units; “Money” has Shopify's
exports, which tell of refunds in money alone. In EUR, amounts without tax.

Pieces, ordered in March 2026 (5 orders, 13 units, 260.00 after discounts):
  L1   2 Mar  two tees in S, 60; one came back on the 12th: after 10 days                         30 back
  L2   3 Mar  a tee in S and a mug, 40; the tee came back on the 8th: after 5 days                30 back; goodwill of 4 on the mug
  L3   4 Mar  four tees in M, 120 − 20; one came back on the 10th and one on 15 April: 6 and 42   25 + 25 back
  L4   5 Mar  three mugs, 30; cancelled on the 6th: no return                                     cancelled 30
  L5  20 Mar  two caps, 30
  LX  25 Mar  a cap, 15, of an order that no file has came back: no return of these orders
Of 13 units (2 + 2 + 4 + 3 + 2) 4 came back, of 260.00 110.00, of 5 orders 3. Ordered in other months:
  L0  20 Feb  a cap, 15, which came back on 15 March: after 23 days
  L6   2 Apr  a tee in M, 30
  L7   2 May  100 hats of 1.00, 20 back on the 10th;  L8  3 May  100 scarves, none
  L9   4 May  two pins, one back on the 12th, and 98 badges, 19 back the same day
  L10 20 May  a cap: the last day of data

Money, ordered in March 2026 (8 orders, 12 units, 288.00):
  #1  1 Mar  two mugs at 30, tax of 10 inside: 50; refunded whole, 20 on the 10th and 40 on the 21st: 50.00 of goods back
  #2  2 Mar  a mug 30 and a bowl 20; 7.30 refunded, nobody knows for what: 4.38 of the mug, 2.92 of the bowl
  #3  3 Mar  a bowl 20; 25 refunded, more than the order: 20.00 back, and 5.00 of no line
  #4  4 Mar  two bowls 40, cancelled and refunded
  #5  5 Mar  a bowl 20; exactly 10 % refunded: goodwill
  #6  6 Mar  a mug 30 and a bowl 18; exactly the bowl refunded: 18.00 back
  #7  7 Mar  a mug 30
  #8  8 Mar  a mug 30, never sent, refunded whole: cancelled before shipping
Back came 50 + 20 + 18 = 88.00 of 3 orders; how many units, nobody says.
"""

from datetime import date
from pathlib import Path

from analytics import stores
from analytics.scope import Scope
from imported import take

PIECES, MONEY = "Pieces", "Money"
AS_OF = date(2026, 6, 30)
LINES = """\
Order,Date,SKU,Title,Quantity,Price,Discount,Currency,Kind
L0,2026-02-20 10:00,CAP,Cap,1,15.00,0,EUR,
L0,2026-03-15 10:00,CAP,Cap,-1,15.00,0,EUR,
L1,2026-03-02 10:00,TEE-S,Tee - S,2,30.00,0,EUR,
L1,2026-03-12 10:00,TEE-S,Tee - S,-1,30.00,0,EUR,
L2,2026-03-03 10:00,TEE-S,Tee - S,1,30.00,0,EUR,
L2,2026-03-03 10:00,MUG,Mug,1,10.00,0,EUR,
L2,2026-03-08 10:00,TEE-S,Tee - S,-1,30.00,0,EUR,return
L2,2026-03-09 10:00,MUG,Mug,-1,4.00,0,EUR,goodwill
L3,2026-03-04 10:00,TEE-M,Tee - M,4,30.00,20.00,EUR,
L3,2026-03-10 10:00,TEE-M,Tee - M,-1,30.00,-5.00,EUR,
L3,2026-04-15 10:00,TEE-M,Tee - M,-1,30.00,-5.00,EUR,
L4,2026-03-05 10:00,MUG,Mug,3,10.00,0,EUR,
L4,2026-03-06 10:00,MUG,Mug,-3,10.00,0,EUR,cancellation
L5,2026-03-20 10:00,CAP,Cap,2,15.00,0,EUR,
LX,2026-03-25 10:00,CAP,Cap,-1,15.00,0,EUR,
L6,2026-04-02 10:00,TEE-M,Tee - M,1,30.00,0,EUR,
L7,2026-05-02 10:00,HAT,Hat,100,1.00,0,EUR,
L7,2026-05-10 10:00,HAT,Hat,-20,1.00,0,EUR,
L8,2026-05-03 10:00,SCARF,Scarf,100,1.00,0,EUR,
L9,2026-05-04 10:00,PIN,Pin,2,1.00,0,EUR,
L9,2026-05-04 10:00,BADGE,Badge,98,1.00,0,EUR,
L9,2026-05-12 10:00,PIN,Pin,-1,1.00,0,EUR,
L9,2026-05-12 10:00,BADGE,Badge,-19,1.00,0,EUR,
L10,2026-05-20 10:00,CAP,Cap,1,15.00,0,EUR,
"""
PRODUCTS = """\
Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price
tee,Tee,Loom,Apparel,Size,S,TEE-S,30.00
tee,,,,,M,TEE-M,30.00
cap,Cap,Loom,Apparel,Title,Default Title,CAP,15.00
mug,Mug,Clay,Kitchen,Title,Default Title,MUG,10.00
hat,Hat,Loom,Winter,Title,Default Title,HAT,1.00
scarf,Scarf,Loom,Winter,Title,Default Title,SCARF,1.00
pin,Pin,Tin,Pins,Title,Default Title,PIN,1.00
badge,Badge,Tin,Pins,Title,Default Title,BADGE,1.00
"""
ORDERS = """\
Name,Email,Financial Status,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,\
Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,\
Cancelled at,Refunded Amount,Id
#8,h@shop.test,refunded,unfulfilled,EUR,30.00,0.00,0.00,30.00,0.00,2026-03-08 12:00:00 +0100,1,Mug,30.00,MUG,true,true,,30.00,8
#7,g@shop.test,paid,fulfilled,EUR,30.00,0.00,0.00,30.00,0.00,2026-03-07 12:00:00 +0100,1,Mug,30.00,MUG,true,true,,0.00,7
#6,f@shop.test,partially_refunded,fulfilled,EUR,48.00,0.00,0.00,48.00,0.00,2026-03-06 12:00:00 +0100,1,Mug,30.00,MUG,true,true,,18.00,6
#6,f@shop.test,,,,,,,,,2026-03-06 12:00:00 +0100,1,Bowl,18.00,BOWL,true,true,,0.00,6
#5,e@shop.test,partially_refunded,fulfilled,EUR,20.00,0.00,0.00,20.00,0.00,2026-03-05 12:00:00 +0100,1,Bowl,20.00,BOWL,true,true,,2.00,5
#4,d@shop.test,refunded,unfulfilled,EUR,40.00,0.00,0.00,40.00,0.00,2026-03-04 12:00:00 +0100,2,Bowl,20.00,BOWL,true,true,\
2026-03-04 15:00:00 +0100,40.00,4
#3,c@shop.test,refunded,fulfilled,EUR,20.00,0.00,0.00,20.00,0.00,2026-03-03 12:00:00 +0100,1,Bowl,20.00,BOWL,true,true,,25.00,3
#2,b@shop.test,partially_refunded,fulfilled,EUR,50.00,0.00,0.00,50.00,0.00,2026-03-02 12:00:00 +0100,1,Mug,30.00,MUG,true,true,,7.30,2
#2,b@shop.test,,,,,,,,,2026-03-02 12:00:00 +0100,1,Bowl,20.00,BOWL,true,true,,0.00,2
#1,a@shop.test,refunded,fulfilled,EUR,60.00,0.00,10.00,60.00,0.00,2026-03-01 12:00:00 +0100,2,Mug,30.00,MUG,true,true,,60.00,1
"""
REFUNDS = """\
Order,Name,Kind,Gateway,Created At,Status,Amount,Currency,Card Type
1,#1,refund,card,2026-03-10 09:00:00 +0100,success,20.00,EUR,
1,#1,refund,card,2026-03-21 09:00:00 +0100,success,40.00,EUR,
"""


def bring(folder: Path) -> None:
    """Import both shops into the database that stands empty."""
    files = {"lines.csv": (PIECES, LINES), "products.csv": (PIECES, PRODUCTS)}
    files |= {"orders.csv": (MONEY, ORDERS), "refunds.csv": (MONEY, REFUNDS)}
    for name, (store, text) in files.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        take(path, store=store, as_of=AS_OF, currency="EUR")


def march(store: str, basis: str = "order_date") -> Scope:
    """March 2026 of one of the two shops."""
    return Scope(stores.find(store), date(2026, 3, 1), date(2026, 4, 1), basis, currency="EUR")
