"""Stores, imports, products, orders, reversals, stock, control totals, the ledger and the daily summary."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = """
create table settings (
    name text primary key,
    value text not null
);

create table stores (
    store_id integer generated always as identity primary key,
    name text not null unique,
    currency text,
    time_zone text,
    data_version bigint not null default 0,
    created_at timestamptz not null default now()
);

create table imports (
    import_id bigint generated always as identity primary key,
    store_id integer not null references stores,
    file text not null,
    sha256 text not null,
    format text not null,
    as_of date not null,
    mapping text not null default '',
    currency text,
    rows bigint not null default 0,
    loaded bigint not null default 0,
    updated bigint not null default 0,
    unchanged bigint not null default 0,
    duplicate bigint not null default 0,
    rejected bigint not null default 0,
    ignored bigint not null default 0,
    first_day date,
    last_day date,
    notices text[] not null default '{}',
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    undone_at timestamptz,
    check (finished_at is null or rows = loaded + updated + unchanged + duplicate + rejected + ignored)
);
create unique index imports_same_file on imports (store_id, sha256, format, as_of, mapping) where undone_at is null;

create table import_rejects (
    import_id bigint not null references imports on delete cascade,
    line bigint not null,
    column_name text not null,
    value text,
    reason text not null
);
create index import_rejects_import on import_rejects (import_id);

create table products (
    store_id integer not null references stores,
    product_key text collate "C" not null,
    sku text,
    handle text,
    title text not null,
    category text,
    vendor text,
    price numeric,
    currency text,
    is_gift_card boolean not null default false,
    is_listed boolean not null default false,
    as_of date not null,
    fingerprint text not null,
    import_id bigint not null,
    primary key (store_id, product_key)
);

create table product_aliases (
    store_id integer not null references stores,
    alias_id integer generated always as identity,
    sku text collate "C" not null,
    title text collate "C" not null,
    vendor text,
    product_key text collate "C" not null,
    primary key (store_id, alias_id),
    unique (store_id, sku, title)
);

create table product_costs (
    store_id integer not null references stores,
    product_key text collate "C" not null,
    valid_from date not null,
    currency text not null,
    unit_cost numeric not null check (unit_cost >= 0),
    covers_from date not null default date '0001-01-01',
    covers_to date not null default date '9999-12-31',
    import_id bigint not null,
    primary key (store_id, product_key, valid_from)
);

create table orders (
    store_id integer not null references stores,
    order_key text collate "C" not null,
    order_name text not null,
    kind text not null check (kind in ('order', 'cancellation', 'adjustment')),
    is_counted boolean not null,
    ordered_at timestamptz,
    ordered_on date not null,
    currency text not null,
    channel text not null,
    country text not null,
    region text,
    customer_key text,
    financial_status text,
    fulfillment_status text,
    cancelled_on date,
    discount_codes text,
    tags text,
    prices_include_tax boolean not null default false,
    shipping numeric not null default 0,
    tax numeric not null default 0,
    duties numeric not null default 0,
    document_total numeric not null,
    refunded numeric not null default 0,
    difference numeric not null default 0,
    unreconciled text,
    as_of date not null,
    fingerprint text not null,
    import_id bigint not null,
    primary key (store_id, order_key)
);
create index orders_day on orders (store_id, ordered_on);
create index orders_name on orders (store_id, order_name);

create table order_items (
    store_id integer not null,
    order_key text collate "C" not null,
    line_no integer not null,
    alias_id integer not null,
    kind text not null,
    sold_at timestamp not null,
    units numeric not null,
    unit_price numeric not null,
    amount numeric not null,
    discount numeric not null,
    primary key (store_id, order_key, line_no)
);

create table reversals (
    store_id integer not null,
    order_key text collate "C" not null,
    part_no integer not null,
    alias_id integer,
    kind text not null check (
        kind in ('return', 'cancellation', 'edit', 'goodwill', 'chargeback', 'shipping_refund', 'return_fee', 'unknown')
    ),
    line_kind text not null,
    booked_at timestamp not null,
    ordered_on date not null,
    original_order_key text collate "C",
    units numeric,
    unit_price numeric,
    amount numeric not null,
    is_restocked boolean,
    inferred_from text,
    is_date_assumed boolean not null default false,
    primary key (store_id, order_key, part_no)
);

create table inventory_levels (
    store_id integer not null references stores,
    as_of date not null,
    location text collate "C" not null,
    product_key text collate "C" not null,
    sku text,
    title text not null,
    on_hand numeric,
    committed numeric,
    unavailable numeric,
    available numeric,
    incoming numeric,
    import_id bigint not null,
    primary key (store_id, as_of, location, product_key)
);

create table control_totals (
    store_id integer not null references stores,
    source text not null,
    day date not null,
    metric text not null,
    currency text not null,
    amount numeric not null,
    as_of date not null,
    import_id bigint not null,
    primary key (store_id, source, day, metric, currency)
);

