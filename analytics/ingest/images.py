"""What every import says of a fact, kept so that any of them can be undone: the newest export's saying is the current one.

Orders keep theirs lazily (see orders.py), as there may be millions; all other facts are compared and written here.
"""

from psycopg2.extensions import cursor as Cursor

from analytics import db
from analytics.ingest import transfer

# kinds whose facts are told apart by a key and written from their image
KINDS = (
    "products", "costs", "inventory", "control", "transactions", "returns", "customers", "suppliers", "discounts", "bundles",
    "rates", "purchase_orders", "policies", "ad_spend",
)  # fmt: skip
# Kinds that say something of orders: what they said before is touched, and what they say now.
TOUCHING = ("transactions", "returns")


def begin(cursor: Cursor) -> None:
    """Make the temporary tables in which a writing transaction collects what changes."""
    db.run(cursor, "load/images/begin")


def compare(cursor: Cursor, store: int) -> None:
    """Compare what stands in `images_stage` with what is known."""
    db.run(cursor, "load/images/compare", store_id=store)


def states(cursor: Cursor, kind: str) -> dict[str, int]:
    """The file's rows by what became of the facts of one kind."""
    db.run(cursor, "load/images/counts", kind=kind)
    return {state: int(rows) for state, rows, _ in cursor.fetchall()}


def write(cursor: Cursor, store: int, import_id: int) -> None:
    """Keep what the file says, and bring the tables of facts to what is current now."""
    db.run(cursor, "load/images/write", store_id=store, import_id=import_id)
    bring(cursor, store)


def withdraw(cursor: Cursor, store: int, import_id: int) -> tuple[int, int]:
    """Forget what an import said; gives how many facts are gone and how many hold something else now."""
    db.run(cursor, "load/images/withdraw", store_id=store, import_id=import_id)
    changed = bring(cursor, store)
    return sum(removed for _, removed, _ in changed), sum(returned for _, _, returned in changed)


def bring(cursor: Cursor, store: int) -> list[tuple[str, int, int]]:
    """Write the changed facts from their current images; gives kind, how many are gone, how many were written."""
    db.run(cursor, "load/images/changed_kinds", store_id=store)
    changed = [(str(kind), int(removed), int(written)) for kind, removed, written in cursor.fetchall()]
    for kind, _, _ in changed:
        for step in ("touch", "delete", "insert", "touch") if kind in TOUCHING else ("delete", "insert"):
            db.run(cursor, f"load/{kind}/{step}", store_id=store)
    return changed


def has_changed(cursor: Cursor, *kinds: str) -> bool:
    """Whether any fact of these kinds changed in this transaction."""
    db.run(cursor, "load/images/has_changed", kinds=list(kinds))
    return bool(transfer.value(cursor))
