"""Stock: purchase orders with what came of them, policies of replenishment, and a store's own limits."""

from alembic import op

revision = "0005"
down_revision = "0004"

# An order is replaced whole by the newest file or edit that tells of it, its lines and receipts with it. `status` is what its
# owner says; how much of it came is what the receipts say.
PURCHASES = """
create table purchase_orders (
    store_id integer not null references stores,
    order_no text collate "C" not null,
    supplier text not null,
    status text not null check (status in ('draft', 'sent', 'closed', 'cancelled')),
    ordered_on date,
    expected_on date,
    location text,
    currency text not null,
    freight numeric not null default 0 check (freight >= 0),
    duty numeric not null default 0 check (duty >= 0),
    deposit numeric check (deposit >= 0),
    deposit_due_on date,
    balance_due_on date,
    note text,
    primary key (store_id, order_no),
    check (status in ('draft', 'cancelled') or ordered_on is not null)
);

create table purchase_order_items (
    store_id integer not null,
    order_no text collate "C" not null,
    line_no integer not null,
    sku text collate "C" not null,
    units numeric not null check (units > 0),
    unit_cost numeric check (unit_cost >= 0),
    expected_on date,
    primary key (store_id, order_no, line_no),
    foreign key (store_id, order_no) references purchase_orders on delete cascade
);
create index purchase_order_items_sku on purchase_order_items (store_id, sku);

create table purchase_receipts (
    store_id integer not null,
    order_no text collate "C" not null,
    line_no integer not null,
    received_on date not null,
    units numeric not null check (units > 0),
    primary key (store_id, order_no, line_no, received_on),
    foreign key (store_id, order_no, line_no) references purchase_order_items on delete cascade
);
"""

# How a class of products (such as 'AX') or one product is replenished; null is what the next wider rule says: product, class,
# store. `service_level` is a share of demand (fill rate) or of cycles. A new product sells as its sibling does until it has a
# history of its own.
POLICIES = """
create table replenishment_policies (
    store_id integer not null references stores,
    class text not null default '' check (class ~ '^([ABC][XYZ])?$'),
    sku text collate "C" not null default '',
    location text not null default '',
    method text check (method in ('reorder point', 'on order', 'none')),
    service_kind text check (service_kind in ('fill rate', 'cycle service')),
    service_level numeric check (service_level > 0 and service_level < 1),
    cover_days numeric check (cover_days >= 0),
    lead_time_days numeric check (lead_time_days >= 0),
    sibling_sku text collate "C",
    primary key (store_id, class, sku, location),
    check (class = '' or sku = '')
);

create table channel_locations (
    store_id integer not null references stores,
    channel text not null,
    location text not null,
    primary key (store_id, channel)
);

create table stock_settings (
    store_id integer not null references stores,
    name text not null,
    value numeric not null,
    primary key (store_id, name)
);
"""


def upgrade() -> None:
    op.execute(PURCHASES)
    op.execute(POLICIES)
