"""A shop whose seasons, events, stockout and launches are planted. In EUR, no tax; from Monday 2 January 2023 to Sunday 2 March 2025.

Pieces a day, before growth of 20 % a year and chance (counts):
  SUN     6, e^(0.9 cos) with its peak on 9 July, category Beach         not in the shop from 5 to 18 July 2024
  SCARF   6, e^(0.9 cos) with its peak on 5 January, category Winter
  MUG, TEA, PAN, LAMP   8, 6, 6, 4 on every day, category Home
  JAR, CUP, POT   launched on days 150, 250, 350: 3, 4 and 5 a day in their first four weeks, half of that after, category Jars
  NEW     launched 63 days before the end like these, with 8 a day
From Black Friday to Cyber Monday everything sells three times as much. A fair of the shop's own (10 to 12 May) brings twice as much of
everything, and is in its calendar. Of SUN 900 are there, of SCARF 500; 40 SUN are due on 20 March 2025. Suns come after 30 days, in tens.
"""

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from analytics import events
from analytics.scope import Scope
from imported import take

STORE, FIRST, LAST = "Seaside", date(2023, 1, 2), date(2025, 3, 2)
DAYS = (LAST - FIRST).days + 1
SWING, GROWTH = 0.9, 0.2
PEAKS = {"SUN": 190, "SCARF": 5}
FLAT = {"MUG": 8, "TEA": 6, "PAN": 6, "LAMP": 4}
LAUNCHES = {"JAR": (150, 3), "CUP": (250, 4), "POT": (350, 5), "NEW": (DAYS - 63, 8)}
OUT = (date(2024, 7, 5), date(2024, 7, 18))
RUSHES = (date(2023, 11, 24), date(2024, 11, 29))
FAIRS = (date(2023, 5, 10), date(2024, 5, 10))
CATEGORIES = {"SUN": "Beach", "SCARF": "Winter"} | dict.fromkeys(FLAT, "Home") | dict.fromkeys(LAUNCHES, "Jars")
SUPPLIERS = "Supplier,SKU,Lead time,Pack size,Unit cost,Currency\nDunes,SUN,30,10,4.00,EUR\n"
INVENTORY = "SKU,Location,On hand,Available\nSUN,Main,900,900\nSCARF,Main,500,500\nMUG,Main,900,900\n"
ORDERED = "PO,Supplier,Status,Ordered on,Expected on,SKU,Units,Unit cost,Currency\nP1,Dunes,sent,2025-02-20,2025-03-20,SUN,40,4.00,EUR\n"
STOP = LAST + timedelta(days=1)


def scope() -> Scope:
    """All of the shop's days, as of the day after the last."""
    return Scope(1, stop=STOP, currency="EUR")


def shape(sku: str) -> "np.ndarray[object, np.dtype[np.float64]]":
    """The true index of SUN or SCARF on each day of a year."""
    wave = np.exp(SWING * np.cos(2 * np.pi * (np.arange(1, 366) - PEAKS[sku]) / 365.25))
    return np.asarray(wave / wave.mean())


def rush(day: date) -> float:
    """How many times as much a day of an event sells."""
    found = 3.0 if any(0 <= (day - each).days <= 3 for each in RUSHES) else 1.0
    return found * (2.0 if any(0 <= (day - each).days <= 2 for each in FAIRS) else 1.0)


def wanted(sku: str, day: date) -> float:
    """Pieces of a product on a day, before chance."""
    at = (day - FIRST).days
    busy = rush(day) * (1 + GROWTH) ** (at / 365.25)
    if sku in PEAKS:
        is_out = sku == "SUN" and OUT[0] <= day <= OUT[1]
        return 0.0 if is_out else 6 * busy * float(shape(sku)[min(day.timetuple().tm_yday, 365) - 1])
    if sku in FLAT:
        return FLAT[sku] * busy
    start, pace = LAUNCHES[sku]
    return 0.0 if at < start else (pace if at < start + 28 else pace / 2) * busy


def lines() -> str:
    """A line a product and day on which it sold."""
    rng = np.random.default_rng(3)
    rows = ["Order,Date,SKU,Title,Quantity,Price,Currency"]
    for at in range(DAYS):
        day = FIRST + timedelta(days=at)
        for sku in CATEGORIES:
            units = int(rng.poisson(wanted(sku, day)))
            if at in (0, LAUNCHES.get(sku, (0, 0))[0]) and wanted(sku, day):
                units = max(units, 1)
            if units:
                rows.append(f"{at},{day} 10:00,{sku},{sku.title()},{units},10.00,EUR")
    return "\n".join(rows) + "\n"


def products() -> str:
    """The catalogue."""
    rows = [
        f"{sku.lower()},{sku.title()},Shore,{category},Title,Default Title,{sku},10.00,4.00"
        for sku, category in CATEGORIES.items()
    ]
    head = "Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Cost per item"
    return "\n".join([head, *rows]) + "\n"


def bring(folder: Path) -> None:
    """Import the shop into the database that stands empty, and enter its fairs."""
    files = {
        "lines": lines(), "products": products(), "suppliers": SUPPLIERS, "purchase_orders": ORDERED, "inventory": INVENTORY,
    }  # fmt: skip
    for name, text in files.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        take(path, store=STORE, as_of=LAST, currency="EUR")
    fairs = [
        {"starts_on": day, "ends_on": day + timedelta(days=2), "kind": "promotion", "title": "Fair"} for day in FAIRS
    ]
    events.save(1, [], fairs)
