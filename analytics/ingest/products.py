"""Write a staged catalogue: products and their costs, and which product the names on order lines mean."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from psycopg2.extensions import cursor as Cursor

from analytics import db
from analytics.ingest import consequences, images, transfer
from analytics.ingest.counts import Counts
from analytics.ingest.stage import Staged

if TYPE_CHECKING:
    from analytics.ingest.load import Target


def prepare(stage: Staged, store: str) -> None:
    """A catalogue needs nothing from the database to be read."""


def write(cursor: Cursor, stage: Staged, target: "Target", say: Callable[[float, str], None]) -> Counts:
    """Upsert products and costs, relink the names on lines, and refresh the days on which anything of it counts."""
    counts = Counts(first_day=target.as_of, last_day=target.as_of, currency=target.currency)
    db.run(cursor, "load/products/stage")
    transfer.move(stage, cursor, "out_products", "products_stage")
    db.run(cursor, "load/products/images", as_of=target.as_of)
    images.compare(cursor, target.store)
    counts.add(images.states(cursor, "products"))
    _notices(stage, counts)
    if not target.is_rehearsal:
        images.write(cursor, target.store, target.import_id)
        say(0.7, "Linking products to order lines")
        consequences.follow(cursor, target.store)
    return counts


def _notices(stage: Staged, counts: Counts) -> None:
    about = transfer.row(stage.duck, "about_products")
    if about["without_cost"]:
        counts.notices.append(
            f"{about['without_cost']:,} of {about['products']:,} products have no cost: they are left out of margins."
        )
    if about["shared_skus"]:
        counts.notices.append(
            f"{about['shared_skus']:,} products share a SKU with another; they are told apart by handle and options."
        )
