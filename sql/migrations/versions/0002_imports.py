"""Undo: what every import said of every fact is kept; transactions, returns, customers, suppliers, discounts, mappings."""

from alembic import op

revision = "0002"
down_revision = "0001"

# What each import says of a fact. Of an order its own row is what is valid, so only what lost to it stands here; of all
# other facts everything does, and the newest export's saying is the current one. `image` is null where it equals the order.
IMAGES = """
create table import_images (
    store_id integer not null,
    kind text not null,
    key text collate "C" not null,
    import_id bigint not null,
    as_of date not null,
    fingerprint text not null,
    is_current boolean not null default false,
    image jsonb,
    primary key (store_id, kind, key, import_id)
);

create table import_mappings (
    signature text primary key,
    format text not null,
    columns jsonb not null,
    answers jsonb not null default '{}',
    created_at timestamptz not null default now()
);

alter table imports add column imported_by text;
alter table import_rejects add column record jsonb;
"""

# Keys hold every part of a row's natural key, so that one comparison finds it.
FACTS = """
create table transactions (
    store_id integer not null references stores,
    transaction_key text collate "C" not null,
    source text not null,
    order_name text collate "C",
    kind text not null check (
        kind in (
            'sale', 'refund', 'chargeback', 'fee', 'shipping', 'tax', 'promotion', 'adjustment', 'payout', 'other'
        )
    ),
    what text,
    sku text,
    title text,
    units numeric,
    happened_at timestamp not null,
    gateway text,
    status text,
    currency text not null,
    amount numeric not null,
    fee numeric,
    net numeric,
    group_key text,
    paid_out_on date,
    primary key (store_id, transaction_key)
);
create index transactions_order on transactions (store_id, order_name);

create table returns (
    store_id integer not null references stores,
    return_key text collate "C" not null,
    source text not null,
    order_name text collate "C",
    sku text,
    title text,
    units numeric,
    amount numeric,
    currency text,
    returned_at timestamp not null,
    kind text not null check (
        kind in ('return', 'exchange', 'cancellation', 'goodwill', 'chargeback', 'shipping_refund', 'return_fee')
    ),
    reason text,
    condition text,
    is_restocked boolean,
    resolution text,
    primary key (store_id, return_key)
);
create index returns_order on returns (store_id, order_name);

create table customers (
    store_id integer not null references stores,
    customer_key text collate "C" not null,
    platform_id text,
    country text,
    region text,
    orders integer,
    total_spent numeric,
    currency text,
    first_order_on date,
    accepts_marketing boolean,
    tags text,
    primary key (store_id, customer_key)
);

create table suppliers (
    store_id integer not null references stores,
    supplier_key text collate "C" not null,
    supplier text not null,
    sku text collate "C" not null,
    valid_from date not null,
    lead_time_days numeric,
    lead_time_deviation numeric,
    minimum_order numeric,
    pack_size numeric,
    unit_cost numeric,
    freight numeric,
    duty numeric,
    currency text,
    primary key (store_id, supplier_key)
);

create table discount_codes (
    store_id integer not null references stores,
    code text collate "C" not null,
    kind text,
    value numeric,
    value_kind text,
    minimum numeric,
    starts_on date,
    ends_on date,
    used integer,
    status text,
    currency text,
    primary key (store_id, code)
);
"""

# Products, costs, counts and totals known so far become what their imports said.
KEPT = """
insert into import_images (store_id, kind, key, import_id, as_of, fingerprint, is_current, image)
select
    store_id, 'products', product_key, import_id, as_of, md5(image::text), true, image
from (
    select
        p.store_id, p.product_key, p.import_id, p.as_of,
        jsonb_build_object(
            'product_key', p.product_key, 'sku', p.sku, 'handle', p.handle, 'title', p.title, 'category', p.category,
            'vendor', p.vendor, 'price', p.price, 'currency', p.currency, 'is_gift_card', p.is_gift_card
        ) as image
    from products as p
    where p.is_listed
) as listed
union all
select
    store_id, 'costs', product_key || '|' || valid_from, import_id, valid_from, md5(image::text), true, image
from (
    select
        c.store_id, c.product_key, c.valid_from, c.import_id,
        jsonb_build_object(
            'code', c.product_key, 'valid_from', c.valid_from, 'currency', c.currency, 'unit_cost', c.unit_cost
        ) as image
    from product_costs as c
) as costs
union all
select
    store_id, 'inventory', as_of || '|' || location, import_id, as_of, md5(image::text), true, image
from (
    select
        l.store_id, l.as_of, l.location, max(l.import_id) as import_id,
        jsonb_agg(
            jsonb_build_object(
                'as_of', l.as_of, 'location', l.location, 'level_key', l.product_key, 'handle_key', null, 'sku', l.sku,
                'title', l.title, 'on_hand', l.on_hand, 'committed', l.committed, 'unavailable', l.unavailable,
                'available', l.available, 'incoming', l.incoming
            ) order by l.product_key
        ) as image
    from inventory_levels as l
    group by l.store_id, l.as_of, l.location
) as snapshots
union all
select
    store_id, 'control', concat_ws('|', source, day, metric, currency), import_id, as_of, md5(image::text), true, image
from (
    select
        t.store_id, t.source, t.day, t.metric, t.currency, t.import_id, t.as_of,
        jsonb_build_object(
            'source', t.source, 'day', t.day, 'metric', t.metric, 'currency', t.currency, 'amount', t.amount
        ) as image
    from control_totals as t
) as totals;
"""

