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

# What a bundle is made of in the end: the parts' parts where a part is a bundle itself. A part that would lead back to where it
# came from is a plain product. A part that no line and no catalogue knows stands under its SKU.
BUNDLE_PARTS = """
create view bundle_parts with (security_invoker = true) as
with recursive made as (
    select
        store_id,
        bundle_sku,
        component_sku,
        units,
        array[bundle_sku, component_sku] as path
    from bundles
    union all
    select
        m.store_id,
        m.bundle_sku,
        b.component_sku,
        m.units * b.units as units,
        m.path || b.component_sku as path
    from made as m
    inner join bundles as b on m.store_id = b.store_id and m.component_sku = b.bundle_sku
    where b.component_sku <> all(m.path)
)

select
    m.store_id,
    bundle.product_key as bundle_key,
    coalesce(part.product_key, m.component_sku) as product_key,
    sum(m.units) as units
from made as m
inner join products as bundle on m.store_id = bundle.store_id and m.bundle_sku = bundle.sku
left join lateral (
    select p.product_key
    from products as p
    where p.store_id = m.store_id and p.sku = m.component_sku
    order by p.is_listed desc, p.product_key
    limit 1
) as part on true
where
    not exists (
        select b.component_sku
        from bundles as b
        where b.store_id = m.store_id and b.bundle_sku = m.component_sku and b.component_sku <> all(m.path)
    )
group by m.store_id, bundle.product_key, coalesce(part.product_key, m.component_sku)
"""


def upgrade() -> None:
    op.execute(PURCHASES)
    op.execute(POLICIES)
    op.execute(BUNDLE_PARTS)
