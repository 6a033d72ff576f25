"""Write facts that are whole rows, each under its own key: transactions, returns, customers, costs, bundles, rates and more."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from psycopg2.extensions import cursor as Cursor

from analytics import db, wording
from analytics.ingest import consequences, images, transfer
from analytics.ingest.counts import Counts
from analytics.ingest.stage import Staged

if TYPE_CHECKING:
    from analytics.ingest.load import Target

STAGES = {
    "transactions": "transactions_stage",
    "returns": "returns_stage",
    "customers": "customers_stage",
    "costs": "costs_stage",
    "suppliers": "suppliers_stage",
    "discounts": "discount_codes_stage",
    "bundles": "bundles_stage",
    "rates": "rates_stage",
    "purchase_orders": "purchase_orders_stage",
    "policies": "policies_stage",
    "ad_spend": "ad_spend_stage",
}
# So many unknown products are named; the rest is counted.
MOST_NAMED = 5


def prepare(stage: Staged, store: str) -> None:
    """Whole rows need nothing from the database to be read."""


def write(cursor: Cursor, stage: Staged, target: "Target", say: Callable[[float, str], None]) -> Counts:
    """Upsert the file's rows and whatever follows from them; gives the account of the rows."""
    kind = stage.recognised.format.facts
    counts = Counts(first_day=target.as_of, last_day=target.as_of)
    db.run(cursor, f"load/{kind}/stage")
    transfer.move(stage, cursor, f"out_{kind}", STAGES[kind])
    db.run(cursor, f"load/{kind}/images", as_of=target.as_of)
    images.compare(cursor, target.store)
    counts.add(images.states(cursor, kind))
    _about(stage, counts, kind)
    if kind == "purchase_orders":
        _name_strangers(cursor, target.store, counts)
    if not target.is_rehearsal:
        images.write(cursor, target.store, target.import_id)
        say(0.8, "Summing up the days")
        consequences.follow(cursor, target.store)
    return counts


def _about(stage: Staged, counts: Counts, kind: str) -> None:
    """The days and currency the file speaks of, and what its conversion has to say."""
    about = transfer.row(stage.duck, f"about_{kind}")
    if about["first_day"]:
        counts.first_day, counts.last_day = about["first_day"], about["last_day"]
    counts.currency = about["currency"]
    if ("file_notices",) in stage.duck.execute("show tables").fetchall():
        notices = stage.duck.execute(db.script("ingest/about_rows.sql")).fetchall()
        counts.notices += [str(notice) for (notice,) in notices]


def _name_strangers(cursor: Cursor, store: int, counts: Counts) -> None:
    """Say which products nothing else tells of. They are right until proven otherwise: the file with them may come later."""
    db.run(cursor, "load/purchase_orders/strangers", store_id=store)
    skus = [sku for (sku,) in cursor.fetchall()]
    if skus:
        named = ", ".join(skus[:MOST_NAMED]) + (
            f" and {len(skus) - MOST_NAMED:,} more" if len(skus) > MOST_NAMED else ""
        )
        counts.notices.append(
            f"{wording.count(len(skus), 'SKU')} of these orders {'is' if len(skus) == 1 else 'are'} not known from products, "
            f"orders or counts: {named}. What is ordered of them counts as soon as one of those names them; mend the order if "
            "they are misspelt."
        )
