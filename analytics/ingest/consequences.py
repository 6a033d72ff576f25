"""What follows from facts that changed: which product a name means, whose cost is valid when, which refund counts, the sums.

Each of it is worked out from all that is known now, so that it does not matter in which order files came or went.
"""

from psycopg2.extensions import cursor as Cursor

from analytics import db, rollups
from analytics.ingest import images, refunds


def name_products(cursor: Cursor, store: int) -> None:
    """Find the product that each name on a line, each cost and each count means; those that won or lost are touched."""
    db.run(cursor, "load/products/relink", store_id=store)
    db.run(cursor, "load/products/unlisted", store_id=store)
    db.run(cursor, "load/costs/relink", store_id=store)
    db.run(cursor, "load/costs/span", store_id=store)
    db.run(cursor, "load/inventory/relink", store_id=store)


def follow(cursor: Cursor, store: int, everything: bool = False) -> None:
    """Bring names, costs, refunds and the daily sums of a store to what its facts say now."""
    if images.has_changed(cursor, "products", "costs", "inventory"):
        name_products(cursor, store)
    refunds.settle(cursor, store)
    if not everything:
        db.run(cursor, "rollups/renamed", store_id=store)
        db.run(cursor, "load/products/touch", store_id=store)
    rollups.refresh(cursor, store, everything)
