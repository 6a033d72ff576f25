"""Write a staged catalogue: products and their costs, and which product the names on order lines mean."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from psycopg2.extensions import cursor as Cursor

from analytics import db, rollups
from analytics.ingest import transfer
from analytics.ingest.counts import Counts
from analytics.ingest.stage import Staged

if TYPE_CHECKING:
    from analytics.ingest.load import Target


def prepare(stage: Staged, store: str) -> None:
    """A catalogue needs nothing from the database to be read."""


def write(cursor: Cursor, stage: Staged, target: "Target", say: Callable[[float, str], None]) -> Counts:
    """Upsert products and costs, relink the names on lines, and refresh the days on which anything of it counts."""
    counts = Counts(first_day=target.as_of, last_day=target.as_of, currency=target.currency)
    key = {"store_id": target.store, "import_id": target.import_id}
    db.run(cursor, "load/products/stage")
    transfer.move(stage, cursor, "out_products", "products_stage")
    db.run(cursor, "load/products/compare", store_id=target.store)
    db.run(cursor, "load/products/counts")
    counts.add({state: int(rows) for state, rows, _ in cursor.fetchall()})
    _notices(stage, counts)
    if target.is_rehearsal:
        return counts
    db.run(cursor, "load/products/confirm", store_id=target.store)
    db.run(cursor, "load/products/changed_kinds")
    changed = _keys(cursor)
    db.run(cursor, "load/products/write", **key)
    db.run(cursor, "load/products/write_costs", **key)
    changed |= _keys(cursor)
    db.run(cursor, "load/products/span_costs", store_id=target.store)
    say(0.7, "Linking products to order lines")
    db.run(cursor, "load/products/relink", store_id=target.store)
    changed |= _keys(cursor)
    db.run(cursor, "load/products/alias_stage")
    db.run(cursor, "load/products/add_unlisted", as_of=target.as_of, **key)
    if changed:
        say(0.85, "Summing up the days")
        db.run(cursor, "load/products/touch", store_id=target.store, product_keys=sorted(changed))
        rollups.refresh(cursor, target.store)
    return counts


def _keys(cursor: Cursor) -> set[str]:
    return {row[0] for row in cursor.fetchall()}


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