create table sales_daily (
    store_id integer not null,
    day date not null,
    clock text not null,
    currency text not null,
    channel text not null,
    country text not null,
    entry text not null,
    kind text not null,
    line_kind text not null,
    rows bigint not null,
    units numeric not null,
    amount bigint not null,
    discount bigint not null,
    covered bigint not null,
    cost bigint not null,
    primary key (store_id, day, clock, currency, channel, country, entry, kind, line_kind)
);
"""

# The one place where money is told apart: a row is an additive entry with both dates and without tax.
LEDGER = """
create view ledger with (security_invoker = true) as
select
    i.store_id,
    'sale' as entry,
    '' as kind,
    case when p.is_gift_card and i.kind = 'product' then 'gift_card' else i.kind end as line_kind,
    i.order_key,
    i.line_no,
    i.alias_id,
    a.product_key,
    i.sold_at::date as ordered_on,
    i.sold_at::date as booked_on,
    o.currency,
    o.channel,
    o.country,
    o.customer_key,
    i.units,
    i.unit_price,
    i.amount,
    i.discount,
    c.unit_cost * i.units as cost
from order_items as i
inner join orders as o on i.store_id = o.store_id and i.order_key = o.order_key
inner join product_aliases as a on i.store_id = a.store_id and i.alias_id = a.alias_id
inner join products as p on a.store_id = p.store_id and a.product_key = p.product_key
left join product_costs as c
    on
        a.store_id = c.store_id and a.product_key = c.product_key and o.currency = c.currency
        and i.sold_at::date >= c.covers_from and i.sold_at::date < c.covers_to
where o.is_counted
union all
select
    o.store_id,
    'charge' as entry,
    '' as kind,
    charge.line_kind,
    o.order_key,
    null as line_no,
    null as alias_id,
    null as product_key,
    o.ordered_on,
    o.ordered_on as booked_on,
    o.currency,
    o.channel,
    o.country,
    o.customer_key,
    null as units,
    null as unit_price,
    charge.amount,
    0 as discount,
    null as cost
from orders as o
cross join lateral (
    values
    -- an order that came back whole was not one of nothing
    (case when o.document_total = 0 and o.refunded = 0 then 'zero_order' else 'order' end, 0),
    ('shipping', o.shipping), ('tax', o.tax), ('duties', o.duties)
) as charge (line_kind, amount)
where o.is_counted and (charge.amount <> 0 or (charge.line_kind in ('order', 'zero_order') and o.kind = 'order'))
union all
select
    r.store_id,
    'reversal' as entry,
    r.kind,
    case when p.is_gift_card and r.line_kind = 'product' then 'gift_card' else r.line_kind end as line_kind,
    r.order_key,
    r.part_no as line_no,
    r.alias_id,
    a.product_key,
    r.ordered_on,
    r.booked_at::date as booked_on,
    o.currency,
    o.channel,
    o.country,
    o.customer_key,
    r.units,
    r.unit_price,
    r.amount,
    0 as discount,
    c.unit_cost * case when r.is_restocked then coalesce(r.units, 0) else 0 end as cost
from reversals as r
inner join orders as o on r.store_id = o.store_id and r.order_key = o.order_key
left join product_aliases as a on r.store_id = a.store_id and r.alias_id = a.alias_id
left join products as p on a.store_id = p.store_id and a.product_key = p.product_key
left join product_costs as c
    on
        a.store_id = c.store_id and a.product_key = c.product_key and o.currency = c.currency
        and r.ordered_on >= c.covers_from and r.ordered_on < c.covers_to
where o.is_counted;
"""

# What sales_daily must hold: refreshed from here slice by slice, and compared with it by the doctor. A reversal stands
# under both clocks, everything else under 'both'. Amounts are in 1/10,000 of the currency: whole numbers sum fast.
SALES_DAILY_COMPUTED = """
create view sales_daily_computed with (security_invoker = true) as
with dated as (
    select
        l.*,
        'both' as clock,
        l.ordered_on as day
    from ledger as l
    where l.entry <> 'reversal'
    union all
    select
        l.*,
        'order_date' as clock,
        l.ordered_on as day
    from ledger as l
    where l.entry = 'reversal'
    union all
    select
        l.*,
        'refund_date' as clock,
        l.booked_on as day
    from ledger as l
    where l.entry = 'reversal'
)

select
    store_id,
    day,
    clock,
    currency,
    channel,
    country,
    entry,
    kind,
    line_kind,
    count(*) as rows,
    coalesce(sum(units), 0) as units,
    (sum(amount) * 10000)::bigint as amount,
    (sum(discount) * 10000)::bigint as discount,
    (coalesce(sum(amount - discount) filter (where cost is not null and line_kind = 'product'), 0) * 10000)::bigint
        as covered,
    (coalesce(sum(cost) filter (where line_kind = 'product'), 0) * 10000)::bigint as cost
from dated
group by store_id, day, clock, currency, channel, country, entry, kind, line_kind
"""


def upgrade() -> None:
    op.execute(TABLES)
    op.execute(LEDGER)
    op.execute(SALES_DAILY_COMPUTED)


def downgrade() -> None:
    op.execute("drop view sales_daily_computed, ledger")
    op.execute(
        "drop table sales_daily, control_totals, inventory_levels, reversals, order_items, orders, product_costs, "
        "product_aliases, products, import_rejects, imports, stores, settings"
    )
