"""A shop whose products anyone can add up: shirts in sizes and colours, a bundle, what is told by title alone, and its past.

March 2026 as it was ordered, in EUR, without tax:
  Shirt     4 × 30 + (30 − 3) + 30 + 25 = 202, of it 25 for a colour that the catalogue does not list any more
  Mug       3 × 20 = 60
  Set       2 × 50 − 5, one taken back for 47.50 = 47.50; it is two mugs (20.00) and a bowl (10.00)
  Tea       mint 4 + roses 2 × 4 = 12
  Bowl      10
  Card      2
Together 333.50. The vase of February (40) came back on 15 March, which only the clock of refunds shows in March.
"""

from datetime import date
from pathlib import Path

from analytics.scope import Scope
from imported import take

LINES = """\
Order,Date,SKU,Title,Quantity,Price,Discount,Currency
N1,2025-11-01 10:00,CANDLE,Candle,1,8.00,0,EUR
D1,2025-12-10 10:00,PEN,Pen,4,2.00,0,EUR
D2,2025-12-15 10:00,MUG,Mug,158,20.00,0,EUR
D3,2026-01-10 10:00,SHIRT-BM,Shirt - Blue / M,8,30.00,0,EUR
F1,2026-02-02 10:00,MUG,Mug,10,20.00,0,EUR
F1,2026-02-02 10:00,SHIRT-BM,Shirt - Blue / M,2,30.00,0,EUR
F1,2026-02-02 10:00,BOWL,Bowl,2,10.00,0,EUR
F2,2026-02-10 10:00,VASE,Vase,1,40.00,0,EUR
F2,2026-03-15 10:00,VASE,Vase,-1,40.00,0,EUR
O1,2026-03-02 10:00,SHIRT-BM,Shirt - Blue / M,4,30.00,0,EUR
O2,2026-03-03 10:00,SHIRT-BXL,Shirt - Blue / XL,1,30.00,3.00,EUR
O3,2026-03-04 10:00,SHIRT-RM,Shirt - Red / M,1,30.00,0,EUR
O3,2026-03-04 10:00,,Shirt - Green / S,1,25.00,0,EUR
O5,2026-03-06 10:00,SET,Breakfast Set,2,50.00,5.00,EUR
O5,2026-03-20 10:00,SET,Breakfast Set,-1,50.00,-2.50,EUR
O6,2026-03-07 10:00,BOWL,Bowl,1,10.00,0,EUR
O7,2026-03-08 10:00,T-1,Tea - Mint,1,4.00,0,EUR
O7,2026-03-08 10:00,T-2,Tea - Roses,2,4.00,0,EUR
O8,2026-03-09 10:00,C-1,Card - Blank,1,2.00,0,EUR
O9,2026-03-31 10:00,MUG,Mug,3,20.00,0,EUR
"""
PRODUCTS = """\
Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Price,Cost per item
shirt,Shirt,Loom,Apparel,Colour,Blue,Size,M,SHIRT-BM,30.00,12.00
shirt,,,,,Blue,,XL,SHIRT-BXL,30.00,12.00
shirt,,,,,Red,,M,SHIRT-RM,30.00,
shirt,,,,,Red,,S,SHIRT-RS,30.00,
mug,Mug,Clay,Kitchen,Title,Default Title,,,MUG,20.00,8.00
bowl,Bowl,Clay,Kitchen,Title,Default Title,,,BOWL,10.00,
breakfast,Breakfast Set,Clay,Kitchen,Title,Default Title,,,SET,50.00,20.00
"""
BUNDLES = "Bundle SKU,Component SKU,Units\nSET,MUG,2\nSET,BOWL,1\n"
AS_OF = date(2026, 3, 31)
MARCH = Scope(1, date(2026, 3, 1), date(2026, 4, 1), currency="EUR")
FEBRUARY = MARCH.over(date(2026, 2, 1), date(2026, 3, 1))


def bring(folder: Path) -> None:
    """Import the whole shop into the database that stands empty."""
    for name, text in (("lines.csv", LINES), ("products.csv", PRODUCTS), ("bundles.csv", BUNDLES)):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        take(path, store="Breakfast", as_of=AS_OF, currency="EUR")
