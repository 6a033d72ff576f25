"""The schema from empty and from what the last release left: nothing is lost, and its imports can be undone."""

from decimal import Decimal

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from analytics import db, doctor, sales
from analytics.scope import Scope
from analytics.stock import inventory
from analytics.undo import undo
from imported import rows_of

LAST_RELEASE = "0001"
# A shop as the last release kept it: two orders, one refunded in part, a catalogue with a cost, a count, a report.
KEPT = """
insert into stores (name, currency, time_zone) values ('Shop', 'USD', 'UTC');
insert into imports (store_id, file, sha256, format, as_of, rows, loaded, finished_at) values
    (1, 'orders.csv', 'a', 'shopify_orders', '2024-06-01', 2, 2, now()),
    (1, 'products.csv', 'b', 'shopify_products', '2024-06-01', 1, 1, now()),
    (1, 'inventory.csv', 'c', 'shopify_inventory', '2024-06-01', 1, 1, now()),
    (1, 'report.csv', 'd', 'shopify_report', '2024-06-01', 1, 1, now());
insert into products
    (store_id, product_key, sku, title, category, vendor, price, currency, is_listed, as_of, fingerprint, import_id)
values
    (1, 'MUG', 'MUG', 'Mug', 'Cups', 'Acme', 10, 'USD', true, '2024-06-01', 'x', 2),
    (1, 'BOWL', 'BOWL', 'Bowl', 'Bowls', 'Acme', null, null, false, '2024-06-01', '', 1);
insert into product_aliases (store_id, sku, title, vendor, product_key) values
    (1, 'MUG', 'Mug', 'Acme', 'MUG'), (1, 'BOWL', 'Bowl', null, 'BOWL');
insert into product_costs (store_id, product_key, valid_from, currency, unit_cost, import_id) values
    (1, 'MUG', '2024-06-01', 'USD', 4, 2);
insert into orders
    (store_id, order_key, order_name, kind, is_counted, ordered_on, currency, channel, country, document_total, refunded,
     as_of, fingerprint, import_id)
values
    (1, '11', '#1', 'order', true, '2024-05-01', 'USD', 'Online store', 'US', 20, 5, '2024-06-01', 'p1', 1),
    (1, '12', '#2', 'order', true, '2024-05-02', 'USD', 'Online store', 'US', 7, 0, '2024-06-01', 'p2', 1);
insert into order_items (store_id, order_key, line_no, alias_id, kind, sold_at, units, unit_price, amount, discount) values
    (1, '11', 1, 1, 'product', '2024-05-01 10:00', 2, 10, 20, 0), (1, '12', 1, 2, 'product', '2024-05-02 10:00', 1, 7, 7, 0);
insert into reversals (store_id, order_key, part_no, alias_id, kind, line_kind, booked_at, ordered_on, amount, is_date_assumed) values
    (1, '11', 1, 1, 'unknown', 'product', '2024-05-01', '2024-05-01', 5, true);
insert into inventory_levels (store_id, as_of, location, product_key, sku, title, on_hand, available, import_id) values
    (1, '2024-06-01', 'Shop', 'MUG', 'MUG', 'Mug', 3, 3, 3);
insert into control_totals (store_id, source, day, metric, currency, amount, as_of, import_id) values
    (1, 'shopify_report', '2024-05-01', 'gross_sales', 'USD', 20, '2024-06-01', 4);
insert into sales_daily
    select store_id, day, clock, currency, channel, country, entry, kind, line_kind, rows, units, amount, discount, covered, cost
    from sales_daily_computed;
"""


@pytest.fixture
def released(database: str) -> None:
    """A database of the last release with a shop in it, which this program then opens."""
    with db.engine().begin() as connection:
        connection.execute(text("drop schema public cascade"))
        connection.execute(text("create schema public"))
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(db.SQL / "migrations"))
        config.set_main_option("path_separator", "os")
        command.upgrade(config, LAST_RELEASE)
        connection.exec_driver_sql(KEPT)
    db.migrate()


def figures() -> list[Decimal]:
    row = sales.summary(Scope()).iloc[0]
    return [row[name] for name in ("gross_sales", "reversals", "net_sales", "cost_of_goods_sold")]


@pytest.mark.usefixtures("released")
def test_the_last_releases_data_reads_as_before() -> None:
    assert figures() == [27, 5, 22, 8]
    assert inventory.summary(Scope()).iloc[0]["value_at_cost"] == 12
    assert rows_of("select title, category, vendor from products order by 1") == [
        ("Bowl", "Bowls", "Acme"),
        ("Mug", "Cups", "Acme"),
    ]
    report = doctor.check(verify=True)
    assert report["differences"] == report["problems"] == []


@pytest.mark.usefixtures("released")
def test_each_of_the_last_releases_imports_can_be_undone() -> None:
    assert [undo(number)["removed"] for number in (2, 3, 4)] == [2, 1, 1]
    assert figures()[:3] == [27, 5, 22]
    assert rows_of("select count(*) from product_costs")[0] == (0,)
    assert rows_of("select title, is_listed from products order by 1") == [("Bowl", False), ("Mug", False)]
    assert undo(1)["removed"] == 2
    for table in (
        "orders",
        "order_items",
        "reversals",
        "products",
        "product_aliases",
        "inventory_levels",
        "control_totals",
    ):
        assert rows_of(f"select count(*) from {table}")[0] == (0,), table  # noqa: S608
    assert doctor.check(verify=True)["differences"] == []
