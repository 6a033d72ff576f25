"""A shop in which one size turns bad, small enough to add up by hand. In EUR, without tax, 40 whole weeks from Monday 2 March 2026.

Each week ten orders of each of six things, the first two on Monday, two on Tuesday, two on Wednesday and one a day from
Thursday to Sunday; each of one piece at 30. Of each ten the first comes back, ten days after it was ordered. From the week of
26 October on (the last six) five of ten of the lamp in M come back: those of Monday, Tuesday, and the first of Wednesday.
The last day is Sunday, 6 December. So of the week from 23 November the returns of Monday to Thursday have come in by then, of
seven days four: 4/7 of its returns, all five of those lamps; and none of the last week's.
"""

from datetime import date, timedelta
from pathlib import Path

from imported import take

STORE = "Lamps"
FIRST_DAY, WEEKS = date(2026, 3, 2), 40
RISES_ON = date(2026, 10, 26)
LAST_DAY = FIRST_DAY + timedelta(days=7 * WEEKS - 1)
THINGS = {"LAMP-S": "Lamp - S", "LAMP-M": "Lamp - M", "VASE": "Vase", "BOWL": "Bowl", "JAR": "Jar", "CUP": "Cup"}
DAYS = (0, 0, 1, 1, 2, 2, 3, 4, 5, 6)
HEADER = "Order,Date,SKU,Title,Quantity,Price,Discount,Currency,Kind"
PRODUCTS = """\
Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price
lamp,Lamp,Loom,Light,Size,S,LAMP-S,30.00
lamp,,,,,M,LAMP-M,30.00
vase,Vase,Clay,Light,Title,Default Title,VASE,30.00
bowl,Bowl,Clay,Light,Title,Default Title,BOWL,30.00
jar,Jar,Clay,Light,Title,Default Title,JAR,30.00
cup,Cup,Clay,Kitchen,Title,Default Title,CUP,30.00
"""


def lines() -> str:
    """The table of order lines, with what came back until the last day."""
    rows = [HEADER]
    for week in range(WEEKS):
        monday = FIRST_DAY + timedelta(days=7 * week)
        for sku, title in THINGS.items():
            bad = 5 if sku == "LAMP-M" and monday >= RISES_ON else 1
            for at, day in enumerate(DAYS):
                ordered = monday + timedelta(days=day)
                back = ordered + timedelta(days=10)
                order = f"{sku}-{week}-{at}"
                rows.append(f"{order},{ordered} 10:00,{sku},{title},1,30.00,0,EUR,")
                if at < bad and back <= LAST_DAY:
                    rows.append(f"{order},{back} 10:00,{sku},{title},-1,30.00,0,EUR,return")
    return "\n".join(rows) + "\n"


def bring(folder: Path) -> None:
    """Import the shop into the database that stands empty."""
    for name, text in {"lines.csv": lines(), "products.csv": PRODUCTS}.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        take(path, store=STORE, as_of=LAST_DAY, currency="EUR")
