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


def upgrade() -> None:
    op.execute(STORES)
    op.execute(ORDER_CHANNELS)
    op.execute(VIEWS)
