"""What views need beside the facts: a store's calendar and rules, targets, events, rates, bundles, saved views."""

from alembic import op

revision = "0003"
down_revision = "0002"

# `platform_channel` is the channel as the platform prints it where a rule of the store's gave the order another one.
# `prints_times` says whether a file of orders tells the time of day, null for other files.
STORES = """
alter table stores
    add column week_start smallint not null default 1 check (week_start between 1 and 7),
    add column fiscal_year_start smallint not null default 1 check (fiscal_year_start between 1 and 12),
    add column countries text[] not null default '{}',
    add column leaves_cancelled_out boolean not null default false;

alter table orders add column platform_channel text;

create table channel_rules (
    store_id integer not null references stores,
    position integer not null,
    field text not null check (field in ('channel', 'tag')),
    value text not null,
    channel text not null,
    primary key (store_id, position)
);

alter table imports add column prints_times boolean;
update imports as m
set prints_times = t.prints_times
from (
    select o.import_id, bool_or(i.sold_at <> date_trunc('day', i.sold_at)) as prints_times
    from orders as o
    inner join order_items as i on o.store_id = i.store_id and o.order_key = i.order_key
    group by o.import_id
) as t
where m.import_id = t.import_id;
"""

# The one place where rules are applied: the first that fits an order wins, without any it keeps what the platform prints.
ORDER_CHANNELS = """
create view order_channels with (security_invoker = true) as
select
    o.store_id,
    o.order_key,
    coalesce(o.platform_channel, o.channel) as printed,
    coalesce(fitting.channel, o.platform_channel, o.channel) as channel
from orders as o
left join lateral (
    select r.channel
    from channel_rules as r
    where
        r.store_id = o.store_id
        and case r.field
            when 'channel' then lower(r.value) = lower(trim(coalesce(o.platform_channel, o.channel)))
            else lower(r.value) = any(select lower(trim(tag)) from unnest(string_to_array(o.tags, ',')) as tag)
        end
    order by r.position
    limit 1
) as fitting on true
"""

VIEWS = """
create table bundles (
    store_id integer not null references stores,
    bundle_sku text collate "C" not null,
    component_sku text collate "C" not null,
    units numeric not null check (units > 0),
    primary key (store_id, bundle_sku, component_sku)
);

create table exchange_rates (
    currency text not null,
    into_currency text not null,
    valid_from date not null,
    valid_to date not null default date '9999-12-31',
    rate numeric not null check (rate > 0),
    primary key (currency, into_currency, valid_from)
);

create table targets (
    store_id integer not null references stores,
    month date not null check (extract(day from month) = 1),
    metric text not null,
    currency text not null,
    amount numeric not null,
    primary key (store_id, month, metric, currency)
);

create table calendar_events (
    store_id integer not null references stores,
    event_id integer generated always as identity,
    starts_on date not null,
    ends_on date not null check (ends_on >= starts_on),
    kind text not null check (kind in ('promotion', 'launch', 'price change', 'stockout', 'note')),
    title text not null,
    note text,
    primary key (store_id, event_id)
);

create table saved_views (
    view_id integer generated always as identity primary key,
    name text not null unique,
    page text not null,
    query text not null,
    created_at timestamptz not null default now()
);
"""

# How orders are found: by customer, product, discount code, and those that wait to be sent.
ORDERS = r"""
-- The discount codes that an order prints, in small letters, because the checkout tells no capitals; each once, sorted.
create function codes_of(printed text) returns text[] language sql immutable strict parallel safe
return case
    when printed not like '%,%' then array_remove(array[lower(btrim(printed))], '')
    else array(
        select distinct lower(btrim(part)) as code
        from unnest(string_to_array(printed, ',')) as part
        where btrim(part) <> ''
        order by code
    )
end;

-- How many decimals the currency's smallest coin has.
create function digits_of(currency text) returns integer language sql immutable parallel safe
return case
    when currency in (
        'JPY', 'KRW', 'VND', 'CLP', 'ISK', 'XAF', 'XOF', 'XPF', 'PYG', 'UGX', 'RWF', 'KMF', 'GNF', 'DJF', 'BIF', 'VUV'
    ) then 0
    when currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 3
    else 2
end;

-- The part of an amount that the one on this place (from 1) of so many gets: equal parts, whole coins, in all the amount.
create function share_of(amount numeric, place integer, parts integer, digits integer) returns numeric
language sql immutable parallel safe
return case when place = parts then amount else round(amount * place / parts, digits) end
    - round(amount * (place - 1) / parts, digits);

-- Whether an order waits to be sent, in the words of Shopify, Amazon and eBay, or of WooCommerce, which has but one status.
create function waiting_state(financial_status text, fulfillment_status text) returns text
language sql immutable parallel safe
return case
    when fulfillment_status in (
        'unfulfilled', 'open', 'on_hold', 'on hold', 'scheduled', 'in_progress', 'in progress', 'pending_fulfillment',
        'request_declined', 'unshipped'
    ) or (fulfillment_status is null and financial_status = 'processing') then 'not sent'
    when fulfillment_status in (
        'partial', 'partially_fulfilled', 'partially fulfilled', 'partiallyshipped', 'partially shipped'
    ) or (fulfillment_status is null and financial_status in ('partial-shipped', 'partially-shipped')) then 'partly sent'
end;

create index orders_customer on orders (store_id, customer_key, ordered_on) where customer_key is not null;
create index orders_codes on orders using gin (codes_of(discount_codes)) where discount_codes is not null;
create index orders_waiting on orders (store_id, ordered_on)
    where waiting_state(financial_status, fulfillment_status) is not null;
create index order_items_alias on order_items (store_id, alias_id);
"""


