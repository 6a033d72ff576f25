"""A shop of a few weeks whose demand anyone can work out: what was sold, what was hidden, and what a forecast learns from.

Orders of 2026, weeks from Sunday, up to Tuesday 31 March; the last whole week ends on Saturday 28 March.
  MUG   2 a day at 20.00 from Wednesday 7 January, called Big Mug from March on; nothing from 10 to 18 February (nine days), when it was out
  BOWL  1 a day at 10.00 from the same day; on 4 March 40 more in one order, at 5.00 each
  BOX   1 on Mondays at 12.00, a bundle of two soaps; SOAP 1 on Mondays at 6.00
  VASE  1 on Fridays at 15.00, in USD
  OLD   3 on Wednesday 1 January 2025, the shop's first day, and never again; NEW 1 on Monday 30 March 2026
One mug of 1 March came back on 20 March. A second store, Elsewhere, sold 100 mugs on 4 March; a third, West, one in UTC.
"""

from datetime import date, timedelta
from pathlib import Path

from analytics import settings, stores
from imported import take

FIRST, BEGUN, LAST = date(2025, 1, 1), date(2026, 1, 7), date(2026, 3, 31)
OUT_FROM, OUT_TO, LARGE = date(2026, 2, 10), date(2026, 2, 18), date(2026, 3, 4)
DAY = timedelta(days=1)
PRODUCTS = """\
Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Cost per item
mug,Mug,Clay,Kitchen,Title,Default Title,MUG,20.00,8.00
bowl,Bowl,Clay,Kitchen,Title,Default Title,BOWL,10.00,4.00
box,Box,Clay,Bath,Title,Default Title,BOX,12.00,2.00
soap,Soap,Clay,Bath,Title,Default Title,SOAP,6.00,1.00
vase,Vase,Clay,,Title,Default Title,VASE,15.00,5.00
"""
BUNDLES = "Bundle SKU,Component SKU,Units\nBOX,SOAP,2\n"
# 66 mugs on the evening of the first day last until the evening of 9 February; those that came on 19 February until the end
COUNTS = {BEGUN: 66, OUT_TO: 0, OUT_TO + DAY: 500}
HEADER = "Order,Date,SKU,Title,Quantity,Price,Discount,Currency,Channel"
UTC = (
    "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tproduct-name\tsku\t"
    "item-status\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\tshipping-tax\titem-promotion-discount\t"
    "ship-promotion-discount\tship-country\n"
    "111-1\t2026-05-01T03:30:00+00:00\t2026-05-02T03:30:00+00:00\tShipped\tAmazon\tAmazon.com\tMug\tMUG\tShipped\t1\tUSD\t"
    "20.00\t0.00\t0.00\t0.00\t0.00\t0.00\tUS\n"
)


def lines() -> str:
    """The shop's order lines: an order a product and day."""
    sold = [(FIRST, "OLD", "Old", 3, "4.00", "EUR")]
    for at in range((LAST - BEGUN).days + 1):
        day = BEGUN + at * DAY
        if not OUT_FROM <= day <= OUT_TO:
            sold.append((day, "MUG", "Mug" if day.month < 3 else "Big Mug", 2, "20.00", "EUR"))
        sold.append((day, "BOWL", "Bowl", 1, "10.00", "EUR"))
        if day.isoweekday() == 1:
            sold += [(day, "BOX", "Box", 1, "12.00", "EUR"), (day, "SOAP", "Soap", 1, "6.00", "EUR")]
        if day.isoweekday() == 5:
            sold.append((day, "VASE", "Vase", 1, "15.00", "USD"))
    sold += [(LARGE, "BOWL", "Bowl", 40, "5.00", "EUR"), (date(2026, 3, 30), "NEW", "New", 1, "9.00", "EUR")]
    rows = [
        f"{sku}{day:%y%m%d}{units},{day} 10:00,{sku},{title},{units},{price},0,{currency},{'web' if sku == 'MUG' else 'till'}"
        for day, sku, title, units, price, currency in sold
    ]
    rows.append("MUG2603012,2026-03-20 10:00,MUG,Big Mug,-1,20.00,0,EUR,web")
    return "\n".join([HEADER, *rows, ""])


def bring(folder: Path) -> None:
    """Import the three stores into the database that stands empty; the first is number 1."""
    counts = [
        "SKU,Title,Location,On hand,Committed,Date",
        *(f"MUG,Mug,Main,{n},0,{day}" for day, n in COUNTS.items()),
        "",
    ]
    tables = {"products": PRODUCTS, "lines": lines(), "bundles": BUNDLES, "counts": "\n".join(counts)}
    for name, text in tables.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        take(path, store="Corner", as_of=LAST, currency="EUR")
    settings.save(stores.find("Corner"), settings.Settings(7, 1, ("DE",)))
    other = folder / "elsewhere.csv"
    other.write_text(f"{HEADER}\n1,{LARGE} 10:00,MUG,Mug,100,20.00,0,EUR,web\n", encoding="utf-8")
    take(other, store="Elsewhere", as_of=LAST, currency="EUR")
    west = folder / "west.txt"
    west.write_text(UTC, encoding="utf-8")
    take(west, store="West", time_zone="America/Los_Angeles")