# The ledger is taken down while the tables under it change. A name on a line is all that the line says of its product.
CHANGED = """
drop view sales_daily_computed, ledger;

alter table products drop column as_of, drop column fingerprint, drop column import_id;

alter table product_costs drop constraint product_costs_pkey, drop column import_id, add column code text collate "C";
update product_costs set code = product_key;
alter table product_costs alter column code set not null, add primary key (store_id, code, valid_from);
create index product_costs_product on product_costs (store_id, product_key);

alter table inventory_levels
    drop constraint inventory_levels_pkey,
    drop column import_id,
    add column level_key text collate "C",
    add column handle_key text collate "C";
update inventory_levels set level_key = product_key;
alter table inventory_levels
    alter column level_key set not null, add primary key (store_id, as_of, location, level_key);

alter table control_totals drop column as_of, drop column import_id;

alter table product_aliases add column category text;
update product_aliases as a
set category = p.category
from products as p
where a.store_id = p.store_id and a.product_key = p.product_key and not p.is_listed;
update product_aliases set vendor = coalesce(vendor, ''), category = coalesce(category, '');
alter table product_aliases
    alter column vendor set not null, alter column vendor set default '',
    alter column category set not null, alter column category set default '',
    drop constraint product_aliases_store_id_sku_title_key,
    add unique (store_id, sku, title, vendor, category);

alter table reversals
    add column source text not null default 'order' check (source in ('order', 'settled')),
    add column is_superseded boolean not null default false,
    add column reason text,
    add column condition text,
    drop constraint reversals_pkey,
    add primary key (store_id, order_key, source, part_no);
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
where o.is_counted and not r.is_superseded;
"""

# What sales_daily must hold: refreshed from here slice by slice, and compared with it by the doctor. A reversal stands
# under both clocks, everything else under 'both'. Amounts are in 1/10,000 of the currency: whole numbers sum fast.
SALES_DAILY_COMPUTED = """
create view sales_daily_computed with (security_invoker = true) as
with summed as (
    -- each kind of entry by itself: summed up before they are put together, not after
    select
        store_id,
        ordered_on as day,
        'both' as clock,
        currency,
        channel,
        country,
        'sale' as entry,
        '' as kind,
        line_kind,
        count(*) as rows,
        sum(units) as units,
        sum(amount) as amount,
        sum(discount) as discount,
        sum(amount - discount) filter (where cost is not null and line_kind = 'product') as covered,
        sum(cost) filter (where line_kind = 'product') as cost
    from ledger
    where entry = 'sale'
    group by store_id, ordered_on, currency, channel, country, line_kind
    union all
    select
        store_id,
        ordered_on as day,
        'both' as clock,
        currency,
        channel,
        country,
        'charge' as entry,
        '' as kind,
        line_kind,
        count(*) as rows,
        null as units,
        sum(amount) as amount,
        0 as discount,
        null as covered,
        null as cost
    from ledger
    where entry = 'charge'
    group by store_id, ordered_on, currency, channel, country, line_kind
    union all
    select
        l.store_id,
        clocks.day,
        clocks.clock,
        l.currency,
        l.channel,
        l.country,
        'reversal' as entry,
        l.kind,
        l.line_kind,
        count(*) as rows,
        sum(l.units) as units,
        sum(l.amount) as amount,
        0 as discount,
        sum(l.amount - l.discount) filter (where l.cost is not null and l.line_kind = 'product') as covered,
        sum(l.cost) filter (where l.line_kind = 'product') as cost
    from ledger as l
    cross join lateral (values ('order_date', l.ordered_on), ('refund_date', l.booked_on)) as clocks (clock, day)
    where l.entry = 'reversal'
    group by l.store_id, clocks.day, clocks.clock, l.currency, l.channel, l.country, l.kind, l.line_kind
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
    rows,
    coalesce(units, 0) as units,
    (amount * 10000)::bigint as amount,
    (discount * 10000)::bigint as discount,
    (coalesce(covered, 0) * 10000)::bigint as covered,
    (coalesce(cost, 0) * 10000)::bigint as cost
from summed
"""


def upgrade() -> None:
    op.execute(IMAGES)
    op.execute(FACTS)
    op.execute(KEPT)
    op.execute(CHANGED)
    op.execute(LEDGER)
    op.execute(SALES_DAILY_COMPUTED)
