"""Nordlicht Mode, the sample shop: 24 months of platform-format exports, made from a seed.

The same last day and seed always give the same bytes. `analytics.sample.answers` lists what a right import must say.
"""

import gzip
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from analytics import actor
from analytics.sample import (
    ads,
    answers,
    export,
    fates,
    loyalty,
    orders,
    parcels,
    payouts,
    prices,
    purchases,
    returns,
    seasons,
    stock,
)

STORE = "Sample shop"
SEED = 7
COPY = Path(__file__).resolve().parents[2] / "data" / "sample"
COPY_LAST_DAY = date(2026, 11, 21)
COMPRESSED = (
    *(f"shopify_{name}.csv" for name in ("orders", "transactions", "payments", "customers")),
    "purchase_orders.csv",
    "returns.csv",
    "google_ads.csv",
    "meta_ads.csv",
    "carrier_invoice.csv",
)


def generate(folder: Path, last_day: date, seed: int = SEED) -> list[Path]:
    """Writes the ten exports and four tables of the 24 months up to last_day, and ANSWERS.md beside them.

    Returns the files in the order to import them: products, orders, transactions, payments, customers, discounts,
    inventory, report, then returns, suppliers, purchase orders, the carrier's invoices and both platforms' ads.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rng = Random(seed)
    placed = orders.place(rng, last_day)
    fates.decide(rng, placed, last_day)
    levels = stock.levels(rng, placed, last_day)
    back = returns.place(Random(seed + 1), placed, last_day)
    bought = purchases.place(placed, levels, back, last_day)
    sections = answers.sheet(placed, levels, last_day)
    sections["Returns"] = returns.answers(back, last_day)
    sections["Suppliers and purchase orders"] = purchases.answers(bought, last_day)
    shipped, shown = parcels.sent(placed, back, last_day), ads.year(seed, last_day)
    sections["Costs"] = parcels.answers(shipped)
    sections["Advertising"] = ads.answers(shown, placed, last_day)
    sections["Prices"] = prices.answers(last_day)
    sheet = answers.text(sections, seed)
    (folder / "ANSWERS.md").write_bytes(sheet.encode())
    moved = payouts.movements(placed, last_day)
    files = {
        "products": (export.PRODUCT_COLUMNS, export.product_rows(orders.PRODUCTS)),
        "orders": (export.ORDER_COLUMNS, export.order_rows(placed)),
        "transactions": (payouts.HISTORY_COLUMNS, payouts.history_rows(placed)),
        "payments": (payouts.PAYOUT_COLUMNS, payouts.payout_rows(moved, last_day)),
        "customers": (loyalty.CUSTOMER_COLUMNS, loyalty.customer_rows(loyalty.recent(placed, last_day))),
        "discounts": (loyalty.DISCOUNT_COLUMNS, loyalty.discount_rows(placed, last_day)),
        "inventory": (export.INVENTORY_COLUMNS, export.inventory_rows(levels)),
        "report": (export.REPORT_COLUMNS, export.report_rows(seasons.days(last_day), placed)),
    }
    own = {
        "returns": (returns.COLUMNS, returns.rows(back)),
        "suppliers": (purchases.SUPPLIER_COLUMNS, purchases.supplier_rows(seasons.days(last_day)[0], last_day)),
        "purchase_orders": (purchases.PURCHASE_COLUMNS, purchases.purchase_rows(bought)),
        "carrier_invoice": (parcels.COLUMNS, parcels.rows(shipped)),
        "meta_ads": (ads.META_COLUMNS, ads.meta_rows(shown.meta, last_day)),
    }
    named = {f"shopify_{name}": content for name, content in files.items()} | own
    written = [export.write(folder / f"{name}.csv", *content) for name, content in named.items()]
    google = (ads.GOOGLE_COLUMNS, ads.google_rows(shown.google), ads.google_title(last_day))
    return [*written, export.write(folder / "google_ads.csv", *google)]


def write_copy(folder: Path = COPY) -> list[Path]:
    """Writes the committed copy (its last day never moves); the long files are compressed. Returns the files."""
    paths = generate(folder, COPY_LAST_DAY)
    return [_compress(path) if path.name in COMPRESSED else path for path in paths] + [folder / "ANSWERS.md"]


def _compress(path: Path) -> Path:
    packed = path.with_suffix(".csv.gz")
    packed.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    path.unlink()
    return packed


def load(progress: Callable[[float, str], None] | None = None) -> list[dict[str, Any]]:
    """Makes the shop up to yesterday (Berlin's) and imports its files; one row of the import's result for each.

    `progress` is told the share done (0 to 1) and what is being done.
    """
    actor.require("import")
    # The importer is heavy, and who only writes files does not need it.
    from analytics.ingest.load import Options
    from analytics.ingest.load import load as import_file

    last_day = datetime.now(orders.ZONE).date() - timedelta(days=1)
    tell = progress or (lambda share, message: None)
    tell(0.0, "Making the sample shop")
    with tempfile.TemporaryDirectory(prefix="storeledger-sample-") as folder:
        paths = generate(Path(folder), last_day)
        options = Options(store=STORE, as_of=last_day, currency="EUR", time_zone=str(orders.ZONE))
        return [import_file(path, options, _part(tell, n, len(paths))) for n, path in enumerate(paths)]


def _part(tell: Callable[[float, str], None], index: int, count: int) -> Callable[[float, str], None]:
    """Progress of one file as progress of all; making the files counts as a tenth."""
    return lambda share, message: tell(0.1 + 0.9 * (index + share) / count, message)
