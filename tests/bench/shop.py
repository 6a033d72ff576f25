"""A made-up shop of many lines: in PostgreSQL as its facts, summed up as an import does, and in DuckDB as one table of lines."""

from pathlib import Path

import duckdb

from analytics import db, rollups

SCRIPT = Path(__file__).with_name("shop.sql")
CURRENCY = "USD"
COLUMNS = {
    "products": ("store_id", "product_key", "sku", "title", "category", "vendor", "price", "currency", "is_listed"),
    "product_aliases": ("store_id", "alias_id", "sku", "title", "product_key"),
    "product_costs": ("store_id", "code", "product_key", "valid_from", "currency", "unit_cost"),
    "orders": (
        "store_id", "order_key", "order_name", "kind", "is_counted", "ordered_at", "ordered_on", "currency", "channel",
        "country", "customer_key", "financial_status", "fulfillment_status", "shipping", "document_total", "refunded", "as_of",
        "fingerprint", "import_id",
    ),
    "order_items": (
        "store_id", "order_key", "line_no", "alias_id", "kind", "sold_at", "units", "unit_price", "amount", "discount",
    ),
    "reversals": (
        "store_id", "order_key", "part_no", "alias_id", "kind", "line_kind", "booked_at", "ordered_on", "units", "unit_price",
        "amount",
    ),
    "transactions": (
        "store_id", "transaction_key", "source", "order_name", "kind", "what", "happened_at", "currency", "amount", "fee",
    ),
    "ad_spend": (
        "store_id", "spend_key", "source", "platform", "level", "campaign", "first_day", "last_day", "currency", "spend",
        "impressions", "clicks", "attributed_revenue",
    ),
}  # fmt: skip
# What no file tells: every parcel costs as much.
RULE = "insert into cost_rules (store_id, cost_kind, per_order, currency) select store_id, 'label', 4.9, currency from stores"
OUT = {"product_aliases": "out_aliases", "product_costs": "out_costs", "order_items": "out_items"}


def draw(lines: int) -> duckdb.DuckDBPyConnection:
    """The shop in DuckDB, in memory: tables drawn_orders, drawn_products, drawn_lines and what PostgreSQL takes of them."""
    duck = duckdb.connect(config={"preserve_insertion_order": True})
    duck.execute("set variable lines = ?", [lines])
    duck.execute(SCRIPT.read_text(encoding="utf-8"))
    return duck


def build(duck: duckdb.DuckDBPyConnection, work: Path) -> None:
    """Write the shop's facts into the empty database and sum them up."""
    db.migrate()
    with db.transaction() as cursor:
        for name in ("Shop", "Outlet"):
            cursor.execute("insert into stores (name, currency, time_zone) values (%s, %s, 'UTC')", (name, CURRENCY))
        cursor.execute(
            "insert into imports (store_id, file, sha256, format, as_of, finished_at) values (1, 'made', '', 'bench', now(), now())"
        )
        db.run(cursor, "load/orders/drop_keys")
        for table, columns in COLUMNS.items():
            file = work / f"{table}.csv"
            duck.table(OUT.get(table, f"out_{table}")).select(*columns).write_csv(str(file), header=False)
            db.copy_in(cursor, table, columns, file)
            file.unlink()
        db.run(cursor, "load/orders/add_keys")
        cursor.execute(RULE)
        cursor.execute("select setval(pg_get_serial_sequence('product_aliases', 'alias_id'), 1000000)")
    with db.transaction() as cursor:
        cursor.execute("analyze")
    for store in (1, 2):
        with db.transaction(store) as cursor:
            rollups.refresh(cursor, store, everything=True)
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("vacuum analyze")
