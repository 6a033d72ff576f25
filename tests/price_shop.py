"""A shop whose elasticities, promotion and dead stock are planted. In EUR, no tax; 80 weeks from Monday 6 January 2025 to 19 July 2026.

Cups and Cloth are categories. Units a week follow price to the power of ε, with a season of a quarter and noise of 5 %:
  MUG ε −2.5, JAR ε −1.2, CUP ε −2, POT ε −3     moved to another price every ten weeks or so;  TOWEL ε −1.8, SHEET ε −0.4 too
  RAG      always 5.00
  NAPKIN   8.00, in the promotions 6.40
  YOUNG    only sold in the last ten weeks
Promotions take 20 % off all cups and napkins, in weeks 34 – 35 and 64 – 65: on top of the price they sell a quarter more, and in the two
weeks after a fifth less. A mug costs 6.00, and each piece 0.50 of freight more; what a POT costs nobody knows.
LAMP sold until week 50 and not since; 40 of them lie there, and cost 4.00. On 6 January the catalogue lists the mug at 20.00, on 6
October at 24.00.
"""

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from analytics.scope import Scope
from imported import take

STORE, WEEKS, FIRST = "Pottery", 80, date(2025, 1, 6)
LAST = FIRST + timedelta(days=7 * WEEKS - 1)
SLOPES = {"MUG": -2.5, "JAR": -1.2, "CUP": -2.0, "POT": -3.0, "TOWEL": -1.8, "SHEET": -0.4}
PRICES = {
    "MUG": 20,
    "JAR": 30,
    "CUP": 12,
    "POT": 50,
    "TOWEL": 15,
    "SHEET": 40,
    "RAG": 5,
    "NAPKIN": 8,
    "YOUNG": 9,
    "LAMP": 10,
}
CUPS = ("MUG", "JAR", "CUP", "POT", "LAMP", "NAPKIN")
PROMOTED = (34, 64)
PRODUCTS = """\
Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Cost per item
mug,Mug,Clay,Cups,Title,Default Title,MUG,{mug},6.00
jar,Jar,Clay,Cups,Title,Default Title,JAR,30.00,10.00
cup,Cup,Clay,Cups,Title,Default Title,CUP,12.00,4.00
pot,Pot,Clay,Cups,Title,Default Title,POT,50.00,
lamp,Lamp,Clay,Cups,Title,Default Title,LAMP,10.00,4.00
napkin,Napkin,Clay,Cups,Title,Default Title,NAPKIN,8.00,2.00
towel,Towel,Loom,Cloth,Title,Default Title,TOWEL,15.00,5.00
sheet,Sheet,Loom,Cloth,Title,Default Title,SHEET,40.00,15.00
rag,Rag,Loom,Cloth,Title,Default Title,RAG,5.00,1.00
young,Young,Loom,Cloth,Title,Default Title,YOUNG,9.00,3.00
"""
COSTS = "SKU,Unit cost,Freight,Valid from,Currency\nMUG,6.00,0.50,2025-01-06,EUR\nMUG,6.00,0.50,2025-10-06,EUR\n"
INVENTORY = "SKU,Location,On hand,Available\nLAMP,Main,40,40\nMUG,Main,30,30\n"


def scope() -> Scope:
    """All of the shop's days."""
    return Scope(1, currency="EUR")


def bring(folder: Path) -> int:
    """Import the shop into the database that stands empty; gives the number of the second product export's import."""
    files = (
        ("lines.csv", lines(), LAST),
        ("products.csv", PRODUCTS.format(mug="20.00"), FIRST),
        ("later.csv", PRODUCTS.format(mug="24.00"), date(2025, 10, 6)),
        ("costs.csv", COSTS, LAST),
        ("inventory.csv", INVENTORY, LAST),
    )
    imports = {}
    for name, text, day in files:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        imports[name] = take(path, store=STORE, as_of=day, currency="EUR")["import_id"]
    return int(imports["later.csv"])


def weeks() -> list[tuple[str, int, float, float]]:
    """SKU, week, price and discount of a piece, with units drawn beside them: see `lines`."""
    rng = np.random.default_rng(5)
    found = []
    for sku, price in PRICES.items():
        steps = np.repeat(rng.choice([0.85, 0.92, 1.0, 1.1, 1.2], 8), 10) if sku in SLOPES else np.ones(WEEKS)
        for week in range(WEEKS):
            found.append((sku, week, round(price * float(steps[week]), 2), 0.2 if _is_promoted(sku, week) else 0.0))
    return found


def _is_promoted(sku: str, week: int) -> bool:
    return sku in CUPS and any(week in (start, start + 1) for start in PROMOTED)


def lines() -> str:
    """Its table of order lines, two a week and product."""
    rng = np.random.default_rng(6)
    rows = ["Order,Date,SKU,Title,Quantity,Price,Discount,Currency"]
    for sku, week, price, off in weeks():
        units = 40.0 * (price * (1 - off) / PRICES[sku]) ** SLOPES.get(sku, -2.0)
        units *= (1.25 if off else 1.0) * (1 + 0.25 * np.sin(2 * np.pi * week / 52.18)) * rng.normal(1, 0.05)
        if sku in CUPS and any(week - start in (2, 3) for start in PROMOTED):
            units *= 0.8
        if (sku == "YOUNG" and week < WEEKS - 10) or (sku == "LAMP" and week >= 50):
            continue
        for day, count in ((1, round(units / 2)), (4, round(units - units / 2))):
            when = FIRST + timedelta(days=7 * week + day)
            rows.append(
                f"{sku}-{week}-{day},{when} 10:00,{sku},{sku.title()},{count},{price:.2f},{off * price * count:.2f},EUR"
            )
    return "\n".join(rows) + "\n"
