"""What views need beside the facts: a store's calendar and rules, targets, events, rates, bundles, saved views."""

from alembic import op

revision = "0003"
down_revision = "0002"

# `platform_channel` is the channel as the platform prints it where a rule of the store's gave the order another one.
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


def upgrade() -> None:
    op.execute(STORES)
    op.execute(VIEWS)
    op.execute(ORDERS)
