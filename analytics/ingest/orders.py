"""Write staged orders, their lines and reversals: new and changed orders whole, everything else untouched."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd
from psycopg2.extensions import cursor as Cursor

from analytics import db
from analytics.ingest import consequences, transfer
from analytics.ingest.counts import UNKNOWN_CURRENCY, Counts
from analytics.ingest.stage import Staged, set_variable

if TYPE_CHECKING:
    from analytics.ingest.load import Target


def prepare(stage: Staged, store: str) -> None:
    """Tell the conversion which orders are known by name, so that one order keeps one key."""
    has_ids = "id" in stage.recognised.columns
    with db.transaction() as cursor:
        names = ["order_key", "order_name"]
        transfer.fetch(stage, cursor, "orders/known_orders", names, store=store, has_ids=has_ids)


def write(cursor: Cursor, stage: Staged, target: "Target", say: Callable[[float, str], None]) -> Counts:
    """Replace the orders that are new or changed and refresh the days they touch; gives the account of the rows."""
    counts = Counts()
    db.run(cursor, "load/orders/is_first", store_id=target.store)
    is_first = bool(transfer.value(cursor))
    stage.duck.execute(db.script("ingest/print_of_reversals.sql"))
    db.run(cursor, "load/orders/stage")
    transfer.move(stage, cursor, "out_orders", "orders_stage")
    db.run(cursor, "load/orders/compare", store_id=target.store)
    db.run(cursor, "load/orders/counts")
    states = {state: int(rows) for state, rows, _ in cursor.fetchall()}
    counts.add(states)
    _about(stage, counts)
    if target.is_rehearsal:
        return counts
    # the summary of hours asks for it
    db.run(cursor, "load/orders/prints_times", import_id=target.import_id, prints_times=counts.prints_times)
    _keep_sayings(cursor, stage, target, states)
    if counts.written or states.get("reread"):
        if not is_first:
            _make_way(cursor, target.store)
        say(0.65, "Writing orders and lines")
        _write_facts(cursor, stage, target, writes_all=states.keys() <= {"loaded", "updated", "reread"})
        db.run(cursor, "load/channels/apply_to_written", store_id=target.store)
        if not is_first:
            db.run(cursor, "load/orders/touch_written", store_id=target.store)
            db.run(cursor, "load/products/forget_aliases", store_id=target.store)
            db.run(cursor, "load/products/unlisted", store_id=target.store)
        db.run(cursor, "load/orders/to_settle", store_id=target.store)
        say(0.85, "Summing up the days")
        consequences.follow(cursor, target.store, everything=is_first)
    return counts


def _keep_sayings(cursor: Cursor, stage: Staged, target: "Target", states: dict[str, int]) -> None:
    """Keep what the file says of orders whose rows it does not write, for the day the other import is undone."""
    if states.get("unchanged"):
        db.run(cursor, "load/orders/confirm", store_id=target.store, import_id=target.import_id)
    if states.get("older"):
        db.run(cursor, "load/orders/older")
        columns = ["order_key", "as_of", "fingerprint"]
        transfer.give(stage.duck, "older_orders", pd.DataFrame(cursor.fetchall(), columns=columns))
        set_variable(stage, "import_id", target.import_id)
        transfer.move(stage, cursor, "out_order_images", "import_images")


def _make_way(cursor: Cursor, store: int) -> None:
    db.run(cursor, "load/orders/replaced")
    db.run(cursor, "load/orders/touch_replaced", store_id=store)
    db.run(cursor, "load/orders/demote", store_id=store, undone_id=0)
    db.run(cursor, "load/orders/delete_replaced", store_id=store)


def _write_facts(cursor: Cursor, stage: Staged, target: "Target", writes_all: bool) -> None:
    set_variable(stage, "writes_all", writes_all)
    if writes_all:
        stage.duck.execute(db.script("ingest/all_to_write.sql"))
    else:
        transfer.fetch(stage, cursor, "orders/to_write", ["order_key"])
    db.run(cursor, "load/products/alias_stage")
    transfer.move(stage, cursor, "out_aliases", "alias_stage")
    db.run(cursor, "load/products/add_aliases", store_id=target.store)
    db.run(cursor, "load/products/relink", store_id=target.store)
    db.run(cursor, "load/products/unlisted", store_id=target.store)
    db.run(cursor, "load/products/alias_ids", store_id=target.store)
    names = pd.DataFrame(cursor.fetchall(), columns=["alias_id", "sku", "title", "vendor", "category"])
    transfer.give(stage.duck, "aliases", names)
    db.run(cursor, "load/orders/is_empty")
    is_empty = bool(transfer.value(cursor))
    if is_empty:
        db.run(cursor, "load/orders/drop_keys")
    db.run(cursor, "load/orders/write", store_id=target.store, import_id=target.import_id)
    transfer.move(stage, cursor, "out_items", "order_items", is_empty)
    if is_empty:
        db.run(cursor, "load/orders/add_keys")
    transfer.move(stage, cursor, "out_reversals", "reversals")


def withdraw(cursor: Cursor, store: int, import_id: int) -> tuple[int, int]:
    """Take back the orders an import brought; gives how many are gone and how many are as another import had them."""
    key = {"store_id": store, "import_id": import_id}
    db.run(cursor, "load/orders/withdraw", **key)
    db.run(cursor, "load/orders/withdrawn_counts")
    removed, returned = (int(count) for count in cursor.fetchone() or (0, 0))
    if removed or returned:
        db.run(cursor, "load/orders/touch_replaced", store_id=store)
    if returned:
        db.run(cursor, "load/orders/demote", store_id=store, undone_id=import_id)
    db.run(cursor, "load/orders/delete_replaced", store_id=store)
    db.run(cursor, "load/orders/withdraw_images", **key)
    if returned:
        _restore(cursor, store)
    if removed or returned:
        db.run(cursor, "load/orders/to_settle_returned", store_id=store)
        db.run(cursor, "load/products/forget_aliases", store_id=store)
        db.run(cursor, "load/products/relink", store_id=store)
        db.run(cursor, "load/products/unlisted", store_id=store)
    return removed, returned


def _restore(cursor: Cursor, store: int) -> None:
    db.run(cursor, "load/products/alias_stage")
    db.run(cursor, "load/orders/restore_names")
    db.run(cursor, "load/products/add_aliases", store_id=store)
    db.run(cursor, "load/orders/restore", store_id=store)
    db.run(cursor, "load/channels/apply_to_returned", store_id=store)
    db.run(cursor, "load/orders/touch_returned", store_id=store)


def _about(stage: Staged, counts: Counts) -> None:
    """The days and currency the file speaks of, and what a user should know about its orders."""
    about = transfer.row(stage.duck, "about_orders")
    counts.first_day, counts.last_day = about["first_day"], about["last_day"]
    counts.currency, counts.prints_times = about["currency"], bool(about["prints_times"])
    if about["currencies"] > 1:
        counts.notices.append(f"The file holds {about['currencies']} currencies; they are shown apart, never added.")
    if about["unreconciled"]:
        counts.notices.append(
            f"{about['unreconciled']:,} orders do not follow from their own printed amounts; each is named under Sales."
        )
    if about["undated_refunds"]:
        counts.notices.append(
            f"{about['undated_refunds']:,} refunded orders carry no refund date: until one is known, the refund stands on "
            "the day of the order on both clocks."
        )
    if about["tax_included"]:
        counts.notices.append(
            f"{about['tax_included']:,} orders have tax inside their prices; it was taken out by value (estimated per line)."
        )
    if about["rounded_ids"]:
        counts.notices.append(
            "A spreadsheet has rounded the order ids (5.37518E+12), so orders are known by their number instead."
        )
    if about["same_lines"]:
        counts.notices.append(
            f"{about['same_lines']:,} lines repeat another line of their order exactly; each counts as a line of its own."
        )
    if about["unmatched_reversals"]:
        counts.notices.append(
            f"{about['unmatched_reversals']:,} lines take back something whose purchase is not in the file: both clocks "
            "show them on their own day."
        )
    if about["currency"] == UNKNOWN_CURRENCY:
        counts.notices.append("The file does not say its currency. Import it with a currency to see amounts in it.")