# A store may leave cancelled orders out altogether: then neither what was sold nor what was taken back of them counts.
# The array is made once a query: a condition on each order would look dear to the planner.
LEFT_OUT = "o.store_id = any(array(select s.store_id from stores as s where s.leaves_cancelled_out))"

# The one place where money is told apart: a row is an additive entry with both dates and without tax, of every order in the
# files. `counts` says whether it is in the ledger.
ENTRIES = """
create view entries with (security_invoker = true) as
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
    c.unit_cost * i.units as cost,
    o.is_counted and (o.cancelled_on is null or not {left_out}) as counts,
    p.category,
    p.vendor,
    o.ordered_on as placed_on
from order_items as i
inner join orders as o on i.store_id = o.store_id and i.order_key = o.order_key
inner join product_aliases as a on i.store_id = a.store_id and i.alias_id = a.alias_id
inner join products as p on a.store_id = p.store_id and a.product_key = p.product_key
left join product_costs as c
    on
        a.store_id = c.store_id and a.product_key = c.product_key and o.currency = c.currency
        and i.sold_at::date >= c.covers_from and i.sold_at::date < c.covers_to
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
    null as cost,
    o.is_counted and (o.cancelled_on is null or not {left_out}) as counts,
    null as category,
    null as vendor,
    o.ordered_on as placed_on
from orders as o
cross join lateral (
    values
    -- an order that came back whole was not one of nothing
    (case when o.document_total = 0 and o.refunded = 0 then 'zero_order' else 'order' end, 0),
    ('shipping', o.shipping), ('tax', o.tax), ('duties', o.duties)
) as charge (line_kind, amount)
where charge.amount <> 0 or (charge.line_kind in ('order', 'zero_order') and o.kind = 'order')
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
    c.unit_cost * case when r.is_restocked then coalesce(r.units, 0) else 0 end as cost,
    o.is_counted and (o.cancelled_on is null or not {left_out}) as counts,
    p.category,
    p.vendor,
    o.ordered_on as placed_on
from reversals as r
inner join orders as o on r.store_id = o.store_id and r.order_key = o.order_key
left join product_aliases as a on r.store_id = a.store_id and r.alias_id = a.alias_id
left join products as p on a.store_id = p.store_id and a.product_key = p.product_key
left join product_costs as c
    on
        a.store_id = c.store_id and a.product_key = c.product_key and o.currency = c.currency
        and r.ordered_on >= c.covers_from and r.ordered_on < c.covers_to
where not r.is_superseded;
"""

# The entries that count, and the orders that do. `placed_on` is the day of the whole order, `ordered_on` that of its line.
LEDGER = """
create or replace view ledger with (security_invoker = true) as
select
    store_id,
    entry,
    kind,
    line_kind,
    order_key,
    line_no,
    alias_id,
    product_key,
    ordered_on,
    booked_on,
    currency,
    channel,
    country,
    customer_key,
    units,
    unit_price,
    amount,
    discount,
    cost,
    category,
    vendor,
    placed_on
from entries
where counts;

create view counted_orders with (security_invoker = true) as
select o.*
from orders as o
where o.is_counted and (o.cancelled_on is null or not {left_out});
"""


def upgrade() -> None:
    op.execute(STORES)
    op.execute(ORDER_CHANNELS)
    op.execute(VIEWS)
    op.execute(ENTRIES.format(left_out=LEFT_OUT))
    op.execute(LEDGER.format(left_out=LEFT_OUT))
    op.execute(ORDERS)
