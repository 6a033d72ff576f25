"""A shop whose cost of returns anyone can add up: order lines, a table of returns, dated costs and card fees. EUR, no tax.

A mug costs 8.00, from 5 March 9.00, a bowl 4.00; nobody knows what a vase costs. A label out costs 6.00, a label back 4.00,
handling of a parcel 1.50. What came back of the orders of March 2026:
  A   2 Mar  two mugs 40, shipping 5; one came back on the 10th, restocked
  B   6 Mar  a mug 20 and a bowl 10, shipping 5; the mug came back on the 12th, broken, the bowl on the 14th, nobody knows how;
             the shipping was given back, too
  C   8 Mar  a vase 30, came back on the 15th, restocked, less a return fee of 3.50
  D   9 Mar  a mug 20, came back on the 16th, restocked; the card took 0.90 and gave nothing back
  E  10 Mar  two bowls 20; one came back on the 18th, broken; the card took 0.80 and gave 0.30 back
  H  11 Mar  a bowl 10; given back whole on the 19th, no file says how many units; restocked
  F  20 Mar  a mug, cancelled; G  25 Mar  a mug, kept
Value returned: 20 + 30 + 30 + 20 + 10 + 10 = 120.00
Contribution lost: 12 + (20 − 9) + (10 − 4) + unknown + 11 + 6 + 6 = 52.00, of 90 of the 120
Written off: 0 + 9 + unknown + unknown + 0 + 4 + 0 = 13.00, of 80
Shipping out: half of 6 − half of 5; 6 because 5 was given back; 6, 6, half of 6, 6 = 27.50
Labels back: seven parcels = 28.00; handling 10.50; fees 0.90 + (half of 0.80 − 0.30) = 1.00, of 30; a fee of 3.50 kept
52 + 13 + 27.50 + 28 + 10.50 + 1 − 3.50 = 128.50; all of it is known of D and E alone, 30 of the 120
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

from analytics import stores
from analytics.returns import settings
from analytics.returns.settings import ReturnSettings
from analytics.scope import Scope
from imported import take

STORE = "Costly"
ASSUMED = ReturnSettings(Decimal("6.00"), Decimal("4.00"), Decimal("1.50"))
LINES = """\
Order,Date,SKU,Title,Quantity,Price,Currency,Country,Channel,Kind
A,2026-03-02 10:00,MUG,Mug,2,20.00,EUR,DE,web,
A,2026-03-02 10:00,,Parcel,1,5.00,EUR,DE,web,shipping
B,2026-03-06 10:00,MUG,Mug,1,20.00,EUR,DE,web,
B,2026-03-06 10:00,BOWL,Bowl,1,10.00,EUR,DE,web,
B,2026-03-06 10:00,,Parcel,1,5.00,EUR,DE,web,shipping
C,2026-03-08 10:00,VASE,Vase,1,30.00,EUR,AT,web,
D,2026-03-09 10:00,MUG,Mug,1,20.00,EUR,AT,phone,
E,2026-03-10 10:00,BOWL,Bowl,2,10.00,EUR,DE,phone,
H,2026-03-11 10:00,BOWL,Bowl,1,10.00,EUR,DE,web,
F,2026-03-20 10:00,MUG,Mug,1,20.00,EUR,DE,web,
F,2026-03-21 10:00,MUG,Mug,-1,20.00,EUR,DE,web,cancellation
G,2026-03-25 10:00,MUG,Mug,1,20.00,EUR,DE,phone,
"""
RETURNS = """\
Order,SKU,Quantity,Amount,Currency,Return date,Kind,Restocked,Condition
A,MUG,1,,EUR,2026-03-10,return,yes,new
B,MUG,1,,EUR,2026-03-12,return,no,broken
B,BOWL,1,,EUR,2026-03-14,return,,
B,,,5.00,EUR,2026-03-14,shipping refund,,
C,VASE,1,,EUR,2026-03-15,return,yes,
C,,,3.50,EUR,2026-03-15,return fee,,
D,MUG,1,,EUR,2026-03-16,return,yes,
E,BOWL,1,,EUR,2026-03-18,return,no,broken
H,BOWL,,,EUR,2026-03-19,return,yes,
"""
COSTS = """\
SKU,Unit cost,Currency,Valid from
MUG,8.00,EUR,2026-01-01
MUG,9.00,EUR,2026-03-05
BOWL,4.00,EUR,2026-01-01
"""
PRODUCTS = """\
Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price
mug,Mug,Clay,Kitchen,Title,Default Title,MUG,20.00
bowl,Bowl,Clay,Bowls,Title,Default Title,BOWL,10.00
vase,Vase,Glass,Home,Title,Default Title,VASE,30.00
"""
SUPPLIERS = """\
Supplier,SKU,Lead time days,Currency,Valid from
Kiln & Co,MUG,10,EUR,2026-01-01
Kiln & Co,VASE,10,EUR,2026-01-01
"""
PAYMENTS = """\
Transaction Date,Type,Order,Card Brand,Card Source,Payout Status,Payout Date,Available On,Amount,Fee,Net,Checkout,\
Payment Method Name,Presentment Amount,Presentment Currency,Currency
2026-03-18 10:00:10 +0100,refund,E,visa,online,paid,2026-03-20,,-10.00,-0.30,-9.70,#e,card,10.00,EUR,EUR
2026-03-16 10:00:10 +0100,refund,D,visa,online,paid,2026-03-20,,-20.00,0.00,-20.00,#d,card,20.00,EUR,EUR
2026-03-10 10:00:10 +0100,charge,E,visa,online,paid,2026-03-12,,20.00,0.80,19.20,#e,card,20.00,EUR,EUR
2026-03-09 10:00:10 +0100,charge,D,visa,online,paid,2026-03-12,,20.00,0.90,19.10,#d,card,20.00,EUR,EUR
"""
FILES = {
    "lines.csv": LINES, "products.csv": PRODUCTS, "costs.csv": COSTS, "suppliers.csv": SUPPLIERS, "returns.csv": RETURNS,
    "payments.csv": PAYMENTS,
}  # fmt: skip


def bring(folder: Path) -> None:
    """Import the shop, and what it assumes of a parcel, into the database."""
    for name, text in FILES.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        take(path, store=STORE, as_of=date(2026, 6, 30), currency="EUR")
    settings.save(stores.find(STORE), ASSUMED)


def march(basis: str = "order_date") -> Scope:
    """March 2026 of the shop."""
    return Scope(stores.find(STORE), date(2026, 3, 1), date(2026, 4, 1), basis, currency="EUR")
