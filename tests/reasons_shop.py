"""A shop whose reasons anyone can add up: what was told of its returns in a table beside its order lines. In EUR, without tax.

Fashion, ordered in March 2026:
  L1  2 Mar  40 tees in S at 30; 12 came back “Too small” and were put back, 2 “Kratzt” and worn            360 + 60 back
  L2  3 Mar  40 tees in M at 30; 2 came back “zu klein”, broken, 1 without a word, nobody looked at it       60 + 30 back
  L3  4 Mar  120 caps at 10; 6 came back DEFECTIVE and DAMAGED                                               60 back
All are of one category: 200 pieces, 3,600.00. Back came 23 pieces, 570.00; of 22 of them, 540.00, a reason is told.
Other, a second store: one tee, which came back “Kratzt”, new but not put back.
"""

from datetime import date
from pathlib import Path

from analytics import stores
from analytics.scope import Scope
from imported import take

FASHION, OTHER = "Fashion", "Other"
AS_OF = date(2026, 6, 30)
LINES = """\
Order,Date,SKU,Title,Quantity,Price,Currency
L1,2026-03-02 10:00,TEE-S,Tee - S,40,30.00,EUR
L2,2026-03-03 10:00,TEE-M,Tee - M,40,30.00,EUR
L3,2026-03-04 10:00,CAP,Cap,120,10.00,EUR
"""
PRODUCTS = """\
Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price
tee,Tee,Loom,Apparel,Size,S,TEE-S,30.00
tee,,,,,M,TEE-M,30.00
cap,Cap,Loom,Apparel,Title,Default Title,CAP,10.00
"""
RETURNS = """\
Return ID,Order,SKU,Quantity,Return date,Reason,Condition,Restocked,Comment
R1,L1,TEE-S,12,2026-03-12,Too small,New,yes,
R2,L1,TEE-S,2,2026-03-13,Kratzt,Worn,no,"It scratches, order 112-1234567-1234567 too."
R3,L2,TEE-M,2,2026-03-14,zu klein,Defekt,,
R4,L2,TEE-M,1,2026-04-14,,,,"Ring 0171 3920045 or write to jane@shop.test, size 38."
R5,L3,CAP,6,2026-03-20,DEFECTIVE,DAMAGED,no,Seam open
"""
OTHER_LINES = "Order,Date,SKU,Title,Quantity,Price,Currency\nO1,2026-03-02 10:00,TEE,Tee,1,30.00,EUR\n"
OTHER_RETURNS = "Order,SKU,Quantity,Return date,Reason,Condition,Restocked\nO1,TEE,1,2026-03-09,Kratzt,New,no\n"


def bring(folder: Path) -> None:
    """Import both stores into the database that stands empty."""
    files = {"lines": (FASHION, LINES), "products": (FASHION, PRODUCTS), "returns": (FASHION, RETURNS)}
    files |= {"other_lines": (OTHER, OTHER_LINES), "other_returns": (OTHER, OTHER_RETURNS)}
    for name, (store, text) in files.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        take(path, store=store, as_of=AS_OF, currency="EUR")


def march(basis: str = "order_date") -> Scope:
    """March 2026 of the fashion shop."""
    return Scope(stores.find(FASHION), date(2026, 3, 1), date(2026, 4, 1), basis, currency="EUR")
